import Analysis
import Diagnostics
import Files
import Reading
import RuleModel
import Telemetry

/// Rules of others, such as a checkout of SigmaHQ's, that a review looks for candidates in.
struct Baseline: Sendable {
  var paths: [String]
  var index: CatalogIndex
  /// Folders that are left out, as they hold a site. What is wrong with single rules isn't reported: they are others'.
  var notes: [Diagnostic]

  /// - Throws: where a path can't be read, or no rule is found.
  init(_ paths: [String], _ knowledge: Knowledge, jobs: Int) async throws(InputError) {
    let missing = paths.filter { !exists($0) }
    guard missing.isEmpty else {
      throw InputError(
        missing.map {
          Diagnostic(
            .fileUnreadable, at: SourceLocation(path: $0), "there is no such file or folder; check the baseline")
        })
    }
    let roots = paths.map { CatalogRequest.Root(path: $0) }
    let collection = await readCatalog(CatalogRequest(roots: roots, include: [], exclude: [], jobs: jobs))
    guard !collection.rules.isEmpty else {
      throw InputError(
        collection.sites + [
          Diagnostic(
            .fileUnreadable, at: SourceLocation(path: paths.joined(separator: ", ")),
            "no rule was found there; check the baseline")
        ])
    }
    self.paths = paths
    notes = collection.sites
    index = await CatalogIndex(
      of: collection.rules, attack: knowledge.attack, events: knowledge.events, fields: knowledge.fields,
      jobs: jobs)
  }

  /// Where nothing is told of what is collected, those that read an event which rules here read would run.
  private func states(_ own: CatalogIndex) -> RuleColumn<RuleState> {
    let read = Set(
      own.events.indices.lazy.filter { own.techniques.isCounted[$0] }.flatMap { own.events[$0].events.map(\.event) })
    return index.events.mapValues { events in
      if events.contradiction != nil { return .blind }
      if events.events.isEmpty { return .unknown }
      return events.events.contains { read.contains($0.event) } ? .runs : .blind
    }
  }

  /// Its rules, and how they stand with what is collected; where that isn't told, with what rules here read.
  func withStates(
    _ own: CatalogIndex, _ telemetry: Telemetry?, _ knowledge: Knowledge, jobs: Int
  ) async -> (index: CatalogIndex, states: RuleColumn<RuleState>) {
    guard let telemetry else { return (index, states(own)) }
    return (index, await TelemetryView(telemetry, index, knowledge, jobs: jobs).view.states)
  }
}
