import ArgumentParser
import Telemetry

/// The option for what is actually collected.
struct TelemetryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is collected: a telemetry.yml. (default: the key 'telemetry' of ruledex.yml, if set)",
      valueName: "file"))
  var telemetry: String?

  /// What is collected, and whether all of the files could be read.
  ///
  /// - Returns: nil without telemetry.
  /// - Throws: if the telemetry file can't be read. All other problems are reported, and the rest is used.
  func read(_ catalog: LoadedCatalog, _ terminal: Terminal) throws(InputError) -> (telemetry: Telemetry, isWhole: Bool)?
  {
    guard let collected = try read(catalog) else { return nil }
    collected.report(on: terminal)
    return (collected.telemetry, collected.errors.isEmpty)
  }

  /// The same, with what there is to report.
  func read(_ catalog: LoadedCatalog) throws(InputError) -> CollectedTelemetry? {
    guard let path = telemetry ?? catalog.configuration.telemetry else { return nil }
    return try TelemetryFiles(reading: path).telemetry(map: catalog.knowledge.events)
  }
}
