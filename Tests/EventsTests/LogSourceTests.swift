import Diagnostics
import Events
import RuleModel
import Testing

/// Which entry of the map a rule's log source takes.
@Suite struct LogSourceTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      logsources:
        - {category: process_creation, product: windows, events: [{provider: Sysmon, event: 1}, {provider: Audit, event: 4688}]}
        - {category: process_creation, product: linux, events: [{provider: Sysmon-L, event: 1}]}
        - {product: windows, service: sysmon, events: [{provider: Sysmon}]}
        - {product: windows, service: security, events: [{provider: Audit}]}
        - {product: windows, service: dns, events: [{provider: DNS}]}
        - product: windows
          service: system
          pin: {event: [EventID], provider: [Provider_Name]}
          events: [{provider: System}, {provider: Services, pinned: [7000-7045]}]
        - {category: webserver, events: [{provider: Web}]}
        - {service: apache, events: [{provider: Apache}]}
        - {product: qualys, events: [{provider: Qualys}]}
      """)
  }

  @Test(arguments: [
    ("process_creation/windows/-", ["Audit/4688", "Sysmon/1"]),
    ("Process_Creation/WINDOWS/-", ["Audit/4688", "Sysmon/1"]),
    // Of a category, what the service writes; all where that is nothing.
    ("process_creation/windows/sysmon", ["Sysmon/1"]),
    ("process_creation/windows/security", ["Audit/4688"]),
    ("process_creation/windows/dns", ["Audit/4688", "Sysmon/1"]),
    ("process_creation/windows/unheard", ["Audit/4688", "Sysmon/1"]),
    ("unheard/windows/security", ["Audit/*"]),
    // Without a product, all products'.
    ("process_creation/-/-", ["Audit/4688", "Sysmon/1", "Sysmon-L/1"]),
    // Any product's category or service.
    ("webserver/nginx/-", ["Web/*"]),
    ("-/linux/apache", ["Apache/*"]),
    ("-/qualys/-", ["Qualys/*"]),
    // Unknown.
    ("process_creation/aix/-", []),
    ("-/windows/-", []),
    ("-/qualys/scan", []),
    ("-/-/security", []),
  ])
  func takesTheEntryThatItIsACaseOf(logSource: String, expected: [String]) {
    #expect(map.words(source(logSource)) == expected)
  }

  /// As old rules of several documents have it: one looks for an id of the service, one for what the category holds.
  @Test(
    arguments: [
      (.all([]), ["Audit/4688", "Sysmon/1"]),
      (eq("Image", "x"), ["Audit/4688", "Sysmon/1"]),
      (eq("EventID", "7045"), ["Services/7045"]),
      (.all([eq("EventID", "7045"), eq("Provider_Name", "Services")]), ["Services/7045"]),
      (eq("Provider_Name", "Other"), ["Other/*"]),
      (eq("EventID", "16"), ["System/16"]),
      (.any([eq("EventID", "7045"), eq("Image", "x")]), ["Audit/4688", "Services/7045", "Sysmon/1"]),
      // An id of the category's.
      (eq("EventID", "4688"), ["Audit/4688"]),
      (.any([eq("EventID", "4688"), eq("EventID", "16")]), ["Audit/4688", "System/16"]),
    ] as [(Predicate, [String])])
  func hasTheEventsOfBothWhereTheServiceWritesNoneOfTheCategory(predicate: Predicate, expected: [String]) {
    #expect(map.words(source("process_creation/windows/system"), predicate) == expected)
  }

  @Test(arguments: [
    (
      "-/windows/secruity",
      "r.yml:2:3: warning: the event map doesn't know the log source 'product: windows, service: secruity'; did you mean "
        + "'product: windows, service: security'? If not, add it to an event map of your own: "
        + "logsources: [{product: windows, service: secruity, events: [{provider: NAME}]}] [logsource-unmapped]"
    ),
    (
      "proces_creation/linux/-",
      "r.yml:2:3: warning: the event map doesn't know the log source 'category: proces_creation, product: linux'; did "
        + "you mean 'category: process_creation, product: linux'? If not, add it to an event map of your own: "
        + "logsources: [{category: proces_creation, product: linux, events: [{provider: NAME}]}] [logsource-unmapped]"
    ),
    (
      "-/doorman/access",
      "r.yml:2:3: warning: the event map doesn't know the log source 'product: doorman, service: access'; add it to an "
        + "event map of your own: logsources: [{product: doorman, service: access, events: [{provider: NAME}]}] "
        + "[logsource-unmapped]"
    ),
  ])
  func saysWhatToDoAboutAnUnknownOne(logSource: String, expected: String) throws {
    let found = map.events(for: source(logSource), stages: [])
    #expect(found.events.isEmpty)
    let unmapped = try #require(found.unmapped.first)
    #expect(unmapped.diagnostic(at: SourceLocation(path: "r.yml", line: 2, column: 3)).description == expected)
  }

  @Test func listsItsEntriesInOrder() {
    #expect(
      map.logSources.map(\.logSource.description) == [
        "service: apache", "product: qualys", "product: windows, service: dns", "product: windows, service: security",
        "product: windows, service: sysmon", "product: windows, service: system",
        "category: process_creation, product: linux",
        "category: process_creation, product: windows", "category: webserver",
      ])
  }
}
