/// Whether a text is an IPv4 or IPv6 network in CIDR notation (RFC 4632, RFC 4291 section 2.3).
func isNetwork(_ text: String) -> Bool {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false)
  guard parts.count == 2, let length = Int(parts[1]), parts[1].utf8.allSatisfy(isDigit) else { return false }
  return parts[0].contains(":")
    ? (0...128).contains(length) && isIPv6(parts[0])
    : (0...32).contains(length) && isIPv4(parts[0])
}

private func isIPv4(_ text: Substring) -> Bool {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count == 4
    && parts.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) && (Int($0) ?? 256) < 256 }
}

/// Groups of up to four hexadecimal digits, one `::` for a run of zeros, IPv4 for the last two groups.
private func isIPv6(_ text: Substring) -> Bool {
  let halves = text.split(separator: "::", omittingEmptySubsequences: false)
  guard halves.count <= 2 else { return false }
  var groups = 0
  for half in halves where !half.isEmpty {
    let parts = half.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.contains("."), index == parts.count - 1, half.endIndex == text.endIndex, isIPv4(part) {
        groups += 2
      } else if (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit) {
        groups += 1
      } else {
        return false
      }
    }
  }
  return halves.count == 2 ? groups < 8 : groups == 8
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isHexDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}
