import Events
import RuleModel
import Testing

/// What events are called that have no title of their own.
@Suite struct OperationTitleTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      logsources:
        - product: aws
          operations: true
          operationTitle: API call
          pin: {event: [name], provider: [{field: source, value: "{service}.*", name: "AWS-{service}"}]}
          events: [{provider: AWS-cloudtrail}, {provider: AWS-iam, pinned: [CreateUser]}]
        - product: azure
          service: activity
          operationTitle: Resource operation
          events: [{provider: Azure}, {provider: "Azure-{service}", pinned: ["MICROSOFT.{service}/*"]}]
        - {product: azure, service: risk, operationTitle: Risk detection, events: [{provider: Azure-risk}]}
        - {product: windows, service: system, pin: {event: [EventID]}, events: [{provider: Windows-System}]}
      providers:
        AWS-iam: {events: {CreateUser: New user, DeleteUser: }}
      """)
  }

  @Test(arguments: [
    ("AWS-iam", "CreateUser", "New user"),
    ("AWS-iam", "DeleteUser", "API call"),
    ("AWS-iam", "Unheard", "API call"),
    ("AWS-cloudtrail", "StopLogging", "API call"),
    // Of a provider that only the pin's pattern tells of.
    ("AWS-sts", "AssumeRole", "API call"),
    ("aws-STS", "AssumeRole", "API call"),
    // A provider by its name goes before a pattern of another log source.
    ("Azure-keyvault", "MICROSOFT.KEYVAULT/VAULTS/DELETE", "Resource operation"),
    ("Azure-risk", "leakedCredentials", "Risk detection"),
    // No event, no operation, no log source.
    ("AWS-iam", "*", nil),
    ("Azure-risk", "*", nil),
    ("Windows-System", "7045", nil),
    ("Other", "x", nil),
  ])
  func standInForATitle(provider: String, event: String, expected: String?) {
    #expect(map.title(of: Event(provider: provider, name: event)) == expected)
  }

  @Test func standWithTheEventsOfARule() {
    let found = map.events(
      for: LogSource(product: "aws"), stages: stages(.any([eq("name", "CreateUser"), eq("name", "Unheard")])))
    #expect(found.events.map(\.title) == ["API call", "New user"])
  }

  @Test func mustBeText() {
    #expect(
      mistakes(in: "logsources:\n  - {product: a, operationTitle: [b], events: [{provider: P}]}") == [
        "a.yml:2:34: error: 'operationTitle' must be text [event-map]"
      ])
  }

  /// The name of a log in a record says nothing about the titles of other logs' operations.
  @Test func areNotThoseOfAnotherLog() throws {
    let map = try Shipped.map.get()
    let title = map.title(
      of: Event(provider: "Azure-authorization", name: "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE"))
    #expect(title == "Resource operation")
    #expect(map.title(of: Event(provider: "Azure-auditlogs", name: "Add member to role")) == "Audit log operation")
  }
}
