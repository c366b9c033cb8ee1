import QueryLanguages
import RuleModel
import Testing

@testable import Telemetry

/// Which events and data the queries of a subscription select.
@Suite struct SubscriptionQueryTests {
  // Microsoft, "Consuming Events": the forms that queries take.
  @Test(arguments: [
    ("*", [4624, 4625, 4688]), ("*[System[EventID=4624]]", [4624]), ("Event[System[(EventID=4624)]]", [4624]),
    ("Event/System[EventID=4624]", [4624]), ("*[System/EventID=4624]", [4624]), ("*[System[4624=EventID]]", [4624]),
    ("*[System[(EventID=4624 or EventID=4688)]]", [4624, 4688]),
    ("*[System[(EventID &gt;= 4624 and EventID &lt;= 4625)]]", [4624, 4625]),
    ("*[System[EventID!=4624]]", [4625, 4688]), ("*[System[EventID/text()=4624]]", [4624]),
    (
      "*[child::System[child::EventID=4624 and Provider[attribute::Name='Microsoft-Windows-Security-Auditing']]]",
      [4624]
    ),
    ("*[System[EventID &lt; 4625]]", [4624]), ("*[System[EventID &gt; 4625]]", [4688]),
    ("*[System[Provider[@Name='Microsoft-Windows-Security-Auditing'] and EventID=4624]]", [4624]),
    (
      "*[System[Provider[@Name='Microsoft-Windows-Eventlog' or @Name='microsoft-windows-security-auditing']]]",
      [4624, 4625, 4688]
    ),
    ("*[System[Provider[@Name='Microsoft-Windows-Eventlog']]]", []),
    ("*[System[TimeCreated[timediff(@SystemTime) &lt;= 86400000]]]", [4624, 4625, 4688]),
    // The level belongs to the event that is named.
    ("*[System[(Level=0 or Level=4) and Task=12544 and (EventID=4624)]]", [4624]),
  ])
  func knowsProviderAndEvent(query: String, ids: [Int]) throws {
    let telemetry = try subscription(selection(query))
    #expect(telemetry.diagnostics.isEmpty)
    let collected = [4624, 4625, 4688].filter { telemetry.collection(of: securityEvent($0)).isCollected }
    #expect(collected == ids)
    for id in ids { #expect(telemetry.collection(of: securityEvent(id)).isWhole) }
  }

  @Test(
    arguments: [
      ("*[System[EventID=4624]] and *[EventData[Data[@Name='LogonType']='3']]", ["LogonType": "3"], ["LogonType": "2"]),
      ("*[EventData[Data[@Name='LogonType']=3]]", ["LogonType": "3"], ["LogonType": "2"]),
      ("*[EventData/Data[@Name='LogonType']='3']", ["LogonType": "3"], [:]),
      ("*[EventData[Data[@Name='TargetUserName']!='x']]", ["TargetUserName": "y"], ["TargetUserName": "x"]),
      // There is no difference in what isn't there.
      ("*[EventData[Data[@Name='TargetUserName']!='x']]", ["TargetUserName": "y"], [:]),
      ("*[EventData[Data[@Name='TargetUserName']='X']]", ["TargetUserName": "X"], ["TargetUserName": "x"]),
      (
        "*[EventData[Data[@Name='TargetUserName' or @Name='TargetUserSid']='1']]", ["TargetUserSid": "1"],
        ["SubjectUserSid": "1"]
      ),
      ("*[EventData[Data[@Name='TargetUserSid' and .='1']]]", ["TargetUserSid": "1"], ["SubjectUserSid": "1"]),
      // Any datum will do.
      ("*[EventData[Data='1']]", ["TargetUserSid": "1"], ["TargetUserSid": "2"]),
      ("*[EventData[Data[@Name!='TargetUserSid']='1']]", ["SubjectUserSid": "1"], ["TargetUserSid": "1"]),
      // The first datum of 4624 is SubjectUserSid.
      ("*[EventData[Data[1]='S-1-5-18']]", ["SubjectUserSid": "S-1-5-18"], ["SubjectUserSid": "S-1-5-19"]),
      ("*[EventData[Data[position()=1]='S-1-5-18']]", ["SubjectUserSid": "S-1-5-18"], [:]),
    ] as [(String, Data, Data)])
  func keepsWhatTheDataSay(query: String, kept: Data, dropped: Data) throws {
    let collection = try subscription(selection(query)).collection(of: securityEvent(4624))
    #expect(collection.brings(kept))
    #expect(!collection.brings(dropped))
    #expect(!collection.isWhole)
  }

  @Test(arguments: [
    // The level is that of the event that is named, whatever is said of it.
    ("*[System[Level!=4][EventID=4624]]", true),
    ("*[System[EventID=4624]] and *[System[Level=4]]", true), ("*[System[EventID=0x1210]]", true),
    ("*[System[Channel='security']]", true), ("*[System[Channel='Application']]", false),
    ("*[System[Channel!='Security']]", false),
    ("*[System[Provider[@Name='Microsoft-Windows-Security-Auditing' and @Guid='{0}']]]", true),
    // Events are forwarded as they come.
    ("*[System[TimeCreated[timediff(@SystemTime) &gt; 86400000]]]", false),
    ("*[System[TimeCreated[@SystemTime &gt;= '2020-01-01T00:00:00.000Z']]]", true),
    ("*[EventData[Data[@Name='LogonType']]]", true),
  ])
  func knowsWhatIsSoOfEveryEvent(query: String, isCollected: Bool) throws {
    let telemetry = try subscription(selection(query))
    #expect(telemetry.diagnostics.isEmpty)
    let collection = telemetry.collection(of: securityEvent(4624))
    #expect(collection.isCollected == isCollected)
    #expect(collection.isWhole == isCollected)
  }

  // 4624 has LogonType and no NewProcessName, 4688 the other way round, and neither has a hundredth datum.
  @Test(arguments: [
    ("*[EventData[Data[@Name='LogonType']='3']]", [4624]), ("*[EventData[Data[@Name='NewProcessName']='a']]", [4688]),
    ("*[EventData[Data[100]='x']]", []),
  ])
  func anEventThatLacksTheDataIsNotSelectedByThem(query: String, ids: [Int]) throws {
    let telemetry = try subscription(selection(query))
    #expect(telemetry.diagnostics.isEmpty)
    #expect([4624, 4688].filter { telemetry.collection(of: securityEvent($0)).isCollected } == ids)
  }

  // The event map: `EventType` of Sysmon 13 is SetValue.
  @Test func knowsWhatAnEventsFieldsHold() throws {
    let telemetry = try subscription(
      selection("*[EventData[Data[@Name='EventType']='SetValue']]", path: "Microsoft-Windows-Sysmon/Operational"))
    #expect(!telemetry.collection(of: sysmonEvent(12)).isCollected)
    #expect(telemetry.collection(of: sysmonEvent(13)).isWhole)
  }

  /// Each step adds its own condition to what the query selects, and nothing of the steps before it.
  @Test func aPathOfManyStepsIsAsLargeAsItsSteps() throws {
    let map = try Shipped.map.get()
    let event = QueriedEvent(securityEvent(4624), in: map)
    for count in [10, 20_000] {
      let steps = (1...count).map { "x\($0)[y='\($0)']" }.joined(separator: "/")
      var parser = EventQueryParser("Event/UserData/\(steps)")
      var doubts = QueryDoubts()
      let predicate = try parser.parse().predicate(for: event, channel: "security", doubts: &doubts)
      guard case .all(let parts) = predicate else {
        Issue.record("\(count)")
        continue
      }
      #expect(parts.count == count)
    }
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "(", count: 5000) + "EventID=1" + String(repeating: ")", count: 5000)
    let telemetry = try subscription(selection("*[System[\(deep)]]"))
    #expect(telemetry.diagnostics.map(\.message) == ["the query is nested more than 64 deep"])
  }
}
