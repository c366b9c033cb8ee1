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
  /// In the order of places, with the paths that reports show.
  package var findings: [Diagnostic]

  package init(entries: [Entry], findings: [Diagnostic]) {
    self.entries = entries
    self.findings = findings
  }
}

extension CatalogSnapshot {
  /// - Parameters:
  ///   - diagnostics: of files; those of rules are added.
  ///   - source: a diagnostic's path without what hangs on how the user gave it.
  package init(_ index: CatalogIndex, diagnostics: [Diagnostic], source: (String) -> String) {
    let whole = RuleParts.Whole(index)
    self.init(
      entries: index.rules.indices.map { Entry($0, of: whole) },
      findings: (diagnostics + index.findings.joined()).map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.location.path = source(diagnostic.location.path)
        return diagnostic
      }.sortedOnce())
  }
}

extension CatalogSnapshot.Entry {
  fileprivate init(_ number: Int, of whole: RuleParts.Whole) {
    let index = whole.index
    let source = index.rules[number].source.path
    self.init(
      key: index.rules[number].key, id: index.rules[number].id, title: index.rules[number].title, source: source,
      isCounted: index.techniques.isCounted[number], techniques: index.attack[number].techniques,
      events: index.events[number].events.map(\.event), parts: RuleParts(number, of: whole))
  }
}
