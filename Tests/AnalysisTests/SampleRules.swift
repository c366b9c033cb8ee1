import Diagnostics
import RuleModel

@testable import Analysis

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

/// Neighbours without a field map.
///
/// - Parameter pins: the fields that name the event.
func neighbours(of rules: [Rule], events: [[Event]], pins: Set<String> = []) -> [[Neighbour]] {
  let tables = [indicators(of: rules), indicators(of: rules, negated: true)]
  let named = tables.map { table in
    var named = [Bool](repeating: false, count: table.ruleCounts.count)
    for entry in table.entries.joined() where pins.contains(entry.test.field ?? "") { named[entry.number] = true }
    return named
  }
  return neighbours(
    of: rules, events: events, indicators: tables[0], exclusions: tables[1],
    pins: EventPins(indicators: named[0], exclusions: named[1]))
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
