import CNettle

/// A style sheet as the text of a `style` element, and the hash by which a content security policy allows it.
///
/// Source: Content Security Policy Level 3, section 6.7.3.3, and the HTML standard, section 13.2.6.4.4: the content of
/// `style` is raw text, whose line ends the parser makes line feeds.
struct StyleText {
  let text: String
  /// `sha256-…`.
  let source: String

  /// - Parameter styleSheet: in UTF-8.
  init(_ styleSheet: [UInt8]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(styleSheet.count)
    for (index, byte) in styleSheet.enumerated() {
      let before = index > 0 ? styleSheet[index - 1] : 0
      switch byte {
      case UInt8(ascii: "\n") where before == UInt8(ascii: "\r"): break
      case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "\n"))
      // Only in a string or a comment, where the backslash changes nothing; without it, `</style` would end the element.
      case UInt8(ascii: "/") where before == UInt8(ascii: "<"): bytes += Array("\\/".utf8)
      case 0: bytes += Array("\u{FFFD}".utf8)
      default: bytes.append(byte)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
    source = "sha256-" + base64(sha256(Array(text.utf8)))
  }
}

/// FIPS 180-4.
func sha256(_ bytes: [UInt8]) -> [UInt8] {
  var context = sha256_ctx()
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
  nettle_sha256_init(&context)
  nettle_sha256_update(&context, bytes.count, bytes)
  nettle_sha256_digest(&context, digest.count, &digest)
  return digest
}

/// RFC 4648, section 4, with padding.
func base64(_ bytes: [UInt8]) -> String {
  let length = (bytes.count + 2) / 3 * 4
  return String(unsafeUninitializedCapacity: length) { text in
    text.withMemoryRebound(to: CChar.self) { nettle_base64_encode_raw($0.baseAddress, bytes.count, bytes) }
    return length
  }
}
