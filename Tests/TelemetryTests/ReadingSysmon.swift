import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

/// Tests of configurations of Sysmon.
protocol ReadingSysmon {}

extension ReadingSysmon {
  func configuration(_ body: String, version: String = "4.90") -> String {
    "<Sysmon schemaversion=\"\(version)\">\n<EventFiltering>\n\(body)\n</EventFiltering>\n</Sysmon>"
  }

  func read(_ body: String, version: String = "4.90") throws -> Telemetry {
    try telemetry("", (.sysmon, "s.xml", configuration(body, version: version)))
  }

  /// Whether process creations with this data are logged.
  func logs(_ body: String, version: String = "4.90", _ data: Data, event: Int = 1) throws -> Bool {
    let telemetry = try read(body, version: version)
    // What a value looks like is told elsewhere.
    #expect(telemetry.diagnostics.filter { $0.id != .sysmonLogic }.isEmpty)
    return telemetry.collection(of: sysmonEvent(event)).brings(data)
  }
}
