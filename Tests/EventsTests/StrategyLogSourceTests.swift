import Documents
import Events
import RuleModel
import TestSupport
import Testing

/// What references of ATT&CK's detection strategies mean in the map that the binary carries.
@Suite struct StrategyLogSourceTests {
  let map: EventMap

  init() throws { map = try Shipped.map.get() }

  @Test(arguments: [
    ("WinEventLog:Sysmon", "EventCode=1", "Microsoft-Windows-Sysmon 1"),
    ("WinEventLog:Sysmon", "EventCode=13, 14", "Microsoft-Windows-Sysmon 13; Microsoft-Windows-Sysmon 14"),
    (
      "WinEventLog:Sysmon", "EventCode=12-14",
      "Microsoft-Windows-Sysmon 12; Microsoft-Windows-Sysmon 13; Microsoft-Windows-Sysmon 14"
    ),
    ("WinEventLog:Sysmon", "unusual images", "Microsoft-Windows-Sysmon"),
    (
      "WinEventLog:Security", "EventCode=4778, EventCode=4779",
      "Microsoft-Windows-Security-Auditing 4778; Microsoft-Windows-Security-Auditing 4779"
    ),
    // The Security channel holds the event log's own events too; what it can't hold is not guessed.
    ("WinEventLog:Security", "EventCode=1102", "Microsoft-Windows-Eventlog 1102"),
    // PowerShell writes two logs, and strategies call both by one name.
    ("WinEventLog:PowerShell", "EventCode=400, 403", "PowerShell 400; PowerShell 403"),
    ("WinEventLog:PowerShell", "EventCode=4104, 400", "Microsoft-Windows-PowerShell 4104; PowerShell 400"),
    ("WinEventLog:PowerShell", "scripts", "Microsoft-Windows-PowerShell"),
    ("WinEventLog:PowerShell", "EventCode=9999", "Microsoft-Windows-PowerShell"),
    ("WinEventLog:Security", "EventCode=4103, 4104", "Microsoft-Windows-Security-Auditing"),
    ("WinEventLog:System", "EventCode=7045", "Service Control Manager 7045"),
    ("WinEventLog:System", "EventCode=9999", "unknown"),
    (
      "WinEventLog:Microsoft-Windows-Windows Defender/Operational", "EventCode=1116",
      "Microsoft-Windows-Windows Defender 1116"
    ),
    ("auditd:EXECVE", "curl", "Linux-Auditd EXECVE"),
    ("auditd:memprotect", "mprotect", "Linux-Auditd"),
    ("linux:Sysmon", "EventCode=3, 99", "Linux-Sysmon 3"),
    ("macos:osquery", "process_events, socket_events", "osquery process_events; osquery socket_events"),
    ("macos:osquery", "Unsigned process executions", "osquery"),
    ("AWS:CloudTrail", "AssumeRole: calls from CloudShell or RunInstances", "AWS-ec2 RunInstances; AWS-sts AssumeRole"),
    ("AWS:CloudTrail", "ConsoleLogin or AssumeRole", "AWS-signin ConsoleLogin; AWS-sts AssumeRole"),
    ("AWS:CloudTrail", "Describe* or List* API calls", "AWS-cloudtrail"),
    ("saas:okta", "user.session.start", "Okta-user user.session.start"),
    ("saas:okta", "System API Call: user.read, group.read", "Okta-group group.read; Okta-user user.read"),
    (
      "m365:unified", "Folder configuration updated with external or HTML-formatted Home Page via Set-MailboxFolder",
      "M365-Exchange Set-MailboxFolder"
    ),
    (
      "m365:unified", "New-InboxRule or Set-InboxRule events recorded in Exchange Online",
      "M365-Exchange New-InboxRule; M365-Exchange Set-InboxRule"
    ),
    ("m365:exchange", "Remove-InboxRule, Clear-Mailbox", "M365-Exchange Clear-Mailbox; M365-Exchange Remove-InboxRule"),
    ("gcp:audit", "admin.googleapis.com", "GCP-audit"),
    ("gcp:audit", "login.event", "GCP-audit"),
    ("gcp:audit", "drive.activity", "GCP-audit"),
    ("gcp:audit", "compute.instances.setMetadata", "GCP-compute compute.instances.setMetadata"),
    (
      "Okta:SystemLog", "eventType: user.authentication.sso, app.oauth2.token.grant",
      "Okta-app app.oauth2.token.grant; Okta-user user.authentication.sso"
    ),
    ("azure:audit", "Add user", "Azure-auditlogs Add user"),
    ("networkconfig ", "anything", "unknown"),
    ("NSM:Flow", "conn.log", "unknown"),
  ])
  func areTold(name: String, channel: String, expected: String) {
    let found =
      switch map.strategySource(named: name).events(channel: channel) {
      case .events(let events): events.map { "\($0.provider) \($0.name)" }.joined(separator: "; ")
      case .provider(let provider): provider
      case .unknown: "unknown"
      }
    #expect(found == expected)
  }

  @Test func goBeforeOursWhenTheUserAddsThem() throws {
    let own = """
      strategyLogSources: [{name: "NSM:*", provider: Zeek-conn}]
      providers: {Zeek-conn: {title: Connections}}
      """
    let files = embeddedFiles(below: "catalog/knowledge/events/") + [("own.yml", Array(own.utf8))]
    let map = try EventMap(parsing: files)
    #expect(map.strategySource(named: "NSM:Flow").events(channel: "") == .provider("Zeek-conn"))
  }

  @Test(arguments: [
    ("{name: X}", "one of 'provider', 'channel' and 'logsource'"),
    ("{name: X, provider: A, channel: B}", "one of 'provider', 'channel' and 'logsource'"),
    ("{provider: A}", "needs a 'name'"),
    ("{name: X, provider: A, events: all}", "codes, record, names, none"),
    ("{name: X, logsource: {}}", "no category, product or service"),
  ])
  func tellWhatIsWrongWithThem(entry: String, part: String) throws {
    let error = try #require(throws: KnowledgeError.self) {
      try EventMap(parsing: [("own.yml", Array("strategyLogSources: [\(entry)]".utf8))])
    }
    #expect(error.diagnostics.first?.description.hasPrefix("own.yml:1:") == true)
    #expect(error.diagnostics.contains { $0.description.contains(part) }, "\(error.diagnostics)")
  }
}
