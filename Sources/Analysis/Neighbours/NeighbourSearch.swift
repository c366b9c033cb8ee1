import Diagnostics
import RuleModel
import Text

/// The maximum number of rule mentions to search for one rule's neighbours. Public collections stay far below it. In a
/// catalog with tests that thousands of rules share, rules that have only such tests in common may be missed.
private let candidateLimit = 4096

/// Each rule's position when sorted by title, ignoring case, then by key.
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

/// Finds the rules whose tests are most similar to those of a given rule, at most ``Neighbour/limit``: by score, with
/// duplicates before others of the same score, then by title, ignoring case, then by key. Correlations and filters have
/// no tests of their own, and so only duplicates as neighbours.
///
/// Two rules that share enough share one of the rarer tests: if everything that they share weighs less than a tenth of
/// one rule's tests, it also weighs less than a tenth of what either has. So the search goes through the rules that
/// have a rule's rarest tests, until the remaining, more common tests weigh too little, and through at most
/// ``candidateLimit`` mentions. Among duplicates of each other, only as many are considered as can be kept. This keeps
/// the time nearly linear.
///
/// A test that selects the event isn't shared by rules that read different logs: event 29 of one log isn't event 29 of
/// another.
struct NeighbourSearch: Sendable {
  private let tests: WeightedTests
  private let duplicates: DuplicateForms
  private let logs: ReadLogs
  /// Each rule's rank by title.
  private let order: RuleColumn<Int32>
  /// The rules to search, by test.
  private let rulesByTest: RulesByTest
  /// How often two rules were compared.
  private(set) var comparisons = 0
  /// The last rule for which each rule was considered, and the last that had each test.
  private var seenFor: RuleColumn<RuleID?>
  private var testOf: Column<TestID, RuleID?>

  /// - Parameters:
  ///   - references: the rules that correlations and filters name.
  ///   - events: the events that each rule reads.
  ///   - pins: the tests that select the event.
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
    // Duplicates of each other are equally close to a rule, so it is enough to keep the first of them.
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
      // Rounding changes a score by less than one.
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

  /// The duplicates of a correlation or filter.
  private func duplicatesWithoutTests(of rule: RuleID) -> [Neighbour] {
    duplicates.rulesOfSameTests(as: rule).lazy.filter { $0 != rule && duplicates.areDuplicates(rule, $0) }
      .prefix(Neighbour.limit)
      .map { Neighbour(rule: $0, relation: .duplicate, score: 100, shared: 0, sharesLogs: true) }
  }

  private struct Candidate {
    var rule: RuleID
    /// An upper bound for the weight of what both have: all of the rule's tests except rarer ones that this candidate
    /// lacks.
    var weightAtMost: Int
  }

  /// Rules that may be close enough, each once.
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
    // Rules with exactly the same tests are found however common these tests are.
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
