/// An address for `href` and similar attributes: inside the site, on the web, or for mail. Script URLs aren't allowed.
@usableFromInline package struct Link: Hashable, Sendable {
  /// Percent-encoded, not yet escaped for HTML.
  package let address: String

  /// A page or file of the site, relative to the page with the link.
  ///
  /// - Parameters:
  ///   - path: segments as named on disk, separated by `/`; empty for the page itself.
  ///   - fragment: the id of an element on that page.
  package init(relative path: String, fragment: String? = nil) {
    // "//host" would leave the site; an empty first segment could only mean that, or a path from the server's root.
    let path = path.utf8.first == slash ? String(path.drop { $0 == "/" }) : path
    let encoded = percentEncoded(path) { isAllowedInSegment($0) || $0 == slash }
    address = if let fragment { encoded + "#" + percentEncoded(fragment, keeping: isAllowedInSegment) } else { encoded }
  }

  /// A page of the site with a query: `search.html?q=lsass`.
  ///
  /// - Parameters:
  ///   - path: as above.
  ///   - query: the name of a form field and its text, percent-encoded for the URL Standard's
  ///     `application/x-www-form-urlencoded`, in which a plus sign is a space.
  package init(relative path: String, query: (name: String, text: String)) {
    let words = [query.name, query.text].map { percentEncoded($0, keeping: isUnreserved) }
    address = Link(relative: path).address + "?" + words.joined(separator: "=")
  }

  /// A web or mail address.
  ///
  /// - Returns: nil unless it starts with `http://`, `https://` or `mailto:` and has no white space, control character
  ///   or backslash in it.
  package init?(external address: String) {
    let lowered = address.utf8.prefix(8).map { byte in (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    let scheme = ["https://", "http://", "mailto:"].first { lowered.starts(with: $0.utf8) }
    guard let scheme, address.utf8.count > scheme.utf8.count else { return nil }
    // Most addresses are plain, and looking up Unicode properties is expensive.
    let isPlain = address.utf8.allSatisfy(isAllowedInAddress)
    let isOdd =
      !isPlain
      && address.unicodeScalars.contains { scalar in
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format || scalar == "\\"
      }
    guard !isOdd else { return nil }
    self.address = percentEncoded(address, keeping: isAllowedInAddress)
  }
}

private let slash = UInt8(ascii: "/")

/// `pchar` in RFC 3986, section 3.3, without `:`, so that no segment can be taken for a scheme.
private func isAllowedInSegment(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
    UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"),
    UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="),
    UInt8(ascii: "@"):
    true
  default: false
  }
}

/// The characters allowed in a whole address, including its escapes (RFC 3986, section 2).
private func isAllowedInAddress(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: ":"), slash, UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "]"),
    UInt8(ascii: "%"):
    true
  default: isAllowedInSegment(byte)
  }
}

/// RFC 3986, section 2.3.
private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
  default: false
  }
}

private func percentEncoded(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
  // Most addresses need no escaping.
  if text.utf8.allSatisfy(isKept) { return text }
  let digits = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  for byte in text.utf8 {
    if isKept(byte) {
      encoded.append(byte)
    } else {
      encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}
