import Diagnostics
import Events
import RuleModel
import Testing

/// What rules of other dialects than Sigma call the log sources of a map.
@Suite struct DialectNameTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      logsources:
        - product: okta
          service: okta
          datasets: [okta, okta.system]
          tables: [Okta_CL, OktaSSO]
          operations: true
          pin: {event: [eventType, event.action, eventType_s]}
          events: [{provider: Okta}, {provider: "Okta-{label}", pinned: ["{label}.*"]}]
        - {datasets: [winlogbeat, windows], events: [{provider: Windows-any}]}
        - {datasets: [winlogbeat, windows], eventCategory: process, events: [{provider: Sysmon, event: 1}]}
        - {datasets: ["zeek.*"], events: [{provider: Zeek}]}
        - {datasets: [zeek.dns], events: [{provider: Zeek-dns}]}
        - {datasets: ["osquery.*"], events: [{provider: Osquery}]}
        - {eventCategory: file, events: [{provider: Endpoint, event: file}]}
        - {tables: [SigninLogs], events: [{provider: SignIns}]}
        - {tables: [DoorOpened], pin: {event: [Action]}, events: [{provider: Doors, event: opened}]}
        - {tables: [DoorEvents], pin: {event: [Action]}, events: [{provider: Door-events}, {provider: Bells, pinned: [rang]}]}
        - {tables: [DoorInfo], events: [{provider: Door-info}]}
        - {tables: ["_Im_Dns*", "imDns*"], events: [{provider: ASIM-Dns}]}
        - {product: acme, service: acme.audit, events: [{provider: Acme}]}
        - {logTypes: [Okta.SystemLog, "Box.*"], events: [{provider: Logs}]}
        - {logTypes: ["{event}"], eventCategory: resource, pin: {event: [ResourceType]}, events: [{provider: Resources}]}
        - product: windows
          service: security
          sources: ["WinEventLog:Security", "Windows Event Log Security {event}"]
          pin: {event: [EventCode], numbers: true}
          events: [{provider: Security}]
        - sources: ["acme:trail", "Trail {event}"]
          operations: true
          pin: {event: [name], provider: [{field: source, value: "{part}.*", name: "Trail-{part}"}]}
          events: [{provider: Trail}, {provider: Trail-iam, pinned: [CreateUser]}]
        - {sources: ["WinEventLog:*"], events: [{provider: Windows-any}]}
        - {sources: [Endpoint.Processes], events: [{provider: Sysmon, event: 1}]}
        - {products: [Okta, OKTA_LOG], events: [{provider: Okta}]}
        - {products: [Okta], eventCategory: USER_LOGIN, events: [{provider: Okta, event: login}]}
        - {eventCategory: USER_LOGIN, events: [{provider: Any, event: login}]}
      """)
  }

  private func words(_ dialect: Dialect, _ logSource: LogSource, _ predicate: Predicate = .all([])) -> [String] {
    map.events(for: logSource, dialect: dialect, stages: stages(predicate)).words
  }

  @Test(arguments: [
    ("-/okta/okta.system", ["Okta/*"]), ("-/okta/-", ["Okta/*"]), ("-/OKTA/Okta.System", ["Okta/*"]),
    // What reads all that begins so.
    ("-/okta/okta*", ["Okta/*"]), ("-/windows/windows.*", ["Windows-any/*"]),
    // The category of events, where an entry is for it.
    ("process/windows/-", ["Sysmon/1"]), ("process/winlogbeat/-", ["Sysmon/1"]),
    ("file/winlogbeat/-", ["Windows-any/*"]),
    // A name goes before a pattern.
    ("-/zeek/zeek.dns", ["Zeek-dns/*"]), ("-/zeek/zeek.http", ["Zeek/*"]), ("network/zeek/zeek.http", ["Zeek/*"]),
    ("-/osquery/users", ["Osquery/*"]),
    // Without any data set, by the category alone.
    ("file/-/-", ["Endpoint/file"]),
    // By what the map says in the taxonomy's words.
    ("-/acme/acme.audit", ["Acme/*"]), ("process/acme/acme.audit", ["Acme/*"]),
    // Unknown; a package isn't known by its data sets, nor a data set by its package.
    ("-/zeek/-", []), ("-/okta/okta.other", []), ("registry/-/-", []),
  ])
  func elasticsDataSets(logSource: String, expected: [String]) {
    #expect(words(.elastic, source(logSource)) == expected)
  }

  @Test(arguments: [
    ("SigninLogs", ["SignIns/*"]), ("signinlogs", ["SignIns/*"]), ("Okta_CL", ["Okta/*"]),
    ("_Im_Dns", ["ASIM-Dns/*"]), ("imDnsEvents", ["ASIM-Dns/*"]), ("Im_Dns", []), ("okta.system", []),
  ])
  func kustosTables(table: String, expected: [String]) {
    #expect(words(.kusto, LogSource(service: table)) == expected)
  }

  /// A name with stars stands for all that it matches; where an event is named, for those that name it so.
  @Test(arguments: [
    ("Door*", Predicate.all([]), ["Door-events/*", "Door-info/*", "Doors/opened"]),
    ("door*", eq("Action", "rang"), ["Bells/rang"]), ("*Info", eq("Action", "rang"), ["Door-info/*"]),
    ("Do*I*", .all([]), ["Door-info/*"]), ("Windows*", .all([]), []), ("*", .all([]), []), ("D?orInfo", .all([]), []),
  ])
  func kustosTablesByPattern(table: String, predicate: Predicate, expected: [String]) {
    let found = map.events(for: LogSource(service: table), dialect: .kusto, stages: stages(predicate))
    #expect(found.words == expected)
    #expect(found.unmapped.isEmpty == !expected.isEmpty)
    #expect(found.ofLogSources.isEmpty)
  }

  @Test func otherNamesByPattern() {
    #expect(words(.splunk, source("-/*WinEventLog:Security/-"), eq("EventCode", "4625")) == ["Security/4625"])
    #expect(words(.splunk, source("-/*XmlWinEventLog:Security/-"), eq("EventCode", "4625")) == ["Security/4625"])
    #expect(words(.splunk, source("-/-/acme*")) == ["Trail/*"])
    // What the map has only as a pattern.
    #expect(words(.splunk, source("-/*WinEventLog:Other/-")) == ["Windows-any/*"])
    // A known name goes before a pattern, of which any may be the right one.
    #expect(words(.splunk, source("-/*/acme:trail")) == ["Trail/*"])
    #expect(words(.elastic, source("-/wind*/-")) == ["Windows-any/*"])
    #expect(words(.elastic, source("process/wind*/-")) == ["Sysmon/1"])
    #expect(words(.panther, source("-/-/Okta.Sys*")) == ["Logs/*"])
    #expect(words(.yaral, source("-/OKTA_*/-")) == ["Okta/*"])
  }

  @Test(arguments: [
    ("-/-/Okta.SystemLog", ["Logs/*"]), ("-/-/okta.systemlog", ["Logs/*"]), ("-/-/Box.Event", ["Logs/*"]),
    // A query's table is a log type, in whatever database.
    ("-/-/panther_logs.public.okta_systemlog", ["Logs/*"]), ("-/-/panther_logs.public.box_event", ["Logs/*"]),
    ("-/-/okta_systemlog", ["Logs/*"]),
    // The type of a resource, whatever log type has its name.
    ("resource/-/AWS.S3.Bucket", ["Resources/AWS.S3.Bucket"]),
    ("resource/-/Okta.SystemLog", ["Resources/Okta.SystemLog"]),
    // By what the map says in the taxonomy's words.
    ("-/acme/acme.audit", ["Acme/*"]), ("-/-/AWS.S3.Bucket", []),
  ])
  func panthersLogTypes(logSource: String, expected: [String]) {
    #expect(words(.panther, source(logSource)) == expected)
  }

  @Test(arguments: [
    // The source says more than the source type.
    ("-/WinEventLog:Security/WinEventLog", Predicate.all([]), ["Security/*"]),
    ("-/XmlWinEventLog:Security/xmlwineventlog", .all([]), ["Security/*"]),
    ("-/WinEventLog:Other/xmlwineventlog", .all([]), ["Windows-any/*"]),
    ("-/other/acme:trail", .all([]), ["Trail/*"]),
    ("Endpoint.Processes/-/-", .all([]), ["Sysmon/1"]),
    // A name that names the event: for a rule that names none.
    ("-/-/Windows Event Log Security 4624", .all([]), ["Security/4624"]),
    ("-/-/windows event log security 4624,4625", .all([]), ["Security/4624", "Security/4625"]),
    ("-/-/Windows Event Log Security 4624", eq("EventCode", "4625"), ["Security/4625"]),
    (
      "-/-/Windows Event Log Security 4624", .any([eq("EventCode", "4625"), eq("User", "x")]),
      ["Security/4624", "Security/4625"]
    ),
    ("-/-/Trail CreateUser", eq("user", "x"), ["Trail-iam/CreateUser!"]),
    ("-/-/Trail CreateUser", eq("source", "kms.acme"), ["Trail-kms/CreateUser!"]),
    ("-/-/Trail Read, or write", .all([]), ["Trail/Read, or write!"]),
    ("-/-/Trail", .all([]), []),
  ])
  func splunksSources(logSource: String, predicate: Predicate, expected: [String]) {
    #expect(words(.splunk, source(logSource), predicate) == expected)
  }

  @Test(arguments: [
    ("-/Okta/-", ["Okta/*"]), ("-/-/OKTA_LOG", ["Okta/*"]), ("USER_LOGIN/okta/-", ["Okta/login"]),
    ("USER_CREATION/Okta/-", ["Okta/*"]), ("USER_LOGIN/-/-", ["Any/login"]),
    // The log type, where the map doesn't know the product.
    ("USER_LOGIN/Unheard/OKTA_LOG", ["Okta/*"]),
    // Unknown, although the type of event is known without a product.
    ("USER_LOGIN/Unheard/-", []), ("USER_CREATION/-/-", []),
    ("-/windows/security", ["Security/*"]),
  ])
  func yaralsProducts(logSource: String, expected: [String]) {
    #expect(words(.yaral, source(logSource)) == expected)
  }

  @Test func aSigmaRuleHasNoDataSetsAndTables() {
    #expect(words(.sigma, LogSource(service: "SigninLogs")) == [])
    #expect(words(.sigma, LogSource(product: "okta", service: "okta.system")) == [])
    #expect(words(.sigma, LogSource(category: "process", product: "windows")) == [])
    #expect(words(.sigma, LogSource(product: "okta", service: "okta")) == ["Okta/*"])
  }

  @Test func severalDialectsShareAnOperation() {
    let expected = ["Okta-user/user.session.start!"]
    let sigma = words(.sigma, LogSource(product: "okta", service: "okta"), eq("eventType", "user.session.start"))
    let elastic = words(
      .elastic, LogSource(product: "okta", service: "okta.system"), eq("event.action", "user.session.start"))
    let kusto = words(.kusto, LogSource(service: "OktaSSO"), eq("eventType_s", "user.session.start"))
    #expect(sigma == expected)
    #expect(elastic == expected)
    #expect(kusto == expected)
  }

  @Test func aLaterFileHasTheName() throws {
    let map = try readMap(
      "logsources: [{datasets: [a.b, a.c], events: [{provider: First}]}]",
      "logsources: [{datasets: [a.b], events: [{provider: Second}]}]")
    func provider(_ dataset: String) -> [String] {
      map.events(for: LogSource(product: "a", service: dataset), dialect: .elastic, stages: []).words
    }
    #expect(provider("a.b") == ["Second/*"])
    #expect(provider("a.c") == ["First/*"])
  }

  @Test(arguments: [
    (
      Dialect.elastic, LogSource(category: "file", product: "acme", service: "acme.doors"),
      "the event map doesn't know the data set 'acme.doors'; add it to an event map of your own: "
        + "logsources: [{datasets: [acme.doors], events: [{provider: NAME}]}]",
      "logsources:\n  - datasets: [acme.doors]\n    events:\n      - {provider: NAME}\n"
    ),
    (
      .elastic, LogSource(product: "okta", service: "okta.systen"),
      "the event map doesn't know the data set 'okta.systen'; did you mean 'okta.system'? If not, add it to an event map "
        + "of your own: logsources: [{datasets: [okta.systen], events: [{provider: NAME}]}]",
      "logsources:\n  - datasets: [okta.systen]\n    events:\n      - {provider: NAME}\n"
    ),
    (
      .elastic, LogSource(category: "registry"),
      "the event map doesn't know the event category 'registry'; add it to an event map of your own: "
        + "logsources: [{eventCategory: registry, events: [{provider: NAME}]}]",
      "logsources:\n  - eventCategory: registry\n    events:\n      - {provider: NAME}\n"
    ),
    (
      .kusto, LogSource(service: "SignInLog"),
      "the event map doesn't know the table 'SignInLog'; did you mean 'SigninLogs'? If not, add it to an event map of your "
        + "own: logsources: [{tables: [SignInLog], events: [{provider: NAME}]}]",
      "logsources:\n  - tables: [SignInLog]\n    events:\n      - {provider: NAME}\n"
    ),
    (
      .panther, LogSource(service: "Okta.SystemLogs"),
      "the event map doesn't know the log type 'Okta.SystemLogs'; did you mean 'Okta.SystemLog'? If not, add it to an event "
        + "map of your own: logsources: [{logTypes: [Okta.SystemLogs], events: [{provider: NAME}]}]",
      "logsources:\n  - logTypes: [Okta.SystemLogs]\n    events:\n      - {provider: NAME}\n"
    ),
    (
      .splunk, LogSource(product: "doors", service: "doors:json"),
      "the event map doesn't know the source 'doors'; add it to an event map of your own: "
        + "logsources: [{sources: [doors], events: [{provider: NAME}]}]",
      "logsources:\n  - sources: [doors]\n    events:\n      - {provider: NAME}\n"
    ),
    (
      .yaral, LogSource(category: "USER_LOGIN", product: "Doors"),
      "the event map doesn't know the product 'Doors'; add it to an event map of your own: "
        + "logsources: [{products: [Doors], events: [{provider: NAME}]}]",
      "logsources:\n  - products: [Doors]\n    events:\n      - {provider: NAME}\n"
    ),
    (
      .yaral, LogSource(category: "DOOR_OPEN"),
      "the event map doesn't know the event category 'DOOR_OPEN'; add it to an event map of your own: "
        + "logsources: [{eventCategory: DOOR_OPEN, events: [{provider: NAME}]}]",
      "logsources:\n  - eventCategory: DOOR_OPEN\n    events:\n      - {provider: NAME}\n"
    ),
  ])
  func whatIsUnknownSaysHowToAddIt(dialect: Dialect, logSource: LogSource, message: String, entry: String) throws {
    let unmapped = try #require(map.events(for: logSource, dialect: dialect, stages: []).unmapped.first)
    #expect(unmapped.diagnostic(at: SourceLocation(path: "x", line: 1, column: 1)).message == message)
    #expect(unmapped.entry == entry)
    // The entry is one that the map takes.
    let added = try readMap(unmapped.entry)
    #expect(added.events(for: logSource, dialect: dialect, stages: []).words == ["NAME/*"])
  }

  @Test(arguments: [
    (
      "logsources:\n  - {datasets: [a.b], events: [{provider: A}]}\n  - {datasets: [a.c, a.b], events: [{provider: B}]}",
      "a.yml:3:22: error: the data set 'a.b' is already on line 2; a rule's events come from one entry [event-map]"
    ),
    (
      "logsources:\n  - {tables: [A], events: [{provider: A}]}\n  - {tables: [B, A], events: [{provider: B}]}",
      "a.yml:3:18: error: the table 'A' is already on line 2; a rule's events come from one entry [event-map]"
    ),
    (
      "logsources:\n  - {sources: [\"Trail {event}\"], events: [{provider: A}]}",
      "a.yml:2:5: error: 'Trail {event}' names an event; add a 'pin' with the field in which rules name it [event-map]"
    ),
  ])
  func mistakes(text: String, expected: String) {
    #expect(EventsTests.mistakes(in: text) == [expected])
  }

  /// A field of several values can have two of them at once.
  @Test(arguments: [
    ("several: [event.type]", ["P/start"]), ("", []),
  ])
  func fieldsOfSeveralValues(key: String, expected: [String]) throws {
    let map = try readMap(
      """
      pins: {ecs: {event: [event.code]\(key.isEmpty ? "" : ", " + key)}}
      logsources:
        - datasets: [d]
          pin: ecs
          events:
            - {provider: P, event: start, when: {event.type: [start]}}
            - {provider: P, event: end, when: {event.type: [end]}}
      """)
    let both = Predicate.all([eq("event.type", "start"), eq("event.type", "info")])
    #expect(map.events(for: LogSource(product: "d"), dialect: .elastic, stages: stages(both)).words == expected)
  }
}
