/// The id of an ATT&CK object other than a technique: `TA0005`, `G0016`, `S0002`, `C0024`, `DET0053`.
package struct AttackObjectID: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case tactic = "TA"
    case group = "G"
    case software = "S"
    case campaign = "C"
    case mitigation = "M"
    case asset = "A"
    case dataSource = "DS"
    case dataComponent = "DC"
    case detectionStrategy = "DET"
    case analytic = "AN"
  }

  package let kind: Kind
  package let number: Int

  /// Reads a prefix of ``Kind``, in any case, followed by four digits.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count > 4, let number = decimal(bytes.suffix(4)),
      let kind = Kind(rawValue: String(decoding: bytes.dropLast(4), as: UTF8.self).uppercased())
    else { return nil }
    self.kind = kind
    self.number = number
  }
}

extension AttackObjectID: Comparable, CustomStringConvertible {
  package var description: String { kind.rawValue + zeroPadded(number, to: 4) }

  package static func < (left: AttackObjectID, right: AttackObjectID) -> Bool {
    left.kind == right.kind ? left.number < right.number : left.kind.rawValue < right.kind.rawValue
  }
}

/// The value of ASCII digits; nil if there are none or there is any other byte.
func decimal(_ bytes: some Collection<UInt8>) -> Int? {
  guard !bytes.isEmpty else { return nil }
  var value = 0
  for byte in bytes {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    value = value * 10 + Int(byte - UInt8(ascii: "0"))
  }
  return value
}

func zeroPadded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
