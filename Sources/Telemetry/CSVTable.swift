import Diagnostics
import Documents

/// A table as RFC 4180 has it: commas, quotes that are doubled inside, lines ended by CR LF or LF. Where the first line has no comma,
/// semicolons or tabs part the cells, as spreadsheets write them in many countries.
struct CSVTable {
  struct Cell {
    var text: String
    var position: SourcePosition
  }

  /// Without empty lines.
  private(set) var rows: [[Cell]] = []

  /// - Parameter bytes: UTF-8.
  /// - Throws: the first fault, with its place.
  init(parsing bytes: [UInt8]) throws(CSVError) {
    let text: ArraySlice<UInt8>
    do throws(DocumentError) {
      text = try textWithoutMark(bytes)
    } catch {
      throw CSVError(id: error.id, position: SourcePosition(line: 1, column: 1), message: error.message)
    }
    var scanner = Scanner(source: Array(text))
    while !scanner.isAtEnd {
      let row = try scanner.row()
      if row.count > 1 || row.contains(where: { !$0.text.isEmpty }) { rows.append(row) }
    }
  }
}

/// The text of a file that Windows' own tools write, as UTF-8: they write UTF-16 with a byte order mark where the console does.
func textOfWindows(_ bytes: [UInt8]) -> [UInt8] {
  func units(high: Int) -> [UInt16] {
    stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + 1 - high]) }
  }
  if bytes.starts(with: [0xFF, 0xFE]) { return Array(String(decoding: units(high: 1), as: UTF16.self).utf8) }
  if bytes.starts(with: [0xFE, 0xFF]) { return Array(String(decoding: units(high: 0), as: UTF16.self).utf8) }
  return bytes
}

/// Why a table can't be read.
struct CSVError: Error {
  var id = DiagnosticID.csvSyntax
  var position: SourcePosition
  var message: String
}

private struct Scanner {
  let source: [UInt8]
  /// What parts the cells of a row.
  private let separator: UInt8
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

  mutating func row() throws(CSVError) -> [CSVTable.Cell] {
    var cells = [try cell()]
    while at < source.count, source[at] == separator {
      at += 1
      cells.append(try cell())
    }
    endLine()
    return cells
  }

  private mutating func cell() throws(CSVError) -> CSVTable.Cell {
    let start = position
    guard at < source.count, source[at] == UInt8(ascii: "\"") else {
      let end = source[at...].firstIndex { $0 == separator || $0 == 0x0A || $0 == 0x0D } ?? source.count
      defer { at = end }
      return CSVTable.Cell(text: String(decoding: source[at..<end], as: UTF8.self), position: start)
    }
    at += 1
    var bytes: [UInt8] = []
    while true {
      guard at < source.count else {
        throw CSVError(position: start, message: "the quoted cell has no closing quote; add it")
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
      throw CSVError(position: position, message: "text follows a closing quote; double the quotes inside the cell")
    }
    return CSVTable.Cell(text: String(decoding: bytes, as: UTF8.self), position: start)
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
