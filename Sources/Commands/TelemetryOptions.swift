import ArgumentParser
import Telemetry

/// What is really collected.
struct TelemetryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is collected: a telemetry.yml. (default: the key 'telemetry' of ruledex.yml, if set)",
      valueName: "file"))
  var telemetry: String?

  /// What is collected, and whether all of the files could be read.
  ///
  /// - Returns: nil without telemetry.
  /// - Throws: where the telemetry file can't be read. All that is wrong beyond that is reported, and the rest counts.
  func read(_ catalog: LoadedCatalog, _ terminal: Terminal) throws(InputError) -> (telemetry: Telemetry, isWhole: Bool)?
  {
    guard let path = telemetry ?? catalog.configuration.telemetry else { return nil }
    let collected = try TelemetryFiles(reading: path).telemetry(map: catalog.knowledge.events, terminal: terminal)
    return (collected.read, collected.errors.isEmpty)
  }
}
