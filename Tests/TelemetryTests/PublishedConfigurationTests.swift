import Diagnostics
import RuleModel
import TestSupport
import Testing

@testable import Telemetry

/// Configurations as their authors publish them, in `../shared/telemetry` beside the repository; skipped, and told, without
/// that folder.
@Suite struct PublishedConfigurationTests {
  private static let folder =
    #filePath.firstRange(of: "/Tests/TelemetryTests/")
    .map { String(#filePath[..<$0.lowerBound]) + "/../shared/telemetry/" } ?? ""
  static let isThere = TemporaryFolder.bytes(of: folder + "README.md") != nil

  private func read(_ kind: TelemetrySource.Kind, _ names: String...) throws -> Telemetry {
    try telemetry(
      "",
      files: names.map { name in
        (kind, name, try #require(TemporaryFolder.bytes(of: Self.folder + name)))
      })
  }

  @Test(.enabled(if: isThere, "../shared/telemetry isn't there"))
  func theBalancedSysmonConfiguration() throws {
    let telemetry = try read(.sysmon, "sysmon/sysmonconfig.xml")
    // Values with ';' whose conditions take one.
    #expect(telemetry.diagnostics.map(\.id) == Array(repeating: .sysmonLogic, count: 6))
    #expect(telemetry.diagnostics.map(\.location.position?.line) == [62, 1788, 1789, 1790, 2049, 2062])
    // Lines and numbers counted in the file itself.
    let off = [9, 23, 24, 27, 28]
    for id in 1...29 { #expect(telemetry.collection(of: sysmonEvent(id)).isCollected == !off.contains(id), "\(id)") }
    let processes = try #require(telemetry.collection(of: sysmonEvent(1)).recorders.first)
    #expect(processes.source.location.description == "sysmon/sysmonconfig.xml:32:7")
    #expect(processes.keeps?.first?.text == "ParentImage image sethc.exe")
    #expect(processes.drops.first?.location.position?.line == 488)
  }

  @Test(.enabled(if: isThere, "../shared/telemetry isn't there"))
  func theNoisySysmonConfiguration() throws {
    let telemetry = try read(.sysmon, "sysmon/sysmonconfig-excludes-only.xml")
    #expect(telemetry.diagnostics.map(\.location.position?.line) == [665, 678])
    let off = [5, 9, 23, 24, 27, 28]
    for id in 1...29 { #expect(telemetry.collection(of: sysmonEvent(id)).isCollected == !off.contains(id), "\(id)") }
    #expect(telemetry.collection(of: sysmonEvent(15)).isWhole)
    #expect(!telemetry.collection(of: sysmonEvent(1)).isWhole)
  }

  @Test(
    .enabled(if: isThere, "../shared/telemetry isn't there"),
    arguments: [
      ("Process-Execution", 4688, true), ("Process-Execution", 4624, false), ("Authentication", 4625, true),
      ("Account-Management", 4738, true), ("Account-Management", 4740, false), ("Account-Management", 4767, true),
    ])
  func subscriptions(name: String, id: Int, isCollected: Bool) throws {
    let telemetry = try read(.wef, "wef/\(name).xml")
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: securityEvent(id)).isCollected == isCollected)
  }

  @Test(.enabled(if: isThere, "../shared/telemetry isn't there"))
  func aSubscriptionThatSuppressesTheSystemsOwnLogons() throws {
    let logons = try read(.wef, "wef/Authentication.xml").collection(of: securityEvent(4624))
    #expect(!logons.brings(["SubjectUserSid": "S-1-5-18"]))
    #expect(logons.brings(["SubjectUserSid": "S-1-5-21-1"]))
  }
}
