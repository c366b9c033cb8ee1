import Diagnostics

/// A text for parsing, without its byte order mark.
///
/// - Throws: if it is larger than the limit, or for the reasons of ``textWithoutMark(_:)``.
func parsedText(_ source: [UInt8], limits: DocumentLimits) throws(DocumentError) -> [UInt8] {
  guard source.count <= limits.bytes else {
    throw DocumentError(
      .fileTooLarge, at: SourcePosition(line: 1, column: 1),
      "the file has \(source.count) bytes, more than the \(limits.bytes) that are read; split it or exclude it")
  }
  let text = try textWithoutMark(source)
  return text.count == source.count ? source : Array(text)
}

/// The bytes of a text without its UTF-8 byte order mark, which isn't part of the first word.
///
/// - Throws: if the text is UTF-16; where a tool writes UTF-16, the reader of its files decodes it.
package func textWithoutMark(_ source: [UInt8]) throws(DocumentError) -> ArraySlice<UInt8> {
  if source.starts(with: [0xFF, 0xFE]) || source.starts(with: [0xFE, 0xFF]) {
    throw DocumentError(.notText, at: SourcePosition(line: 1, column: 1), "the file is UTF-16; save it as UTF-8")
  }
  return source.starts(with: [0xEF, 0xBB, 0xBF]) ? source[3...] : source[...]
}
