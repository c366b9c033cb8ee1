package import RuleModel

/// Two rules of which one may be enough.
package struct LikePair: Hashable, Sendable {
  /// The one of the lower key.
  package var left: RuleID
  /// The other one, as a neighbour of the first.
  package var right: Neighbour
}

/// The pairs whose tests are the same or nearly so, each once: duplicates first, then by score, then by the order of rules.
/// Rules that are retired are left out: they stay as they are.
///
/// - Parameters:
///   - neighbours: of each of the rules.
///   - leastScore: in hundredths.
package func likePairs(_ neighbours: RuleColumn<[Neighbour]>, of rules: RuleColumn<Rule>, leastScore: Int = 80)
  -> [LikePair]
{
  let isKept = rules.mapValues { $0.status?.isRetired != true }
  var pairs: [LikePair] = []
  for left in neighbours.indices where isKept[left] {
    for neighbour in neighbours[left] where neighbour.score >= leastScore && isKept[neighbour.rule] {
      let right = neighbour.rule
      // A rule of many neighbours may be missing among those of the other.
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
  /// The same pair, told of the other rule.
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
