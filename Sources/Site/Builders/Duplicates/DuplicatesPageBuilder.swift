import Analysis
import RuleModel

/// Makes the model of the page of pairs worth merging.
struct DuplicatesPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let differences: DifferenceBuilder
  private let address = Address.duplicates

  /// The maximum number of pairs in a section.
  private static let shown = 300

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
    differences = DifferenceBuilder(content: content, names: (left: "in the first", right: "in the second"))
  }

  func page() -> DuplicatesPage {
    let pairs = likePairs(content.index.neighbours.all, of: content.index.rules)
    let lead =
      "Rules with identical or nearly identical tests: the tests that they share weigh at least 0.8 of all their tests. "
      + "Deprecated and unsupported rules are left out."
    return DuplicatesPage(
      frame: frames.frame(
        of: address, titles: ["Duplicates"], summary: lead, crumbs: [("Indicators", .indicators)], showsAttack: false),
      title: "Duplicates", lead: pairs.isEmpty ? "No two rules have identical or nearly identical tests." : lead,
      sections: [
        section(
          "duplicates", "Duplicates",
          "The same tests in the same condition on the same logs, or the same correlation or filter of the same rules: each event that one matches, the other matches too. Keep one.",
          pairs.filter { $0.right.relation == .duplicate && isOfOneDialect($0) }),
        section(
          "other-dialects", "The same detection in another dialect",
          "The same tests in the same condition on the same logs, for another engine. Keep both where both engines run; if you change one, check the other.",
          pairs.filter { $0.right.relation == .duplicate && !isOfOneDialect($0) }),
        section(
          "near", "Near duplicates",
          "On the same logs, and alike except for a few tests or for how they are combined: check whether one rule can replace both.",
          pairs.filter { $0.right.relation != .duplicate && $0.right.sharesLogs }),
        section(
          "other-logs", "Alike on other logs",
          "They can’t be merged, since they read different logs. If you change one, check the other.",
          pairs.filter { $0.right.relation != .duplicate && !$0.right.sharesLogs }),
      ].filter { !$0.rows.isEmpty })
  }

  private func section(_ anchor: String, _ title: String, _ text: String, _ pairs: [LikePair]) -> PairSection {
    PairSection(
      anchor: anchor, title: title, text: text, rows: pairs.prefix(DuplicatesPageBuilder.shown).map(row),
      hidden: max(0, pairs.count - DuplicatesPageBuilder.shown))
  }

  private func dialect(of number: RuleID) -> Dialect { content.index.rules[number].key.dialect }

  private func isOfOneDialect(_ pair: LikePair) -> Bool { dialect(of: pair.left) == dialect(of: pair.right.rule) }

  private func row(_ pair: LikePair) -> PairRow {
    PairRow(
      left: rule(pair.left), right: rule(pair.right.rule), why: why(pair), score: pair.right.score,
      difference: differences.difference(of: pair.left, and: pair.right.rule))
  }

  private func rule(_ number: RuleID) -> PairedRule {
    let rule = content.index.rules[number]
    let dialects = content.index.indicators.dialects
    return PairedRule(
      title: rule.title, page: address.link(to: .rule(rule.key)),
      dialect: dialects.count > 1 ? rule.key.dialect.label : nil, logSource: rule.shortWords, level: rule.level)
  }

  private func why(_ pair: LikePair) -> String {
    let neighbour = pair.right
    let shared = counted(neighbour.shared, "test")
    let same = neighbour.shared == 1 ? "The same test" : "The same \(shared)"
    switch neighbour.relation {
    // Correlations and filters.
    case .duplicate where neighbour.shared == 0: return "The same logic on the same rules"
    case .duplicate where !isOfOneDialect(pair):
      return "\(same) in \(dialect(of: pair.left).label) and \(dialect(of: neighbour.rule).label)"
    case .duplicate: return "\(same) in the same condition"
    case .stricter: return "The second has all \(shared) of the first, and more"
    case .broader: return "The first has all \(shared) of the second, and more"
    case .similar:
      if neighbour.score < 100 { return "\(shared) in both" }
      return neighbour.sharesLogs ? "\(same), combined differently" : same
    }
  }
}
