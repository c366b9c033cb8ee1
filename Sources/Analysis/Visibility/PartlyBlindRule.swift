import Diagnostics
package import RuleModel

/// A rule from which a collector's filter can hide what it looks for, or hides all of it.
package struct PartlyBlindRule: Sendable {
  package var rule: Int
  /// The gravest.
  package var reason: HidingReason
  /// How many reasons there are beside it.
  package var more: Int
  /// Whether all that it looks for is hidden: it can never fire.
  package var isHidden: Bool
}

/// The counted rules behind filters. Those of which all is hidden come first, then those of which most is, then by path.
package func partlyBlindRules(_ rules: [Rule], _ visibility: VisibilityReview) -> [PartlyBlindRule] {
  let found = rules.indices.compactMap { rule -> PartlyBlindRule? in
    let state = visibility.rules[rule]
    guard rules[rule].isCounted, let hiding = state.hiding, let first = hiding.reasons.first else { return nil }
    return PartlyBlindRule(
      rule: rule, reason: first, more: hiding.reasons.count - 1 + hiding.more, isHidden: RuleState(state) == .hidden)
  }
  let paths = rules.map(\.source.path)
  return found.sorted { left, right in
    if left.isHidden != right.isHidden { return left.isHidden }
    if left.reason.rank != right.reason.rank { return left.reason.rank < right.reason.rank }
    return inByteOrder(paths[left.rule], paths[right.rule])
  }
}

extension HidingReason {
  /// In words: `drops Image is C:\\a.exe`.
  package var words: String {
    switch kind {
    case .dropped(let clause): "drops \(clause.text)"
    case .notKept(let conditions, let nearest):
      "none of \(conditions) condition\(conditions == 1 ? "" : "s") is sure to keep it"
        + (nearest.first.map { "; nearest: \($0.text)" } ?? "")
    case .leftOut(let clause): "leaves empty: \(clause.text)"
    case .turnedOff(let isDefault): isDefault ? "turned off by default" : "turned off"
    }
  }
}
