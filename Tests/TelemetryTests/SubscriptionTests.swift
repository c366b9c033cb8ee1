import Diagnostics
import QueryLanguages
import RuleModel
import Testing

@testable import Telemetry

@Suite struct SubscriptionTests {
  private func list(_ queries: String) -> String { "<QueryList>\n<Query Id=\"0\">\n\(queries)\n</Query>\n</QueryList>" }

  private func read(_ queries: String) throws -> Telemetry { try telemetry("", (.wef, "w.xml", list(queries))) }

  private func select(_ query: String, path: String = "Security") -> String {
    "<Select Path=\"\(path)\">\(query)</Select>"
  }

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
    let telemetry = try read(select(query))
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
    let collection = try read(select(query)).collection(of: securityEvent(4624))
    #expect(collection.brings(kept))
    #expect(!collection.brings(dropped))
    #expect(!collection.isWhole)
  }

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
    let telemetry = try read(select(query))
    let collection = telemetry.collection(of: securityEvent(4624))
    #expect(collection.isCollected)
    #expect(!collection.isWhole)
    #expect(!telemetry.diagnostics.isEmpty)
    #expect(telemetry.diagnostics.allSatisfy { $0.id == .wefQuery && $0.severity == .note })
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
    let telemetry = try read(select(query))
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
    let telemetry = try read(select(query))
    #expect(telemetry.diagnostics.isEmpty)
    #expect([4624, 4688].filter { telemetry.collection(of: securityEvent($0)).isCollected } == ids)
  }

  @Test(arguments: [
    (
      "*[Application[EventID=4624]]",
      "3:27: warning: no event has 'Application' in an event; there are System, EventData, UserData, BinaryEventData, DebugData, ProcessingErrorData, RenderingInfo [wef-query]"
    ),
    ("*[Systm[EventID=4624]]", "3:27: warning: no event has 'Systm' in an event; did you mean 'System'? [wef-query]"),
    ("*[system[EventID=4624]]", "3:27: warning: no event has 'system' in an event; did you mean 'System'? [wef-query]"),
    (
      "*[System[EventId=4624]]",
      "3:34: warning: no event has 'EventId' in 'System'; did you mean 'EventID'? [wef-query]"
    ),
    (
      "*[System[Provider[@name='x']]]",
      "3:43: warning: no event has '@name' in 'Provider'; did you mean '@Name'? [wef-query]"
    ),
    (
      "*[System[Level/@Name='x']]",
      "3:40: warning: no event has '@Name' in 'Level'; remove it [wef-query]"
    ),
    (
      "*[EventData[LogonType='3']]",
      "3:37: warning: no event has 'LogonType' in 'EventData'; write Data[@Name='LogonType'] [wef-query]"
    ),
    (
      "*[EventData[Data[@Name='TargetUserNam']='x']]",
      "3:42: warning: no event that the query can take is known to have data named 'TargetUserNam'; did you mean 'TargetUserName'? [wef-query]"
    ),
    (
      "*[EventData[Data[@Name='logontype']='3']]",
      "3:42: warning: no event that the query can take is known to have data named 'logontype'; did you mean 'LogonType'? [wef-query]"
    ),
    // Others have it, but not the one that is asked for.
    (
      "*[System[EventID=4688]] and *[EventData[Data[@Name='LogonType']='x']]",
      "3:70: warning: no event that the query can take is known to have data named 'LogonType'; correct the name [wef-query]"
    ),
    (
      "System[EventID=4624]",
      "3:25: warning: a query begins with '*' or 'Event', not 'System'; write *[System[…]] and *[EventData[…]] [wef-query]"
    ),
  ])
  func namesThatNoEventHasAreToldAndSelectNothing(query: String, expected: String) throws {
    let telemetry = try read(select(query))
    #expect(telemetry.diagnostics.map(\.description) == ["w.xml:" + expected])
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
  }

  @Test func aSuppressOfDataThatNoEventHasLeavesNothingOut() throws {
    let queries =
      select("*[System[EventID=4624]]")
      + "<Suppress Path=\"Security\">*[EventData[Data[@Name='TargetUserNam']='x']]</Suppress>"
    let telemetry = try read(queries)
    #expect(telemetry.collection(of: securityEvent(4624)).isWhole)
    #expect(telemetry.diagnostics.map(\.id) == [.wefQuery])
  }

  /// Where nothing is known of an event's data, a name is taken as it is written.
  @Test func dataOfAnEventThatIsntKnownAreATest() throws {
    let telemetry = try read(select("*[EventData[Data[@Name='Processname']='x']]", path: "Application"))
    let event = Event(provider: "ESENT", name: "325")
    #expect(telemetry.collection(of: event).brings(["Processname": "x"]))
    #expect(!telemetry.collection(of: event).brings(["Processname": "y"]))
    #expect(telemetry.diagnostics.map(\.id) == [.wefQuery])
  }

  @Test(arguments: [
    (
      "<Select Path='Security'>*[System[Provider[@Name='Microsoft-Windows-Securty-Auditing']]]</Select>",
      "3:43: warning: the event map has no provider 'Microsoft-Windows-Securty-Auditing'; did you mean 'Microsoft-Windows-Security-Auditing'? [telemetry-provider]"
    ),
    (
      "<Select Path='Security'>*[System[Provider[@Name='Zebra Copier']]]</Select>",
      "3:43: note: the event map has no provider 'Zebra Copier'; add it to an event map of your own [telemetry-provider]"
    ),
    (
      "<Select Path='Securty'>*</Select>",
      "3:1: note: the event map has no provider that writes to 'Securty'; did you mean 'Security'? [telemetry-channel]"
    ),
    (
      "<Select Path='Security'>*[System[Provider[@Name='Microsoft-Windows-Sysmon']]]</Select>",
      "3:1: note: the event map has 'Microsoft-Windows-Sysmon' write to 'Microsoft-Windows-Sysmon/Operational', and it isn't known whether it writes to 'Security'; correct the channel, or add it to an event map of your own [telemetry-channel]"
    ),
  ])
  func tellsOfProvidersAndChannelsThatArentKnown(query: String, expected: String) throws {
    let telemetry = try read(query)
    #expect(telemetry.diagnostics.map(\.description) == ["w.xml:" + expected])
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
    #expect(!telemetry.collection(of: sysmonEvent(1)).isWhole)
  }

  // The event map: `EventType` of Sysmon 13 is SetValue.
  @Test func knowsWhatAnEventsFieldsHold() throws {
    let telemetry = try read(
      select("*[EventData[Data[@Name='EventType']='SetValue']]", path: "Microsoft-Windows-Sysmon/Operational"))
    #expect(!telemetry.collection(of: sysmonEvent(12)).isCollected)
    #expect(telemetry.collection(of: sysmonEvent(13)).isWhole)
  }

  @Test func aSuppressHoldsInItsOwnQueryAlone() throws {
    let queries = """
      <QueryList>
        <Query Id="0" Path="Security">
          <Select>*[System[EventID=4624]]</Select>
          <Select Path="Security">*[System[EventID=4634]]</Select>
          <Suppress>*[EventData[Data[@Name='TargetUserName']='noise']]</Suppress>
        </Query>
        <Query Id="1" Path="Security">
          <Select>*[System[EventID=4634]]</Select>
        </Query>
      </QueryList>
      """
    let telemetry = try telemetry("", (.wef, "w.xml", queries))
    #expect(telemetry.collection(of: securityEvent(4624)).brings(["TargetUserName": "a"]))
    #expect(!telemetry.collection(of: securityEvent(4624)).brings(["TargetUserName": "noise"]))
    #expect(telemetry.collection(of: securityEvent(4634)).brings(["TargetUserName": "noise"]))
    let drop = try #require(telemetry.collection(of: securityEvent(4624)).ways.first?.drops.first)
    #expect(
      "\(drop.location) \(drop.text)"
        == "w.xml:5:5 Suppress Security: *[EventData[Data[@Name='TargetUserName']='noise']]")
  }

  @Test func aSuppressOfEverythingLeavesNothing() throws {
    let queries = select("*[System[EventID=4624]]") + "<Suppress Path=\"Security\">*</Suppress>"
    #expect(try read(queries).collection(of: securityEvent(4624)).state == .notForwarded)
  }

  // Channels name a log: the provider must write to it.
  @Test func joinsChannelAndProvider() throws {
    let telemetry = try read(select("*[System[EventID=1]]", path: "Microsoft-Windows-Sysmon/Operational"))
    #expect(telemetry.collection(of: sysmonEvent(1)).isWhole)
    #expect(!telemetry.collection(of: securityEvent(1)).isCollected)
    let security = try read(select("*[System[EventID=1102]]"))
    #expect(security.collection(of: Event(provider: "Microsoft-Windows-Eventlog", name: "1102")).isCollected)
  }

  @Test func readsTheQueryThatStandsAsTextWithItsPlaces() throws {
    let text = """
      <Subscription xmlns="http://schemas.microsoft.com/2006/03/windows/events/subscription">
        <Enabled>true</Enabled>
        <Query><![CDATA[
          <QueryList>
            <Query Id="0" Path="Security">
              <Select>*[System[(EventID=1100 OR EventID=1104)]]</Select>
              <Select>*[System[Eve nt]]</Select>
            </Query>
          </QueryList>]]></Query>
      </Subscription>
      """
    let telemetry = try telemetry("", (.wef, "w.xml", text))
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "w.xml:6:40: warning: XPath has 'and' and 'or' in lower case only, and Windows may refuse this; write it so [wef-query]",
        "w.xml:7:30: warning: ']' is missing before 'nt]]' [wef-query]",
      ])
    let event = Event(provider: "Microsoft-Windows-Eventlog", name: "1104")
    #expect(telemetry.collection(of: event).ways.map(\.source.location.description) == ["w.xml:6:9"])
  }

  @Test func aDisabledSubscriptionBringsNothing() throws {
    let text = "<Subscription><Enabled>false</Enabled><Query>\(list(select("*")))</Query></Subscription>"
    let telemetry = try telemetry("", (.wef, "w.xml", text))
    #expect(telemetry.diagnostics.isEmpty)
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
  }

  @Test(arguments: [
    (
      "<Sysmon/>",
      "1:1: error: the root element is 'Sysmon'; a subscription has 'Subscription', a query list 'QueryList' [wef-subscription]"
    ),
    ("<Subscription/>", "1:1: error: the subscription has no 'Query'; add the list of its queries [wef-subscription]"),
    (
      "<QueryList/>",
      "1:1: warning: the query list is empty and selects nothing; add a 'Query' with a 'Select' [wef-subscription]"
    ),
    (
      "<QueryList><Query><Select>*</Select></Query></QueryList>",
      "1:19: warning: 'Select' has no 'Path'; name the channel that it reads [wef-subscription]"
    ),
    ("<QueryList><Query", "1:18: error: couldn't find end of Start Tag Query line 1 [xml-syntax]"),
    (
      "<QueryList><Query Path='Security'><Select>*[starts-with(a,'b')]</Select></Query></QueryList>",
      "1:45: warning: the event log has no function 'starts-with'; it has band, timediff and position [wef-query]"
    ),
    (
      "<QueryList><Query Path='Security'><Select>*[System[EventID&gt;=]]</Select></Query></QueryList>",
      "1:64: warning: ']]' can't be read; write a name, a value or '(' [wef-query]"
    ),
    (
      "<QueryList><Query Path='No-Such/Log'><Select>*</Select></Query></QueryList>",
      "1:38: note: the event map has no provider that writes to 'No-Such/Log'; name it in an event map of your own [telemetry-channel]"
    ),
  ])
  func tellsWhatIsWrong(text: String, expected: String) throws {
    #expect(try telemetry("", (.wef, "w.xml", text)).diagnostics.map(\.description) == ["w.xml:" + expected])
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

  // MS-EVEN6, 2.2.15: of XPath's functions there is `position`.
  @Test(arguments: [
    "*[System[not(EventID=4624)]]", "*[EventData[Data[contains(.,'a')]]]", "*[System[string-length(Channel)=8]]",
    "*[starts-with(System/Channel,'S') and System[EventID=4624]]", "/Event", "*[System[", "",
    "*[System[EventID==4624]]",
    "*[System[EventID=4624]] | *[System[EventID=4625]]", "*[descendant::EventID=4624]",
  ])
  func aQueryThatIsNotUnderstoodCostsItself(query: String) throws {
    let telemetry = try read(select(query) + select("*[System[EventID=4634]]"))
    #expect(telemetry.diagnostics.map(\.id) == [.wefQuery])
    #expect(telemetry.diagnostics.map(\.severity) == [.warning])
    expectPart(telemetry.collection(of: securityEvent(4624)))
    #expect(telemetry.collection(of: securityEvent(4634)).isWhole)
    #expect(!telemetry.collection(of: sysmonEvent(1)).isCollected)
    let suppress = try read(
      select("*[System[EventID=4624]]") + "<Suppress Path=\"Security\">\(query)</Suppress>")
    expectPart(suppress.collection(of: securityEvent(4624)))
  }

  /// Beside what isn't understood, what is understood counts.
  @Test func anIdBesideAnUnknownFunctionNarrows() throws {
    let telemetry = try read(select("*[System[EventID=4624]] and *[EventData[Data[contains(.,'a')]]]"))
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

  @Test func aQueryWithoutASelectSelectsNothing() throws {
    let telemetry = try telemetry("", (.wef, "w.xml", "<QueryList><Query Path='Security'/></QueryList>"))
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "w.xml:1:12: warning: the 'Query' has no 'Select' and selects nothing; add one [wef-subscription]"
      ])
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "(", count: 5000) + "EventID=1" + String(repeating: ")", count: 5000)
    let telemetry = try read(select("*[System[\(deep)]]"))
    #expect(telemetry.diagnostics.map(\.message) == ["the query is nested more than 64 deep"])
  }
}
