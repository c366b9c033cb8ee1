/// An address that may stand in `href` and the like: inside the site, or out to the web or to mail. Scripts are no addresses.
package struct Link: Hashable, Sendable {
  /// Percent-encoded, not yet escaped for HTML.
  package let address: String

  /// A page or file of the site, seen from the page that shows the link.
  ///
  /// - Parameters:
  ///   - path: segments as they are named on disk, parted by `/`; empty for the page itself.
  ///   - fragment: the id of an element there.
  package init(relative path: String, fragment: String? = nil) {
    var address = path.split(separator: "/", omittingEmptySubsequences: false).map { percentEncoded(segment: $0) }
      .joined(separator: "/")
    // "//host" would leave the site; an empty first segment could only be that, or a path from the server's root.
    while address.hasPrefix("/") { address.removeFirst() }
    if let fragment { address += "#" + percentEncoded(segment: fragment) }
    self.address = address
  }

  /// An address on the web, or a mail address.
  ///
  /// - Returns: nil unless it starts with `http://`, `https://` or `mailto:` and has no white space or control character in it.
  package init?(external address: String) {
    let lowered = address.utf8.prefix(8).map { byte in (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    let scheme = ["https://", "http://", "mailto:"].first { lowered.starts(with: $0.utf8) }
    guard let scheme, address.utf8.count > scheme.utf8.count else { return nil }
    let isOdd = address.unicodeScalars.contains { scalar in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .format || scalar == "\\"
    }
    guard !isOdd else { return nil }
    self.address = String(decoding: address.utf8.flatMap { allowed.contains($0) ? [$0] : percentEscape($0) }, as: UTF8.self)
  }
}

/// RFC 3986, section 2.3 and the sub-delims; `:` is left out, so that no segment can be taken for a scheme.
private let allowedInSegment = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=@".utf8)

/// What a whole address may hold, its escapes included (RFC 3986, section 2).
private let allowed = allowedInSegment.union(":/?#[]%".utf8)

private func percentEncoded(segment: some StringProtocol) -> String {
  String(decoding: segment.utf8.flatMap { allowedInSegment.contains($0) ? [$0] : percentEscape($0) }, as: UTF8.self)
}

private func percentEscape(_ byte: UInt8) -> [UInt8] {
  let digits = Array("0123456789ABCDEF".utf8)
  return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
}
