import Analysis
import Attack
import RuleModel

/// How many rules cover a technique: its own and its sub-techniques', each once.
struct TechniqueCounts: Hashable {
  /// Those that coverage counts: detections that are neither deprecated nor unsupported.
  var rules = 0
  /// Of these, those that name exactly this technique.
  var ownRules = 0
  /// Those that don't count, too.
  var allRules = 0
}

/// - Returns: in the order of the matrix's techniques, the inactive ones too.
func techniqueCounts(_ index: CatalogIndex, matrix: AttackMatrix) -> [TechniqueCounts] {
  var counts = [TechniqueCounts](repeating: TechniqueCounts(), count: matrix.techniques.count)
  for (rule, coverage) in index.attack.enumerated() {
    let counted = index.rules[rule].isCounted ? 1 : 0
    for technique in coverage.techniques {
      guard let at = matrix.index(of: technique) else { continue }
      counts[at].ownRules += counted
    }
    // A rule that names two sub-techniques, or one and its parent, counts once for the parent.
    for technique in Set(coverage.techniques + coverage.techniques.compactMap(\.parent)) {
      guard let at = matrix.index(of: technique) else { continue }
      counts[at].allRules += 1
      counts[at].rules += counted
    }
  }
  return counts
}
