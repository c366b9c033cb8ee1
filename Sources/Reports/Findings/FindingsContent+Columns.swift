import Diagnostics

extension FindingsContent {
  /// A place's column for programs that count as editors do, in UTF-16 code units from 1; ours count UTF-8 bytes.
  ///
  /// - Returns: the column as it is where the file's bytes aren't known; nil for a file as a whole.
  func utf16Column(of location: SourceLocation) -> Int? {
    guard let position = location.position else { return nil }
    let column = Int(position.column)
    guard column > 1, let text = location.file.bytes else { return column }
    // A byte order mark is no part of the first line.
    var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for _ in 1..<max(1, Int(position.line)) {
      guard let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { return column }
      start = end + 1
    }
    let before = text[start..<min(start + column - 1, text.count)]
    if before.allSatisfy({ $0 < 0x80 }) { return column }
    return String(decoding: before, as: UTF8.self).utf16.count + 1
  }
}
