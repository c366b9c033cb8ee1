import Analysis
import RuleModel

/// Makes tables of rules for pages about other things.
struct RuleTableBuilder: Sendable {
  private let lists: RuleListBuilder
  /// The rank of each rule in the order shown: counted ones first, then the highest level, then by title and key.
  private let rank: RuleColumn<Int>

  init(_ content: SiteContent, _ lists: RuleListBuilder) {
    self.lists = lists
    let order = content.index.rules.mapPlaces { id in
      let rule = content.index.rules[id]
      return (
        isCounted: content.index.techniques.isCounted[id], level: rule.level?.rank ?? 0,
        title: Array(rule.title.lowercased().utf8)
      )
    }
    let sorted = order.indices.sorted { left, right in
      let (one, other) = (order[left], order[right])
      if one.isCounted != other.isCounted { return one.isCounted }
      if one.level != other.level { return one.level > other.level }
      // Ids are in the order of keys.
      return one.title == other.title ? left < right : one.title.lexicographicallyPrecedes(other.title)
    }
    var rank = RuleColumn<Int>(repeating: 0, count: sorted.count)
    for (place, rule) in sorted.enumerated() { rank[rule] = place }
    self.rank = rank
  }

  /// - Parameters:
  ///   - word: the filter that finds these rules in the list of all, if there are too many for the page.
  ///   - revoked: the revoked id under which all of them name a technique, shown beside its replacement.
  /// - Returns: nil if there are none.
  func table(
    _ title: String, _ rules: [RuleID], word: String, revoked: TechniqueID? = nil, from address: Address
  ) -> RuleTable? {
    guard !rules.isEmpty else { return nil }
    let sorted = Folded(rules.sorted { rank[$0] < rank[$1] }, seen: 24, most: 500)
    return RuleTable(
      title: title, rules: sorted.map { lists.plainRow($0, revoked: revoked, from: address) },
      all: address.link(to: .rules), word: word)
  }

  /// Rules in the order shown.
  func sorted(_ rules: [RuleID]) -> [RuleID] { rules.sorted { rank[$0] < rank[$1] } }

  /// A part of a list of rules that continues over several pages.
  ///
  /// - Parameters:
  ///   - rules: in the order shown; all appear on the page.
  ///   - seen: how many of them are visible without unfolding.
  /// - Returns: nil if there are none.
  func part(_ title: String, _ rules: some Collection<RuleID>, seen: Int, from address: Address) -> RuleTable? {
    guard !rules.isEmpty else { return nil }
    return RuleTable(
      title: title, rules: Folded(Array(rules), seen: seen).map { lists.plainRow($0, from: address) },
      all: address.link(to: .rules), word: "", isAlone: true)
  }
}
