/// What is wrong with a text that should be an IPv4 or IPv6 network in CIDR notation (RFC 4632, RFC 4291 section 2.3).
enum NetworkFault: Equatable {
  case notANetwork
  /// `010.0.0.0/8`: some engines read it as octal, others refuse it.
  case leadingZero
  /// `10.0.0.1/8`, with the network that contains it.
  case hostBits(network: String)

  /// What is wrong and what to do, to follow the text itself.
  var message: String {
    switch self {
    case .notANetwork: "isn't a network; write an address, '/' and a prefix length"
    case .leadingZero: "has a number with a leading zero, which engines refuse or read as octal; remove the zero"
    case .hostBits(let network): "has bits set behind its prefix, which engines refuse; write '\(network)'"
    }
  }
}

/// - Returns: nil if it is a network, or a single address, which is a network of one.
func networkFault(_ text: String) -> NetworkFault? {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false)
  guard parts.count <= 2, let address = Address(parts[0]) else { return .notANetwork }
  if address.hasLeadingZero { return .leadingZero }
  guard parts.count == 2 else { return nil }
  guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(isDigit), let length = Int(parts[1]),
    length <= address.bytes.count * 8
  else { return .notANetwork }
  if startsWithZero(parts[1]) { return .leadingZero }
  let network = address.masked(to: length)
  return network.bytes == address.bytes ? nil : .hostBits(network: "\(network)/\(length)")
}

/// The bytes of an address: 4 for IPv4, 16 for IPv6.
private struct Address: CustomStringConvertible {
  var bytes: [UInt8] = []
  var hasLeadingZero = false

  init?(_ text: Substring) {
    guard text.utf8.count < 64, text.utf8.contains(UInt8(ascii: ":")) ? readIPv6(text) : readIPv4(text) else {
      return nil
    }
  }

  func masked(to length: Int) -> Address {
    var result = self
    for index in bytes.indices {
      let bits = min(max(length - index * 8, 0), 8)
      result.bytes[index] &= UInt8(truncatingIfNeeded: 0xFF00 >> bits)
    }
    return result
  }

  /// IPv6 with the longest run of zeros shortened (RFC 5952, section 4).
  var description: String {
    if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > longest.count { longest = start..<end }
      start = end + 1
    }
    func words(_ range: Range<Int>) -> String { groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
    return longest.count < 2 ? words(0..<8) : "\(words(0..<longest.lowerBound))::\(words(longest.upperBound..<8))"
  }

  private mutating func readIPv4(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return false }
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(isDigit), let byte = UInt8(part) else {
        return false
      }
      if startsWithZero(part) { hasLeadingZero = true }
      bytes.append(byte)
    }
    return true
  }

  /// Groups of up to four hexadecimal digits, with one `::` for a run of zeros, and IPv4 allowed in place of the last
  /// two groups.
  private mutating func readIPv6(_ text: Substring) -> Bool {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return false }
    var ends: [Int] = []
    for half in halves {
      for part in half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false) {
        if part.contains("."), half.endIndex == text.endIndex, part.endIndex == text.endIndex {
          guard readIPv4(part) else { return false }
        } else if (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16),
          part.utf8.allSatisfy(isHexDigit)
        {
          bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        } else {
          return false
        }
      }
      ends.append(bytes.count)
    }
    guard halves.count == 2 else { return bytes.count == 16 }
    guard bytes.count < 16 else { return false }
    bytes.insert(contentsOf: repeatElement(0, count: 16 - bytes.count), at: ends[0])
    return true
  }
}

private func startsWithZero(_ digits: Substring) -> Bool {
  digits.utf8.count > 1 && digits.utf8.first == UInt8(ascii: "0")
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

func isHexDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}
