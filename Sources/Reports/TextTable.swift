/// A table of plain text.
package struct TextTable: Hashable, Sendable {
  package var head: [String]
  /// The indices of columns that hold numbers.
  package var numbers: Set<Int>
  /// Each has as many cells as the header.
  package var rows: [[String]]

  package init(head: [String], numbers: Set<Int> = [], rows: [[String]]) {
    self.head = head
    self.numbers = numbers
    self.rows = rows
  }

  /// As CSV (RFC 4180); see ``CSVWriter``.
  package var csv: [UInt8] {
    var csv = CSVWriter()
    csv.row(head)
    for row in rows { csv.row(row) }
    return csv.bytes
  }

  /// Aligned in columns for a terminal, two spaces apart; numbers are right-aligned, and no line ends in spaces. A cell
  /// of more than 120 characters shifts what follows it only on its own line.
  package var text: String {
    let table = [head] + rows
    let widths = head.indices.map { column in
      table.lazy.map { $0[column].unicodeScalars.count }.filter { $0 <= 120 }.max() ?? 0
    }
    return table.map { row in
      let cells = row.indices.map { column -> String in
        let space = String(repeating: " ", count: max(0, widths[column] - row[column].unicodeScalars.count))
        return numbers.contains(column) ? space + row[column] : row[column] + space
      }
      let line = cells.joined(separator: "  ")
      let end = line.utf8.lastIndex { $0 != UInt8(ascii: " ") }.map(line.utf8.index(after:))
      return String(line[..<(end ?? line.startIndex)])
    }.joined(separator: "\n")
  }
}
