import Diagnostics
import RuleModel

extension Rule {
  /// Where its file has a text for the n-th time, from the rule on; the place of the rule if it isn't written there
  /// literally.
  ///
  /// Readers don't keep the places of titles, tags and references, of which only a few are ever reported.
  ///
  /// - Parameter occurrence: from 1. Only whole words count: `attack.t1059` isn't in `attack.t1059.001`.
  func place(of text: String, occurrence: Int = 1) -> SourceLocation {
    let (body, wanted) = (source.body, Array(text.utf8))
    guard !wanted.isEmpty, let firstLine = source.file.line(Int(source.position.line)) else { return source.location }
    var (line, start, found) = (Int(source.position.line), firstLine.startIndex, 0)
    for at in start..<body.count {
      if body[at] == UInt8(ascii: "\n") {
        (line, start) = (line + 1, at + 1)
        continue
      }
      guard body[at] == wanted[0], at + wanted.count <= body.count,
        body[at..<at + wanted.count].elementsEqual(wanted), at == 0 || !isWordByte(body[at - 1]),
        at + wanted.count == body.count || !isWordByte(body[at + wanted.count])
      else { continue }
      found += 1
      guard found == occurrence else { continue }
      let from = SourcePosition(line: line, column: at - start + 1)
      let end = SourcePosition(line: line, column: at - start + 1 + wanted.count)
      return SourceLocation(source.file, at: SourceSpan(from, to: end))
    }
    return source.location
  }
}

extension Rule {
  /// Where the name of a field is written before one of its values; the place of the value if it isn't found.
  func place(ofField field: String, before value: SourcePosition) -> SourceLocation {
    let wanted = Array(field.utf8)
    var line = Int(value.line)
    while line >= Int(source.position.line), line > Int(value.line) - Rule.longestList,
      let bytes = source.file.line(line)
    {
      let end = line == Int(value.line) ? bytes.startIndex + Int(value.column) - 1 : bytes.endIndex
      var at = min(end, bytes.endIndex) - wanted.count
      while at >= bytes.startIndex {
        if bytes[at..<at + wanted.count].elementsEqual(wanted), at == bytes.startIndex || !isWordByte(bytes[at - 1]) {
          let start = SourcePosition(line: line, column: at - bytes.startIndex + 1)
          let end = SourcePosition(line: line, column: at - bytes.startIndex + 1 + wanted.count)
          return SourceLocation(source.file, at: SourceSpan(start, to: end))
        }
        at -= 1
      }
      line -= 1
    }
    return SourceLocation(source.file, at: value)
  }

  /// How many lines above a value its field is looked for.
  private static let longestList = 2_000
}

/// Whether a byte continues a tag or an address.
private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "/"), 0x80...:
    true
  default: false
  }
}
