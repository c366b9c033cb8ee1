import QueryLanguages

/// Splits JSON into lines of coloured runs: keys, texts, numbers, literals, and the comments that some programs allow. It
/// reads any text; the runs joined together are exactly the text.
enum JSONColouring {
  static func lines(of text: String) -> [BodyLine] {
    BodyLine.lines(of: text).enumerated().map { index, text in
      var line = BodyLine(number: index + 1)
      line.query = runs(of: Array(text.utf8))
      return line
    }
  }

  /// No token of JSON goes beyond its line.
  private static func runs(of bytes: [UInt8]) -> [ColouredRun] {
    var runs: [ColouredRun] = []
    var at = 0
    func take(_ colour: ColouredRun.Colour, to end: Int) {
      let text = String(decoding: bytes[at..<end], as: UTF8.self)
      if runs.last?.colour == colour {
        runs[runs.count - 1].text += text
      } else {
        runs.append(ColouredRun(colour, text))
      }
      at = end
    }
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        let end = endOfText(bytes, from: at)
        let next = bytes[end...].first { $0 > UInt8(ascii: " ") }
        take(next == UInt8(ascii: ":") ? .operator : .text, to: end)
      case UInt8(ascii: "/") where at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "/"):
        take(
          .comment, to: bytes[at...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count)
      case _ where isWord(bytes[at]):
        take(.number, to: bytes[at...].firstIndex { !isWord($0) } ?? bytes.count)
      // A character of several bytes stays whole.
      default: take(.plain, to: bytes[(at + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count)
      }
    }
    return runs
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
