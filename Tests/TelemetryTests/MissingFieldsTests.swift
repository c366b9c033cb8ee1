import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

/// Fields that events come without, as the telemetry file says.
@Suite struct MissingFieldsTests {
  private func lacks(_ event: Event, _ yaml: String) throws -> [String] {
    guard let filter = try telemetry(yaml).collection(of: event).lacking else { return [] }
    return filter.lacks.map { "\($0.location) \($0.text)" }
      + filter.drops.map { "perhaps \($0.location) \($0.text)" }
  }

  private static let entry =
    "missing-fields:\n  - {provider: Microsoft-Windows-Security-Auditing, event: 4688, fields: [CommandLine, TokenElevationType]}\n"

  @Test func namesTheFieldsAndWhereTheyAreListed() throws {
    #expect(
      try lacks(securityEvent(4688), Self.entry) == [
        "telemetry.yml:2:75 CommandLine", "telemetry.yml:2:88 TokenElevationType",
      ])
    #expect(try lacks(securityEvent(4689), Self.entry) == [])
    #expect(try lacks(sysmonEvent(1), Self.entry) == [])
    #expect(try lacks(Event(provider: "Microsoft-Windows-Security-Auditing", name: "*"), Self.entry) == [])
  }

  @Test(arguments: [
    ("event: 1", [true, false, false]), ("events: [1, 3-5]", [true, true, false]),
    ("event: [3]", [false, true, false]),
    ("", [true, true, true]),
  ])
  func appliesToTheEventsNamed(events: String, expected: [Bool]) throws {
    let separator = events.isEmpty ? "" : ", "
    let yaml = "missing-fields: [{provider: microsoft-windows-sysmon, fields: Image\(separator)\(events)}]"
    #expect(try [1, 3, 7].map { try !lacks(sysmonEvent($0), yaml).isEmpty } == expected)
  }

  /// What is missing says nothing about what is collected, but an event without a field isn't whole.
  @Test func collectsNothingByItself() throws {
    let collected = "collected:\n  - {provider: Microsoft-Windows-Security-Auditing}\n"
    #expect(try !telemetry(Self.entry).collection(of: securityEvent(4688)).isCollected)
    let found = try telemetry(collected + Self.entry).collection(of: securityEvent(4688))
    #expect(found.isCollected && !found.isWhole)
    #expect(try telemetry(collected + Self.entry).collection(of: securityEvent(4624)).isWhole)
  }

  /// Parts of a field are missing with it: the hashes in `Hashes`, the arguments in a command line.
  @Test func partsAreMissingWithTheirField() throws {
    let found = try telemetry("missing-fields: [{provider: Microsoft-Windows-Sysmon, event: 1, fields: [hashes]}]")
      .collection(of: sysmonEvent(1))
    let predicate = try #require(found.lacking?.lacks.first?.predicate)
    var fields: [String] = []
    predicate.forEachLeaf { leaf, _ in if case .test(let test) = leaf { fields.append(test.field ?? "") } }
    #expect(fields.prefix(5) == ["hashes", "MD5", "SHA1", "SHA256", "IMPHASH"])
  }

  @Test(arguments: [
    (
      "- {provider: Microsoft-Windows-Sysmon, event: 1, fields: [Comandline]}",
      "telemetry.yml:2:61: warning: the event map has no field 'Comandline' of Microsoft-Windows-Sysmon 1; did you mean 'CommandLine'? [telemetry-field]"
    ),
    (
      "- {provider: Microsoft-Windows-Sysmn, event: 1, fields: [Image]}",
      "telemetry.yml:2:5: warning: the event map has no provider 'Microsoft-Windows-Sysmn'; did you mean 'Microsoft-Windows-Sysmon'? [telemetry-provider]"
    ),
  ])
  func asksWhatWasMeant(entry: String, expected: String) throws {
    #expect(try telemetry("missing-fields:\n  \(entry)").diagnostics.map(\.description) == [expected])
  }

  /// The field that was probably meant is perhaps missing.
  @Test func doubtsTheNearestField() throws {
    let yaml = "missing-fields: [{provider: Microsoft-Windows-Sysmon, event: 1, fields: [Comandline]}]"
    #expect(
      try lacks(sysmonEvent(1), yaml) == ["telemetry.yml:1:74 Comandline", "perhaps telemetry.yml:1:74 CommandLine"])
  }

  /// Names in other schemas, and parts of fields, are taken as they are.
  @Test func knowsOtherNames() throws {
    let yaml =
      "missing-fields: [{provider: Microsoft-Windows-Sysmon, event: 1, fields: [process.command_line, IMPHASH, process.args]}]"
    #expect(try telemetry(yaml).diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      "[{provider: P}]",
      "telemetry.yml:1:18: error: an entry of 'missing-fields' needs a 'provider' and 'fields' [telemetry]"
    ),
    (
      "[{fields: [a]}]",
      "telemetry.yml:1:18: error: an entry of 'missing-fields' needs a 'provider' and 'fields' [telemetry]"
    ),
    (
      "[{provider: P, fields: []}]",
      "telemetry.yml:1:40: error: 'fields' names none; write the fields that are missing [telemetry]"
    ),
    (
      "[{provider: P, event: 1, events: 2, fields: a}]",
      "telemetry.yml:1:50: error: an entry of 'missing-fields' has 'event' or 'events', not both; remove one [telemetry]"
    ),
    (
      "[{provider: P, event: 5-1, fields: a}]",
      "telemetry.yml:1:39: error: the range '5-1' runs backwards; write '1-5' [telemetry]"
    ),
    (
      "[{provider: P, felds: [a], fields: [b]}]",
      "telemetry.yml:1:32: error: an entry of 'missing-fields' has no key 'felds'; did you mean 'fields'? [telemetry]"
    ),
  ])
  func reportsMistakes(value: String, expected: String) {
    let found = TelemetryFile.parse(Array("missing-fields: \(value)".utf8), of: SourceFile(path: "telemetry.yml"))
    #expect(found.diagnostics.map(\.description) == [expected])
  }
}
