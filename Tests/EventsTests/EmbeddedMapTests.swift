import Events
import Glibc
import RuleModel
import TestSupport
import Testing

/// The maps that the binary carries.
@Suite struct EmbeddedMapTests {
  let map: EventMap

  init() throws { map = try Shipped.map.get() }

  @Test func parseWithoutAMistake() throws {
    _ = try EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/"))
  }

  // What tells an event from its provider's others is so of each; a log source may look at some of them alone.
  @Test(
    arguments: [
      ("Microsoft-Windows-Sysmon", "13", nil, ["EventType=SetValue"]),
      ("Microsoft-Windows-Sysmon", "12", nil, ["EventType=CreateKey,DeleteKey,CreateValue,DeleteValue"]),
      ("Microsoft-Windows-Sysmon", "12", "registry_add", ["EventType=CreateKey,CreateValue"]),
      ("Microsoft-Windows-Sysmon", "13", "registry_set", ["EventType=SetValue"]),
      ("Microsoft-Windows-Sysmon", "18", "pipe_created", ["EventType=ConnectPipe"]),
      ("Microsoft-Windows-Sysmon", "1", "process_creation", []),
      // Paths are of many kinds; a file event is one that is created.
      ("Linux-Auditd", "PATH", nil, []), ("Linux-Auditd", "PATH", "file_event", ["nametype=CREATE"]),
    ] as [(String, String, String?, [String])])
  func whatFieldsOfAnEventHold(provider: String, name: String, category: String?, expected: [String]) {
    let event = Event(provider: provider, name: name)
    let product = provider.hasPrefix("Linux") ? "linux" : "windows"
    let known =
      category.map { map.knownValues(of: event, in: LogSource(category: $0, product: product)) }
      ?? map.knownValues(of: event)
    #expect(known.map { "\($0.field)=\($0.values.joined(separator: ","))" } == expected)
  }

  /// Where two log sources hold the event, only what is so in either.
  @Test(arguments: [
    (["dns_query", "registry_add"], ["EventType=CreateKey,CreateValue"]),
    (["registry_add", "dns_query"], ["EventType=CreateKey,CreateValue"]),
    (["registry_add", "registry_event"], ["EventType=CreateKey,DeleteKey,CreateValue,DeleteValue"]),
    (["dns_query"], ["EventType=CreateKey,DeleteKey,CreateValue,DeleteValue"]),
  ])
  func whatFieldsHoldInTheLogSourceThatHasTheEvent(categories: [String], expected: [String]) {
    let sources = categories.map { LogSource(category: $0, product: "windows") }
    let known = map.knownValues(of: Event(provider: "Microsoft-Windows-Sysmon", name: "12"), in: sources)
    #expect(known.map { "\($0.field)=\($0.values.joined(separator: ","))" } == expected)
  }

