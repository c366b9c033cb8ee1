import Events
import RuleModel
import Testing

/// How YARA-L's rules name events, by the map that the binary carries.
@Suite struct YARALPinTests {
  private func words(_ logSource: LogSource, _ predicate: Predicate) throws -> [String] {
    try Shipped.map.get().events(for: logSource, dialect: .yaral, stages: stages(predicate)).words
  }

  @Test(
    arguments: [
      ("USER_LOGIN/Okta/-", eq("metadata.product_event_type", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("-/AWS CloudTrail/-", eq("metadata.product_event_type", "StopLogging"), ["AWS-cloudtrail/StopLogging!"]),
      ("USER_LOGIN/AWS CloudTrail/-", eq("metadata.product_event_type", "ConsoleLogin"), ["AWS-signin/ConsoleLogin!"]),
      (
        "USER_RESOURCE_ACCESS/Unheard/GCP_CLOUDAUDIT",
        .all([
          eq("target.application", "iam.googleapis.com"),
          eq("metadata.product_event_type", "google.iam.admin.v1.CreateRole"),
        ]),
        ["GCP-iam/google.iam.admin.v1.CreateRole!"]
      ),
      ("-/GITHUB/-", eq("metadata.product_event_type", "org.add_member"), ["GitHub-org/org.add_member!"]),
      (
        "-/Azure AD Directory Audit/-", eq("metadata.product_event_type", "Add member to role"),
        ["Azure-auditlogs/Add member to role!"]
      ),
      (
        "-/Office 365/-", eq("metadata.product_event_type", "Add member to role."),
        ["M365-AzureActiveDirectory/Add member to role.!"]
      ),
      ("-/admin/-", eq("metadata.product_event_type", "ASSIGN_ROLE"), ["GoogleWorkspace-admin/ASSIGN_ROLE!"]),
      // Types of UDM events without a product.
      (
        "PROCESS_LAUNCH/-/-", eq("target.process.command_line", "x"),
        ["Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
      ),
      ("PROCESS_LAUNCH/-/-", eq("principal.process.command_line", "x"), ["Microsoft-Windows-Sysmon/1"]),
      (
        "PROCESS_LAUNCH/-/-", eq("metadata.product_event_type", "4688"), ["Microsoft-Windows-Security-Auditing/4688"]
      ),
      ("FILE_CREATION/-/-", .all([]), ["Microsoft-Windows-Sysmon/11"]),
      ("USER_LOGIN/-/-", .all([]), ["UDM/USER_LOGIN"]),
      ("USER_LOGIN/-/-", eq("metadata.product_event_type", "4625"), ["Microsoft-Windows-Security-Auditing/4625"]),
      (
        "NETWORK_HTTP/-/-", eq("metadata.product_event_type", "Microsoft Graph Activity"),
        ["Azure-graphactivitylogs/Microsoft Graph Activity"]
      ),
      // The taxonomy's words, from a rule's meta section.
      ("-/windows/sysmon", eq("metadata.product_event_type", "13"), ["Microsoft-Windows-Sysmon/13"]),
      (
        "process_creation/windows/-", anyOf("metadata.product_event_type", "1", "4688"),
        ["Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
      ),
    ] as [(String, Predicate, [String])])
  func namesEvents(logSource: String, predicate: Predicate, expected: [String]) throws {
    #expect(try words(source(logSource), predicate) == expected)
  }
}
