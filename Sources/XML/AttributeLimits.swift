/// How many attributes an element may have, and how many namespaces may be declared at one place: libxml2 compares each with all of
/// them before it tells us of any.
enum AttributeLimits {
  static let attributes = 256
  static let namespaces = 64

  /// The first place where there are more.
  ///
  /// What isn't well formed is counted as it comes; libxml2 reports it.
  static func fault(in source: [UInt8]) -> (offset: Int, message: String)? {
    source.withUnsafeBufferPointer { bytes in
      var scan = Scan(bytes: bytes)
      return scan.fault()
    }
  }
}

/// Walks over the tags of a document, each byte once.
private struct Scan {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0
  /// How many namespaces each open element declares.
  var declared: [Int] = []
  var namespaces = 0

  mutating func fault() -> (offset: Int, message: String)? {
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        at += 1
        continue
      }
      if starts("<!--") {
        skip(past: "-->")
      } else if starts("<![CDATA[") {
        skip(past: "]]>")
      } else if starts("<?") {
        skip(past: "?>")
      } else if starts("</") {
        namespaces -= declared.popLast() ?? 0
        skip(past: ">")
      } else if starts("<!") {
        skip(past: ">")
      } else if let fault = tag() {
        return fault
      }
    }
    return nil
  }

  /// A start tag, from its `<` to behind its `>`.
  private mutating func tag() -> (offset: Int, message: String)? {
    let start = at
    var attributes = 0
    var own = 0
    var isAfterSpace = false
    at += 1
    while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
      switch bytes[at] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let quote = bytes[at]
        at += 1
        while at < bytes.count, bytes[at] != quote { at += 1 }
        isAfterSpace = true
      case 0x09...0x0D, 0x20: isAfterSpace = true
      default:
        if isAfterSpace, bytes[at] != UInt8(ascii: "="), bytes[at] != UInt8(ascii: "/") {
          attributes += 1
          if starts("xmlns") { own += 1 }
        }
        isAfterSpace = false
      }
      at += 1
    }
    let isClosed = at > start && bytes[at - 1] == UInt8(ascii: "/")
    at += 1
    if attributes > AttributeLimits.attributes {
      return (start, "an element has more than \(AttributeLimits.attributes) attributes; remove some")
    }
    if namespaces + own > AttributeLimits.namespaces {
      return (start, "more than \(AttributeLimits.namespaces) namespaces are declared here; remove some")
    }
    if !isClosed {
      declared.append(own)
      namespaces += own
    }
    return nil
  }

  private func starts(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { at + $0.count <= bytes.count && bytes[at..<at + $0.count].elementsEqual($0) }
  }

  private mutating func skip(past text: StaticString) {
    while at < bytes.count, !starts(text) { at += 1 }
    at += text.utf8CodeUnitCount
  }
}
