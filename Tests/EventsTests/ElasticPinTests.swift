import Events
import RuleModel
import Testing

/// How Elastic's rules name events, by the map that the binary carries.
@Suite struct ElasticPinTests {
  private func words(_ logSource: LogSource, _ predicate: Predicate) throws -> [String] {
    try Shipped.map.get().events(for: logSource, dialect: .elastic, stages: stages(predicate)).words
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
      // Linux's audit records, by what Auditbeat calls them.
      ("process/auditd_manager/auditd_manager.auditd", eq("event.action", "executed"), ["Linux-Auditd/EXECVE"]),
      (
        "process/auditbeat/-", anyOf("event.action", "exec", "executed", "process_started"), ["Linux-Auditd/EXECVE"]
      ),
      (
        "-/auditd_manager/auditd_manager.auditd", eq("event.action", "loaded-kernel-module"),
        ["Linux-Auditd/KERN_MODULE"]
      ),
      ("-/auditbeat/-", eq("event.action", "added-user-account"), ["Linux-Auditd/ADD_USER"]),
      ("file/auditbeat/-", eq("event.action", "opened-file"), ["Linux-Auditd/PATH"]),
      ("network/auditbeat/-", eq("event.action", "connected-to"), ["Linux-Auditd/SOCKADDR"]),
      ("-/auditbeat/-", eq("event.action", "violated-apparmor-policy"), ["Linux-Auditd/AVC"]),
      // SentinelOne's, by what the integration makes of them.
      (
        "file/sentinel_one_cloud_funnel/sentinel_one_cloud_funnel.event", eq("event.action", "rename"),
        ["SentinelOne/File Rename"]
      ),
      (
        "file/sentinel_one_cloud_funnel/-", anyOf("event.action", "creation", "rename", "file_create_event"),
        ["SentinelOne/File Creation", "SentinelOne/File Rename"]
      ),
      (
        "process/sentinel_one_cloud_funnel/-",
        .all([eq("event.type", "start"), anyOf("event.action", "exec", "start")]),
        ["SentinelOne/Process Creation"]
      ),
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
  func namesEvents(logSource: String, predicate: Predicate, expected: [String]) throws {
    #expect(try words(source(logSource), predicate) == expected)
  }

  /// Kibana's default list of indices says nothing about what a rule looks for; the number of an event does.
  @Test(
    arguments: [
      (
        ["-/apm/-", "-/auditbeat/-", "-/packetbeat/-", "-/winlogbeat/-"], eq("event.code", "4625"),
        ["Microsoft-Windows-Security-Auditing/4625"]
      ),
      (
        ["-/winlogbeat/-", "-/apm/-"],
        .all([eq("event.provider", "Microsoft-Windows-Sysmon"), anyOf("event.code", "8", "10")]),
        ["Microsoft-Windows-Sysmon/10", "Microsoft-Windows-Sysmon/8"]
      ),
      // One way to match asks for no number.
      (
        ["-/apm/-", "-/winlogbeat/-"], .any([eq("event.code", "4625"), eq("host.name", "a")]),
        ["Elastic-APM/*", "Microsoft-Windows-Security-Auditing/4625"]
      ),
      (
        ["-/apm/-", "-/okta/okta.system"], eq("event.action", "user.session.start"),
        ["Elastic-APM/*", "Okta-user/user.session.start!"]
      ),
      // A log that the rule's author named has a meaning.
      (
        ["-/system/system.security", "-/zeek/zeek.dns"], eq("event.code", "4625"),
        ["Microsoft-Windows-Security-Auditing/4625", "Zeek-dns/*"]
      ),
    ] as [([String], Predicate, [String])])
  func aNumberDecidesAmongFamiliesOfIndices(logSources: [String], predicate: Predicate, expected: [String]) throws {
    let found = try Shipped.map.get().events(
      for: logSources.map(source), dialect: .elastic, stages: stages(predicate))
    #expect(found.words == expected)
    #expect(found.ofLogSources.count == logSources.count)
  }
}
