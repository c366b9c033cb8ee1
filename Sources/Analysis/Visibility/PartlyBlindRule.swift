import Diagnostics
package import RuleModel
import Text

/// A rule for which a collector's filter can hide what it looks for.
package struct PartlyBlindRule: Sendable {
  package var rule: RuleID
  /// The most significant reason.
  package var reason: HidingReason
  /// The most significant of the other reasons.
  package var others: [HidingReason]
  /// How many more reasons there are.
  package var left: Int

  package var reasons: [HidingReason] { [reason] + others }

  /// How many reasons there are in addition to the first.
  package var more: Int { others.count + left }
}

/// The counted rules that are partly blind, sorted by the rank of their first reason, then by path.
///
/// - Parameter scope: the rules to consider; nil for all.
package func partlyBlindRules(
  _ rules: RuleColumn<Rule>, counted: CountedRules, _ visibility: VisibilityReview, among scope: Set<RuleID>? = nil
) -> [PartlyBlindRule] {
  let found = rules.indices.compactMap { rule -> PartlyBlindRule? in
    guard counted.contains(rules[rule]), scope?.contains(rule) ?? true,
      case .partlyBlind(let reasons, let more) = visibility.rules[rule], let first = reasons.first
    else { return nil }
    return PartlyBlindRule(rule: rule, reason: first, others: Array(reasons.dropFirst()), left: more)
  }
  return found.sorted { left, right in
    if left.reason.rank != right.reason.rank { return left.reason.rank < right.reason.rank }
    return inByteOrder(rules[left.rule].source.path, rules[right.rule].source.path)
  }
}

extension VisibilityReview {
  /// Why collectors' filters hide everything that a rule looks for, and how many more reasons there are; nil if they
  /// don't.
  package func fullyHiding(_ rule: RuleID) -> (reason: HidingReason, more: Int)? {
    guard case .hidden(let reasons, let more) = rules[rule], let first = reasons.first else { return nil }
    return (first, reasons.count - 1 + more)
  }
}

extension HidingReason {
  /// In words: `drops Image is C:\\a.exe`.
  package var words: String {
    switch kind {
    case .dropped(let clause): "drops \(clause.text)"
    case .notKept(let conditions, let nearest):
      "none of \(counted(conditions, "condition")) is sure to keep it"
        + (nearest.first.map { "; nearest: \($0.text)" } ?? "")
    case .leftOut(let clause): "\(clause.isDoubtful ? "perhaps comes" : "comes") without \(clause.text)"
    case .turnedOff(let isDefault): isDefault ? "turned off by default" : "turned off"
    }
  }
}
