import Diagnostics
import RuleModel
import Text

/// So many mentions of rules are looked through for one rule's neighbours. Public collections stay far below; where a
/// catalog has tests that thousands of rules share, rules that have only such tests in common may be missed.
private let candidateLimit = 4096

/// Each rule's place in the order of titles without case, then keys.
func ranksByTitle(_ rules: RuleColumn<Rule>) -> RuleColumn<Int32> {
  let titles = rules.mapValues { $0.title.lowercased() }
  let order = rules.indices.sorted { left, right in
    let order = byteOrder(titles[left], titles[right])
    return order == 0 ? rules[left].key < rules[right].key : order < 0
  }
  var ranks = RuleColumn<Int32>(repeating: 0, count: rules.count)
  for (rank, rule) in order.enumerated() { ranks[rule] = Int32(rank) }
  return ranks
}

/// Finds for a rule those whose tests are most like its own, at most ``Neighbour/limit``: by score, duplicates before others of the
/// same score, then by title without case, then by key. Correlations and filters have no tests of their own, and so none but duplicates.
///
/// Two rules that share enough share one of the rarer tests: if all that they share weighs less than the tenth part of a rule's
/// tests, so does it of what either has. So the rules of a rule's rarest tests are looked through, down to where the common
/// ones that remain weigh too little, and at most ``candidateLimit`` of them; of duplicates of each other, only as many as are kept.
/// That keeps the time near linear.
///
/// A test that names the event isn't shared by rules that read other logs: event 29 of one log isn't event 29 of another.
struct NeighbourSearch: Sendable {
  private let tests: WeightedTests
  private let duplicates: DuplicateForms
  private let logs: ReadLogs
  /// Each rule's rank by title.
  private let order: RuleColumn<Int32>
  /// Those that are looked at.
  private let rulesByTest: RulesByTest
  /// How often two rules were held against each other.
  private(set) var comparisons = 0
  /// The last rule for which each rule was looked at, and which had each test.
  private var seenFor: RuleColumn<RuleID?>
  private var testOf: Column<TestID, RuleID?>

  /// - Parameters:
  ///   - references: the rules that correlations and filters name.
  ///   - events: that each rule reaches.
  ///   - pins: the tests that name the event.
  ///   - order: each rule's rank by title.
  init(
    of rules: RuleColumn<Rule>, naming references: RuleReferences, events: RuleColumn<[Event]>,
    indicators: IndicatorTable, exclusions: IndicatorTable, pins: EventPins, order: RuleColumn<Int32>
  ) {
    tests = WeightedTests(indicators: indicators, exclusions: exclusions, pins: pins)
    logs = ReadLogs(of: rules, events: events)
    self.order = order
    duplicates = DuplicateForms(
      of: rules, naming: references, logs: logs, indicators: indicators, exclusions: exclusions, tests, order: order)
    // All duplicates of each other are as near to a rule, so that those that come first are the ones to be kept.
    rulesByTest = RulesByTest(tests, where: duplicates.places(ofAll: rules.count).mapValues { $0 <= Neighbour.limit })
    seenFor = RuleColumn(repeating: nil, count: order.count)
    testOf = Column(repeating: nil, count: tests.weights.count)
  }

  mutating func neighbours(of rule: RuleID) -> [Neighbour] {
    let own = tests.ofRule[rule]
    if own.isEmpty { return duplicatesWithoutTests(of: rule) }
    for test in own { testOf[test] = rule }
    var found: [Neighbour] = []
    for candidate in candidates(for: rule) {
      // A score is rounded by less than one.
      let least =
        found.count == Neighbour.limit ? max(Neighbour.leastScore, (found.last?.score ?? 0) - 1) : Neighbour.leastScore
      let otherTotal = tests.totals[candidate.rule]
      let weight = min(candidate.weightAtMost, otherTotal)
      if weight * 100 < (tests.totals[rule] + otherTotal - weight) * least { continue }
      guard let neighbour = compare(rule, with: candidate.rule) else { continue }
      insert(neighbour, into: &found)
    }
    return found
  }

