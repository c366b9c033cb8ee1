import Events
import RuleModel
import TestSupport
import Testing

@Suite struct FieldMapTests {
  let map: FieldMap

  init() throws {
    map = try FieldMap(
      parsing: embeddedFiles(below: "catalog/knowledge/fields.yml"))
  }

  private static let sysmon = Event(provider: "Microsoft-Windows-Sysmon", name: "1")
  private static let audit = Event(provider: "Microsoft-Windows-Security-Auditing", name: "4688")

  @Test(
    arguments: [
      // The taxonomy's names are canonical where the category says what they are.
      ("NewProcessName", "process_creation/windows/-", Dialect.sigma, "Image"),
      ("process.executable", "process_creation/windows/-", .sigma, "Image"),
      ("process.executable", "process_creation/linux/-", .elastic, "Image"),
      ("ParentProcessName", "process_creation/windows/-", .sigma, "ParentImage"),
      ("Image", "process_creation/windows/-", .sigma, nil),
      ("CommandLine", "process_creation/windows/-", .sigma, nil),
      ("ProcessId", "process_creation/windows/-", .sigma, nil),
      ("Imphash", "process_creation/windows/-", .sigma, "imphash"),
      ("SHA256", "process_creation/windows/-", .sigma, "sha256"),
      // Other values than the canonical field has: the last part of a path, an account without its domain.
      ("process.name", "process_creation/windows/-", .elastic, nil),
      ("SubjectUserName", "process_creation/windows/-", .sigma, nil),
      ("ProcessName", "process_creation/windows/-", .sigma, nil),
      // Other values again: \Device\NamedPipe\lsass for \lsass, 4112 for 0x1010, SUCCESS for 0.
      ("AdditionalFields.PipeName", "pipe_created/windows/-", .kusto, nil),
      ("AdditionalFields.DesiredAccess", "process_access/windows/-", .kusto, nil),
      ("sysmon.dns.status", "dns_query/windows/-", .elastic, nil),
      // One name, other fields by category.
      ("FolderPath", "process_creation/windows/-", .kusto, "Image"),
      ("FolderPath", "file_event/windows/-", .kusto, "TargetFilename"),
      ("FolderPath", "process_creation/windows/-", .sigma, nil),
      ("process.executable", "process_access/windows/-", .elastic, "SourceImage"),
      ("file.path", "file_event/windows/-", .elastic, "TargetFilename"),
      ("file.path", "image_load/windows/-", .elastic, "ImageLoaded"),
      ("query", "dns/-/-", .sigma, "QueryName"),
      ("query", "-/zeek/dns", .sigma, "QueryName"),
      ("query", "-/zeek/http", .sigma, nil),
      ("c-useragent", "webserver/-/-", .sigma, "cs-user-agent"),
      ("cs-user-agent", "proxy/-/-", .sigma, "c-useragent"),
      // Windows records in general.
      ("event.code", "-/windows/security", .elastic, "EventID"),
      ("ComputerName", "-/windows/system", .sigma, "Computer"),
      ("winlog.event_data.TargetUserName", "-/windows/security", .elastic, "TargetUserName"),
      ("winlog.event_data.ScriptBlockText", "ps_script/windows/-", .elastic, "ScriptBlockText"),
      ("winlog.event_data.", "-/windows/security", .elastic, nil),
      // Clouds.
      ("event.action", "-/okta/okta", .elastic, "eventType"),
      ("eventType_s", "-/okta/okta", .kusto, "eventType"),
      ("eventType", "-/okta/okta", .panther, nil),
      ("event.action", "-/aws/cloudtrail", .elastic, "eventName"),
      ("gcp.audit.method_name", "-/gcp/gcp.audit", .sigma, "protoPayload.methodName"),
      ("OperationName", "-/azure/auditlogs", .sigma, "operationName"),
      ("properties.message", "-/azure/auditlogs", .sigma, "operationName"),
      ("properties.message", "-/azure/activitylogs", .sigma, nil),
      ("resultType", "-/azure/signinlogs", .sigma, "ResultType"),
      ("event.action", "-/unheard/-", .elastic, nil),
      // By what other dialects call the log.
      ("process.executable", "process/endpoint/endpoint.events.process", .elastic, "Image"),
      ("process.executable", "-/endpoint/endpoint.events.process", .elastic, "Image"),
      ("process.executable", "-/unheard/unheard.log", .elastic, "Image"),
      ("process.executable", "process/-/-", .elastic, "Image"),
      ("process.parent.command_line", "process/winlogbeat/-", .elastic, "ParentCommandLine"),
      ("process.name", "process/winlogbeat/-", .elastic, nil),
      ("file.path", "file/endpoint/endpoint.events.file", .elastic, "TargetFilename"),
      ("file.path", "library/windows/windows.sysmon_operational", .elastic, "ImageLoaded"),
      ("file.path", "-/unheard/-", .elastic, nil),
      ("registry.path", "registry/m365_defender/m365_defender.event", .elastic, "TargetObject"),
      ("dns.question.name", "network/endpoint/endpoint.events.network", .elastic, "QueryName"),
      ("destination.ip", "network/endpoint/endpoint.events.network", .elastic, "DestinationIp"),
      ("destination.ip", "-/panw/panw.panos", .elastic, nil),
      ("event.code", "-/system/system.security", .elastic, "EventID"),
      ("event.code", "-/cyberarkpas/cyberarkpas.audit", .elastic, nil),
      ("event.action", "-/okta/okta.system", .elastic, "eventType"),
      ("event.action", "-/aws/aws.cloudtrail", .elastic, "eventName"),
      ("FolderPath", "-/-/DeviceProcessEvents", .kusto, "Image"),
      ("InitiatingProcessFolderPath", "-/-/DeviceProcessEvents", .kusto, "ParentImage"),
      ("InitiatingProcessFolderPath", "-/-/DeviceFileEvents", .kusto, "Image"),
      ("InitiatingProcessFolderPath", "-/-/DeviceEvents", .kusto, "Image"),
      ("FolderPath", "-/-/DeviceFileEvents", .kusto, "TargetFilename"),
      // A process's name without its folder, and its parent's.
      ("process.name.caseless", "process/endpoint/endpoint.events.process", .elastic, "process.name"),
      ("process.parent.name", "process/endpoint/endpoint.events.process", .elastic, nil),
      ("FileName", "-/-/DeviceProcessEvents", .kusto, "process.name"),
      ("FileName", "-/-/DeviceFileEvents", .kusto, nil),
      ("InitiatingProcessFileName", "-/-/DeviceProcessEvents", .kusto, "process.parent.name"),
      ("InitiatingProcessFileName", "-/-/DeviceNetworkEvents", .kusto, "process.name"),
      ("InitiatingProcessFileName", "-/-/DeviceEvents", .kusto, "process.name"),
      ("Process", "-/-/SecurityEvent", .kusto, "process.name"),
      ("NewProcessName", "-/-/SecurityEvent", .kusto, "Image"),
      ("CommandLine", "-/-/SecurityEvent", .kusto, nil),
      ("TargetProcessName", "-/-/_Im_ProcessCreate", .kusto, "Image"),
      ("DnsQuery", "-/-/_Im_Dns", .kusto, "QueryName"),
      ("EventName", "-/-/AWSCloudTrail", .kusto, "eventName"),
      ("OperationName", "-/-/AuditLogs", .kusto, "operationName"),
      ("eventType_s", "-/-/OktaSSO", .kusto, "eventType"),
      ("Action", "-/-/GitHubAudit", .kusto, "action"),
      ("csUriStem", "-/-/W3CIISLog", .kusto, "cs-uri-stem"),
      ("eventType", "-/-/Okta.SystemLog", .panther, nil),
      ("properties.activityDisplayName", "-/-/Azure.Audit", .panther, "operationName"),
      ("resultType", "-/-/Azure.Audit", .panther, "ResultType"),
      ("name", "-/-/GSuite.ActivityEvent", .panther, "eventName"),
      ("name", "-/-/Okta.SystemLog", .panther, nil),
      ("Processes.process", "Endpoint.Processes/-/-", .splunk, "CommandLine"),
      ("Processes.process", "-/-/Sysmon EventID 1", .splunk, "CommandLine"),
      ("Processes.process_name", "-/-/Sysmon EventID 1", .splunk, "process.name"),
      ("Processes.parent_process_name", "Endpoint.Processes/-/-", .splunk, "process.parent.name"),
      ("Filesystem.process_name", "Endpoint.Filesystem/-/-", .splunk, "process.name"),
      ("Filesystem.file_path", "Endpoint.Filesystem/-/-", .splunk, "TargetFilename"),
      ("Registry.registry_path", "-/-/Sysmon EventID 13", .splunk, "TargetObject"),
      ("EventCode", "-/XmlWinEventLog:Security/-", .splunk, "EventID"),
      ("All_Changes.command", "-/-/Okta", .splunk, "eventType"),
      ("Authentication.signature", "-/-/AWS CloudTrail ConsoleLogin", .splunk, "eventName"),
      ("Web.url", "Web/-/-", .splunk, "c-uri"),
      ("target.process.command_line", "PROCESS_LAUNCH/-/-", .yaral, "CommandLine"),
      ("principal.process.command_line", "PROCESS_LAUNCH/-/-", .yaral, "ParentCommandLine"),
      ("principal.process.file.full_path", "PROCESS_LAUNCH/-/-", .yaral, "ParentImage"),
      ("principal.process.file.full_path", "FILE_CREATION/-/-", .yaral, "Image"),
      ("principal.process.file.full_path", "REGISTRY_MODIFICATION/Unheard/-", .yaral, "Image"),
      ("target.process.command_line", "-/Unheard/-", .yaral, "CommandLine"),
      ("metadata.product_event_type", "USER_LOGIN/Okta/-", .yaral, "eventType"),
      ("metadata.product_event_type", "-/AWS CloudTrail/-", .yaral, "eventName"),
      ("metadata.product_event_type", "-/windows/sysmon", .yaral, "EventID"),
      ("metadata.product_event_type", "-/Unheard/-", .yaral, nil),
      ("principal.ip", "USER_LOGIN/Okta/-", .yaral, "client.ipAddress"),
      // Names that mean the same in any log, known or not.
      ("Processes.process_name", "-/-/unheard", .splunk, "process.name"),
      ("Processes.process_path", "-/-/-", .splunk, "Image"),
      ("All_Traffic.dest_port", "-/-/unheard", .splunk, "DestinationPort"),
      ("EventCode", "-/-/unheard", .splunk, "EventID"),
      ("process.executable", "-/-/-", .elastic, "Image"),
      ("winlog.logon.type", "-/unheard/-", .elastic, "LogonType"),
      ("http.request.method", "-/unheard/-", .elastic, "cs-method"),
      ("target.process.command_line", "-/-/-", .yaral, "CommandLine"),
      ("network.http.user_agent", "-/-/-", .yaral, "c-useragent"),
      ("network.http.user_agent", "-/AWS CloudTrail/-", .yaral, "userAgent"),
      ("NewProcessName", "-/-/-", .kusto, nil), ("file.path", "-/-/-", .elastic, nil),
      // A Sigma rule has none of these logs.
      ("FolderPath", "-/-/DeviceProcessEvents", .sigma, nil),
      ("process.executable", "process/-/-", .sigma, nil),
    ] as [(String, String, Dialect, String?)])
  func namesAFieldByItsLogSource(field: String, logSource: String, dialect: Dialect, expected: String?) {
    #expect(map.canonical(field, for: source(logSource), dialect: dialect, events: []) == expected)
  }

