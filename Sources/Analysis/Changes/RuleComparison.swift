import Diagnostics
import RuleModel

/// Compares two states of rules part by part.
struct RuleComparison {
  /// The new keys of rules that are in both states, by their old keys.
  private let newKeys: [String: String]
  private let newKeySet: Set<String>

  /// - Parameter rules: the rules that are in both states.
  init(_ rules: [(old: CatalogSnapshot.Entry, new: CatalogSnapshot.Entry)]) {
    newKeys = Dictionary(
      rules.map { ($0.old.key.description, $0.new.key.description) }, uniquingKeysWith: { first, _ in first })
    newKeySet = Set(newKeys.values)
  }

  /// The parts that both sides have and that differ. If values differ, the selections that contain them aren't listed
  /// as well.
  func changedParts(_ old: CatalogSnapshot.Entry, _ new: CatalogSnapshot.Entry) -> [RulePart] {
    if old.parts.areOfOneText(with: new.parts) {
      return [.techniques, .tactics, .events].filter { differs($0, old.parts, new.parts) }
    }
    let isOfOneLogic = isSame(.logic, old.parts, new.parts)
    var parts = RulePart.allCases.filter { part in
      if part == .logic || isOfOneLogic == true && RulePart.ofLogic.contains(part) { return false }
      return differs(part, old.parts, new.parts)
    }
    if parts.contains(.values) || parts.contains(.exclusions) { parts.removeAll { $0 == .selections } }
    // Changes of ATT&CK tags are already reported as techniques or tactics.
    if parts.contains(.techniques) || parts.contains(.tactics) { parts.removeAll { $0 == .tags } }
    let isSaid = parts.contains { RulePart.ofLogic.contains($0) || $0 == .values || $0 == .exclusions }
    if isOfOneLogic == false, !isSaid {
      parts.insert(.logic, at: parts.firstIndex { RulePart.order($0) > RulePart.order(.logic) } ?? parts.endIndex)
    }
    return parts
  }

  private func differs(_ part: RulePart, _ old: RuleParts, _ new: RuleParts) -> Bool {
    isSame(part, old, new) == false
  }

  /// nil if a side doesn't have the part.
  private func isSame(_ part: RulePart, _ old: RuleParts, _ new: RuleParts) -> Bool? {
    guard let before = old[part], let after = new[part] else { return nil }
    switch part {
    case .correlation:
      return areSame(before, after) && areRelatedSame(old, new, inOrder: after.first == "temporal_ordered")
    case .scope: return areRelatedSame(old, new, inOrder: false)
    case .aliases: return areSame(before.map { newKeys[$0] ?? $0 }, after)
    case .timespan: return areSame(before.map(canonicalTimespan), after.map(canonicalTimespan))
    default: return areSame(before, after)
    }
  }

  /// Compares the related rules as written. For a saved file, compares the keys of those that both states have, so that
  /// adding, removing or renaming a rule doesn't change others. If a side doesn't list them all, only the logic can
  /// show a difference.
  private func areRelatedSame(_ old: RuleParts, _ new: RuleParts, inOrder: Bool) -> Bool {
    if let before = old.relatedAsWritten, let after = new.relatedAsWritten { return areSame(before, after) }
    guard let before = old.relatedKeys?.compactMap({ newKeys[$0] }),
      let after = new.relatedKeys?.filter(newKeySet.contains)
    else { return true }
    return inOrder ? areSame(before, after) : areSame(canonicalNames(before), canonicalNames(after))
  }

  private func areSame(_ left: [String], _ right: [String]) -> Bool {
    left.elementsEqual(right) { $0.utf8.elementsEqual($1.utf8) }
  }
}

extension RulePart {
  /// Its position among all parts.
  fileprivate static func order(_ part: RulePart) -> Int { allCases.firstIndex(of: part) ?? 0 }
}
