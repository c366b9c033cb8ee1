import Attack
import Events
import RuleModel
import Text

/// What follows from a single rule and the knowledge, independently of other rules. It stays valid for as long as the
/// rule is the same object.
final class OwnFacts: Sendable {
  let attack: AttackCoverage
  /// For a correlation, this doesn't include the events of the rules that it relates.
  let events: EventResolution
  let indicators: OwnTests
  let exclusions: OwnTests

  fileprivate init(of rule: Rule, by maker: inout OwnFactsMaker) {
    attack = maker.matrix.coverage(of: rule.attackTags, in: rule.source.file)
    events = resolution(of: rule.ruleClass, maker.map.events(for: rule))
    (indicators, exclusions) = maker.tests(of: rule, events: events.events.map(\.event))
  }
}

/// - Parameters:
///   - known: facts for rules that may be among these.
///   - jobs: the number of threads.
func ownFacts(
  of rules: RuleColumn<Rule>, attack matrix: AttackMatrix, events map: EventMap, fields: FieldMap,
  known: (rules: RuleColumn<Rule>, facts: RuleColumn<OwnFacts>)?, jobs: Int
) async -> RuleColumn<OwnFacts> {
  var factsOfRule: [ObjectIdentifier: OwnFacts] = [:]
  if let known {
    factsOfRule.reserveCapacity(known.rules.count)
    for (rule, facts) in zip(known.rules.values, known.facts.values) { factsOfRule[ObjectIdentifier(rule)] = facts }
  }
  let facts = rules.values.map { factsOfRule[ObjectIdentifier($0)] }
  let missing = facts.indices.filter { facts[$0] == nil }
  // The most expensive rules are in the same folder, so each thread takes every n-th rule.
  let jobs = max(1, min(jobs, missing.count / 16))
  let shares = (0..<jobs).map { share in stride(from: share, to: missing.count, by: jobs).map { missing[$0] } }
  let maker = OwnFactsMaker(matrix: matrix, map: map, canonical: CanonicalFields(map: fields))
  let made = await inParallel(shares, jobs: jobs, chunk: 1) { share in
    var maker = maker
    return share.map { OwnFacts(of: rules.values[$0], by: &maker) }
  }
  var result = facts
  for (share, made) in zip(shares, made) {
    for (rule, made) in zip(share, made) { result[rule] = made }
  }
  return RuleColumn(result.compactMap(\.self))
}

/// Looks up once what is the same for many rules.
private struct OwnFactsMaker: Sendable {
  let matrix: AttackMatrix
  let map: EventMap
  var canonical: CanonicalFields
  /// The fields, in lower case, with which rules of a dialect select a log source's events.
  private var pinsOfSource: [Dialect: [LogSourceKey: Set<String>]] = [:]

  init(matrix: AttackMatrix, map: EventMap, canonical: CanonicalFields) {
    (self.matrix, self.map, self.canonical) = (matrix, map, canonical)
  }

  mutating func tests(of rule: Rule, events: [Event]) -> (indicators: OwnTests, exclusions: OwnTests) {
    let pins = pins(of: rule)
    let context = canonical.context(of: rule, events: events)
    return OwnTests.ofBothSigns(
      rule, canonicalField: { canonical.name(of: $0, in: context) },
      namesEvent: { !pins.isEmpty && pins.contains(lowercasedASCII($0)) })
  }

  private mutating func pins(of rule: Rule) -> Set<String> {
    let dialect = rule.key.dialect
    var fields: Set<String> = []
    for logSource in rule.logSources {
      let key = LogSourceKey(logSource)
      let found =
        pinsOfSource[dialect]?[key]
        ?? Set(map.entries(for: logSource, dialect: dialect).flatMap(\.pinnedFields).map(lowercasedASCII))
      pinsOfSource[dialect, default: [:]][key] = found
      if fields.isEmpty { fields = found } else { fields.formUnion(found) }
    }
    return fields
  }
}

/// What a filter says about events restricts other rules, and isn't an error in itself.
private func resolution(of ruleClass: RuleClass, _ found: EventResolution) -> EventResolution {
  if ruleClass == .detection || ruleClass == .hunt { return found }
  var result = found
  (result.contradiction, result.unlisted) = (nil, [])
  return result
}
