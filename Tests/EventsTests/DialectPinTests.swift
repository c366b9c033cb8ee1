import Events
import RuleModel
import TestSupport
import Testing

/// How rules of Elastic and Kusto name events, by the maps that the binary carries.
@Suite struct DialectPinTests {
  private static let shared = try? EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/"))
  private let map: EventMap

  init() throws { map = try #require(Self.shared) }

  private func words(_ dialect: Dialect, _ logSource: LogSource, _ predicate: Predicate) -> [String] {
    map.events(for: logSource, dialect: dialect, stages: stages(predicate)).words
  }

  @Test(
    arguments: [
      // Okta: by the first label.
      ("-/okta/okta.system", eq("event.action", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("-/okta/-", eq("okta.event_type", "policy.lifecycle.update"), ["Okta-policy/policy.lifecycle.update!"]),
      // AWS: by the provider, else by the table of services.
      (
        "-/aws/aws.cloudtrail", .all([eq("event.provider", "iam.amazonaws.com"), eq("event.action", "CreateUser")]),
        ["AWS-iam/CreateUser!"]
      ),
      ("-/aws/aws.cloudtrail", eq("event.action", "StopLogging"), ["AWS-cloudtrail/StopLogging!"]),
      ("-/aws/aws.cloudtrail", eq("event.action", "RunInstances"), ["AWS-ec2/RunInstances!"]),
      ("-/aws/aws.cloudtrail", eq("event.outcome", "success"), ["AWS-cloudtrail/*"]),
      (
        "-/azure/azure.auditlogs", eq("azure.auditlogs.operation_name", "Add service principal"),
        ["Azure-auditlogs/Add service principal!"]
      ),
      (
        "-/azure/azure.activitylogs", eq("azure.activitylogs.operation_name", "Microsoft.KeyVault/vaults/delete"),
        ["Azure-keyvault/MICROSOFT.KEYVAULT/VAULTS/DELETE!"]
      ),
      ("-/azure/azure.signinlogs", .all([]), ["Azure-signinlogs/*"]),
      ("-/github/github.audit", eq("event.action", "org.add_member"), ["GitHub-org/org.add_member!"]),
      ("-/github/github.audit", eq("github.action", "repo.create"), ["GitHub-repo/repo.create!"]),
      (
        "-/o365/o365.audit", .all([eq("event.provider", "Exchange"), eq("event.action", "New-InboxRule")]),
        ["M365-Exchange/New-InboxRule!"]
      ),
      (
        "-/gcp/gcp.audit", eq("event.action", "google.iam.admin.v1.CreateServiceAccount"),
        ["GCP-iam/google.iam.admin.v1.CreateServiceAccount!"]
      ),
      (
        "-/kubernetes/kubernetes.audit_logs",
        .all([eq("kubernetes.audit.verb", "create"), eq("kubernetes.audit.objectRef.resource", "pods")]),
        ["Kubernetes-audit/create pods!"]
      ),
      // Windows: by the number, with its provider or that of the data set.
      ("-/system/system.security", eq("event.code", "4625"), ["Microsoft-Windows-Security-Auditing/4625"]),
      (
        "-/system/system.security", eq("event.action", "scheduled-task-created"),
        ["Microsoft-Windows-Security-Auditing/4698"]
      ),
      ("iam/system/system.security", eq("event.code", "4738"), ["Microsoft-Windows-Security-Auditing/4738"]),
      ("-/winlogbeat/-", eq("event.code", "4625"), ["Microsoft-Windows-Security-Auditing/4625"]),
      (
        "-/winlogbeat/-", .all([eq("event.provider", "Microsoft-Windows-Sysmon"), eq("event.code", "8")]),
        ["Microsoft-Windows-Sysmon/8"]
      ),
      ("-/windows/windows.sysmon_operational", eq("event.code", "10"), ["Microsoft-Windows-Sysmon/10"]),
      (
        "-/windows/windows.powershell", test("powershell.file.script_block_text", .contains, "x"),
        ["Microsoft-Windows-PowerShell/4104"]
      ),
      // Hosts: by the category of events and their type.
      (
        "process/endpoint/endpoint.events.process", eq("event.type", "start"), ["Elastic-Defend/process:start"]
      ),
      (
        "process/winlogbeat/-", .all([eq("event.type", "start"), eq("process.name", "a.exe")]),
        ["Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
      ),
      (
        "process/winlogbeat/-", .all([eq("event.type", "start"), eq("process.pe.original_file_name", "a.exe")]),
        ["Microsoft-Windows-Sysmon/1"]
      ),
      (
        "process/winlogbeat/-", test("powershell.file.script_block_text", .contains, "x"),
        ["Microsoft-Windows-PowerShell/4104"]
      ),
      ("process/windows/windows.sysmon_operational", eq("event.code", "7"), ["Microsoft-Windows-Sysmon/7"]),
      (
        "file/windows/windows.sysmon_operational", eq("event.type", "deletion"),
        [
          "Microsoft-Windows-Sysmon/23", "Microsoft-Windows-Sysmon/26",
        ]
      ),
      ("network/endpoint/endpoint.events.network", eq("dns.question.name", "a.b"), ["Elastic-Defend/network:dns"]),
      ("network/endpoint/endpoint.events.network", eq("destination.port", "88"), ["Elastic-Defend/network:connection"]),
      (
        "process/m365_defender/m365_defender.event", eq("event.type", "start"),
        [
          "Microsoft-Defender-XDR/DeviceProcessEvents:ProcessCreated"
        ]
      ),
      ("process/auditd_manager/auditd_manager.auditd", eq("event.type", "start"), ["Linux-Auditd/EXECVE"]),
      // By the action alone.
      ("process/endpoint/endpoint.events.process", eq("event.action", "exec"), ["Elastic-Defend/process:start"]),
      (
        "process/endpoint/-", anyOf("event.action", "end", "uid_change"),
        [
          "Elastic-Defend/process:change", "Elastic-Defend/process:end",
        ]
      ),
      ("file/endpoint/endpoint.events.file", eq("event.action", "rename"), ["Elastic-Defend/file:change"]),
      ("network/-/-", eq("event.action", "lookup_requested"), ["Elastic-Defend/network:dns"]),
      (
        "process/crowdstrike/crowdstrike.fdr",
        .all([eq("event.type", "start"), anyOf("event.action", "exec", "ProcessRollup2")]),
        ["CrowdStrike-FDR/ProcessRollup2"]
      ),
      (
        "process/winlogbeat/-", test("event.action", .startsWith, "Image loaded"), ["Microsoft-Windows-Sysmon/7"]
      ),
      (
        "registry/windows/windows.sysmon_operational", eq("event.action", "RegistryEvent (Value Set)"),
        ["Microsoft-Windows-Sysmon/13"]
      ),
      // An action that none of the events is known to have rules none out.
      (
        "process/endpoint/endpoint.events.process", eq("event.action", "other"),
        [
          "Elastic-Defend/process:change", "Elastic-Defend/process:end", "Elastic-Defend/process:start",
        ]
      ),
      ("-/aws/aws.cloudtrail", eq("event.action", "DeleteVirtualMFADevice"), ["AWS-iam/DeleteVirtualMFADevice!"]),
      ("-/aws/aws.cloudtrail", eq("event.action", "CreateNatGateway"), ["AWS-ec2/CreateNatGateway!"]),
      // What is excluded pins nothing.
      ("-/okta/okta.system", .not(eq("event.action", "user.session.start")), ["Okta/*"]),
    ] as [(String, Predicate, [String])])
  func elastic(logSource: String, predicate: Predicate, expected: [String]) {
    #expect(words(.elastic, source(logSource), predicate) == expected)
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
  func kusto(table: String, predicate: Predicate, expected: [String]) {
    #expect(words(.kusto, LogSource(service: table), predicate) == expected)
  }
}
