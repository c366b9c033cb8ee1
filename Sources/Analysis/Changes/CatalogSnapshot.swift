package import Attack
package import Diagnostics
package import RuleModel

/// A catalog as it is compared with another one: from its rules, or from a `catalog.json` that was kept.
package struct CatalogSnapshot: Sendable {
  package struct Entry: Sendable {
    package var key: RuleKey
    package var id: String?
    package var title: String
    /// The rule's path below the given one; the collection's name is before it where there are several.
    package var source: String
    /// Whether coverage counts it.
    package var isCounted: Bool
    package var techniques: [TechniqueID]
    package var events: [Event]
    package var parts: RuleParts

    package init(
      key: RuleKey, id: String?, title: String, source: String, isCounted: Bool, techniques: [TechniqueID],
      events: [Event], parts: RuleParts
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
  /// In the order of places, as published.
  package var findings: [Diagnostic]
  /// What the rules are held against; nil where a kept file doesn't say.
  package var attack: AttackVersion?
  /// The names that sources start with, none where there is a single collection; nil where that isn't known.
  package var collections: [String]?
  /// Whether each change of logic can be seen.
  package var hasLogic: Bool

  package init(
    entries: [Entry], findings: [Diagnostic], attack: AttackVersion?, collections: [String]? = nil,
    hasLogic: Bool = true
  ) {
    self.entries = entries
    self.findings = findings
    self.attack = attack
    self.collections = collections
    self.hasLogic = hasLogic
  }
}

extension CatalogSnapshot {
  /// - Parameters:
  ///   - diagnostics: of files and rules.
  ///   - collections: the names that sources start with, none where there is a single collection.
  package init(
    _ index: CatalogIndex, diagnostics: [Diagnostic], attack: AttackVersion, collections: [String]
  ) {
    let whole = RuleParts.Whole(index)
    self.init(
      entries: index.rules.indices.map { Entry($0, of: whole) },
      findings: diagnostics.sortedOnce(spelled: .published),
      attack: attack, collections: collections)
  }

  /// The same rules in the words of another version of ATT&CK: tags of revoked ids and of tactics that ended count as what took their place.
  ///
  /// An id that the matrix doesn't know stays where the matrix is the older one.
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
  fileprivate init(_ number: RuleID, of whole: RuleParts.Whole) {
    let index = whole.index
    let source = index.rules[number].source.path
    self.init(
      key: index.rules[number].key, id: index.rules[number].id, title: index.rules[number].title, source: source,
      isCounted: index.techniques.isCounted[number], techniques: index.attack[number].techniques,
      events: index.events[number].events.map(\.event), parts: RuleParts(number, of: whole))
  }
}
