import Diagnostics
import RuleModel
import TestSupport

@testable import Analysis

/// A rule of one stage, in a file named after it.
func rule(_ slug: String, dialect: Dialect = .sigma, _ predicate: Predicate...) -> Rule {
  var draft = RuleDraft(
    key: RuleKey(dialect: dialect, slug: slug), title: slug,
    source: RuleSource(in: SourceFile(path: "rules/\(slug).yml", source: "\(slug).yml")))
  draft.stages = [stage("condition", .all(predicate))]
  return Rule(draft)
}

extension Rule {
  /// A rule that is the same but for what is changed.
  func with(_ change: (inout RuleDraft) -> Void) -> Rule {
    var draft = RuleDraft(key: key, title: title, body: body, source: source)
    draft.id = id
    draft.idPosition = idPosition
    draft.name = name
    draft.description = description
    draft.status = status
    draft.level = level
    draft.authors = authors
    draft.date = date
    draft.modified = modified
    draft.references = references
    draft.falsePositives = falsePositives
    draft.tags = tags
    draft.attackTags = attackTags
    draft.related = related
    draft.logSources = logSources
    draft.logSourcePosition = logSourcePosition
    draft.stages = stages
    draft.lacksLogic = lacksLogic
    draft.isDisabled = isDisabled
    draft.raisesSignal = raisesSignal
    draft.facts = facts
    draft.notes = notes
    draft.findings = findings
    change(&draft)
    return Rule(draft)
  }
}

func stage(_ name: String, _ predicate: Predicate) -> Stage {
  Stage(
    name: name, predicate: predicate,
    position: SourcePosition(line: 1, column: 1))
}

func test(_ field: String?, _ kind: TestKind, _ value: String, _ modifiers: TestModifiers = []) -> Predicate {
  .test(Test(field: field, kind: kind, value: value, modifiers: modifiers))
}

/// A table without a field map.
func indicators(of rules: [Rule], negated: Bool = false) -> IndicatorTable {
  IndicatorTable(of: RuleColumn(rules), negated: negated) { _, _ in nil }
}

extension IndicatorTable {
  /// - Parameter canonicalField: a field's name after the field map, for a rule; nil where it is the same.
  init(of rules: RuleColumn<Rule>, negated: Bool, canonicalField: (_ field: String, _ rule: RuleID) -> String?) {
    self.init(
      of: rules,
      tests: rules.mapPlaces { id in
        let tests = OwnTests.ofBothSigns(
          rules[id], canonicalField: { canonicalField($0, id) }, namesEvent: { _ in false })
        return negated ? tests.exclusions : tests.indicators
      })
  }
}

/// Neighbours without a field map.
///
/// - Parameter pins: the fields that name the event.
func neighbours(of rules: [Rule], events: [[Event]], pins: Set<String> = []) -> RuleColumn<[Neighbour]> {
  let tables = [indicators(of: rules), indicators(of: rules, negated: true)]
  let named = tables.map { table in
    var named = IndicatorColumn<Bool>(repeating: false, count: table.ruleCounts.count)
    for entry in table.entries.joined() where pins.contains(entry.test.field ?? "") { named[entry.id] = true }
    return named
  }
  var search = NeighbourSearch(
    of: RuleColumn(rules), naming: RuleReferences(of: RuleColumn(rules)), events: RuleColumn(events),
    indicators: tables[0], exclusions: tables[1], pins: EventPins(indicators: named[0], exclusions: named[1]),
    order: ranksByTitle(RuleColumn(rules)))
  return RuleColumn(rules).mapPlaces { search.neighbours(of: $0) }
}

extension IndicatorTable {
  /// A rule's entries in short: `Image eq a.exe 2`, canonical name and modifiers in brackets, the count at the end.
  func words(of rule: RuleID) -> [String] {
    entries[rule].map { entry in
      let field = (entry.test.field ?? "-") + (entry.canonical.map { "[\($0)]" } ?? "")
      let modifiers = entry.test.modifiers.names.isEmpty ? "" : "[\(entry.test.modifiers.names.joined(separator: "|"))]"
      return "\(field) \(entry.test.kind.rawValue)\(modifiers) \(entry.test.value) \(ruleCounts[entry.id])"
    }
  }
}
