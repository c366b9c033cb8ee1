/// How severe a match is, from least to most severe (Sigma Specification 2.1.0, “Level”).
package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
  case informational, low, medium, high, critical

  /// 1 for informational to 5 for critical.
  package var rank: Int {
    switch self {
    case .informational: 1
    case .low: 2
    case .medium: 3
    case .high: 4
    case .critical: 5
    }
  }

  package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
}
