/// The path of the requested file: without the leading slash, percent-decoded; for a folder, its `index.html`.
///
/// It is only looked up among the site's own paths, so it can't lead outside the site.
///
/// - Parameter target: the request target, without the query.
/// - Returns: nil for a malformed address (RFC 3986, section 2.1).
func filePath(of target: String) -> String? {
  guard target.utf8.first == UInt8(ascii: "/") else { return nil }
  var bytes: [UInt8] = []
  var rest = Array(target.utf8.dropFirst())[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 2 else { return nil }
    bytes.append(UInt8(digits[0] * 16 + digits[1]))
    rest = rest.dropFirst(2)
  }
  if bytes.isEmpty || bytes.last == UInt8(ascii: "/") { bytes += "index.html".utf8 }
  return String(validating: bytes, as: UTF8.self)
}