  /// Correlations or filters that are the same as one.
  private func duplicatesWithoutTests(of rule: RuleID) -> [Neighbour] {
    duplicates.rulesOfSameTests(as: rule).lazy.filter { $0 != rule && duplicates.areDuplicates(rule, $0) }
      .prefix(Neighbour.limit)
      .map { Neighbour(rule: $0, relation: .duplicate, score: 100, shared: 0, sharesLogs: true) }
  }

  private struct Candidate {
    var rule: RuleID
    /// What both have weighs so much at most: the rule's tests but for rarer ones that this candidate lacks.
    var weightAtMost: Int
  }

  /// Rules that may be near enough, each once.
  private mutating func candidates(for rule: RuleID) -> [Candidate] {
    let total = tests.totals[rule]
    var (weightLeft, mentionsLeft) = (total, candidateLimit)
    var candidates: [Candidate] = []
    seenFor[rule] = rule
    func take(_ other: RuleID, _ seenFor: inout RuleColumn<RuleID?>) {
      if seenFor[other] == rule { return }
      seenFor[other] = rule
      candidates.append(Candidate(rule: other, weightAtMost: weightLeft))
    }
    // Rules of the very same tests are found however common these are.
    for other in duplicates.rulesOfSameTests(as: rule).prefix(Neighbour.limit + 1) { take(other, &seenFor) }
    for test in tests.ofRule[rule] {
      if weightLeft * 100 < total * Neighbour.leastScore { break }
      let others = rulesByTest[test]
      if others.count > mentionsLeft { break }
      mentionsLeft -= others.count
      for other in others { take(other, &seenFor) }
      weightLeft -= tests.weights[test]
    }
    return candidates
  }

  /// - Precondition: ``testOf`` marks the rule's tests.
  private mutating func compare(_ rule: RuleID, with other: RuleID) -> Neighbour? {
    comparisons += 1
    let (total, otherTotal) = (tests.totals[rule], tests.totals[other])
    var (weight, shared, pinWeight, pins) = (0, 0, 0, 0)
    for test in tests.ofRule[other] where testOf[test] == rule {
      weight += tests.weights[test]
      shared += 1
      if tests.namesEvent[test] {
        pinWeight += tests.weights[test]
        pins += 1
      }
    }
    func isTooFar() -> Bool { weight * 100 < (total + otherTotal - weight) * Neighbour.leastScore }
    if isTooFar() { return nil }
    let sharesLogs = logs.meet(rule, other)
    if !sharesLogs && pins > 0 {
      (weight, shared) = (weight - pinWeight, shared - pins)
      if isTooFar() { return nil }
    }
    let union = total + otherTotal - weight
    let (hasAll, hasNoOther) = (shared == tests.ofRule[rule].count, shared == tests.ofRule[other].count)
    let relation: Neighbour.Relation =
      switch (hasAll, hasNoOther) {
      case (true, true): duplicates.areDuplicates(rule, other) ? .duplicate : .similar
      case (true, false): .stricter
      case (false, true): .broader
      case (false, false): .similar
      }
    let score = hasAll && hasNoOther ? 100 : min(99, (weight * 200 + union) / (2 * union))
    return Neighbour(
      rule: other, relation: relation, score: score, shared: shared, sharesLogs: sharesLogs)
  }

  private func insert(_ neighbour: Neighbour, into found: inout [Neighbour]) {
    if found.count == Neighbour.limit, let last = found.last, !precedes(neighbour, last) { return }
    let place = found.firstIndex { precedes(neighbour, $0) } ?? found.count
    found.insert(neighbour, at: place)
    if found.count > Neighbour.limit { found.removeLast() }
  }

  private func precedes(_ left: Neighbour, _ right: Neighbour) -> Bool {
    if left.score != right.score { return left.score > right.score }
    if (left.relation == .duplicate) != (right.relation == .duplicate) { return left.relation == .duplicate }
    return order[left.rule] < order[right.rule]
  }
}
