import Diagnostics
import RuleModel

/// A comment in a rule's file that silences findings on the rule: `# ruledex: ignore rule-reference — it moved`.
struct IgnoreComment: Hashable, Sendable {
  /// A check that it names.
  struct Name: Hashable, Sendable {
    var text: String
    var span: SourceSpan
  }

  /// Where `ruledex:` begins.
  let position: SourcePosition
  /// Whether it says `ignore`; nothing else is known.
  let isKnown: Bool
  let names: [Name]
  let hasReason: Bool

  /// The comments of a file, in order.
  ///
  /// - Parameter markers: what begins a comment in its format: `#`, `//`.
  static func comments(in bytes: [UInt8], markers: [String]) -> [IgnoreComment] {
    let offsets = places(of: Array("ruledex:".utf8), in: bytes)
    if offsets.isEmpty { return [] }
    var result: [IgnoreComment] = []
    var (line, start, next) = (1, 0, 0)
    for at in bytes.indices where next < offsets.count {
      if at == offsets[next] {
        next += 1
        if follows(at, in: bytes, from: start, markers: markers) {
          result.append(IgnoreComment(in: bytes, at: at, line: line, start: start))
        }
      }
      if bytes[at] == UInt8(ascii: "\n") { (line, start) = (line + 1, at + 1) }
    }
    return result
  }

  /// Whether a comment begins right before a byte, at the start of a line or after white space.
  private static func follows(_ at: Int, in bytes: [UInt8], from start: Int, markers: [String]) -> Bool {
    var end = at
    while end > start, isSpace(bytes[end - 1]) { end -= 1 }
    return markers.contains { marker in
      let first = end - marker.utf8.count
      return first >= start && bytes[first..<end].elementsEqual(marker.utf8)
        && (first == start || isSpace(bytes[first - 1]))
    }
  }

  private init(in bytes: [UInt8], at offset: Int, line: Int, start: Int) {
    position = SourcePosition(line: line, column: offset - start + 1)
    let end = bytes[offset...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count
    var at = offset + "ruledex:".utf8.count
    func word() -> Range<Int>? {
      while at < end, IgnoreComment.isSpace(bytes[at]) || bytes[at] == UInt8(ascii: ",") { at += 1 }
      let first = at
      while at < end, IgnoreComment.isNameByte(bytes[at]) { at += 1 }
      return first < at ? first..<at : nil
    }
    isKnown = word().map { bytes[$0].elementsEqual("ignore".utf8) } ?? false
    var names: [Name] = []
    while isKnown, let range = word() {
      // A dash by itself begins the reason.
      if bytes[range].allSatisfy({ $0 == UInt8(ascii: "-") }) {
        at = range.lowerBound
        break
      }
      let from = SourcePosition(line: line, column: range.lowerBound - start + 1)
      let to = SourcePosition(line: line, column: range.upperBound - start + 1)
      names.append(Name(text: String(decoding: bytes[range], as: UTF8.self), span: SourceSpan(from, to: to)))
    }
    self.names = names
    let rest = String(decoding: bytes[at..<end], as: UTF8.self)
    hasReason = rest.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Where some bytes occur. Most files don't have them, so this looks at every eighth byte only (Horspool).
  private static func places(of wanted: [UInt8], in bytes: [UInt8]) -> [Int] {
    var skip = [Int](repeating: wanted.count, count: 256)
    for (index, byte) in wanted.dropLast().enumerated() { skip[Int(byte)] = wanted.count - 1 - index }
    return bytes.withUnsafeBufferPointer { bytes in
      skip.withUnsafeBufferPointer { skip in
        var result: [Int] = []
        var at = wanted.count - 1
        while at < bytes.count {
          let byte = bytes[at]
          if byte == wanted[wanted.count - 1] {
            let first = at - wanted.count + 1
            if bytes[first...at].elementsEqual(wanted) { result.append(first) }
          }
          at += skip[Int(byte)]
        }
        return result
      }
    }
  }
}
