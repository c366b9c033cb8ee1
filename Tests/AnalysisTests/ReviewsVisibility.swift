import Diagnostics
import Events
import Matching
import RuleModel
import TestSupport
import Testing

@testable import Analysis
@testable import Telemetry

/// A suite that asks what rules see of what is collected.
protocol ReviewsVisibility {}

extension ReviewsVisibility {
  func clause(_ predicate: Predicate, line: Int = 1) -> FilterClause {
    FilterClause(predicate, at: SourceLocation(path: "f.xml", line: line, column: 1), text: "line \(line)")
  }

  func compiled(_ predicate: Predicate, _ pool: inout PatternPool, _ numbers: inout FieldNumbers) -> EventLogic {
    var (builder, local) = (EventLogicBuilder(), numbers)
    defer { numbers = local }
    return builder.logic(of: predicate, pool: &pool) { local.number(of: $0) }
  }

  /// The ranks of the reasons that a rule's logic has behind a filter, best first.
  func ranks(of rule: Predicate, keeps: [Predicate]? = nil, drops: [Predicate] = [], lacks: [Predicate] = [])
    -> [HidingReason.Rank]
  {
    var (pool, numbers, ids) = (PatternPool(), FieldNumbers(), PlaceNumbers())
    let source = TelemetrySource(.sysmon, at: SourceLocation(path: "f.xml"))
    var filter = EventFilter(
      source: source, keeps: keeps?.enumerated().map { clause($0.element, line: $0.offset + 1) },
      drops: drops.enumerated().map { clause($0.element, line: $0.offset + 100) })
    filter.lacks = lacks.enumerated().map { clause($0.element, line: $0.offset + 200) }
    let event = Event(provider: "P", name: "1")
    let compiledFilter = CompiledFilter(filter, of: event, ids: &ids, pool: &pool) { numbers.number(of: $0) }
    let tree = LogicTree(compiled(rule, &pool, &numbers))
    let findings = compiledFilter.findings(for: tree, limit: 10, in: pool)
    return findings.best.map {
      compiledFilter.reason(
        $0, for: tree, written: Array(repeating: Test(field: nil, kind: .eq, value: ""), count: 99), in: pool
      ).rank
    }
  }

  static var map: String {
    """
    logsources:
      - {category: process_creation, events: [{provider: S, event: 1}, {provider: A, event: 2}]}
      - {category: registry, events: [{provider: S, event: 12}, {provider: S, event: 13}]}
      - {category: key_added, events: [{provider: S, event: 12, when: {EventType: [AddKey]}}]}
      - category: key_or_value
        events:
          - {provider: S, event: 12, when: {EventType: [AddKey, DropKey]}}
          - {provider: S, event: 13, when: {EventType: [SetValue]}}
      - {category: none, events: [{provider: N}]}
    providers:
      S: {channels: [S/Log], events: {1: {fields: [Image, User]}, 12: {fields: [Image, User, EventType]}, 13: {fields: [Image, User, EventType]}}}
      A: {channels: [Security], events: {2: Process}}
      N: {}
    equivalents:
      - {first: {provider: S, event: 1}, second: {provider: A, event: 2}, quality: same}
    """
  }

  func review(
    _ rules: [Rule], neverMatching: Set<RuleID> = [], correlated: RuleColumn<[RuleID?]>? = nil, yaml: String,
    wef: String? = nil,
    jobs: Int = 2
  ) async throws -> VisibilityReview {
    let map = try EventMap(parsing: [("map.yml", Array(Self.map.utf8))])
    let file = TelemetryFile.parse(Array(yaml.utf8), of: SourceFile(path: "t.yml")).file
    let place = SourceLocation(path: "t.yml")
    let contents = wef.map {
      [
        (
          TelemetryFile.Reference(kind: .wef, path: "w.xml", location: place),
          SourceFile(path: "w.xml", bytes: Array($0.utf8))
        )
      ]
    }
    let telemetry = Telemetry(
      file, contents: contents ?? [],
      facts: try CollectorFacts(parsing: []), map: map)
    #expect(telemetry.diagnostics.isEmpty)
    return await VisibilityReview(
      of: RuleColumn(rules), events: RuleColumn(rules).mapValues { map.events(for: $0).events.map(\.event) },
      neverMatching: neverMatching,
      correlated: correlated ?? RuleColumn(repeating: [], count: rules.count), telemetry: telemetry, map: map,
      fields: try FieldMap(parsing: []), jobs: jobs)
  }

  func processes(_ slug: String, _ predicate: Predicate, category: String = "process_creation") -> Rule {
    let result = rule(slug, predicate).with {
      $0.logSource = LogSource(category: category)
    }
    return result
  }

  func words(_ visibility: RuleVisibility) -> String {
    switch visibility {
    case .runs: "runs"
    case .partlyBlind(let reasons, let more): "partly blind: " + words(reasons, more)
    case .hidden(let reasons, let more): "hidden: " + words(reasons, more)
    case .blind(let missing): "blind: " + missing.map { "\($0.provider)/\($0.name)" }.joined(separator: ", ")
    case .neverMatches: "never matches"
    case .unknown: "unknown"
    }
  }

  func words(_ reasons: [HidingReason], _ more: Int) -> String {
    reasons.map { "\($0.location) \($0.events.map(\.name).joined(separator: ",")) \($0.tests.map(\.value))" }
      .joined(separator: "; ") + " +\(more)"
  }
}
