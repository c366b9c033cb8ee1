import Diagnostics
package import RuleModel
import Text

/// What a rule says, part by part, as lists of texts that don't depend on the order in the file.
///
/// For a catalog read from rules, parts are computed on request, as two states of a catalog are mostly the same.
package struct RuleParts: Sendable {
  /// A catalog, shared by the parts of all of its rules.
  final class Whole: Sendable {
    let index: CatalogIndex

    init(_ index: CatalogIndex) { self.index = index }
  }

  /// What a saved file has on a rule.
  package struct Kept: Sendable {
    /// The parts in the file.
    package var texts: [RulePart: [String]]
    /// The keys of the rules that a correlation or a filter names; those that aren't in the catalog aren't in the file.
    /// nil if the file doesn't list all of them.
    package var related: [String]?
    /// The techniques and tactics in the file, as tags.
    package var attackTags: [AttackTag]

    package init(texts: [RulePart: [String]], related: [String]? = [], attackTags: [AttackTag] = []) {
      self.texts = texts
      self.related = related
      self.attackTags = attackTags
    }
  }

  private enum Source {
    case kept(Kept)
    case rule(RuleID, of: Whole)
  }

  private let source: Source
  /// Texts that replace those of the source.
  private var replaced: [RulePart: [String]] = [:]

  package init(_ kept: Kept) { source = .kept(kept) }

  init(_ number: RuleID, of whole: Whole) { source = .rule(number, of: whole) }

  /// nil if it isn't known, and so can't be compared. A saved file may not have everything that ``logic`` covers.
  package subscript(part: RulePart) -> [String]? {
    if let texts = replaced[part] { return texts }
    switch source {
    case .kept(let kept): return kept.texts[part]
    case .rule(let number, let whole): return whole.index.texts(of: part, of: number)
    }
  }

  /// Replaces what the rule covers in ATT&CK, for another version of it.
  func replacing(techniques: [TechniqueID], tactics: [AttackObjectID]) -> RuleParts {
    var parts = self
    parts.replaced[.techniques] = techniques.map(\.description)
    parts.replaced[.tactics] = tactics.sorted().map(\.description)
    return parts
  }

  var attackTags: [AttackTag] {
    switch source {
    case .kept(let kept): kept.attackTags
    case .rule(let number, let whole): whole.index.rules[number].attackTags
    }
  }

  /// The rules that a correlation or a filter names, as written; nil if only their keys are known.
  var relatedAsWritten: [String]? {
    guard case .rule(let number, let whole) = source else { return nil }
    let rule = whole.index.rules[number]
    if let correlation = rule.correlation { return correlation.canonicalRules }
    return switch rule.filter {
    case nil: []
    case .any: ["any"]
    case .rules(let rules): canonicalNames(rules.map { canonicalReference($0.target) })
    }
  }

  /// The keys of the named rules that the catalog has; nil if there are too many to list.
  var relatedKeys: [String]? {
    switch source {
    case .kept(let kept): kept.related
    case .rule(let number, let whole): whole.index.keysOfRelatedRules(number)
    }
  }

  /// Whether both come from the same document of files with the same bytes and name. Then only what depends on other
  /// files can differ: events, techniques and tactics.
  func areOfOneText(with other: RuleParts) -> Bool {
    guard case .rule(let left, let old) = source, case .rule(let right, let new) = other.source else { return false }
    let (before, after) = (old.index.rules[left].source, new.index.rules[right].source)
    // A rule without a title is shown with the name of its file.
    return before.document == after.document && before.body == after.body
      && (before.path == after.path || before.stem == after.stem)
  }
}

extension CatalogIndex {
  /// The keys of the catalog's rules that a correlation names, in its order, or that a filter tunes, by key; nil if not
  /// all are listed.
  package func keysOfRelatedRules(_ number: RuleID) -> [String]? {
    let tuned = references.filtered[number]
    if tuned.isCut { return nil }
    let related = references.correlated[number].compactMap { $0 } + tuned.rules
    return related.map { rules[$0].key.description }
  }

  /// The key of the rule that a correlation's alias refers to, or the name as written if there is no such rule.
  package func key(ofAliased reference: RuleReference, in correlation: RuleID) -> String {
    references.correlatedByName[correlation][reference.target].map { rules[$0].key.description } ?? reference.target
  }

