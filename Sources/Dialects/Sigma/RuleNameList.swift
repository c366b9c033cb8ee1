import Diagnostics
import Documents
import QueryLanguages
import RuleModel

/// The rules that a temporal condition names.
struct RuleNameList {
  /// The limit on patterns times rule names: no realistic condition needs more.
  private static let maximalComparisons = 100_000

  private let rules: [RuleReference]
  /// The index of each name in ``names``.
  private var known: [String: Int] = [:]
  private var comparisonsLeft = RuleNameList.maximalComparisons
  /// In the order of the text, each once.
  private(set) var names: [RuleReference] = []
  private(set) var faults: [(span: SourceSpan, message: String)] = []

  /// - Parameter rules: what patterns choose from.
  init(of rules: [RuleReference]) { self.rules = rules }

  /// The condition, with its rules as indices into ``names``.
  ///
  /// - Parameter places: the places of the text that holds the condition.
  mutating func logic(of condition: SigmaCondition, at places: TextPlaces) -> Predicate {
    condition.predicate { logic(of: $0, at: places) }
  }

  private mutating func logic(of part: SigmaCondition.Part, at places: TextPlaces) -> Predicate {
    let span = places.span(ofBytes: part.span)
    switch part {
    case .name(let name, _):
      guard name.contains("*") else { return add(RuleReference(name, at: span)) }
      faults.append(
        (
          span,
          "the pattern '\(shortened(name))' needs '1 of' or 'all of' before it; it is read as '1 of \(shortened(name))'"
        ))
      return .any(addMatches(of: name, at: span))
    case .quantified(let quantifier, let pattern, _):
      let matches = addMatches(of: pattern, at: span)
      return quantifier == .all ? .all(matches) : .any(matches)
    }
  }

  private mutating func add(_ name: RuleReference) -> Predicate {
    if let place = known[name.target] { return .stage(place) }
    known[name.target] = names.count
    names.append(name)
    return .stage(names.count - 1)
  }

  /// - Parameter pattern: nil for all rules.
  private mutating func addMatches(of pattern: String?, at span: SourceSpan) -> [Predicate] {
    let namePattern = pattern.map(NamePattern.init)
    guard comparisonsLeft >= rules.count else {
      faults.append((span, "the condition has too many patterns for its rules; simplify it"))
      return []
    }
    comparisonsLeft -= rules.count
    let matching = rules.filter { namePattern?.matches(Array($0.target.utf8)) ?? true }
    if matching.isEmpty {
      faults.append(
        (span, "'\(shortened(pattern ?? "them"))' matches no rule of the correlation; add one or correct the name"))
    }
    return matching.map { add(RuleReference($0.target, at: span)) }
  }
}
