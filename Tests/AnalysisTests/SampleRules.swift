import Analysis
import Diagnostics
import RuleModel

/// A rule of one stage, in a file named after it.
func rule(_ slug: String, dialect: Dialect = .sigma, _ predicate: Predicate...) -> Rule {
  var rule = Rule(
    key: RuleKey(dialect: dialect, slug: slug), title: slug,
    source: RuleSource(path: "\(slug).yml", file: "rules/\(slug).yml", body: []))
  rule.stages = [stage("condition", .all(predicate))]
  return rule
}

func stage(_ name: String, _ predicate: Predicate) -> Stage {
  Stage(
    name: name, role: name == "condition" ? .condition : .selection, predicate: predicate,
    position: SourcePosition(line: 1, column: 1))
}

func test(_ field: String?, _ kind: TestKind, _ value: String, _ modifiers: TestModifiers = []) -> Predicate {
  .test(Test(field: field, kind: kind, value: value, modifiers: modifiers))
}

/// A table without a field map.
func indicators(of rules: [Rule], negated: Bool = false) -> IndicatorTable {
  IndicatorTable(of: rules, negated: negated) { _, _ in nil }
}

extension IndicatorTable {
  /// A rule's entries in short: `Image eq a.exe 2`, canonical name and modifiers in brackets, the count at the end.
  func words(of rule: Int) -> [String] {
    entries[rule].map { entry in
      let field = (entry.test.field ?? "-") + (entry.canonical.map { "[\($0)]" } ?? "")
      let modifiers = entry.test.modifiers.names.isEmpty ? "" : "[\(entry.test.modifiers.names.joined(separator: "|"))]"
      return "\(field) \(entry.test.kind.rawValue)\(modifiers) \(entry.test.value) \(ruleCounts[entry.number])"
    }
  }
}