  /// nil for parts that only rules of another class have.
  fileprivate func texts(of part: RulePart, of number: RuleID) -> [String]? {
    switch part {
    case .id: one(rules[number].id)
    case .title: [rules[number].title]
    case .description: one(rules[number].description)
    case .status: one(rules[number].status?.rawValue)
    case .level: one(rules[number].level?.rawValue)
    case .ruleClass: [rules[number].ruleClass.rawValue]
    case .logSource: rules[number].logSources.isEmpty ? texts(of: LogSource()) : rules[number].logSources.flatMap(texts)
    case .condition:
      rules[number].stages.first.map { [logicText($0.predicate, rules[number].stages)] } ?? []
    case .values: testTexts(of: number, negated: false)
    case .exclusions: testTexts(of: number, negated: true)
    case .selections:
      rules[number].stages.dropFirst().map { "\($0.name): " + logicText($0.predicate, rules[number].stages) }
    case .aggregation: one(rules[number].match?.aggregation.map(countWithoutGroups))
    case .timespan: one(rules[number].timeWindow)
    case .groupBy: canonicalNames(rules[number].groupBy)
    case .correlation:
      rules[number].ruleClass == .correlation
        ? rules[number].correlation.map { [$0.kind?.rawValue ?? "", $0.canonicalCondition] } ?? [] : nil
    case .fields: canonicalNames(rules[number].correlation?.fields ?? [])
    case .aliases:
      aliasTexts(
        (rules[number].correlation?.aliases ?? []).map { alias in
          (alias.name, alias.fields.map { (rule: key(ofAliased: $0.rule, in: number), field: $0.name) })
        })
    case .generate: one(rules[number].correlation.map { "\($0.generate)" })
    case .scope: rules[number].ruleClass == .filter ? [] : nil
    case .logic: [rules[number].logic]
    case .techniques: attack[number].techniques.map(\.description)
    case .tactics: attack[number].tactics.sorted().map(\.description)
    case .events: events[number].events.map { "\($0.event.provider) \($0.event.name)" }
    case .tags: rules[number].tags
    case .authors: rules[number].authors
    case .date: one(rules[number].date?.description)
    case .modified: one(rules[number].modified?.description)
    case .references: rules[number].references
    case .falsePositives: rules[number].falsePositives
    case .simulations:
      rules[number].simulations.map { simulationText($0.collection, $0.name, $0.technique?.description, $0.id) }
    }
  }

  private func texts(of logSource: LogSource) -> [String] {
    logSourceTexts(logSource.category, logSource.product, logSource.service)
  }

  /// A filter's tests aren't in the tables, because they count towards the rules that it tunes.
  private func testTexts(of number: RuleID, negated: Bool) -> [String] {
    guard rules[number].ruleClass == .filter else {
      return (negated ? exclusions : indicators).entries[number].map { testText($0.test) }
    }
    var texts: [String] = []
    rules[number].stages.forEachTest { test, isNegated in if isNegated == negated { texts.append(testText(test)) } }
    return canonicalNames(texts)
  }

  /// An empty list, or a single text.
  private func one(_ text: String?) -> [String] { text.map { [$0] } ?? [] }
}

/// A log source's three names, empty where absent.
package func logSourceTexts(_ category: String?, _ product: String?, _ service: String?) -> [String] {
  [category, product, service].map { $0 ?? "" }
}

/// A simulation's collection, name, technique and id, empty where absent.
package func simulationText(_ parts: String?...) -> String { parts.map { $0 ?? "" }.joined(separator: "\n") }

/// Aliases in an order that doesn't depend on the file, each with its rules and fields.
package func aliasTexts(_ aliases: [(name: String, fields: [(rule: String, field: String)])]) -> [String] {
  aliases.sorted { inByteOrder($0.name, $1.name) }.flatMap { alias in
    [alias.name] + alias.fields.sorted { inByteOrder($0.rule, $1.rule) }.flatMap { [$0.rule, $0.field] }
  }
}

/// A test as text, for comparison and display: `Image ends_with \cmd.exe`, `CommandLine contains|windash -x`.
package func testText(field: String?, kind: String, value: String, modifiers: [String]) -> String {
  ([field ?? "keyword", ([kind] + modifiers).joined(separator: "|")] + (value.isEmpty ? [] : [value]))
    .joined(separator: " ")
}

private func testText(_ test: Test) -> String {
  testText(field: test.field, kind: test.kind.rawValue, value: test.value, modifiers: test.modifiers.names)
}

/// Logic with the names of the stages that it refers to: `all(selection, not(filter))`.
private func logicText(_ predicate: Predicate, _ stages: [Stage]) -> String {
  predicate.folded(
    leaf: { leaf in
      switch leaf {
      case .test(let test): testText(test)
      case .stage(let index): stages[index].name
      case .text(let text): text.text
      }
    },
    all: { "all(\($0.joined(separator: ", ")))" }, any: { "any(\($0.joined(separator: ", ")))" }, not: { "not(\($0))" })
}
