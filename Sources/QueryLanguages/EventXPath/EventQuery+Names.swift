extension EventQuery {
  /// All providers that it names; empty for none.
  package var providers: [String] {
    switch self {
    case .any(let parts), .all(let parts), .function(_, let parts): parts.flatMap(\.providers)
    case .compare(let left, let comparison, .text(let name)):
      if case .path(let steps) = left, steps.last?.name == "@Name", comparison == .equal { [name] } else { [] }
    case .compare: []
    case .path(let steps):
      steps.flatMap { step in step.name == "Data" ? [] : step.predicates.flatMap(\.providers) }
    case .text, .number, .unclear: []
    }
  }

  /// All event ids and ranges of ids that it names.
  package var eventNumbers: [ClosedRange<Int>] {
    switch self {
    case .any(let parts): parts.flatMap(\.eventNumbers)
    case .all(let parts):
      // `EventID >= 4 and EventID <= 6` are the two bounds of one range.
      bounded(parts.flatMap(\.eventNumbers))
    case .function, .text, .number, .unclear: []
    case .compare(.path(let steps), let comparison, .number(let text)) where steps.last?.name == "EventID":
      Int(text).map { number in
        switch comparison {
        case .equal: [number...number]
        case .greater: [(number + 1)...65535].filter { number < 65535 && !$0.isEmpty }
        case .atLeast: number <= 65535 ? [number...65535] : []
        case .less: number > 0 ? [0...(number - 1)] : []
        case .atMost: number >= 0 ? [0...number] : []
        case .unequal: []
        }
      } ?? []
    case .compare: []
    case .path(let steps): steps.flatMap { $0.predicates.flatMap(\.eventNumbers) }
    }
  }

  private func bounded(_ ranges: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
    let open = ranges.filter { $0.lowerBound == 0 || $0.upperBound == 65535 }
    let closed = ranges.filter { $0.lowerBound != 0 && $0.upperBound != 65535 }
    guard let low = open.map(\.lowerBound).max(), let high = open.map(\.upperBound).min(), low <= high else {
      return closed
    }
    return closed + [low...high]
  }
}
