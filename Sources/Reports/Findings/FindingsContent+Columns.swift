import Diagnostics

extension FindingsContent {
  /// A position's column for programs that count as editors do, in UTF-16 code units from 1; ours count UTF-8 bytes.
  ///
  /// - Returns: the column unchanged if the file's bytes aren't known.
  func utf16Column(of position: SourcePosition, in file: SourceFile) -> Int {
    let column = Int(position.column)
    guard column > 1, let line = file.line(Int(position.line)) else { return column }
    let before = line.prefix(column - 1)
    if before.allSatisfy({ $0 < 0x80 }) { return column }
    return String(decoding: before, as: UTF8.self).utf16.count + 1
  }
}
