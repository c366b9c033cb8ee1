import Text

/// A pattern of names in a condition, as in `1 of sel_*`: `*` stands for any number of characters, anywhere in it (Sigma
/// Specification 2.1.0, “Condition”).
struct NamePattern {
  private let stars: StarPattern

  /// Whether it has two stars or more, between which a match may have to be looked for again and again.
  private let hasStars: Bool

  init(_ text: String) {
    stars = StarPattern(text.utf8, syntax: .stars)
    hasStars = stars.tokens.count { $0 == StarPattern.star } > 1
  }

  /// What a name that matches begins and ends with.
  var prefix: [UInt8] { stars.head.map { UInt8($0) } }
  var suffix: [UInt8] { stars.tail.map { UInt8($0) } }

  /// How many steps it takes at most to match a name of that length, the call itself among them.
  func work(nameLength: Int) -> Int {
    let length = stars.tokens.count
    guard hasStars else { return 64 + min(nameLength, length) }
    return (64 + nameLength).multipliedReportingOverflow(by: length).partialValue
  }

  func matches(_ name: [UInt8]) -> Bool { stars.matches(name) }
}