  @Test func areEmbeddedInTheOrderOfTheirPaths() {
    let paths = embeddedFiles(below: "").map(\.path)
    #expect(paths == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func areAllTheFilesOfTheFolder() throws {
    let folder = try #require(repositoryPath) + "/catalog/knowledge/events/"
    let embedded = embeddedFiles(below: "catalog/knowledge/events/")
    let stream = try #require(opendir(folder))
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    #expect(
      names.filter { $0.hasSuffix(".yml") }.sorted()
        == embedded.map { String($0.path.split(separator: "/").last ?? "") })
    for file in embedded {
      #expect(
        TemporaryFolder.bytes(of: folder + (file.path.split(separator: "/").last ?? "")) == file.bytes, "\(file.path)")
    }
  }

  /// The log sources of the Sigma taxonomy 2.1.0, and those of public Sigma rules that it lacks.
  static let known = """
    application/django/- application/jvm/- application/kubernetes/audit application/nodejs/- application/opencanary/-
    application/python/- application/rpc_firewall/- application/ruby_on_rails/- application/spring/- application/sql/-
    application/velocity/- appliance/paloalto/globalprotect file_event/paloalto/globalprotect
    antivirus/-/- database/-/- dns/-/- firewall/-/- proxy/-/- webserver/-/- network/-/connection network/-/dns
    -/aws/cloudtrail -/azure/activitylogs -/azure/auditlogs -/azure/pim -/azure/riskdetection -/azure/signinlogs
    -/bitbucket/audit -/cisco/aaa -/cisco/bgp -/cisco/duo -/cisco/ldp -/cisco/syslog -/fortigate/event -/fortios/sslvpnd
    -/gcp/gcp.audit -/gcp/google_workspace.admin -/gcp/google_workspace.login -/github/audit -/huawei/bgp -/juniper/bgp
    -/kubernetes/audit -/m365/audit -/m365/exchange -/m365/threat_detection -/m365/threat_management -/modsecurity/-
    -/okta/okta -/onelogin/onelogin.events -/qualys/- -/-/apache -/-/netflow -/-/nginx
    -/linux/- -/linux/auditd -/linux/auth -/linux/clamav -/linux/cron -/linux/guacamole -/linux/sshd -/linux/sudo
    -/linux/syslog -/linux/vsftpd file_event/linux/- network_connection/linux/- process_creation/linux/-
    file_event/macos/- process_creation/macos/-
    -/zeek/dce_rpc -/zeek/dns -/zeek/http -/zeek/kerberos -/zeek/rdp -/zeek/smb_files -/zeek/x509
    clipboard_capture/windows/- create_remote_thread/windows/- create_stream_hash/windows/- dns_query/windows/-
    driver_load/windows/- file_access/windows/- file_block_executable/windows/- file_block_shredding/windows/-
    file_change/windows/- file_delete/windows/- file_delete_detected/windows/- file_event/windows/-
    file_executable_detected/windows/- file_rename/windows/- image_load/windows/- network_connection/windows/-
    pipe_created/windows/- process_access/windows/- process_creation/windows/- process_tampering/windows/-
    process_termination/windows/- ps_classic_provider_start/windows/- ps_classic_script/windows/-
    ps_classic_start/windows/- ps_module/windows/- ps_script/windows/- raw_access_thread/windows/- registry_add/windows/-
    registry_delete/windows/- registry_event/windows/- registry_rename/windows/- registry_set/windows/-
    sysmon_error/windows/- sysmon_status/windows/- wmi_event/windows/-
    -/windows/- -/windows/application -/windows/application-experience -/windows/applocker -/windows/appmodel-runtime
    -/windows/appxdeployment-server -/windows/appxpackaging-om -/windows/bitlocker -/windows/bits-client -/windows/capi2
    -/windows/certificateservicesclient-lifecycle-system -/windows/codeintegrity-operational -/windows/dhcp
    -/windows/diagnosis-scripted -/windows/dns-client -/windows/dns-server -/windows/dns-server-analytic
    -/windows/dns-server-audit -/windows/driver-framework -/windows/firewall-as -/windows/hyper-v-worker
    -/windows/iis-configuration -/windows/kernel-event-tracing -/windows/kernel-shimengine -/windows/ldap
    -/windows/lsa-server -/windows/microsoft-servicebus-client -/windows/msexchange-management -/windows/ntfs
    -/windows/ntlm -/windows/openssh -/windows/powershell -/windows/powershell-classic -/windows/printservice-admin
    -/windows/printservice-operational -/windows/security -/windows/security-mitigations -/windows/sense
    -/windows/servicebus-client -/windows/shell-core -/windows/smbclient-connectivity -/windows/smbclient-security
    -/windows/smbserver-connectivity -/windows/sysmon -/windows/system -/windows/taskscheduler
    -/windows/terminalservices-localsessionmanager -/windows/vhdmp -/windows/windefend -/windows/wmi
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  @Test(arguments: known)
  func knowEachLogSource(logSource: String) throws {
    let wanted = source(logSource)
    let entry = try #require(map.entry(for: wanted))
    #expect(entry.logSource == wanted)
    #expect(!map.words(wanted).isEmpty)
  }

  @Test(
    arguments: [
      // The model rule of the design.
      (
        "-/okta/okta", .all([eq("eventType", "user.session.start"), eq("securityContext.isProxy", "true")]),
        ["Okta-user/user.session.start!"]
      ),
      ("-/okta/okta", eq("displayMessage", "Max sign in attempts exceeded"), ["Okta-user/user.account.lock!"]),
      (
        "-/aws/cloudtrail", .all([eq("eventSource", "iam.amazonaws.com"), eq("eventName", "CreateUser")]),
        ["AWS-iam/CreateUser!"]
      ),
      ("-/aws/cloudtrail", eq("eventName", "ConsoleLogin"), ["AWS-signin/ConsoleLogin!"]),
      ("-/aws/cloudtrail", eq("eventName", "StopLogging"), ["AWS-cloudtrail/StopLogging!"]),
      ("-/aws/cloudtrail", eq("userAgent", "x"), ["AWS-cloudtrail/*"]),
      (
        "-/azure/activitylogs", eq("operationName", "Microsoft.KeyVault/vaults/delete"),
        ["Azure-keyvault/MICROSOFT.KEYVAULT/VAULTS/DELETE!"]
      ),
      ("-/azure/activitylogs", test("operationName", .startsWith, "MICROSOFT.NETWORK/DNSZONES"), ["Azure-network/*"]),
      ("-/azure/auditlogs", eq("properties.message", "Update Application"), ["Azure-auditlogs/Update application!"]),
      (
        "-/azure/auditlogs",
        .all([eq("OperationName", "Update user"), eq("properties.message", "\"displayName\":\"UserType\"")]),
        ["Azure-auditlogs/Update user!"]
      ),
      (
        "-/azure/auditlogs", .all([eq("properties.message", "Done"), eq("operationName", "Update user")]),
        ["Azure-auditlogs/Update user!"]
      ),
      (
        "-/azure/auditlogs", test("activityType", .contains, "Recover device local administrator password"),
        ["Azure-auditlogs/Recover device local administrator password!"]
      ),
      ("-/azure/signinlogs", eq("ResultType", "50053"), ["Azure-signinlogs/*"]),
      (
        "-/gcp/gcp.audit", eq("gcp.audit.method_name", "storage.buckets.delete"),
        ["GCP-storage/storage.buckets.delete!"]
      ),
      (
        "-/gcp/gcp.audit", eq("gcp.audit.method_name", "google.iam.admin.v1.CreateServiceAccount"),
        ["GCP-iam/google.iam.admin.v1.CreateServiceAccount!"]
      ),
      (
        "-/gcp/gcp.audit", eq("gcp.audit.method_name", "google.pubsub.v1.Publisher.DeleteTopic"),
        ["GCP-pubsub/google.pubsub.v1.Publisher.DeleteTopic!"]
      ),
      ("-/gcp/gcp.audit", test("gcp.audit.method_name", .wildcard, "v*.Compute.Firewalls.Delete"), ["GCP-compute/*"]),
      ("-/gcp/gcp.audit", test("gcp.audit.method_name", .endsWith, ".serviceAccounts.create"), ["GCP-iam/*"]),
      ("-/github/audit", eq("action", "org.add_member"), ["GitHub-org/org.add_member!"]),
      ("-/m365/audit", eq("Operation", "New-InboxRule"), ["M365-Exchange/New-InboxRule!"]),
      (
        "-/m365/audit", test("Operation", .contains, "Disable Strong Authentication."),
        ["M365-AzureActiveDirectory/Disable Strong Authentication.!"]
      ),
      ("-/m365/audit", test("Operation", .contains, "domain"), ["M365-audit/*"]),
      (
        "-/m365/audit", eq("Operation", "Set-MailboxJunkEmailConfiguration"),
        ["M365-Exchange/Set-MailboxJunkEmailConfiguration!"]
      ),
      (
        "-/github/audit", test("action", .contains, "secret_scanning_push_protection.bypass"),
        ["GitHub-secret_scanning_push_protection/secret_scanning_push_protection.bypass!"]
      ),
      (
        "-/aws/cloudtrail",
        .all([eq("eventSource", "lambda.amazonaws.com"), test("eventName", .startsWith, "UpdateFunctionConfiguration")]
        ),
        ["AWS-lambda/UpdateFunctionConfiguration!"]
      ),
      ("-/m365/audit", .all([eq("Workload", "exchange"), eq("Operation", "X")]), ["M365-Exchange/X!"]),
      (
        "-/m365/audit", eq("Operation", "FileDownloaded"),
        ["M365-OneDrive/FileDownloaded!", "M365-SharePoint/FileDownloaded!"]
      ),
      (
        "-/kubernetes/audit",
        .all([eq("verb", "create"), eq("objectRef.resource", "pods"), eq("objectRef.subresource", "exec")]),
        ["Kubernetes-audit/create pods/exec!"]
      ),
      (
        "-/fortigate/event", .all([eq("action", "Add"), eq("cfgpath", "system.admin")]),
        ["FortiGate-event/Add system.admin!"]
      ),
      (
        "-/zeek/dce_rpc", .all([eq("endpoint", "svcctl"), eq("operation", "CreateServiceW")]),
        ["Zeek-dce_rpc/CreateServiceW"]
      ),
      ("-/zeek/dce_rpc", eq("endpoint", "svcctl"), ["Zeek-dce_rpc/svcctl"]),
      ("-/onelogin/onelogin.events", eq("event_type_id", "532"), ["OneLogin-events/532!"]),
      ("application/opencanary/-", eq("logtype", "4002"), ["OpenCanary/4002"]),
      ("-/linux/auditd", eq("type", "execve"), ["Linux-Auditd/EXECVE"]),
      ("-/linux/auditd", eq("type", "1309"), ["Linux-Auditd/EXECVE"]),
      ("file_event/linux/-", eq("TargetFilename", "x"), ["Linux-Auditd/PATH", "Linux-Sysmon/11"]),
      ("process_creation/linux/-", eq("ParentImage", "x"), ["Linux-Sysmon/1"]),
      (
        "process_creation/windows/-", eq("CommandLine", "x"),
        ["Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
      ),
      (
        "process_creation/windows/-", eq("ParentImage", "x"),
        ["Microsoft-Windows-Security-Auditing/4688", "Microsoft-Windows-Sysmon/1"]
      ),
      ("process_creation/windows/-", eq("OriginalFileName", "x"), ["Microsoft-Windows-Sysmon/1"]),
      ("registry_event/windows/-", eq("EventType", "SetValue"), ["Microsoft-Windows-Sysmon/13"]),
      ("registry_event/windows/-", eq("NewName", "x"), ["Microsoft-Windows-Sysmon/14"]),
      ("pipe_created/windows/-", eq("PipeName", "x"), ["Microsoft-Windows-Sysmon/17", "Microsoft-Windows-Sysmon/18"]),
      (
        "ps_script/windows/-", eq("ScriptBlockText", "x"), ["Microsoft-Windows-PowerShell/4104", "PowerShellCore/4104"]
      ),
      (
        "-/windows/security", anyOf("EventID", "4624", "1102", "528"),
        ["Microsoft-Windows-Eventlog/1102", "Microsoft-Windows-Security-Auditing/4624", "Security/528"]
      ),
      ("-/windows/security", .all([eq("EventID", "517"), eq("Provider_Name", "Security")]), ["Security/517"]),
      ("-/windows/system", eq("EventID", "7045"), ["Service Control Manager/7045"]),
      (
        "-/windows/system", .all([eq("EventID", "16"), eq("Provider_Name", "Microsoft-Windows-Kernel-General")]),
        ["Microsoft-Windows-Kernel-General/16"]
      ),
      ("-/windows/system", eq("EventID", "16"), ["Windows-System/16"]),
      (
        "-/windows/system",
        .all([
          eq("EventID", "39"),
          anyOf(
            "Provider_Name", "Kerberos-Key-Distribution-Center", "Microsoft-Windows-Kerberos-Key-Distribution-Center"),
        ]),
        ["Microsoft-Windows-Kerberos-Key-Distribution-Center/39"]
      ),
      (
        "-/windows/application", .all([eq("EventID", "33205"), test("Provider_Name", .contains, "MSSQL")]),
        ["MSSQLSERVER/33205"]
      ),
      // Defender's own SourceName is what detected the malware.
      (
        "-/windows/windefend", .all([eq("EventID", "1116"), eq("SourceName", "AMSI")]),
        ["Microsoft-Windows-Windows Defender/1116"]
      ),
      (
        "antivirus/windows/-", .all([eq("EventID", "1116"), eq("SourceName", "AMSI")]),
        ["Microsoft-Windows-Windows Defender/1116"]
      ),
      (
        "-/windows/windefend",
        .all([eq("EventID", "1116"), eq("winlog.provider_name", "Microsoft-Windows-Windows Defender")]),
        ["Microsoft-Windows-Windows Defender/1116"]
      ),
      ("-/windows/system", .all([eq("EventCode", "7045"), eq("SourceName", "Ntfs")]), ["Ntfs/7045"]),
      ("-/windows/ntlm", eq("EventID", "8004"), ["Microsoft-Windows-Security-Netlogon/8004"]),
      ("-/windows/applocker", eq("EventID", "8004"), ["Microsoft-Windows-AppLocker/8004"]),
      ("webserver/apache/-", eq("cs-uri-query", "x"), ["Webserver-access/*"]),
    ] as [(String, Predicate, [String])])
  func mapRules(logSource: String, predicate: Predicate, expected: [String]) {
    #expect(map.words(source(logSource), predicate) == expected)
  }

  /// Numbers that other categories' events have, and such as tell the same.
  @Test(arguments: [
    ("ps_script/windows/-", "4103", []), ("ps_module/windows/-", "4104", []), ("driver_load/windows/-", "7045", []),
    ("driver_load/windows/-", "13", []), ("file_access/windows/-", "4663", []), ("file_access/windows/-", "11", []),
    ("file_access/windows/-", "12", ["Microsoft-Windows-Kernel-File/12"]), ("file_rename/windows/-", "2", []),
    ("file_rename/windows/-", "27", ["Microsoft-Windows-Kernel-File/27"]),
    ("registry_set/windows/-", "4657", ["Microsoft-Windows-Security-Auditing/4657"]),
    ("file_delete/windows/-", "26", ["Microsoft-Windows-Sysmon/26"]),
  ])
  func holdTheNumbersOfACategoryAgainstARule(logSource: String, number: String, expected: [String]) {
    let found = map.events(for: source(logSource), stages: stages(eq("EventID", number)))
    #expect(found.words == expected)
    #expect((found.contradiction != nil) == expected.isEmpty)
  }

  @Test(arguments: [
    ("security", "4626", false), ("security", "4798", false), ("security", "5890", false), ("security", "6424", false),
    ("security", "1102", false), ("security", "592", false), ("security", "46244", true), ("security", "4628", true),
    ("powershell", "40961", false), ("powershell", "53504", false), ("powershell", "4107", true),
    ("bits-client", "16403", false), ("bits-client", "59", false), ("bits-client", "58", true),
    ("taskscheduler", "325", false), ("taskscheduler", "321", true), ("windefend", "9999", false),
    ("system", "9999", false), ("sysmon", "255", false), ("sysmon", "31", true),
  ])
  func reportNumbersThatNoEventHas(service: String, number: String, isReported: Bool) {
    let found = map.events(for: source("-/windows/\(service)"), stages: stages(eq("EventID", number)))
    #expect(!found.unlisted.isEmpty == isReported)
  }

  /// A field of the log source's own records can't tell who wrote them.
  @Test func pinNoFieldThatTheEventsUseForSomethingElse() {
    for source in map.logSources {
      let own = Set(source.targets.compactMap { map.provider(named: $0.provider) }.flatMap(\.events).flatMap(\.fields))
      // Security 1108 tells of another event's id, beside its own.
      #expect(own.intersection(source.pinnedFields).subtracting(["EventID"]).isEmpty, "\(source.logSource)")
    }
  }

  @Test func haveATitleForEveryOperation() {
    for source in map.logSources where source.namesOperations {
      for target in source.targets {
        #expect(map.title(of: Event(provider: target.provider, name: "x")) != nil, "\(source.logSource)")
      }
    }
  }

  @Test func nameOnlyKnownEventsInWhatLogSourcesAndEquivalentsHold() {
    let withNumbers = ["Microsoft-Windows-Sysmon", "Microsoft-Windows-Security-Auditing", "PowerShell", "Linux-Auditd"]
    for target in map.logSources.flatMap(\.targets) where withNumbers.contains(target.provider) {
      guard case .event(let event) = target.extent else { continue }
      #expect(map.description(of: Event(provider: target.provider, name: event)) != nil, "\(target)")
    }
    for pair in map.equivalents {
      for event in [pair.first, pair.second].compactMap({ $0 }) where !event.isAny {
        #expect(map.description(of: event) != nil, "\(event)")
      }
    }
  }

  @Test func knowTheFieldsThatEquivalentsName() {
    for pair in map.equivalents {
      guard let fields = map.fields(of: pair.first) else { continue }
      let named = pair.fields.flatMap(\.first) + pair.firstOnly
      #expect(Set(named).subtracting(fields).isEmpty, "\(pair.first) \(pair.second as Any)")
    }
  }

  @Test func sayWhatMustBeTurnedOn() {
    let creation = Event(provider: "Microsoft-Windows-Security-Auditing", name: "4688")
    #expect(
      map.requirements(of: creation).map { "\($0.kind.rawValue): \($0.text)" } == [
        "auditPolicy: Process Creation", "setting: Include command line in process creation events",
        "version: Windows 10 or Server 2016, version 2 of the event",
      ])
    #expect(map.title(of: creation) == "Process creation")
    #expect(
      map.equivalents(of: creation).map(\.second) == [
        Event(provider: "Microsoft-Windows-Sysmon", name: "1"), Event(provider: "Security", name: "592"),
      ])
  }

  @Test func areExtendedAsTheReadmeSays() throws {
    let path = try #require(repositoryPath) + "/catalog/knowledge/events/README.md"
    let text = String(decoding: try #require(TemporaryFolder.bytes(of: path)), as: UTF8.self)
    let blocks = text.split(separator: "```").filter { $0.hasPrefix("yaml\n") }.map { String($0.dropFirst(5)) }
    let example = try #require(blocks.first { $0.hasPrefix("logsources:") })
    let extended = try EventMap(
      parsing: embeddedFiles(below: "catalog/knowledge/events/") + [("doorman.yml", Array(example.utf8))])
    let rule = stages(.all([eq("action", "door.open"), eq("zone", "server-room")]))
    let found = extended.events(for: LogSource(product: "doorman", service: "access"), stages: rule)
    #expect(
      found.events == [
        MappedEvent(event: Event(provider: "Doorman", name: "door.open"), isOperation: true, title: "Door opened")
      ])
  }
}
