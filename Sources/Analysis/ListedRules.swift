package import RuleModel

/// Rules that are related to another rule: the first of them, and how many there are.
///
/// Listing all of them could take n² links for n rules that are all related to each other.
package struct ListedRules: Hashable, Sendable {
  /// The maximum number to list.
  package static let limit = 100

  /// In display order.
  package var rules: [RuleID]
  /// How many there are in total, listed or not.
  package var count: Int

  package init(_ rules: [RuleID] = [], count: Int? = nil) {
    self.rules = rules
    self.count = count ?? rules.count
  }

  package var isCut: Bool { count > rules.count }
}
