/// Modifiers that change what a test matches, beyond its kind (Sigma Specification 2.1.0, appendix “Modifiers”).
///
/// Bits are in the order of the names, so a list of them is always sorted.
package struct TestModifiers: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Sorted by UTF-8 bytes; a name's index is its bit.
  private static let allNames = [
    "base64", "base64offset", "cased", "contains", "day", "endswith", "expand", "hour", "i", "m", "minute", "month",
    "s",
    "startswith", "utf16", "utf16be", "utf16le", "week", "wide", "wildcard", "windash", "word", "year",
  ]

  package static let base64 = TestModifiers(rawValue: 1 << 0)
  package static let base64offset = TestModifiers(rawValue: 1 << 1)
  package static let cased = TestModifiers(rawValue: 1 << 2)
  /// Only with `field_ref`; otherwise it is the test's kind.
  package static let contains = TestModifiers(rawValue: 1 << 3)
  package static let day = TestModifiers(rawValue: 1 << 4)
  package static let endswith = TestModifiers(rawValue: 1 << 5)
  package static let expand = TestModifiers(rawValue: 1 << 6)
  package static let hour = TestModifiers(rawValue: 1 << 7)
  package static let ignoreCase = TestModifiers(rawValue: 1 << 8)
  package static let multiline = TestModifiers(rawValue: 1 << 9)
  package static let minute = TestModifiers(rawValue: 1 << 10)
  package static let month = TestModifiers(rawValue: 1 << 11)
  package static let dotAll = TestModifiers(rawValue: 1 << 12)
  package static let startswith = TestModifiers(rawValue: 1 << 13)
  package static let utf16 = TestModifiers(rawValue: 1 << 14)
  package static let utf16be = TestModifiers(rawValue: 1 << 15)
  package static let utf16le = TestModifiers(rawValue: 1 << 16)
  package static let week = TestModifiers(rawValue: 1 << 17)
  package static let wide = TestModifiers(rawValue: 1 << 18)
  /// For a keyword with a wildcard inside, whose value is as written.
  package static let wildcard = TestModifiers(rawValue: 1 << 19)
  package static let windash = TestModifiers(rawValue: 1 << 20)
  /// A whole term: the characters next to it are neither letters nor digits.
  package static let word = TestModifiers(rawValue: 1 << 21)
  package static let year = TestModifiers(rawValue: 1 << 22)

  /// The modifier with that name; nil for a name that isn't a modifier of tests.
  package init?(name: some StringProtocol) {
    guard let bit = TestModifiers.allNames.firstIndex(where: { $0 == name }) else { return nil }
    self.init(rawValue: 1 << UInt32(bit))
  }

  /// Sorted by UTF-8 bytes.
  package var names: [String] {
    TestModifiers.allNames.indices.compactMap { rawValue & (1 << UInt32($0)) != 0 ? TestModifiers.allNames[$0] : nil }
  }
}
