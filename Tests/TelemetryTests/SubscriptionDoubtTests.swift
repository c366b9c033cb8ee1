import Testing

@testable import Telemetry

/// Queries, and parts of subscriptions, of which it can't be said what they select.
@Suite struct SubscriptionDoubtTests {
  @Test(arguments: [
    "*[System[(Level=1 or Level=2)]]", "*[System[band(Keywords,9007199254740992)]]",
    "*[System[Security[@UserID='S-1-5-18']]]", "*[System[Correlation[@ActivityID='x']]]",
    // A range may hold events of another level.
    "*[System[EventID &gt; 4600 and EventID &lt; 4700 and Level=2]]",
    // What one alternative says of the event says nothing of the other.
    "*[System[Level=2 or EventID=4688]]",
    "*[System[Provider[@Guid='{54849625-5478-4994-A5BA-3E3B0328C30D}']]]", "*[System[EventID='4624a']]",
    "*[System[TimeCreated[@SystemTime &lt;= '2020-01-01T00:00:00.000Z']]]", "*[UserData]", "*[*[EventID=4624]]",
    "*[UserData[Change[Zebra='Installed']]]",
  ])
  func whatCantBeToldIsCollectedInPartAndTold(query: String) throws {
    let telemetry = try subscription(selection(query))
    let collection = telemetry.collection(of: securityEvent(4624))
    #expect(collection.isCollected)
    #expect(!collection.isWhole)
    #expect(!telemetry.diagnostics.isEmpty)
    #expect(telemetry.diagnostics.allSatisfy { $0.id == .wefQuery && $0.severity == .note })
  }

  // MS-EVEN6, 2.2.15: of XPath's functions there is `position`.
  @Test(arguments: [
    "*[System[not(EventID=4624)]]", "*[EventData[Data[contains(.,'a')]]]", "*[System[string-length(Channel)=8]]",
    "*[starts-with(System/Channel,'S') and System[EventID=4624]]", "/Event", "*[System[", "",
    "*[System[EventID==4624]]",
    "*[System[EventID=4624]] | *[System[EventID=4625]]", "*[descendant::EventID=4624]",
  ])
  func aQueryThatIsNotUnderstoodCostsItself(query: String) throws {
    let telemetry = try subscription(selection(query) + selection("*[System[EventID=4634]]"))
    #expect(telemetry.diagnostics.map(\.id) == [.wefQuery])
    #expect(telemetry.diagnostics.map(\.severity) == [.warning])
    expectPart(telemetry.collection(of: securityEvent(4624)))
    #expect(telemetry.collection(of: securityEvent(4634)).isWhole)
    #expect(!telemetry.collection(of: sysmonEvent(1)).isCollected)
    let suppress = try subscription(
      selection("*[System[EventID=4624]]") + "<Suppress Path=\"Security\">\(query)</Suppress>")
    expectPart(suppress.collection(of: securityEvent(4624)))
  }

  /// Beside what isn't understood, what is understood counts.
  @Test func anIdBesideAnUnknownFunctionNarrows() throws {
    let telemetry = try subscription(selection("*[System[EventID=4624]] and *[EventData[Data[contains(.,'a')]]]"))
    expectPart(telemetry.collection(of: securityEvent(4624)))
    #expect(!telemetry.collection(of: securityEvent(4634)).isCollected)
  }

  @Test(arguments: [
    ("<QueryList><Query Path='Security'><Selct>*[System[EventID=4624]]</Selct></Query></QueryList>", false),
    (
      "<QueryList><Query Path='Security'><Select>*[System[EventID=4624]]</Select><Supress>*</Supress></Query></QueryList>",
      false
    ),
    ("<QueryList><Qurey Path='Security'><Select>*</Select></Qurey></QueryList>", false),
    ("<QueryList><Query><Select>*[System[EventID=4624]]</Select></Query></QueryList>", false),
    (
      "<Subscription><Enabled>flase</Enabled><Query><QueryList><Query Path='Security'><Select>*</Select></Query></QueryList></Query></Subscription>",
      false
    ),
    ("<QueryList><Query", true), ("<Sysmon/>", true), ("<Subscription/>", true),
    ("<Subscription><Query>Security</Query></Subscription>", true),
  ])
  func aPartThatIsNotUnderstoodMaySelectAnything(text: String, isUnreadable: Bool) throws {
    let telemetry = try telemetry("", (.wef, "w.xml", text))
    #expect(telemetry.diagnostics.contains { $0.severity == .error } == isUnreadable)
    #expect(telemetry.diagnostics.count == 1)
    expectPart(telemetry.collection(of: securityEvent(4624)))
    #expect(!telemetry.collection(of: auditRecord("EXECVE")).isCollected)
  }
}
