package import RuleModel

/// Rules that belong to another one: the first of them, and how many there are.
///
/// With all of them, n rules that all belong together would be n² links.
package struct ListedRules: Hashable, Sendable {
  /// How many are listed at most.
  package static let limit = 100

  /// In the order shown.
  package var rules: [RuleID]
  /// How many there are, listed or not.
  package var count: Int

  package init(_ rules: [RuleID] = [], count: Int? = nil) {
    self.rules = rules
    self.count = count ?? rules.count
  }

  package var isCut: Bool { count > rules.count }
}
