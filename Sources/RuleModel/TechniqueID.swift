/// The id of an ATT&CK technique or sub-technique: `T1059`, `T1059.001`.
package struct TechniqueID: Hashable, Sendable {
  package let number: UInt16
  /// 0 for a technique that isn't a sub-technique.
  private let sub: UInt16

  /// Reads `T` or `t`, four digits, and for a sub-technique a dot and three digits.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5 || bytes.count == 9, bytes[0] | 0x20 == UInt8(ascii: "t"),
      let number = decimal(bytes[1..<5])
    else { return nil }
    self.number = UInt16(number)
    if bytes.count == 9 {
      guard bytes[5] == UInt8(ascii: "."), let sub = decimal(bytes[6...]), sub > 0 else { return nil }
      self.sub = UInt16(sub)
    } else {
      sub = 0
    }
  }

  private init(number: UInt16) {
    self.number = number
    sub = 0
  }

  package var isSubtechnique: Bool { sub != 0 }

  /// The technique that a sub-technique belongs to; nil for a technique.
  package var parent: TechniqueID? { isSubtechnique ? TechniqueID(number: number) : nil }
}

extension TechniqueID: Comparable, CustomStringConvertible {
  package static func < (left: TechniqueID, right: TechniqueID) -> Bool {
    (left.number, left.sub) < (right.number, right.sub)
  }

  package var description: String {
    let head = "T" + zeroPadded(Int(number), to: 4)
    return isSubtechnique ? head + "." + zeroPadded(Int(sub), to: 3) : head
  }
}
