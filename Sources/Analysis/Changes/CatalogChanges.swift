package import Diagnostics
package import RuleModel

/// What differs between two states of a catalogue.
///
/// Rules are the same where their ids are, whatever became of their files; a rule whose id is no other's is the one of the same key.
package struct CatalogChanges: Sendable {
  package struct ChangedRule: Sendable {
    package var old: CatalogSnapshot.Entry
    package var new: CatalogSnapshot.Entry
    /// In the order of ``RulePart``; at least one.
    package var parts: [RulePart]
  }

  package struct Difference<Element: Hashable & Sendable>: Hashable, Sendable {
    /// Sorted; so is what was lost.
    package var gained: [Element]
    package var lost: [Element]
  }

  /// By key.
  package let added: [CatalogSnapshot.Entry]
  /// By key.
  package let removed: [CatalogSnapshot.Entry]
  /// By the new key.
  package let changed: [ChangedRule]
  /// Techniques and sub-techniques that counted rules cover; a technique also by way of its sub-techniques.
  package let techniques: Difference<TechniqueID>
  /// Events that counted rules read.
  package let events: Difference<Event>
  /// Findings that the old state didn't have: of another file, kind or wording. In the order of places.
  package let newFindings: [Diagnostic]

  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && changed.isEmpty && newFindings.isEmpty
  }

  package init(from old: CatalogSnapshot, to new: CatalogSnapshot) {
    let pairs = CatalogChanges.pairs(old.entries, new.entries)
    let (oldPaired, newPaired) = (Set(pairs.map(\.old)), Set(pairs.map(\.new)))
    removed = old.entries.indices.filter { !oldPaired.contains($0) }.map { old.entries[$0] }
    added = new.entries.indices.filter { !newPaired.contains($0) }.map { new.entries[$0] }
    changed = pairs.sorted { $0.new < $1.new }.compactMap { pair in
      let (old, new) = (old.entries[pair.old], new.entries[pair.new])
      let parts = changedParts(old, new)
      return parts.isEmpty ? nil : ChangedRule(old: old, new: new, parts: parts)
    }
    techniques = CatalogChanges.difference(old, new) { $0.techniques + $0.techniques.compactMap(\.parent) }
    events = CatalogChanges.difference(old, new) { $0.events }
    var known: [Finding: Int] = [:]
    for finding in old.findings { known[Finding(finding), default: 0] += 1 }
    newFindings = new.findings.filter { finding in
      let count = known[Finding(finding)] ?? 0
      known[Finding(finding)] = count - 1
      return count <= 0
    }
  }

  /// What makes a finding the same, wherever in the file it has moved.
  private struct Finding: Hashable {
    var path: String
    var id: DiagnosticID
    var message: String

    init(_ diagnostic: Diagnostic) {
      (path, id, message) = (diagnostic.location.path, diagnostic.id, diagnostic.message)
    }
  }

  private static func pairs(
    _ old: [CatalogSnapshot.Entry], _ new: [CatalogSnapshot.Entry]
  ) -> [(old: Int, new: Int)] {
    var pairs: [(old: Int, new: Int)] = []
    let (oldIDs, newIDs) = (uniqueIDs(old), uniqueIDs(new))
    for (id, place) in oldIDs { if let other = newIDs[id] { pairs.append((place, other)) } }
    let (oldPaired, newPaired) = (Set(pairs.map(\.old)), Set(pairs.map(\.new)))
    var byKey: [RuleKey: Int] = [:]
    for place in old.indices where !oldPaired.contains(place) { byKey[old[place].key] = place }
    for place in new.indices where !newPaired.contains(place) {
      if let other = byKey[new[place].key] { pairs.append((other, place)) }
    }
    return pairs
  }

  /// The ids that one rule has alone, in lower case.
  private static func uniqueIDs(_ entries: [CatalogSnapshot.Entry]) -> [String: Int] {
    var places: [String: Int?] = [:]
    for (place, entry) in entries.enumerated() {
      guard let id = entry.id?.lowercased() else { continue }
      places.updateValue(places.keys.contains(id) ? nil : place, forKey: id)
    }
    return places.compactMapValues { $0 }
  }

  private static func difference<Element: Hashable & Comparable & Sendable>(
    _ old: CatalogSnapshot, _ new: CatalogSnapshot, _ elements: (CatalogSnapshot.Entry) -> [Element]
  ) -> Difference<Element> {
    let before = Set(old.entries.lazy.filter(\.isCounted).flatMap(elements))
    let after = Set(new.entries.lazy.filter(\.isCounted).flatMap(elements))
    return Difference(gained: after.subtracting(before).sorted(), lost: before.subtracting(after).sorted())
  }
}

/// The parts that both sides tell and that differ. Where the values differ, the selections that hold them are not told too.
private func changedParts(_ old: CatalogSnapshot.Entry, _ new: CatalogSnapshot.Entry) -> [RulePart] {
  let candidates =
    old.parts.areOfOneText(with: new.parts) ? [.key, .techniques, .tactics, .events] : RulePart.allCases
  var parts = candidates.filter { part in
    guard let before = old.parts[part], let after = new.parts[part] else { return false }
    return !before.elementsEqual(after) { $0.utf8.elementsEqual($1.utf8) }
  }
  if parts.contains(.values) || parts.contains(.exclusions) { parts.removeAll { $0 == .selections } }
  // What the tags say of ATT&CK is told as such.
  if parts.contains(.techniques) || parts.contains(.tactics) { parts.removeAll { $0 == .tags } }
  return parts
}
