import Attack
package import RuleModel

/// Ranks the rules of a baseline that would close gaps.
///
/// The order is: rules that would run here, then those not hidden by a filter, then those that detect the behaviour in
/// general, higher levels, more mature statuses, rules that name exactly the technique, those changed most recently,
/// and finally the key.
struct CandidateChoice {
  private let baseline: CatalogIndex
  private let states: RuleColumn<RuleState>
  private let matrix: AttackMatrix
  /// The ids of rules that the catalog already has.
  private let known: Set<String>
  private let readers: EventReaders

  init(
    _ baseline: CatalogIndex, _ states: RuleColumn<RuleState>, besides index: CatalogIndex, _ readers: EventReaders,
    _ matrix: AttackMatrix
  ) {
    self.baseline = baseline
    self.states = states
    self.matrix = matrix
    self.readers = readers
    known = Set(index.rules.compactMap { $0.id?.lowercased() })
  }

  func candidates(for id: TechniqueID) -> [GapReview.Candidate] {
    guard let technique = matrix.index(of: id) else { return [] }
    let entry = baseline.techniques.techniques[technique]
    let own = Set(entry.own)
    let ranked = entry.all.compactMap { rule -> (candidate: GapReview.Candidate, rank: Rank)? in
      guard baseline.techniques.isCounted[rule] else { return nil }
      let value = baseline.rules[rule]
      if let id = value.id?.lowercased(), known.contains(id) { return nil }
      let candidate = GapReview.Candidate(
        rule: rule, state: states[rule],
        readsNewEvents: !baseline.events[rule].events.contains { readers.isRead($0.event) }, isOwn: own.contains(rule),
        reach: GapReview.Candidate.Reach(value))
      return (candidate, Rank(value, candidate))
    }
    return ranked.sorted { $0.rank < $1.rank }.map(\.candidate)
  }
}

/// The sort key of a candidate; smaller is better.
private struct Rank: Comparable {
  var numbers: [Int]
  var key: RuleKey

  init(_ rule: Rule, _ candidate: GapReview.Candidate) {
    let change = rule.modified ?? rule.date
    numbers = [
      RuleState.allCases.firstIndex(of: candidate.state) ?? 0, candidate.reach.rawValue, -(rule.level?.rank ?? 0),
      rule.status.ripeness, candidate.isOwn ? 0 : 1, -(change.map { $0.year * 10_000 + $0.month * 100 + $0.day } ?? 0),
    ]
    key = rule.key
  }

  static func < (left: Rank, right: Rank) -> Bool {
    left.numbers != right.numbers ? left.numbers.lexicographicallyPrecedes(right.numbers) : left.key < right.key
  }
}

private let oneThreatTags = ["detection.emerging-threats", "detection.emerging_threats"]
private let huntingTags = ["detection.threat-hunting", "detection.threat_hunting"]

extension GapReview.Candidate.Reach {
  init(_ rule: Rule) {
    let tags = rule.tags.map { $0.lowercased() }
    // Before version 2.0 of Sigma's specification, tags had underscores.
    if tags.contains(where: { oneThreatTags.contains($0) || $0.hasPrefix("cve.") }) {
      self = .oneThreat
    } else {
      self = tags.contains(where: huntingTags.contains) ? .hunting : .general
    }
  }
}

extension Status? {
  /// 0 for the most mature.
  fileprivate var ripeness: Int {
    switch self {
    case .stable: 0
    case .test: 1
    case nil: 2
    case .experimental: 3
    case .deprecated, .unsupported: 4
    }
  }
}

extension GapReview.Candidate {
  /// Why it is ranked as it is: `runs here; high; stable; names the technique; reads events that no rule here reads`.
  ///
  /// - Parameter rule: the candidate itself, in the baseline.
  package func reason(for rule: Rule) -> String {
    var parts: [String] = []
    switch state {
    case .runs: parts.append("runs here")
    case .partlyBlind: parts.append("runs here, partly blind")
    case .hidden: parts.append("what is collected here hides all that it looks for")
    case .unknown: parts.append("its events are unknown")
    case .blind: parts.append("its events aren't collected here")
    }
    switch reach {
    case .general: break
    case .hunting: parts.append("for threat hunting")
    case .oneThreat: parts.append("for one threat")
    }
    if let level = rule.level { parts.append(level.rawValue) }
    if let status = rule.status { parts.append(status.rawValue) }
    parts.append(isOwn ? "names the technique" : "names a sub-technique")
    if readsNewEvents { parts.append("reads events that no rule here reads") }
    return parts.joined(separator: "; ")
  }
}
