import Analysis
package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleTitleRepeated = CheckID(
    "rule-title-repeated", .note,
    "Two rules of the same kind and dialect have the same title, so their alerts look the same. Change one title to say how the rules differ."
  )
}

extension RuleCheck {
  /// Titles that another rule has, too.
  static let repeatedTitle = RuleCheck(
    .ruleTitleRepeated,
    examples: [
      CheckExample(
        "Two rules with one title",
        finds: "1:8: the rule has the title of 'other-1.yml'; say what distinguishes them",
        in: exampleRule(title: "Use of Whoami", detection: exampleDetection),
        beside: [(1, exampleRule(title: "Use of whoami", detection: exampleDetection))]),
      CheckExample(
        "A title that is longer", in: exampleRule(title: "Use of Whoami", detection: exampleDetection),
        beside: [(1, exampleRule(title: "Use of Whoami by a service", detection: exampleDetection))]),
      CheckExample(
        "A rule that was replaced", in: exampleRule(title: "Use of Whoami", detection: exampleDetection),
        beside: [
          (1, exampleRule(title: "Use of Whoami", head: "status: deprecated", detection: exampleDetection))
        ]),
    ]
  ) { rule, catalog in
    let (rules, subject) = (catalog.index.rules, catalog.index.rules[rule])
    guard let other = catalog.titles.value.other(than: rule, in: rules) else { return [] }
    return [
      Diagnostic(
        .ruleTitleRepeated, at: subject.place(of: subject.title),
        "the rule has the title of '\(rules[other].source.path)'; say what distinguishes them")
    ]
  }
}

/// The first two rules in use with each title, by dialect and class.
struct FirstRules: Sendable {
  private struct Key: Hashable {
    var dialect: Dialect
    var ruleClass: RuleClass
    var title: String
    /// A scheduled rule may be called as the query that it runs is, which raises no alert itself.
    var hasLevel: Bool

    init(_ rule: Rule) {
      (dialect, ruleClass, title) = (rule.key.dialect, rule.ruleClass, rule.title.lowercased())
      hasLevel = rule.level != nil
    }
  }

  private var rules: [Key: (first: RuleID, second: RuleID?)] = [:]

  init(byTitleIn index: CatalogIndex) {
    rules.reserveCapacity(index.rules.count)
    for (id, rule) in index.rules.pairs where FirstRules.isInUse(rule) {
      let key = Key(rule)
      if let known = rules[key] {
        if known.second == nil { rules[key]?.second = id }
      } else {
        rules[key] = (id, nil)
      }
    }
  }

  /// The first other rule with a rule's title; nil if there is none.
  func other(than id: RuleID, in all: RuleColumn<Rule>) -> RuleID? {
    let rule = all[id]
    guard FirstRules.isInUse(rule), let known = rules[Key(rule)] else { return nil }
    return known.first == id ? known.second : known.first
  }

  private static func isInUse(_ rule: Rule) -> Bool { rule.status?.isRetired != true }
}
