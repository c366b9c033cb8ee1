import QueryLanguages

/// Splits XML or HTML into lines of coloured runs: names of elements, names and values of attributes, comments. It knows
/// just enough to tell markup from text, and reads any text; the runs joined together are exactly the text.
enum XMLColouring {
  static func lines(of text: String) -> [BodyLine] {
    var scan = Scan(Array(text.utf8))
    scan.run()
    return BodyLine.lines(ofRuns: scan.lines.all)
  }

  private struct Scan {
    private let bytes: [UInt8]
    private(set) var lines: ColouredLines
    private var at: Int { lines.end }

    init(_ bytes: [UInt8]) { (self.bytes, lines) = (bytes, ColouredLines(of: bytes)) }

    mutating func run() {
      while at < bytes.count {
        if starts("<!--") {
          take(.comment, to: end(of: "-->", from: at + 4))
        } else if starts("<![CDATA[") {
          take(.operator, to: at + 9)
          let close = start(of: "]]>", from: at)
          take(.plain, to: close)
          take(.operator, to: min(close + 3, bytes.count))
        } else if starts("<"), let next = byte(at: at + 1), isNameStart(next) || "/?!".utf8.contains(next) {
          tag()
        } else {
          take(.plain, to: bytes[(at + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count)
        }
      }
    }

    private mutating func tag() {
      let name = bytes[(at + 1)...].prefix { !isSpace($0) && $0 != UInt8(ascii: ">") }
      // The slash of an element without content isn't a part of its name.
      let hasSlash = name.count > 1 && name.last == UInt8(ascii: "/")
      take(.operator, to: name.endIndex - (hasSlash ? 1 : 0))
      while let byte = byte(at: at) {
        switch byte {
        case UInt8(ascii: ">"): return take(.operator, to: at + 1)
        case UInt8(ascii: "/"), UInt8(ascii: "?"): take(.operator, to: at + 1)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          take(.text, to: bytes[(at + 1)...].firstIndex(of: byte).map { $0 + 1 } ?? bytes.count)
        case _ where isNameStart(byte):
          take(.function, to: bytes[at...].firstIndex { isSpace($0) || "=>/\"'".utf8.contains($0) } ?? bytes.count)
        default: take(.plain, to: at + 1)
        }
      }
    }

    private mutating func take(_ colour: ColouredRun.Colour, to end: Int) { lines.add(colour, to: end) }

    private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
    private func starts(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }
    private func isSpace(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }

    private func isNameStart(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private func start(of text: String, from index: Int) -> Int {
      bytes[min(index, bytes.count)...].firstRange(of: text.utf8)?.lowerBound ?? bytes.count
    }

    private func end(of text: String, from index: Int) -> Int {
      min(start(of: text, from: index) + text.utf8.count, bytes.count)
    }
  }
}
