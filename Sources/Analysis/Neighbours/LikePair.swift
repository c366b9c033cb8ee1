package import RuleModel

/// Two rules of which one may be sufficient.
package struct LikePair: Hashable, Sendable {
  /// The one with the lower key.
  package var left: RuleID
  /// The other one, as a neighbour of the first.
  package var right: Neighbour
}

/// The pairs with equal or almost equal tests, each once: duplicates first, then by score, then by the order of rules.
/// Retired rules are excluded, as they won't be changed any more.
///
/// - Parameters:
///   - neighbours: the neighbours of each rule.
///   - leastScore: in hundredths.
package func likePairs(_ neighbours: RuleColumn<[Neighbour]>, of rules: RuleColumn<Rule>, leastScore: Int = 80)
  -> [LikePair]
{
  let isKept = rules.mapValues { $0.status?.isRetired != true }
  var pairs: [LikePair] = []
  for left in neighbours.indices where isKept[left] {
    for neighbour in neighbours[left] where neighbour.score >= leastScore && isKept[neighbour.rule] {
      let right = neighbour.rule
      // If a rule has many neighbours, this one may be missing from its list.
      if left > right, neighbours[right].contains(where: { $0.rule == left }) { continue }
      pairs.append(
        LikePair(
          left: min(left, right), right: left < right ? neighbour : neighbour.seenFromOther(left)))
    }
  }
  return pairs.sorted { first, second in
    let (one, other) = (first.right, second.right)
    if (one.relation == .duplicate) != (other.relation == .duplicate) { return one.relation == .duplicate }
    if one.score != other.score { return one.score > other.score }
    return (first.left, one.rule) < (second.left, other.rule)
  }
}

extension Neighbour {
  /// The same pair from the other rule's point of view.
  fileprivate func seenFromOther(_ rule: RuleID) -> Neighbour {
    var other = self
    other.rule = rule
    other.relation =
      switch relation {
      case .stricter: .broader
      case .broader: .stricter
      case .duplicate, .similar: relation
      }
    return other
  }
}
