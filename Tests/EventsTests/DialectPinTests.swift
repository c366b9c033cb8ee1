import Events
import RuleModel
import TestSupport
import Testing

/// How rules of other dialects than Sigma name events, by the maps that the binary carries.
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

  @Test(
    arguments: [
      ("Okta.SystemLog", eq("eventType", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("panther_logs.public.okta_systemlog", eq("eventType", "USER.SESSION.START"), ["Okta-user/user.session.start!"]),
      ("AWS.CloudTrail", eq("eventName", "ConsoleLogin"), ["AWS-signin/ConsoleLogin!"]),
      (
        "AWS.CloudTrail", .all([eq("eventSource", "ec2.amazonaws.com"), eq("eventName", "CreateImage")]),
        ["AWS-ec2/CreateImage!"]
      ),
      ("panther_logs.public.aws_cloudtrail", eq("eventName", "StopLogging"), ["AWS-cloudtrail/StopLogging!"]),
      (
        "Azure.MonitorActivity", eq("operationName", "Microsoft.Authorization/roleAssignments/write"),
        ["Azure-authorization/MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE!"]
      ),
      ("Azure.Audit", eq("operationName", "Add member to role"), ["Azure-auditlogs/Add member to role!"]),
      ("Azure.Audit", eq("category", "SignInLogs"), ["Azure-signinlogs/*"]),
      (
        "GCP.AuditLog", eq("protoPayload.methodName", "google.iam.admin.v1.CreateServiceAccountKey"),
        ["GCP-iam/google.iam.admin.v1.CreateServiceAccountKey!"]
      ),
      (
        "GSuite.ActivityEvent", .all([eq("id.applicationName", "login"), eq("name", "login_failure")]),
        ["GoogleWorkspace-login/login_failure!"]
      ),
      ("GitHub.Audit", eq("action", "org.add_member"), ["GitHub-org/org.add_member!"]),
      (
        "Amazon.EKS.Audit", .all([eq("verb", "create"), eq("objectRef.resource", "pods")]),
        ["Kubernetes-audit/create pods!"]
      ),
      ("Slack.AuditLogs", eq("action", "user_created"), ["Slack-audit/user_created!"]),
      ("OneLogin.Events", eq("event_type_id", "532"), ["OneLogin-events/532!"]),
      (
        "Microsoft365.Audit.AzureActiveDirectory", eq("Operation", "Add member to role."),
        ["M365-AzureActiveDirectory/Add member to role.!"]
      ),
      ("Crowdstrike.FDREvent", eq("fdr_event_type", "ProcessRollup2"), ["CrowdStrike-FDR/ProcessRollup2"]),
      ("Windows.EventLogs", eq("EventID", "4720"), ["Microsoft-Windows-Security-Auditing/4720"]),
      (
        "Databricks.Audit", .all([eq("serviceName", "accounts"), eq("actionName", "addAdmin")]),
        ["Databricks-accounts/addAdmin!"]
      ),
      ("snowflake.account_usage.login_history", .all([]), ["Snowflake/*"]),
    ] as [(String, Predicate, [String])])
  func panther(logType: String, predicate: Predicate, expected: [String]) {
    #expect(words(.panther, LogSource(service: logType), predicate) == expected)
  }

  /// The name of a log in a record says nothing about the titles of other logs' operations.
  @Test func titlesOfOneLogAreNotThoseOfAnother() {
    let title = map.title(
      of: Event(provider: "Azure-authorization", name: "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE"))
    #expect(title == "Resource operation")
    #expect(map.title(of: Event(provider: "Azure-auditlogs", name: "Add member to role")) == "Audit log operation")
  }

  @Test func pantherResources() {
    #expect(
      words(.panther, LogSource(category: "resource", service: "AWS.CloudTrail"), .all([]))
        == ["Panther-CloudResources/AWS.CloudTrail"])
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
      // Older names of data sources, and newer sources.
      ("-/-/Sysmon Event ID 7", .all([]), ["Microsoft-Windows-Sysmon/7"]),
      ("-/-/Sysmon Event Code 1", .all([]), ["Microsoft-Windows-Sysmon/1"]),
      ("-/-/Sysmon for Linux Event ID 11", .all([]), ["Linux-Sysmon/11"]),
      ("-/-/Powershell 4104", .all([]), ["Microsoft-Windows-PowerShell/4104", "PowerShellCore/4104"]),
      ("-/-/Powershell SIP Inventory", .all([]), ["Splunk-PowerShellInputs/*"]),
      ("-/-/Windows System 7045", .all([]), ["Service Control Manager/7045"]),
      ("-/-/Windows Event Log WMI 5860", .all([]), ["Microsoft-Windows-WMI-Activity/5860"]),
      ("-/-/Windows Event Log AppLocker", eq("EventCode", "8007"), ["Microsoft-Windows-AppLocker/8007"]),
      ("-/-/aws:asl", eq("api.operation", "StopLogging"), ["AWS-cloudtrail/StopLogging!"]),
      ("-/-/MSWindows:2016:IIS", .all([]), ["Webserver-access/*"]),
      ("-/http:github/httpevent", eq("action", "repo.create"), ["GitHub-repo/repo.create!"]),
      ("-/-/cisco:isovalent:processExec", .all([]), ["Cisco-Isovalent/*"]),
      ("-/-/MCP Server", .all([]), ["MCP-Server/*"]),
      ("-/-/M365 Copilot Graph API", .all([]), ["M365-Copilot/*"]),
    ] as [(String, Predicate, [String])])
  func splunk(logSource: String, predicate: Predicate, expected: [String]) {
    #expect(words(.splunk, place(logSource), predicate) == expected)
  }

  /// What 4688 lacks doesn't count for it where another data source has it.
  @Test(arguments: [
    (
      "Processes.process_name",
      ["CrowdStrike-FDR/ProcessRollup2", "Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
    ),
    ("Processes.original_file_name", ["CrowdStrike-FDR/ProcessRollup2", "Microsoft-Windows-Sysmon/1"]),
  ])
  func severalDataSources(field: String, expected: [String]) {
    let names = ["Sysmon EventID 1", "Windows Event Log Security 4688", "CrowdStrike ProcessRollup2"]
    let found = map.events(
      for: names.map { LogSource(service: $0) }, dialect: .splunk, stages: stages(eq(field, "a.exe")))
    #expect(found.words == expected)
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
  func yaral(logSource: String, predicate: Predicate, expected: [String]) {
    #expect(words(.yaral, source(logSource), predicate) == expected)
  }

  /// However a dialect calls the log, the field and the operation: an operation is the same for all of them.
  @Test(
    arguments: [
      (
        "AWS-signin/ConsoleLogin!", "ConsoleLogin", "eventName", "-/aws/cloudtrail", "AWS.CloudTrail",
        "AWS CloudTrail ConsoleLogin", "AWS CloudTrail", "aws.cloudtrail", "AWSCloudTrail", "EventName"
      ),
      (
        "AWS-cloudtrail/StopLogging!", "StopLogging", "eventName", "-/aws/cloudtrail", "AWS.CloudTrail",
        "AWS CloudTrail",
        "AWS_CLOUDTRAIL", "aws.cloudtrail", "AWSCloudTrail", "EventName"
      ),
      (
        "Okta-system/system.api_token.create!", "system.api_token.create", "eventType", "-/okta/okta", "Okta.SystemLog",
        "Okta", "Okta", "okta.system", "OktaSSO", "eventType_s"
      ),
      (
        "Okta-user/user.mfa.factor.reset_all!", "user.mfa.factor.reset_all", "eventType", "-/okta/okta",
        "Okta.SystemLog",
        "OktaIM2:log", "OKTA", "okta.system", "OktaV2_CL", "EventOriginalType"
      ),
      (
        "GitHub-org/org.update_member!", "org.update_member", "action", "-/github/audit", "GitHub.Audit", "GitHub",
        "GITHUB",
        "github.audit", "GitHubAudit", "action_s"
      ),
      (
        "Azure-auditlogs/Add member to role!", "Add member to role", "operationName", "-/azure/auditlogs",
        "Azure.Audit",
        "Azure Active Directory", "Azure AD Directory Audit", "azure.auditlogs", "AuditLogs", "OperationName"
      ),
    ])
  func allDialectsShareAnOperation(
    expected: String, operation: String, field: String, sigma: String, logType: String, splunk: String, product: String,
    dataset: String, table: String, column: String
  ) {
    #expect(words(.sigma, source(sigma), eq(field, operation)) == [expected])
    #expect(words(.panther, LogSource(service: logType), eq(field, operation)) == [expected])
    #expect(words(.splunk, LogSource(service: splunk), eq(field, operation)) == [expected])
    #expect(
      words(.yaral, LogSource(product: product), eq("metadata.product_event_type", operation)) == [expected])
    let elastic = dataset == "azure.auditlogs" ? "azure.auditlogs.operation_name" : "event.action"
    #expect(words(.elastic, LogSource(service: dataset), eq(elastic, operation)) == [expected])
    #expect(words(.kusto, LogSource(service: table), eq(column, operation)) == [expected])
  }

  /// As ``source(_:)``, with slashes in the names.
  private func place(_ text: String) -> LogSource {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count > 3 else { return source(text) }
    return LogSource(product: parts[1...(parts.count - 2)].joined(separator: "/"), service: parts.last)
  }
}
