package import RuleModel
package import Text

/// What a test requires of a value, which may be more than equality with one text; ignores the case of ASCII letters.
package enum ValueTest: Hashable, Sendable {
  case pattern(StarPattern)
  /// One of several patterns, as from a regular expression.
  case anyPattern([StarPattern])
  /// `lt`, `lte`, `gt` or `gte`, and the number to compare with.
  case number(TestKind, Int)

  package func matches(_ value: String) -> Bool {
    switch self {
    case .pattern(let pattern): pattern.matches(value.utf8)
    case .anyPattern(let patterns): patterns.contains { $0.matches(value.utf8) }
    case .number(let kind, let bound):
      Int(value).map { number in
        switch kind {
        case .lt: number < bound
        case .lte: number <= bound
        case .gt: number > bound
        default: number >= bound
        }
      } ?? false
    }
  }
}

extension StarPattern {
  /// The values that a test matches, ignoring the case of ASCII letters; nil for kinds that don't compare texts.
  package init?(valuesOf test: Test) {
    guard test.kind != .exists, let tokens = StarPattern.tokens(of: test.kind, test.value) else { return nil }
    self.init(tokens: tokens, ignoresCase: true)
  }

  /// The pattern for a test of this kind with this text; nil for a kind that doesn't compare texts.
  static func tokens(of kind: TestKind, _ text: String) -> [UInt16]? {
    switch kind {
    case .wildcard: return tokens(of: text.utf8, syntax: .wildcards)
    case .exists: return text == "true" ? [star] : nil
    case .eq, .contains, .startsWith, .endsWith:
      var tokens: [UInt16] = []
      tokens.reserveCapacity(text.utf8.count + 2)
      if kind == .contains || kind == .endsWith { tokens.append(star) }
      for byte in text.utf8 { tokens.append(UInt16(byte)) }
      if kind == .contains || kind == .startsWith { tokens.append(star) }
      return tokens
    default: return nil
    }
  }
}
