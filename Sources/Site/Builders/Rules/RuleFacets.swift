import Analysis
import RuleModel
import Text

/// What lists of rules can be filtered by.
struct RuleFacets: Sendable {
  private let content: SiteContent
  /// Whether the catalog has rules of several dialects.
  private let namesDialects: Bool

  init(_ content: SiteContent, namesDialects: Bool) {
    self.content = content
    self.namesDialects = namesDialects
  }

  /// The facets of a rule besides level and status: key and word.
  func others(of number: RuleID) -> [(Facet.Key, String)] {
    let rule = content.index.rules[number]
    var facets: [(Facet.Key, String)] = []
    if namesDialects { facets.append((.dialect, rule.key.dialect.rawValue)) }
    let products = rule.products
    facets += (products.isEmpty ? [RuleFacets.noProduct] : products).map { (.product, $0) }
    if let state = content.states?[number] { facets.append((.state, KeptVisibility.State(state).rawValue)) }
    facets += content.index.attack[number].rows.map { (.tactic, $0.tactic.description) }
    return facets
  }

  private static let noProduct = "none"
  /// The maximum number of products in the facet; the others are rare.
  private static let products = 12
  /// Of so many rules, at least one must name a product: a facet of nearly nothing else than "no product" sorts out
  /// nothing.
  private static let rulesByProduct = 10

  /// The facets that a list of these rules can be filtered by; each has at least two values.
  func filters(of rules: some Sequence<RuleID>) -> [Facet] {
    var counts: [Facet.Key: [String: Int]] = [:]
    var (all, named) = (0, 0)
    for number in rules {
      let rule = content.index.rules[number]
      if let level = rule.level { counts[.level, default: [:]][level.rawValue, default: 0] += 1 }
      if let status = rule.status { counts[.status, default: [:]][status.rawValue, default: 0] += 1 }
      all += 1
      if !rule.products.isEmpty { named += 1 }
      for (key, word) in others(of: number) { counts[key, default: [:]][word, default: 0] += 1 }
    }
    if named * RuleFacets.rulesByProduct < all { counts[.product] = nil }
    func facet(_ title: String, _ key: Facet.Key, _ words: [(word: String, label: String, mark: String?)]) -> Facet {
      Facet(
        title: title,
        options: words.compactMap { word in
          (counts[key]?[word.word]).map {
            FacetOption(id: FacetOption.id(key, word.word), label: word.label, mark: word.mark, count: $0)
          }
        })
    }
    let products = (counts[.product] ?? [:])
      .sorted { left, right in
        left.value != right.value ? left.value > right.value : inByteOrder(left.key, right.key)
      }
      .prefix(RuleFacets.products).map(\.key)
    return [
      facet("Dialect", .dialect, content.index.indicators.dialects.map { ($0.rawValue, $0.label, nil) }),
      facet("Level", .level, Level.allCases.reversed().map { ($0.rawValue, $0.rawValue, "lv \($0)") }),
      facet("Status", .status, Status.allCases.map { ($0.rawValue, $0.rawValue, "st \($0)") }),
      facet(
        "State", .state,
        [RuleState.runs, .partlyBlind, .blind, .unknown].map { state in
          let mark = StateMark(state)
          return (KeptVisibility.State(state).rawValue, mark.word, mark.marked)
        }),
      facet("Product", .product, products.map { ($0, $0 == RuleFacets.noProduct ? "no product" : $0, nil) }),
      facet("Tactic", .tactic, content.attack.tactics.map { ($0.id.description, $0.name, nil) }),
    ].filter { $0.options.count > 1 }
  }
}
