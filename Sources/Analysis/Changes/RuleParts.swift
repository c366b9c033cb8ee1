package import RuleModel

/// A part of a rule that can change. The raw values are the output contract's.
package enum RulePart: String, Hashable, Sendable, CaseIterable {
  case key, id, title, description, status, level
  case ruleClass = "class"
  case logSource = "logsource"
  /// How the condition joins what it names.
  case condition
  /// What the rule looks for, and what it leaves out.
  case values, exclusions
  /// How a selection joins its tests, where the tests are the same.
  case selections
  case correlation, filter
  case techniques, tactics, events, tags
  case authors, date, modified, references, falsePositives, source
}

/// What a rule says, part by part, each as texts in an order that doesn't hang on the file's.
///
/// Of a catalogue that was read, a part is made when it is asked for: two states of a catalogue are mostly the same.
package struct RuleParts: Sendable {
  /// A catalogue, which the parts of all of its rules share.
  final class Whole: Sendable {
    let index: CatalogIndex

    init(_ index: CatalogIndex) { self.index = index }
  }

  private enum Source {
    case told([RulePart: [String]])
    case rule(Int, of: Whole)
  }

  private let source: Source

  /// - Parameter told: those that are known.
  package init(_ told: [RulePart: [String]]) { source = .told(told) }

  /// - Parameter number: the rule's index.
  init(_ number: Int, of whole: Whole) { source = .rule(number, of: whole) }

  /// nil where it isn't told, and so can't be compared.
  package subscript(part: RulePart) -> [String]? {
    switch source {
    case .told(let parts): parts[part]
    case .rule(let number, let whole): whole.index.texts(of: part, of: number)
    }
  }

  /// Whether both are of the same document of files with the same bytes and the same path, so that only what hangs on other files
  /// can differ: key, events, techniques and tactics.
  func areOfOneText(with other: RuleParts) -> Bool {
    guard case .rule(let left, let old) = source, case .rule(let right, let new) = other.source else { return false }
    let (before, after) = (old.index.rules[left].source, new.index.rules[right].source)
    return before.document == after.document && before.path == after.path && before.body == after.body
  }
}

extension CatalogIndex {
  fileprivate func texts(of part: RulePart, of number: Int) -> [String] {
    switch part {
    case .key: ["\(rules[number].key)"]
    case .id: one(rules[number].id)
    case .title: [rules[number].title]
    case .description: one(rules[number].description)
    case .status: one(rules[number].status?.rawValue)
    case .level: one(rules[number].level?.rawValue)
    case .ruleClass: [rules[number].ruleClass.rawValue]
    case .logSource: rules[number].logSources.isEmpty ? texts(of: LogSource()) : rules[number].logSources.flatMap(texts)
    case .condition:
      rules[number].stages.first.map { [logicText($0.predicate, rules[number].stages)] } ?? []
    case .values: indicators.entries[number].map { testText($0.test) }
    case .exclusions: exclusions.entries[number].map { testText($0.test) }
    case .selections:
      rules[number].stages.dropFirst().map { "\($0.name): " + logicText($0.predicate, rules[number].stages) }
    case .correlation: correlationTexts(rules[number].correlation)
    case .filter: one(rules[number].filter.map(filterText))
    case .techniques: attack[number].techniques.map(\.description)
    case .tactics: attack[number].tactics.sorted().map(\.description)
    case .events: events[number].events.map { "\($0.event.provider) \($0.event.name)" }
    case .tags: rules[number].tags
    case .authors: rules[number].authors
    case .date: one(rules[number].date?.description)
    case .modified: one(rules[number].modified?.description)
    case .references: rules[number].references
    case .falsePositives: rules[number].falsePositives
    case .source: [rules[number].source.path]
    }
  }

  private func texts(of logSource: LogSource) -> [String] {
    logSourceTexts(logSource.category, logSource.product, logSource.service)
  }

  /// No text, or one.
  private func one(_ text: String?) -> [String] { text.map { [$0] } ?? [] }
}

/// A log source's three names; those that are absent are empty.
package func logSourceTexts(_ category: String?, _ product: String?, _ service: String?) -> [String] {
  [category, product, service].map { $0 ?? "" }
}

/// A test as it is compared and shown: `Image ends_with \cmd.exe`, `CommandLine contains|windash -x`.
package func testText(field: String?, kind: String, value: String, modifiers: [String]) -> String {
  ([field ?? "keyword", ([kind] + modifiers).joined(separator: "|")] + (value.isEmpty ? [] : [value]))
    .joined(separator: " ")
}

private func testText(_ test: Test) -> String {
  testText(field: test.field, kind: test.kind.rawValue, value: test.value, modifiers: test.modifiers.names)
}

/// Logic with the names of the stages that it joins: `all(selection, not(filter))`.
private func logicText(_ predicate: Predicate, _ stages: [Stage]) -> String {
  func list(_ parts: [Predicate]) -> String { parts.map { logicText($0, stages) }.joined(separator: ", ") }
  return switch predicate {
  case .all(let parts): "all(\(list(parts)))"
  case .any(let parts): "any(\(list(parts)))"
  case .not(let part): "not(\(logicText(part, stages)))"
  case .test(let test): testText(test)
  case .stage(let index): stages[index].name
  case .opaque(let text): text
  }
}

private func correlationTexts(_ correlation: Correlation?) -> [String] {
  guard let correlation else { return [] }
  return [
    correlation.kind?.rawValue ?? "", correlation.rules.map(\.target).joined(separator: ", "),
    correlation.groupBy.joined(separator: ", "), correlation.timespan ?? "", correlation.condition ?? "",
    correlation.fields.joined(separator: ", "),
  ]
}

private func filterText(_ scope: FilterScope) -> String {
  switch scope {
  case .any: "any"
  case .rules(let rules): rules.map(\.target).joined(separator: ", ")
  }
}
