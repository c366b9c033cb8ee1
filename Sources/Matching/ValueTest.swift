package import RuleModel
package import Text

/// What a test asks of a value beside being one text, without regard to the case of ASCII letters.
package enum ValueTest: Hashable, Sendable {
  case pattern(StarPattern)
  /// One of several, as a regular expression asks for.
  case anyPattern([StarPattern])
  /// `lt`, `lte`, `gt` or `gte`, and the number that is compared with.
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
  /// The values that a test takes, without regard to the case of ASCII letters; nil for kinds that compare no texts.
  package init?(valuesOf test: Test) {
    guard test.kind != .exists, let tokens = StarPattern.tokens(of: test.kind, test.value) else { return nil }
    self.init(tokens: tokens, ignoresCase: true)
  }

  /// What a test of that kind with that text takes; nil for one that compares no texts.
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
