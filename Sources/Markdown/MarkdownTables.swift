/// How much of tables a note may have: libcmark-gfm gives every row as many cells as the first one has, so that a few
/// thousand short lines could fill all memory.
enum MarkdownTables {
  static let columns = 128
  /// Of all tables of a note together.
  static let cells = 10_000

  /// The line at which the tables of a text become too large; nil if they don't.
  ///
  /// It may count more cells than there are, such as those of a table in a code block, but never fewer: a table lies
  /// within lines that aren't blank, and one of them separates its head from its rows.
  static func excess(in text: [UInt8]) -> Int? {
    var cells = 0
    // Of the lines since the last blank one.
    var (lines, widest, start) = (0, 0, 1)
    var number = 0
    var rest = text[...]
    while !rest.isEmpty {
      let line = nextLine(of: &rest)
      number += 1
      if line.allSatisfy({ " \t>".utf8.contains($0) }) {
        cells += lines * widest
        if cells > MarkdownTables.cells { return start }
        (lines, widest, start) = (0, 0, number + 1)
        continue
      }
      lines += 1
      guard let columns = columns(ofSeparator: line) else { continue }
      if columns > MarkdownTables.columns { return number }
      widest = max(widest, columns)
    }
    return cells + lines * widest > MarkdownTables.cells ? start : nil
  }

  /// Takes a line off, which ends as CommonMark says: with a line feed, a carriage return, or both.
  private static func nextLine(of rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let line = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    rest = rest[line.endIndex...]
    let hasReturn = rest.first == UInt8(ascii: "\r")
    if hasReturn { rest.removeFirst() }
    if rest.first == UInt8(ascii: "\n") { rest.removeFirst() }
    return line
  }

  /// The columns of a line that may separate a table's head from its rows, in a quote or a list too; nil for other lines.
  private static func columns(ofSeparator line: ArraySlice<UInt8>) -> Int? {
    var columns = 1
    var hasDash = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "|"): columns += 1
      case UInt8(ascii: "-"): hasDash = true
      case _ where ": \t>*+.)0123456789".utf8.contains(byte): continue
      default: return nil
      }
    }
    return hasDash ? columns : nil
  }
}
