import Diagnostics

/// A place's column for programs that count as editors do, in UTF-16 code units from 1; ours count UTF-8 bytes.
///
/// - Parameter text: the file's bytes; without them, the column stays.
func utf16Column(of position: SourcePosition, in text: [UInt8]?) -> Int {
  let column = Int(position.column)
  guard let text, column > 1 else { return column }
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
