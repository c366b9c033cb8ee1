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
    guard rules[rule].isCounted else { return nil }
    switch visibility.rules[rule] {
    case .partlyBlind(let reasons, let more), .hidden(let reasons, let more):
      guard let first = reasons.first else { return nil }
      var isHidden = false
      if case .hidden = visibility.rules[rule] { isHidden = true }
      return PartlyBlindRule(rule: rule, reason: first, more: reasons.count - 1 + more, isHidden: isHidden)
    case .runs, .blind, .unknown: return nil
    }
  }
  let paths = rules.map(\.source.path)
  return found.sorted { left, right in
    if left.isHidden != right.isHidden { return left.isHidden }
    if left.reason.rank != right.reason.rank { return left.reason.rank < right.reason.rank }
    return paths[left.rule].utf8.lexicographicallyPrecedes(paths[right.rule].utf8)
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