  /// A query reads tables for other reasons than a field: those that don't know it say nothing against it.
  @Test(
    arguments: [
      ("FolderPath", ["DeviceProcessEvents", "IdentityInfo"], "Image"),
      ("FolderPath", ["IdentityInfo", "DeviceProcessEvents"], "Image"),
      ("InitiatingProcessFolderPath", ["DeviceNetworkEvents", "DeviceFileEvents"], "Image"),
      // One thing in one table and another in the other.
      ("FolderPath", ["DeviceProcessEvents", "DeviceFileEvents"], nil),
      ("InitiatingProcessFolderPath", ["DeviceProcessEvents", "DeviceFileEvents"], nil),
      ("FolderPath", ["IdentityInfo", "SigninLogs"], nil),
    ] as [(String, [String], String?)])
  func namesAFieldOfSeveralTables(field: String, tables: [String], expected: String?) {
    let logSources = tables.map { LogSource(service: $0) }
    let meanings = FieldMap.Meanings(of: map, for: logSources, dialect: .kusto, events: [])
    #expect(meanings.canonical(field) == expected)
  }

  @Test(arguments: [
    ("NewProcessName", [audit], "Image"),
    ("ProcessId", [audit], "ParentProcessId"),
    ("NewProcessId", [audit], "ProcessId"),
    ("CommandLine", [audit], nil),
    ("winlog.event_data.NewProcessName", [audit], "Image"),
    ("ProcessName", [Event(provider: "Microsoft-Windows-Security-Auditing", name: "4657")], "Image"),
    ("SourceAddress", [Event(provider: "Microsoft-Windows-Security-Auditing", name: "5156")], "SourceIp"),
    // The path of a device: \device\harddiskvolume2\windows\system32\svchost.exe
    ("Application", [Event(provider: "Microsoft-Windows-Security-Auditing", name: "5156")], nil),
    // The means of logging on, as win:local.
    ("Authentication.app", [Event(provider: "Microsoft-Windows-Security-Auditing", name: "4624")], nil),
    // 4663 may be of a file, a key or a process, 4656 too.
    ("ObjectName", [Event(provider: "Microsoft-Windows-Security-Auditing", name: "4663")], nil),
    ("ProcessName", [Event(provider: "Microsoft-Windows-Security-Auditing", name: "4663")], nil),
    // One of the events is of another class, or no event is known.
    ("NewProcessName", [audit, Event(provider: "Microsoft-Windows-Security-Auditing", name: "4689")], nil),
    ("NewProcessName", [Event(provider: "Microsoft-Windows-Security-Auditing", name: "*")], nil),
    ("NewProcessName", [], nil),
    // Sysmon's own event has Sysmon's own names.
    ("ProcessId", [sysmon], nil),
    ("NewProcessName", [sysmon], nil),
  ])
  func namesAFieldByItsEvents(field: String, events: [Event], expected: String?) {
    let found = map.canonical(
      field, for: LogSource(product: "windows", service: "security"), dialect: .elastic, events: events)
    #expect(found == expected)
  }

