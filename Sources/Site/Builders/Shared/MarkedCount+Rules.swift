import Analysis
import RuleModel

extension MarkedCount {
  /// The number of rules at each level, the highest first.
  static func levels(of rules: [RuleID], in index: CatalogIndex) -> [MarkedCount] {
    let counts = rules.reduce(into: [Level: Int]()) { counts, rule in
      if let level = index.rules[rule].level { counts[level, default: 0] += 1 }
    }
    return Level.allCases.reversed().compactMap { level in
      counts[level].map { MarkedCount(label: level.rawValue, mark: "lv \(level)", count: $0) }
    }
  }

  /// The number of rules with each status.
  static func statuses(of rules: [RuleID], in index: CatalogIndex) -> [MarkedCount] {
    let counts = rules.reduce(into: [Status: Int]()) { counts, rule in
      if let status = index.rules[rule].status { counts[status, default: 0] += 1 }
    }
    return Status.allCases.compactMap { status in
      counts[status].map { MarkedCount(label: status.rawValue, mark: "st \(status)", count: $0) }
    }
  }
}
