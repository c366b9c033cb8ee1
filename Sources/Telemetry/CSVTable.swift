import Diagnostics
import Documents

/// A table according to RFC 4180: commas, doubled quotes inside quotes, lines that end in CR LF or LF. If the first
/// line has no comma, semicolons or tabs separate the cells, as in files that spreadsheets write in many countries.
///
/// An error affects only its own row: an unclosed quote ends with its line.
struct CSVTable {
  struct Cell {
    var text: String
    var position: SourcePosition
  }

  struct Row {
    var cells: [Cell]
    /// Whether the cells may be wrong.
    var isFaulty = false
  }

  /// Without empty lines.
  private(set) var rows: [Row] = []
  /// Errors in single rows.
  private(set) var faults: [CSVError] = []

  /// - Parameter bytes: UTF-8.
  /// - Throws: if the bytes aren't text.
  init(parsing bytes: [UInt8]) throws(CSVError) {
    let text: ArraySlice<UInt8>
    do throws(DocumentError) {
      text = try textWithoutMark(bytes)
    } catch {
      throw CSVError(id: error.id, position: SourcePosition(line: 1, column: 1), message: error.message)
    }
    var scanner = Scanner(source: Array(text))
    while !scanner.isAtEnd {
      let row = scanner.row()
      if row.cells.count > 1 || row.cells.contains(where: { !$0.text.isEmpty }) { rows.append(row) }
    }
    faults = scanner.faults
  }
}

/// The text of a file written by Windows' own tools, as UTF-8: they write UTF-16 with a byte order mark where the
/// console uses it.
func textOfWindows(_ bytes: [UInt8]) -> [UInt8] {
  func units(high: Int) -> [UInt16] {
    stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + 1 - high]) }
  }
  if bytes.starts(with: [0xFF, 0xFE]) { return Array(String(decoding: units(high: 1), as: UTF16.self).utf8) }
  if bytes.starts(with: [0xFE, 0xFF]) { return Array(String(decoding: units(high: 0), as: UTF16.self).utf8) }
  return bytes
}

/// Why a table, or a row of it, can't be read.
struct CSVError: Error {
  var id = CheckID.csvSyntax
  var position: SourcePosition
  var message: String
}

private struct Scanner {
  let source: [UInt8]
  /// The separator between the cells of a row.
  private let separator: UInt8
  private(set) var faults: [CSVError] = []
  private var at = 0
  private var line = 1
  private var lineStart = 0

  init(source: [UInt8]) {
    self.source = source
    let first = source.drop { $0 == 0x0A || $0 == 0x0D }.prefix { $0 != 0x0A && $0 != 0x0D }
    separator = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].first { first.contains($0) } ?? UInt8(ascii: ",")
  }

  var isAtEnd: Bool { at >= source.count }

  private var position: SourcePosition { SourcePosition(line: line, column: at - lineStart + 1) }

  mutating func row() -> CSVTable.Row {
    let known = faults.count
    var cells = [cell()]
    while at < source.count, source[at] == separator {
      at += 1
      cells.append(cell())
    }
    endLine()
    return CSVTable.Row(cells: cells, isFaulty: faults.count > known)
  }

  private mutating func cell() -> CSVTable.Cell {
    guard at < source.count, source[at] == UInt8(ascii: "\"") else { return plainCell() }
    let (start, begin) = (position, (at: at, line: line, lineStart: lineStart))
    at += 1
    var bytes: [UInt8] = []
    while true {
      guard at < source.count else {
        faults.append(CSVError(position: start, message: "the quoted cell has no closing quote; add it"))
        (at, line, lineStart) = (begin.at + 1, begin.line, begin.lineStart)
        return plainCell()
      }
      let byte = source[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        guard at < source.count, source[at] == byte else { break }
      }
      bytes.append(byte)
      if byte == 0x0A { startLine() }
      at += 1
    }
    if at < source.count, source[at] != separator, source[at] != 0x0A, source[at] != 0x0D {
      faults.append(
        CSVError(position: position, message: "text follows a closing quote; double the quotes inside the cell"))
      bytes += plainCell().text.utf8
    }
    return CSVTable.Cell(text: String(decoding: bytes, as: UTF8.self), position: start)
  }

  /// Reads up to the next separator or the end of the line.
  private mutating func plainCell() -> CSVTable.Cell {
    let start = position
    let end = source[at...].firstIndex { $0 == separator || $0 == 0x0A || $0 == 0x0D } ?? source.count
    defer { at = end }
    return CSVTable.Cell(text: String(decoding: source[at..<end], as: UTF8.self), position: start)
  }

  private mutating func endLine() {
    if at < source.count, source[at] == 0x0D { at += 1 }
    if at < source.count, source[at] == 0x0A {
      startLine()
      at += 1
    } else if at < source.count, at > 0, source[at - 1] == 0x0D {
      (line, lineStart) = (line + 1, at)
    }
  }

  private mutating func startLine() { (line, lineStart) = (line + 1, at + 1) }
}
