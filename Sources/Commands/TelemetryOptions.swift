import Analysis
import ArgumentParser
import RuleModel
import Telemetry

/// What is really collected.
struct TelemetryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is collected: a telemetry.yml. (default: the key 'telemetry' of ruledex.yml, if it is there)",
      valueName: "file"))
  var telemetry: String?

  /// What each rule sees of what is collected.
  ///
  /// - Returns: nil without telemetry.
  /// - Throws: where the telemetry file can't be read. All that is wrong beyond that is reported, and the rest counts.
  func view(_ catalog: LoadedCatalog, jobs: Int, _ terminal: Terminal) async throws(InputError) -> TelemetryView? {
    guard let path = telemetry ?? catalog.configuration.telemetry else { return nil }
    let collected = try TelemetryFiles(reading: path).telemetry(map: catalog.knowledge.events, terminal: terminal)
    var view = await TelemetryView(collected.read, catalog.index, catalog.knowledge, jobs: jobs)
    view.isWhole = collected.errors.isEmpty
    return view
  }
}

/// What is collected, and what rules see of it.
struct TelemetryView: Sendable {
  let telemetry: Telemetry
  let visibility: VisibilityReview
  let view: CollectedView
  /// Whether all of the files could be read.
  var isWhole = true

  init(_ telemetry: Telemetry, _ index: CatalogIndex, _ knowledge: Knowledge, jobs: Int) async {
    self.telemetry = telemetry
    visibility = await VisibilityReview(
      of: index, telemetry: telemetry, map: knowledge.events, fields: knowledge.fields, jobs: jobs)
    view = await CollectedView(visibility, of: telemetry, jobs: jobs)
  }
}
