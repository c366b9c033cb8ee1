import Events
import RuleModel
import Testing

/// How Splunk's rules name events, by the map that the binary carries.
@Suite struct SplunkPinTests {
  private func words(_ logSource: LogSource, _ predicate: Predicate) throws -> [String] {
    try Shipped.map.get().events(for: logSource, dialect: .splunk, stages: stages(predicate)).words
  }

  @Test(
    arguments: [
      // The data source's name names the event, unless the search does.
      ("-/-/Sysmon EventID 1", eq("Processes.process_name", "a.exe"), ["Microsoft-Windows-Sysmon/1"]),
      ("-/-/Windows Event Log Security 4688", .all([]), ["Microsoft-Windows-Security-Auditing/4688"]),
      (
        "-/-/Windows Event Log Security 4727", anyOf("EventCode", "4727", "4730"),
        ["Microsoft-Windows-Security-Auditing/4727", "Microsoft-Windows-Security-Auditing/4730"]
      ),
      ("-/-/Windows Event Log System 7045", .all([]), ["Service Control Manager/7045"]),
      ("-/-/Windows Event Log Defender 5007", .all([]), ["Microsoft-Windows-Windows Defender/5007"]),
      ("-/-/Windows Event Log TaskScheduler 200", .all([]), ["Microsoft-Windows-TaskScheduler/200"]),
      (
        "-/-/Powershell Script Block Logging 4104", .all([]),
        ["Microsoft-Windows-PowerShell/4104", "PowerShellCore/4104"]
      ),
      (
        "-/-/NTLM Operational 8004,8005", .all([]),
        ["Microsoft-Windows-Security-Netlogon/8004", "Microsoft-Windows-Security-Netlogon/8005"]
      ),
      ("-/-/Sysmon for Linux EventID 11", .all([]), ["Linux-Sysmon/11"]),
      ("-/-/Linux Auditd Execve", .all([]), ["Linux-Auditd/EXECVE"]),
      ("-/-/Linux Auditd Service Stop", .all([]), ["Linux-Auditd/SERVICE_STOP"]),
      ("-/-/CrowdStrike ProcessRollup2", .all([]), ["CrowdStrike-FDR/ProcessRollup2"]),
      ("-/-/AWS CloudTrail StopLogging", .all([]), ["AWS-cloudtrail/StopLogging!"]),
      ("-/-/AWS CloudTrail ConsoleLogin", eq("Authentication.signature", "ConsoleLogin"), ["AWS-signin/ConsoleLogin!"]),
      ("-/-/AWS CloudTrail", eq("eventName", "StopLogging"), ["AWS-cloudtrail/StopLogging!"]),
      ("-/-/Azure Active Directory Add member to role", .all([]), ["Azure-auditlogs/Add member to role!"]),
      ("-/-/Azure Active Directory Sign-in activity", .all([]), ["Azure-signinlogs/Sign-in activity!"]),
      (
        "-/-/Azure Audit Create or Update an Azure Automation webhook",
        eq("operationName.localizedValue", "Create or Update an Azure Automation webhook"),
        ["Azure-automation/MICROSOFT.AUTOMATION/AUTOMATIONACCOUNTS/WEBHOOKS/WRITE!"]
      ),
      ("-/-/O365 Add member to role.", .all([]), ["M365-AzureActiveDirectory/Add member to role.!"]),
      (
        "-/-/O365 Universal Audit Log", .all([eq("Workload", "Exchange"), eq("Operation", "Set-Mailbox")]),
        ["M365-Exchange/Set-Mailbox!"]
      ),
      // Okta, as itself and by two data models.
      ("-/-/Okta", eq("eventType", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("-/-/Okta", eq("Authentication.signature", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("-/-/Okta", eq("All_Changes.command", "user.mfa.factor.reset_all"), ["Okta-user/user.mfa.factor.reset_all!"]),
      ("-/-/GitHub", eq("action", "org.add_member"), ["GitHub-org/org.add_member!"]),
      (
        "-/-/Kubernetes Audit", .all([eq("verb", "create"), eq("objectRef.resource", "pods")]),
        ["Kubernetes-audit/create pods!"]
      ),
      (
        "-/-/Google Workspace login_failure", eq("event.name", "login_failure"),
        ["GoogleWorkspace-login/login_failure!"]
      ),
      // Sources and source types.
      ("-/XmlWinEventLog:Security/-", eq("EventCode", "4624"), ["Microsoft-Windows-Security-Auditing/4624"]),
      ("-/WinEventLog:Security/-", eq("EventCode", "1102"), ["Microsoft-Windows-Eventlog/1102"]),
      ("-/-/wineventlog_security", eq("EventCode", "4624"), ["Microsoft-Windows-Security-Auditing/4624"]),
      (
        "-/XmlWinEventLog:Microsoft-Windows-Sysmon/Operational/xmlwineventlog", eq("EventID", "10"),
        ["Microsoft-Windows-Sysmon/10"]
      ),
      ("-/-/aws:cloudtrail", eq("eventName", "DeleteTrail"), ["AWS-cloudtrail/DeleteTrail!"]),
      ("-/github/aws:firehose:json", eq("action", "org.add_member"), ["GitHub-org/org.add_member!"]),
      // Data models.
      (
        "Endpoint.Processes/-/-", eq("Processes.process", "x"),
        ["Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
      ),
      ("Endpoint.Processes/-/-", eq("Processes.original_file_name", "x"), ["Microsoft-Windows-Sysmon/1"]),
      ("Change.All_Changes/-/-", .all([]), ["CIM-Change/*"]),
      ("Authentication/-/-", eq("Authentication.signature_id", "4625"), ["Microsoft-Windows-Security-Auditing/4625"]),
    ] as [(String, Predicate, [String])])
  func namesEvents(logSource: String, predicate: Predicate, expected: [String]) throws {
    #expect(try words(place(logSource), predicate) == expected)
  }

  /// What 4688 lacks doesn't count for it where another data source has it.
  @Test(arguments: [
    (
      "Processes.process_name",
      ["CrowdStrike-FDR/ProcessRollup2", "Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
    ),
    ("Processes.original_file_name", ["CrowdStrike-FDR/ProcessRollup2", "Microsoft-Windows-Sysmon/1"]),
  ])
  func joinsSeveralDataSources(field: String, expected: [String]) throws {
    let names = ["Sysmon EventID 1", "Windows Event Log Security 4688", "CrowdStrike ProcessRollup2"]
    let found = try Shipped.map.get().events(
      for: names.map { LogSource(service: $0) }, dialect: .splunk, stages: stages(eq(field, "a.exe")))
    #expect(found.words == expected)
  }

  /// As ``source(_:)``, with slashes in the names.
  private func place(_ text: String) -> LogSource {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count > 3 else { return source(text) }
    return LogSource(product: parts[1...(parts.count - 2)].joined(separator: "/"), service: parts.last)
  }
}
