package import Attack
package import Diagnostics
package import RuleModel

/// The differences between two states of a catalog; ``RulePairs`` decides which rules are the same.
///
/// If the two states use different versions of ATT&CK, both are converted to one version before they are compared.
/// Collection names at the start of sources make no difference, nor does a key that changed only because of another
/// rule's file.
package struct CatalogChanges: Sendable {
  package struct MovedRule: Sendable {
    package var old: CatalogSnapshot.Entry
    package var new: CatalogSnapshot.Entry
  }

  package struct ChangedRule: Sendable {
    package var old: CatalogSnapshot.Entry
    package var new: CatalogSnapshot.Entry
    /// In the order of ``RulePart``; at least one.
    package var parts: [RulePart]

    /// Whether it detects something else than before, or in other events.
    package var changesDetection: Bool { !RulePart.ofDetection.isDisjoint(with: parts) }
  }

  package struct Difference<Element: Hashable & Sendable>: Hashable, Sendable {
    /// Both lists are sorted.
    package var gained: [Element]
    package var lost: [Element]
  }

  /// The versions that the two states use; nil if a saved file doesn't say.
  package let attack: (old: AttackVersion?, new: AttackVersion?)
  /// Whether the versions differ.
  package var hasOtherAttack: Bool { attack.old != nil && attack.new != nil && attack.old != attack.new }
  /// By key.
  package let added: [CatalogSnapshot.Entry]
  /// By key.
  package let removed: [CatalogSnapshot.Entry]
  /// Rules whose files were moved or renamed, by the new key. Those that also changed are in ``changed`` as well.
  package let moved: [MovedRule]
  /// By the new key.
  package let changed: [ChangedRule]
  /// Techniques and sub-techniques that counted rules cover; a technique is also covered through its sub-techniques.
  package let techniques: Difference<TechniqueID>
  /// Events that counted rules read.
  package let events: Difference<Event>
  /// What runs, compared; nil if a state doesn't tell what is collected.
  package let states: StateChanges?
  /// Whether one of the states tells what is collected and the other doesn't.
  package let lacksTelemetry: (old: Bool, new: Bool)
  /// Findings that the old state didn't have: in another file, or of another kind or wording. Sorted by location.
  package let newFindings: [Diagnostic]
  /// Findings that the new state no longer has.
  package let goneFindings: [Diagnostic]
  /// Parts of rules that can't be compared, because one of the states is a saved file without them.
  package let notCompared: [RulePart]
  /// The names of tactics by id, as far as known.
  package let tacticNames: [String: String]

  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && moved.isEmpty && changed.isEmpty && newFindings.isEmpty && goneFindings.isEmpty
      && states?.isEmpty ?? true
  }

  /// - Parameter matrix: the version to convert both states to, at least as new as theirs; nil if none is known.
  package init(from old: CatalogSnapshot, to new: CatalogSnapshot, attack matrix: AttackMatrix?) {
    attack = (old.attack, new.attack)
    let isOther = old.attack != nil && new.attack != nil && old.attack != new.attack
    let (old, new) = isOther ? matrix.map { (old.carried(to: $0), new.carried(to: $0)) } ?? (old, new) : (old, new)
    let prefix = CollectionPrefix(old, new)
    let pairs = RulePairs(old.entries, new.entries, prefix).pairs
    let (oldPaired, newPaired) = (Set(pairs.map(\.old)), Set(pairs.map(\.new)))
    removed = old.entries.indices.filter { !oldPaired.contains($0) }.map { old.entries[$0] }
    added = new.entries.indices.filter { !newPaired.contains($0) }.map { new.entries[$0] }
    let rules = pairs.map { (old: old.entries[$0.old], new: new.entries[$0.new]) }
    moved = rules.filter {
      !prefix.place(ofOld: $0.old.source).utf8.elementsEqual(prefix.place(ofNew: $0.new.source).utf8)
    }
    .map { MovedRule(old: $0.old, new: $0.new) }
    let comparison = RuleComparison(rules)
    changed = rules.compactMap { old, new in
      let parts = comparison.changedParts(old, new)
      return parts.isEmpty ? nil : ChangedRule(old: old, new: new, parts: parts)
    }
    techniques = CatalogChanges.difference(old, new) { $0.techniques + $0.techniques.compactMap(\.parent) }
    events = CatalogChanges.difference(old, new) { $0.events }
    states = StateChanges(old, new, rules)
    lacksTelemetry = (old.collected == nil, new.collected == nil)
    (newFindings, goneFindings) = findingDifference(old, new, rules, prefix)
    notCompared = old.hasLogic && new.hasLogic ? [] : RulePart.absentInFormat1
    tacticNames = Dictionary(
      (matrix?.tactics ?? []).map { ($0.id.description, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  private static func difference<Element: Hashable & Comparable & Sendable>(
    _ old: CatalogSnapshot, _ new: CatalogSnapshot, _ elements: (CatalogSnapshot.Entry) -> [Element]
  ) -> Difference<Element> {
    let before = Set(old.entries.lazy.filter(\.isCounted).flatMap(elements))
    let after = Set(new.entries.lazy.filter(\.isCounted).flatMap(elements))
    return Difference(gained: after.subtracting(before).sorted(), lost: before.subtracting(after).sorted())
  }
}

/// What identifies a finding, wherever in its file it is.
private struct FindingMark: Hashable {
  var place: String
  var id: CheckID
  var message: String
}

/// The findings on each side that the other side doesn't have, or has fewer of.
private func findingDifference(
  _ old: CatalogSnapshot, _ new: CatalogSnapshot, _ rules: [(old: CatalogSnapshot.Entry, new: CatalogSnapshot.Entry)],
  _ prefix: CollectionPrefix
) -> (new: [Diagnostic], gone: [Diagnostic]) {
  // Findings follow a file that was moved.
  let moves = Dictionary(rules.map { ($0.old.source, $0.new.source) }, uniquingKeysWith: { first, _ in first })
  // Messages name the version of ATT&CK.
  let titles = (old: old.attack?.title, new: new.attack?.title)
  let before = old.findings.map { finding in
    let path = finding.location.file.source
    var message = prefix.text(ofOld: finding.message)
    if let old = titles.old, let new = titles.new, old != new { message = message.replacing(old, with: new) }
    return FindingMark(
      place: moves[path].map { prefix.place(ofNew: $0) } ?? prefix.place(ofOld: path), id: finding.id, message: message)
  }
  let after = new.findings.map { finding in
    FindingMark(
      place: prefix.place(ofNew: finding.location.file.source), id: finding.id,
      message: prefix.text(ofNew: finding.message))
  }
  func missing(_ findings: [Diagnostic], _ marks: [FindingMark], in others: [FindingMark]) -> [Diagnostic] {
    var counts: [FindingMark: Int] = [:]
    for mark in others { counts[mark, default: 0] += 1 }
    return zip(findings, marks).filter { _, mark in
      let count = counts[mark] ?? 0
      counts[mark] = count - 1
      return count <= 0
    }.map(\.0)
  }
  return (missing(new.findings, after, in: before), missing(old.findings, before, in: after))
}
