import XML

/// Writes a table as CSV (RFC 4180): UTF-8 without a byte order mark, with a header, each line ended by CR LF, and
/// cells quoted where necessary.
///
/// A spreadsheet runs a cell that starts with `= + - @`, a tab or a line end as a formula (OWASP, “CSV Injection”), and
/// values of rules may start like this: `-enc`. Such a cell gets a leading apostrophe, and so does one that already
/// starts with an apostrophe: removing one apostrophe from each cell that starts with one restores what the rule says,
/// to the byte unless it has one of the characters below. Where commas don't separate cells, a spreadsheet splits them at `;` or tabs and ignores quotes inside,
/// so what follows one of these, or a line end, is treated like the start of a cell.
///
/// Characters that XML forbids become U+FFFD, as in everything Ruledex writes. Controls that turn the direction of the text are
/// shown as `[U+202E]`, since people read these tables.
struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private var startsLine = true

  mutating func row(_ cells: [String]) {
    for cell in cells { self.cell(cell) }
    endRow()
  }

  mutating func cell(_ text: String) {
    if !startsLine { bytes.append(UInt8(ascii: ",")) }
    startsLine = false
    let text = shownText(text)
    let isPlain = text.utf8.allSatisfy(isPlainInCSV) && text.utf8.first.map(isPlainAtStart) ?? true
    guard !isPlain else {
      bytes += text.utf8
      return
    }
    let isQuoted = text.utf8.contains { "\",;\t\r\n".utf8.contains($0) }
    if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    var before: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      let isAtStart = before.map(partsCells) ?? true
      if isAtStart && startsFormula(scalar) || before == nil && isWhiteSpace(scalar) { bytes.append(UInt8(ascii: "'")) }
      before = scalar
      switch scalar {
      case "\"": bytes += "\"\"".utf8
      case "\t", "\n", "\r": bytes += scalar.utf8
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": bytes += "\u{FFFD}".utf8
      default: bytes += scalar.utf8
      }
    }
    if isQuoted { bytes.append(UInt8(ascii: "\"")) }
  }

  mutating func cell(_ number: Int) { cell(String(number)) }

  mutating func endRow() {
    bytes += "\r\n".utf8
    startsLine = true
  }
}

/// Whether a spreadsheet may take it for the start of a formula, including East Asian full-width forms; or it is our
/// own apostrophe.
private func startsFormula(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "=", "+", "-", "@", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
  default: false
  }
}

/// Whether a spreadsheet may skip it at the start of a cell.
private func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == "\t" || scalar == "\r" || scalar == "\n" }

private func partsCells(_ scalar: Unicode.Scalar) -> Bool { scalar == ";" || isWhiteSpace(scalar) }

/// ASCII that needs no quotes and no check of what follows it.
private func isPlainInCSV(_ byte: UInt8) -> Bool {
  byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";")
}

private func isPlainAtStart(_ byte: UInt8) -> Bool { !startsFormula(Unicode.Scalar(byte)) }
