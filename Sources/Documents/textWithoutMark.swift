import Diagnostics

/// A text as it is parsed, without its byte order mark.
///
/// - Throws: where it is larger than the limit, and as below.
func parsedText(_ source: [UInt8], limits: DocumentLimits) throws(DocumentError) -> [UInt8] {
  guard source.count <= limits.bytes else {
    throw DocumentError(
      .fileTooLarge, at: SourcePosition(line: 1, column: 1),
      "the file has \(source.count) bytes, more than the \(limits.bytes) that are read; split it or exclude it")
  }
  let text = try textWithoutMark(source)
  return text.count == source.count ? source : Array(text)
}

/// The bytes of a text without its UTF-8 byte order mark, which is no part of the first word.
///
/// - Throws: where the text is UTF-16, which its own readers take where a tool writes it.
package func textWithoutMark(_ source: [UInt8]) throws(DocumentError) -> ArraySlice<UInt8> {
  if source.starts(with: [0xFF, 0xFE]) || source.starts(with: [0xFE, 0xFF]) {
    throw DocumentError(.notText, at: SourcePosition(line: 1, column: 1), "the file is UTF-16; save it as UTF-8")
  }
  return source.starts(with: [0xEF, 0xBB, 0xBF]) ? source[3...] : source[...]
}
