import QueryLanguages

/// Splits JSON into lines of coloured runs: keys, texts, numbers, literals, and the comments that some programs allow. It
/// reads any text; the runs joined together are exactly the text.
enum JSONColouring {
  static func lines(of text: String) -> [BodyLine] {
    BodyLine.lines(ofRuns: BodyLine.lines(of: text).map { runs(of: Array($0.utf8)) })
  }

  /// No token of JSON goes beyond its line.
  private static func runs(of bytes: [UInt8]) -> [ColouredRun] {
    var line = ColouredLines(of: bytes)
    while line.end < bytes.count {
      let at = line.end
      switch bytes[at] {
      case UInt8(ascii: "\""):
        let end = endOfText(bytes, from: at)
        let next = bytes[end...].first { $0 > UInt8(ascii: " ") }
        line.add(next == UInt8(ascii: ":") ? .operator : .text, to: end)
      case UInt8(ascii: "/") where at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "/"):
        line.add(
          .comment, to: bytes[at...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count)
      case _ where isWord(bytes[at]):
        line.add(.number, to: bytes[at...].firstIndex { !isWord($0) } ?? bytes.count)
      // A character of several bytes stays whole.
      default: line.add(.plain, to: bytes[(at + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count)
      }
    }
    return line.all.first ?? []
  }

  /// The index after a text's closing quote, or the line's end.
  private static func endOfText(_ bytes: [UInt8], from start: Int) -> Int {
    var at = start + 1
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\"") { return at + 1 }
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return bytes.count
  }

  /// Of a number, or of `true`, `false` and `null`.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
