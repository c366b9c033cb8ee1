package import Attack
package import Diagnostics
package import RuleModel

/// A catalog prepared for comparison with another one: from its rules, or from a saved `catalog.json`.
package struct CatalogSnapshot: Sendable {
  package struct Entry: Sendable {
    package var key: RuleKey
    package var id: String?
    package var title: String
    /// The rule's path below the given one, prefixed with the collection's name if there are several.
    package var source: String
    /// Whether coverage counts it.
    package var isCounted: Bool
    package var techniques: [TechniqueID]
    package var events: [Event]
    /// nil if it isn't known what is collected.
    package var visibility: KeptVisibility?
    package var parts: RuleParts

    package init(
      key: RuleKey, id: String?, title: String, source: String, isCounted: Bool, techniques: [TechniqueID],
      events: [Event], visibility: KeptVisibility? = nil, parts: RuleParts
    ) {
      self.key = key
      self.id = id
      self.title = title
      self.source = source
      self.isCounted = isCounted
      self.techniques = techniques
      self.events = events
      self.visibility = visibility
      self.parts = parts
    }
  }

  /// By key.
  package var entries: [Entry]
  /// Sorted by published location.
  package var findings: [Diagnostic]
  /// The version of ATT&CK that the rules use; nil if a saved file doesn't say.
  package var attack: AttackVersion?
  /// The names that sources start with, empty if there is a single collection; nil if unknown.
  package var collections: [String]?
  /// Whether every change of logic can be detected.
  package var hasLogic: Bool
  /// How each event that rules read is collected, by event; nil if it isn't known what is collected.
  package var collected: [KeptCollection]?

  package init(
    entries: [Entry], findings: [Diagnostic], attack: AttackVersion?, collections: [String]? = nil,
    hasLogic: Bool = true, collected: [KeptCollection]? = nil
  ) {
    self.entries = entries
    self.findings = findings
    self.attack = attack
    self.collections = collections
    self.hasLogic = hasLogic
    self.collected = collected
  }
}

extension CatalogSnapshot {
  /// - Parameters:
  ///   - diagnostics: for files and rules.
  ///   - collections: the names that sources start with, empty if there is a single collection.
  ///   - visibility: what the rules see of what is collected; nil if that isn't known.
  package init(
    _ index: CatalogIndex, diagnostics: [Diagnostic], attack: AttackVersion, collections: [String],
    visibility: VisibilityReview? = nil
  ) {
    let whole = RuleParts.Whole(index)
    self.init(
      entries: index.rules.indices.map { Entry($0, of: whole, visibility) },
      findings: diagnostics.sortedOnce(spelled: .published),
      attack: attack, collections: collections, collected: visibility?.keptCollections)
  }

  /// The same rules in terms of another version of ATT&CK: tags with revoked ids and removed tactics count as their
  /// replacements.
  ///
  /// If the matrix is the older version, ids that it doesn't know are kept.
  package func carried(to matrix: AttackMatrix) -> CatalogSnapshot {
    guard let attack, attack.domain == matrix.domain else { return self }
    let isNewer = matrix.release < attack
    var result = self
    for place in entries.indices {
      let coverage = matrix.coverage(ofCarried: entries[place].parts.attackTags)
      var techniques = coverage.techniques
      if isNewer { techniques += entries[place].techniques.filter { matrix.resolve($0) == .unknown } }
      techniques = Set(techniques).sorted()
      result.entries[place].techniques = techniques
      result.entries[place].parts = entries[place].parts.replacing(techniques: techniques, tactics: coverage.tactics)
    }
    return result
  }
}

extension CatalogSnapshot.Entry {
  fileprivate init(_ number: RuleID, of whole: RuleParts.Whole, _ visibility: VisibilityReview?) {
    let index = whole.index
    let source = index.rules[number].source.path
    self.init(
      key: index.rules[number].key, id: index.rules[number].id, title: index.rules[number].title, source: source,
      isCounted: index.techniques.isCounted[number], techniques: index.attack[number].techniques,
      events: index.events[number].events.map(\.event),
      visibility: visibility.map { KeptVisibility($0.rules[number]) }, parts: RuleParts(number, of: whole))
  }
}
