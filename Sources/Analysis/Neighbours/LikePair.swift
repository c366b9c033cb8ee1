import RuleModel

/// Two rules of which one may be enough.
package struct LikePair: Hashable, Sendable {
  /// By index; the one of the lower key.
  package var left: Int
  /// The other one, as a neighbour of the first.
  package var right: Neighbour
  /// Whether both read the same logs: equal log sources, or the same events.
  package var readSameLogs: Bool
}

extension CatalogIndex {
  /// The pairs whose tests are the same or nearly so, each once: duplicates first, then by score, then by the order of rules.
  /// Rules that are retired are left out: they stay as they are.
  ///
  /// - Parameter leastScore: in hundredths.
  package func likePairs(leastScore: Int = 80) -> [LikePair] {
    let isKept = rules.map { $0.status?.isRetired != true }
    var pairs: [LikePair] = []
    for left in neighbours.indices where isKept[left] {
      for neighbour in neighbours[left] where neighbour.score >= leastScore && isKept[neighbour.rule] {
        let right = neighbour.rule
        // A rule of many neighbours may be missing among those of the other.
        if left > right, neighbours[right].contains(where: { $0.rule == left }) { continue }
        pairs.append(
          LikePair(
            left: min(left, right), right: left < right ? neighbour : neighbour.seenFromOther(left),
            readSameLogs: readSameLogs(left, right)))
      }
    }
    return pairs.sorted { first, second in
      let (one, other) = (first.right, second.right)
      if (one.relation == .duplicate) != (other.relation == .duplicate) { return one.relation == .duplicate }
      if one.score != other.score { return one.score > other.score }
      return (first.left, one.rule) < (second.left, other.rule)
    }
  }

  /// Whether two rules have the same log source, without regard to case, or reach the same events.
  package func readSameLogs(_ left: Int, _ right: Int) -> Bool {
    if rules[left].logSource.identity == rules[right].logSource.identity { return true }
    let reached = events[left].events.map(\.event)
    return !reached.isEmpty && reached == events[right].events.map(\.event)
  }
}

extension Neighbour {
  /// The same pair, told of the other rule.
  fileprivate func seenFromOther(_ rule: Int) -> Neighbour {
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
