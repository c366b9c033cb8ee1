import Attack
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

@testable import Analysis

/// T1001 runs, T1002 is blind, T1003 has no rule. A uses T1001 and T1002, and by its software T1003; B uses T1002 and
/// T1003.
@Suite struct TargetComparisonTests {
  private let matrix: AttackMatrix

  init() throws {
    matrix = try AttackMatrix(
      parsing: Array(
        """
        {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n",
         "tactics": [{"id": "TA0002", "name": "Execution", "shortname": "execution"}],
         "techniques": [
          {"id": "T1001", "name": "One", "tactics": "TA0002"}, {"id": "T1002", "name": "Two", "tactics": "TA0002"},
          {"id": "T1003", "name": "Three", "tactics": "TA0002"}],
         "groups": [{"id": "G0001", "name": "A", "techniques": "T1001 T1002", "software": "S0001"},
                    {"id": "G0002", "name": "B", "techniques": "T1002 T1003"}],
         "campaigns": [], "software": [{"id": "S0001", "name": "Tool", "techniques": "T1003"}]}
        """.utf8))
  }

  private func door(_ slug: String, _ tags: [String], _ simulations: [Simulation]) -> Rule {
    rule(slug, test("door", .eq, slug)).with {
      $0.attackTags = tags.map { AttackTag($0, at: SourceSpan(SourcePosition(line: 1, column: 1))) }
      $0.simulations = simulations
    }
  }

  private let play = Simulation(collection: "atomic-red-team", name: "Play", technique: TechniqueID("T1001"))

  private func index() async throws -> CatalogIndex {
    await CatalogIndex(
      of: [door("one", ["T1001", "G0001"], [play]), door("two", ["T1002", "S0001"], [play])],
      attack: matrix, events: try EventMap(parsing: []), fields: try FieldMap(parsing: []))
  }

  private func review(_ states: [RuleState]?) async throws -> (CatalogIndex, CoverageReview) {
    let index = try await index()
    let view = states.map { states in
      CollectedView(states: RuleColumn(states), collected: [], isCollected: { _ in true })
    }
    let map = try EventMap(parsing: [])
    return (
      index,
      CoverageReview(
        of: index, attack: matrix, events: map, strategies: StrategyEvents(matrix, map), telemetry: view)
    )
  }

  private func targets(via routes: Set<AttackTarget.Route> = []) throws -> [AttackTarget] {
    try ["A", "B"].map { try #require(matrix.target(named: $0, via: routes)) }
  }

  @Test func setsTargetsSideBySideWithWhatMostUseFirst() async throws {
    let comparison = TargetComparison(try targets(), try await review([.runs, .blind]).1)
    #expect(
      comparison.rows.map { row in
        "\(row.technique.technique.id) \(row.technique.state) \(row.origins.map { $0 == nil ? "-" : "x" }.joined())"
      } == ["T1002 blind xx", "T1001 runs x-", "T1003 none -x"])
    #expect(
      comparison.columns.map { $0.tally.words(hasTelemetry: true) } == [
        "2 techniques: 1 runs, 1 blind", "2 techniques: 1 blind, 1 without a rule",
      ])
    #expect(comparison.shared.words(hasTelemetry: true) == "1 technique: 1 blind")
  }

  @Test func tellsHowATechniqueCameIn() async throws {
    let comparison = TargetComparison(try targets(via: [.software]), try await review(nil).1)
    let three = try #require(comparison.rows.first { "\($0.technique.technique.id)" == "T1003" })
    #expect(three.origins.map { $0?.kind } == [.software, .itself])
    #expect(three.origins[0]?.names == ["Tool (S0001)"])
    #expect(comparison.columns[0].tally.words(hasTelemetry: false) == "3 techniques: 2 with a rule, 1 without a rule")
    #expect(comparison.columns[0].tally.found(hasTelemetry: false) == 2)
  }

  @Test func findsTheRulesThatNameAThreat() async throws {
    let named = rulesNamingThreats(try await index().attack)
    let words = named.map { "\($0) \($1.map(\.index))" }.sorted()
    #expect(words == ["G0001 [0]", "S0001 [1]"])
  }

  @Test func listsASimulationOnceWithItsRules() async throws {
    let index = try await index()
    let one = try #require(TechniqueID("T1001"))
    let tests = index.tests(of: one, by: Array(index.rules.indices))
    #expect(tests.map(\.simulation) == [play] && tests[0].rules.map(\.index) == [0, 1])
  }
}
