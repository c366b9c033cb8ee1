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
    let unmapped = try #require(found.unmapped)
    #expect(unmapped.diagnostic(at: SourceLocation(path: "r.yml", line: 2, column: 3)).description == expected)
  }

  @Test func listsItsEntriesInOrder() {
    #expect(
      map.logSources.map(\.logSource.description) == [
        "service: apache", "product: qualys", "product: windows, service: dns", "product: windows, service: security",
        "product: windows, service: sysmon", "category: process_creation, product: linux",
        "category: process_creation, product: windows", "category: webserver",
      ])
  }
}
