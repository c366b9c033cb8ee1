import Events
import RuleModel
import TestSupport
import Testing

/// Events that rules look for in another log than the one that has them, or spell otherwise.
@Suite struct MislaidEventTests {
  private static let shared = try? EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/"))

  @Test(arguments: [
    ("-/windows/security", "metadata.product_event_type", "104", "Microsoft-Windows-Eventlog/104"),
    ("-/windows/security", "metadata.product_event_type", "7045", "Service Control Manager/7045"),
    ("-/windows/security", "metadata.product_event_type", "1102", "Microsoft-Windows-Eventlog/1102"),
    ("-/windows/security", "metadata.product_event_type", "4624", "Microsoft-Windows-Security-Auditing/4624"),
    (
      "-/Office 365/-", "metadata.product_event_type", "Add member to role.",
      "M365-AzureActiveDirectory/Add member to role.!"
    ),
    (
      "-/Office 365/-", "metadata.product_event_type", "Add member to role",
      "M365-AzureActiveDirectory/Add member to role!"
    ),
    ("-/Office 365/-", "metadata.product_event_type", "Add-MailboxPermission", "M365-Exchange/Add-MailboxPermission!"),
  ])
  func areOfTheProviderThatWritesThem(logSource: String, field: String, value: String, expected: String) throws {
    let map = try #require(Self.shared)
    #expect(map.events(for: source(logSource), dialect: .yaral, stages: stages(eq(field, value))).words == [expected])
  }
}
