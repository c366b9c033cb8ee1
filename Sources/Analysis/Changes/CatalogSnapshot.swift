package import Diagnostics
package import RuleModel

/// A catalogue as it is compared with another one: from its rules, or from a `catalog.json` that was kept.
package struct CatalogSnapshot: Sendable {
  package struct Entry: Sendable {
    package var key: RuleKey
    package var id: String?
    package var title: String
    /// The rule's path below the given one.
    package var source: String
    /// Whether coverage counts it.
    package var isCounted: Bool
    package var techniques: [TechniqueID]
    package var events: [Event]
    /// What it says, part by part, each as texts in an order that doesn't hang on the file's. A part that the source of the snapshot
    /// doesn't tell is missing, and is not compared.
    package var parts: [RulePart: [String]]

    package init(
      key: RuleKey, id: String?, title: String, source: String, isCounted: Bool, techniques: [TechniqueID],
      events: [Event], parts: [RulePart: [String]]
    ) {
      self.key = key
      self.id = id
      self.title = title
      self.source = source
      self.isCounted = isCounted
      self.techniques = techniques
      self.events = events
      self.parts = parts
    }
  }

  /// By key.
  package var entries: [Entry]
  /// In the order of places, with the paths that reports show.
  package var findings: [Diagnostic]

  package init(entries: [Entry], findings: [Diagnostic]) {
    self.entries = entries
    self.findings = findings
  }
}

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

extension CatalogSnapshot {
  /// - Parameters:
  ///   - diagnostics: of files; those of rules are added.
  ///   - source: a diagnostic's path without what hangs on how the user gave it.
  package init(_ index: CatalogIndex, diagnostics: [Diagnostic], source: (String) -> String) {
    self.init(
      entries: index.rules.indices.map { Entry($0, of: index) },
      findings: (diagnostics + index.findings.joined()).map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.location.path = source(diagnostic.location.path)
        return diagnostic
      }.sortedOnce())
  }
}

extension CatalogSnapshot.Entry {
  fileprivate init(_ number: Int, of index: CatalogIndex) {
    let rule = index.rules[number]
    let events = index.events[number].events.map(\.event)
    let attack = index.attack[number]
    self.init(
      key: rule.key, id: rule.id, title: rule.title, source: rule.source.path, isCounted: rule.isCounted,
      techniques: attack.techniques, events: events,
      parts: [
        .key: ["\(rule.key)"], .id: texts(rule.id), .title: [rule.title], .description: texts(rule.description),
        .status: texts(rule.status?.rawValue), .level: texts(rule.level?.rawValue),
        .ruleClass: [rule.ruleClass.rawValue],
        .logSource: logSourceTexts(rule.logSource.category, rule.logSource.product, rule.logSource.service),
        .values: index.indicators.entries[number].map { testText($0.test) },
        .exclusions: index.exclusions.entries[number].map { testText($0.test) },
        .techniques: attack.techniques.map(\.description), .tactics: attack.tactics.sorted().map(\.description),
        .events: events.map { "\($0.provider) \($0.name)" }, .tags: rule.tags, .authors: rule.authors,
        .date: texts(rule.date?.description), .modified: texts(rule.modified?.description),
        .references: rule.references, .falsePositives: rule.falsePositives, .source: [rule.source.path],
        .condition: rule.stages.first.map { [logicText($0.predicate, rule.stages)] } ?? [],
        .selections: rule.stages.dropFirst().map { "\($0.name): " + logicText($0.predicate, rule.stages) },
        .correlation: correlationTexts(rule),
        .filter: texts(rule.filter.map(filterText)),
      ])
  }
}

/// No text, or one.
private func texts(_ text: String?) -> [String] { text.map { [$0] } ?? [] }

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

private func correlationTexts(_ rule: Rule) -> [String] {
  guard let correlation = rule.correlation else { return [] }
  return [
    correlation.kind.rawValue, correlation.rules.map(\.target).joined(separator: ", "),
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
