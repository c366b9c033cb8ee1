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
    guard let path = telemetry ?? catalog.configuration.telemetry else { return nil }
    let collected = try TelemetryFiles(reading: path).telemetry(map: catalog.knowledge.events, terminal: terminal)
    return (collected.read, collected.errors.isEmpty)
  }
}
