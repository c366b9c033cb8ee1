import Events
import RuleModel
import Testing

/// How Kusto's rules name events, by the map that the binary carries.
@Suite struct KustoPinTests {
  private func words(_ logSource: LogSource, _ predicate: Predicate) throws -> [String] {
    try Shipped.map.get().events(for: logSource, dialect: .kusto, stages: stages(predicate)).words
  }

  @Test(
    arguments: [
      ("OktaSSO", eq("eventType_s", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("OktaV2_CL", eq("EventOriginalType", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("AWSCloudTrail", eq("EventName", "ConsoleLogin"), ["AWS-signin/ConsoleLogin!"]),
      (
        "AWSCloudTrail", .all([eq("EventSource", "iam.amazonaws.com"), eq("EventName", "CreatePolicy")]),
        ["AWS-iam/CreatePolicy!"]
      ),
      ("AuditLogs", eq("OperationName", "Consent to application"), ["Azure-auditlogs/Consent to application!"]),
      ("AuditLogs", test("OperationName", .contains, "role"), ["Azure-auditlogs/*"]),
      (
        "AzureActivity", eq("OperationNameValue", "MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE"),
        ["Azure-compute/MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE!"]
      ),
      // What the portal calls it is no name of the operation.
      ("AzureActivity", eq("OperationName", "Create Deployment"), ["Azure-activitylogs/*"]),
      ("SigninLogs", eq("ResultType", "50126"), ["Azure-signinlogs/*"]),
      ("OfficeActivity", eq("Operation", "New-InboxRule"), ["M365-Exchange/New-InboxRule!"]),
      (
        "OfficeActivity", .all([eq("OfficeWorkload", "MicrosoftTeams"), eq("Operation", "MemberAdded")]),
        ["M365-MicrosoftTeams/MemberAdded!"]
      ),
      ("GitHubAudit", eq("Action", "org.add_member"), ["GitHub-org/org.add_member!"]),
      ("SecurityEvent", eq("EventID", "4625"), ["Microsoft-Windows-Security-Auditing/4625"]),
      ("SecurityEvent", eq("EventID", "1102"), ["Microsoft-Windows-Eventlog/1102"]),
      (
        "SecurityEvent", test("EventID", .regex, "4624|4625"),
        [
          "Microsoft-Windows-Security-Auditing/4624", "Microsoft-Windows-Security-Auditing/4625",
        ]
      ),
      (
        "SecurityEvent", .all([test("EventID", .gte, "4728"), test("EventID", .lte, "4729")]),
        [
          "Microsoft-Windows-Security-Auditing/4728", "Microsoft-Windows-Security-Auditing/4729",
        ]
      ),
      (
        "Event", .all([eq("Source", "Microsoft-Windows-Sysmon"), eq("EventID", "1")]), ["Microsoft-Windows-Sysmon/1"]
      ),
      (
        "Event", .all([eq("Source", "Service Control Manager"), eq("EventID", "7045")]),
        ["Service Control Manager/7045"]
      ),
      ("DeviceProcessEvents", eq("FileName", "a.exe"), ["Microsoft-Defender-XDR/DeviceProcessEvents:ProcessCreated"]),
      ("DeviceFileEvents", eq("ActionType", "FileRenamed"), ["Microsoft-Defender-XDR/DeviceFileEvents:FileRenamed"]),
      (
        "DeviceEvents", eq("ActionType", "AsrOfficeChildProcessBlocked"),
        [
          "Microsoft-Defender-XDR/DeviceEvents:AsrOfficeChildProcessBlocked"
        ]
      ),
      (
        "CloudAppEvents", eq("ActionType", "MailItemsAccessed"),
        ["Microsoft-Defender-XDR/CloudAppEvents:MailItemsAccessed!"]
      ),
      ("CommonSecurityLog", eq("DeviceVendor", "Palo Alto Networks"), ["CEF-Palo Alto Networks/*"]),
      ("CommonSecurityLog", .all([]), ["CEF-any/*"]),
      ("Syslog", .all([]), ["Linux-syslog/*"]),
      ("_Im_Dns", .all([]), ["ASIM-Dns/*"]), ("imAuthentication", .all([]), ["ASIM-Authentication/*"]),
      ("ASimDnsActivityLogs", .all([]), ["ASIM-Dns/*"]),
    ] as [(String, Predicate, [String])])
  func namesEvents(table: String, predicate: Predicate, expected: [String]) throws {
    #expect(try words(LogSource(service: table), predicate) == expected)
  }
}
