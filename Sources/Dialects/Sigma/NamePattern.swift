import Text

/// A pattern of names in a condition, as in `1 of sel_*`: `*` matches any number of characters, anywhere in the pattern
/// (Sigma Specification 2.1.0, “Condition”).
struct NamePattern {
  private let stars: StarPattern

  /// Whether it has two or more stars, in which case matching may have to backtrack.
  private let hasStars: Bool

  init(_ text: String) {
    stars = StarPattern(text.utf8, syntax: .stars)
    hasStars = stars.tokens.count { $0 == StarPattern.star } > 1
  }

  /// What every matching name begins and ends with.
  var prefix: [UInt8] { stars.head.map { UInt8($0) } }
  var suffix: [UInt8] { stars.tail.map { UInt8($0) } }

  /// The maximum number of steps to match a name of this length, including the call itself.
  func work(nameLength: Int) -> Int {
    let length = stars.tokens.count
    guard hasStars else { return 64 + min(nameLength, length) }
    return (64 + nameLength).multipliedReportingOverflow(by: length).partialValue
  }

  func matches(_ name: [UInt8]) -> Bool { stars.matches(name) }
}
