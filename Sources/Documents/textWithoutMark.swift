import Diagnostics

/// The bytes of a text without its UTF-8 byte order mark, which is no part of the first word.
///
/// - Throws: where the text is UTF-16, which its own readers take where a tool writes it.
package func textWithoutMark(_ source: [UInt8]) throws(DocumentError) -> ArraySlice<UInt8> {
  if source.starts(with: [0xFF, 0xFE]) || source.starts(with: [0xFE, 0xFF]) {
    throw DocumentError(.notText, at: SourcePosition(line: 1, column: 1), "the file is UTF-16; save it as UTF-8")
  }
  return source.starts(with: [0xEF, 0xBB, 0xBF]) ? source[3...] : source[...]
}
