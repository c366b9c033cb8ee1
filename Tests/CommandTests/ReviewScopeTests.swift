import Analysis
import Attack
import RuleModel
import Telemetry
import TestSupport
import Testing

@testable import Commands

/// What a review of some techniques says of a rule or an event is what the review of everything says of it, cut to these techniques: held
/// over the example catalog, with what its team collects, and many choices of techniques.
@Suite struct ReviewScopeTests {
  private let catalog: LoadedCatalog
  private let telemetry: Telemetry

  init() async throws {
    let options = try ReadingOptions.parse(["--config", projectFolder + "/catalog/ruledex.yml"])
    catalog = try await LoadedCatalog.load([], options, terminal: Terminal())
    let path = try #require(catalog.configuration.telemetry)
    telemetry = try TelemetryFiles(reading: path).collected(map: catalog.knowledge.events).telemetry
  }

  private func review(_ scope: Set<TechniqueID>?) async -> Review {
    await Review(of: catalog.index, catalog.knowledge, scope: scope, telemetry: telemetry, jobs: 2)
  }

  /// Of each tactic and platform, of a third of the groups, of single techniques, and of what tactics and platforms have in common.
  private var scopes: [Set<TechniqueID>] {
    let matrix = catalog.knowledge.attack
    let active = matrix.techniques.filter(\.isActive)
    let tactics = matrix.tactics.map { Set(matrix.techniques(in: $0.id).map(\.id)) }
    let platforms = Set(active.flatMap(\.platforms)).sorted().map { name in
      Set(active.filter { $0.platforms.contains(name) }.map(\.id))
    }
    let groups = stride(from: 1000, to: 1150, by: 3).compactMap {
      matrix.target(named: "G0\("\($0)".dropFirst())")?.techniques
    }
    let both = zip(tactics, platforms).map { $0.intersection($1) }
    return
      (tactics + platforms + groups + both + ["T1059", "T1112", "T1547"].compactMap { TechniqueID($0) }.map { [$0] })
      .filter { !$0.isEmpty }
  }

  @Test func saysOfRulesAndEventsWhatTheReviewOfEverythingSays() async {
    let whole = await review(nil)
    #expect(!whole.gaps.wake.isEmpty && !whole.gaps.untapped.isEmpty && !whole.partlyBlindRules.isEmpty)
    let scopes = scopes
    #expect(scopes.count > 60, "\(scopes.count)")
    for scope in scopes {
      let some = await review(scope)
      expectTheSame(some.coverage, as: whole.coverage, in: scope)
      expectTheSame(some, as: whole, in: scope)
    }
  }

  private func expectTheSame(_ some: CoverageReview, as whole: CoverageReview, in scope: Set<TechniqueID>) {
    func words(_ row: CoverageReview.TechniqueRow) -> String {
      "\(row.technique.id) \(row.rules) \(row.ownRules) \(row.awake) \(row.state) \(row.reason) \(row.events)"
    }
    let rows = whole.techniques.filter { scope.contains($0.technique.id) }
    #expect(some.techniques.map(words) == rows.map(words))
    let rules = Set(rows.flatMap(\.rules))
    let read = Set(rules.flatMap { catalog.index.events[$0].events.map(\.event) })
    let named = rows.flatMap { $0.events.map(\.event) }
    let events = whole.events.filter { row in
      row.state != .untapped
        ? read.contains(row.event)
        : named.contains {
          $0.provider == row.event.provider && ($0.name == row.event.name || $0.isAny || row.event.isAny)
        }
    }
    #expect(some.events == events)
    let sources = Set(rules.flatMap { catalog.index.rules[$0].logSources.map(\.withoutDefinition) })
    #expect(some.logSources == whole.logSources.filter { sources.contains($0.logSource) })
    #expect(some.tactics.allSatisfy { $0.techniques > 0 } && some.totals.covering == rules.count)
  }

  private func expectTheSame(_ some: Review, as whole: Review, in scope: Set<TechniqueID>) {
    let rules = Set(whole.coverage.techniques.filter { scope.contains($0.technique.id) }.flatMap(\.rules))
    #expect(some.gaps.blindRules == whole.gaps.blindRules.filter { rules.contains($0.rule) })
    #expect(
      some.partlyBlindRules.map(\.rule) == whole.partlyBlindRules.map(\.rule).filter { rules.contains($0) })
    #expect(some.gaps.untapped == some.coverage.events.filter { $0.state == .untapped }.map(\.event))
    #expect(
      some.gaps.gaps.map { "\($0.row.technique.id) \($0.reason) \($0.groups)" }
        == whole.gaps.gaps.filter { scope.contains($0.row.technique.id) }
        .map { "\($0.row.technique.id) \($0.reason) \($0.groups)" })
    let cut = whole.gaps.wake.map { wake in
      var wake = wake
      wake.rules.removeAll { !rules.contains($0) }
      wake.techniques.removeAll { !scope.contains($0) }
      return wake
    }.filter { !$0.rules.isEmpty }
    #expect(Set(some.gaps.wake) == Set(cut) && some.gaps.wake.count == cut.count)
    // The most first, and each rule that waits for an event is woken by one.
    let gains = some.gaps.wake.map { [$0.rules.count, $0.techniques.count] }
    #expect(zip(gains, gains.dropFirst()).allSatisfy { !$0.lexicographicallyPrecedes($1) })
    #expect(some.gaps.wake.reduce(0) { $0 + $1.rules.count } == some.gaps.waitingRules)
  }
}