  @Test func letsALaterFileReplaceAField() throws {
    let own =
      "schemas: {own: {dialects: [sigma]}}\nclasses:\n  okta: {fields: {eventType: {own: kind}}}\n"
      + "  doors: {logsources: [{product: doorman}], fields: {badge: {own: card}}}"
    let both = try FieldMap(
      parsing: embeddedFiles(below: "catalog/knowledge/fields.yml") + [("own.yml", Array(own.utf8))])
    let okta = LogSource(product: "okta", service: "okta")
    #expect(both.canonical("kind", for: okta, dialect: .sigma, events: []) == "eventType")
    #expect(both.canonical("event.action", for: okta, dialect: .elastic, events: []) == nil)
    #expect(both.canonical("okta.outcome.result", for: okta, dialect: .elastic, events: []) == "outcome.result")
    #expect(both.canonical("card", for: LogSource(product: "doorman"), dialect: .sigma, events: []) == "badge")
  }

  @Test(arguments: [
    (
      "schemas: {x: {dialect: [sigma]}}",
      "f.yml:1:15: error: a schema has no key 'dialect'; did you mean 'dialects'? [event-map]"
    ),
    (
      "schemas: {x: {dialects: [sgima]}}",
      "f.yml:1:26: error: a dialect can't be 'sgima'; it is one of sigma, elastic, kusto, panther, splunk, yaral [event-map]"
    ),
    (
      "schemas: {ecs: {}}\nclasses: {c: {fields: {Image: {esc: a}}}}",
      "f.yml:2:32: error: the names of 'Image' has no key 'esc'; did you mean 'ecs'? [event-map]"
    ),
    (
      "classes: {c: {events: [{provider: P}]}}",
      "f.yml:1:24: error: an entry of 'events' needs a 'provider' and 'events' [event-map]"
    ),
  ])
  func tellsMistakesWithTheirPlaces(text: String, expected: String) {
    let error = #expect(throws: KnowledgeError.self) {
      try FieldMap(parsing: [("f.yml", Array(text.utf8))])
    }
    #expect(error?.diagnostics.map(\.description) == [expected])
  }

  @Test func tellsWhatSchemasCallAField() throws {
    let text = """
      schemas:
        ecs: {title: Elastic Common Schema, dialects: [elastic]}
        cim: {dialects: [splunk]}
      classes:
        process:
          logsources: [{product: windows, category: process}]
          fields: {Image: {ecs: process.executable, cim: [Process.path, Image]}}
        module: {events: [{provider: S, events: [6, 7]}], fields: {Image: {cim: App.path}, Other: {ecs: other}}}
        thread: {logsources: [{category: thread}], fields: {Image: {cim: App.path}}}
        table: {logsources: [{tables: [T1, "T2*"]}], fields: {Image: {ecs: row.image}}}
        whatever: {logsources: [{tables: ["*"]}], fields: {Image: {ecs: some.image}}}
      """
    let map = try FieldMap(parsing: [("f.yml", Array(text.utf8))])
    let placed = map.names(ofCanonical: "Image")
    // Where it has the same names, once for both.
    #expect(placed.map(\.places) == [["windows · process"], ["S 6, 7", "thread"], ["T1", "T2*"], ["any log"]])
    #expect(
      placed.map { $0.schemas.map(\.schema) } == [
        ["Elastic Common Schema", "cim"], ["cim"], ["Elastic Common Schema"], ["Elastic Common Schema"],
      ])
    #expect(
      placed.map { $0.schemas.map(\.names) } == [
        [["process.executable"], ["Process.path"]], [["App.path"]], [["row.image"]], [["some.image"]],
      ])
    #expect(map.names(ofCanonical: "process.executable").isEmpty)
  }
}
