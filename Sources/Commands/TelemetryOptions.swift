import ArgumentParser

/// The option for what is actually collected.
struct TelemetryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is collected: a telemetry.yml. (default: the key 'telemetry' of ruledex.yml, if set)",
      valueName: "file"))
  var telemetry: String?

  /// What is collected, with its findings reported.
  ///
  /// - Returns: nil without telemetry.
  /// - Throws: if the telemetry file can't be read. All other problems are reported, and the rest is used.
  func read(_ catalog: LoadedCatalog, _ terminal: Terminal) throws(InputError) -> CollectedTelemetry? {
    let collected = try read(catalog)
    collected?.report(on: terminal)
    return collected
  }

  /// The same, with nothing reported.
  func read(_ catalog: LoadedCatalog) throws(InputError) -> CollectedTelemetry? {
    guard let path = telemetry ?? catalog.configuration.telemetry else { return nil }
    return try TelemetryFiles(reading: path).collected(map: catalog.knowledge.events)
      .applying(catalog.configuration.checks)
  }
}
