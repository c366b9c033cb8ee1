import RuleModel
import Testing

@testable import Telemetry

/// Names in queries that no event, provider or channel is known to have.
@Suite struct SubscriptionNameTests {
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
    let telemetry = try subscription(selection(query))
    #expect(telemetry.diagnostics.map(\.description) == ["w.xml:" + expected])
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
  }

  @Test func aSuppressOfDataThatNoEventHasLeavesNothingOut() throws {
    let queries =
      selection("*[System[EventID=4624]]")
      + "<Suppress Path=\"Security\">*[EventData[Data[@Name='TargetUserNam']='x']]</Suppress>"
    let telemetry = try subscription(queries)
    #expect(telemetry.collection(of: securityEvent(4624)).isWhole)
    #expect(telemetry.diagnostics.map(\.id) == [.wefQuery])
  }

  /// Where nothing is known of an event's data, a name is taken as it is written.
  @Test func dataOfAnEventThatIsntKnownAreATest() throws {
    let telemetry = try subscription(selection("*[EventData[Data[@Name='Processname']='x']]", path: "Application"))
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
    let telemetry = try subscription(query)
    #expect(telemetry.diagnostics.map(\.description) == ["w.xml:" + expected])
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
    #expect(!telemetry.collection(of: sysmonEvent(1)).isWhole)
  }

  // Channels name a log: the provider must write to it.
  @Test func joinsChannelAndProvider() throws {
    let telemetry = try subscription(selection("*[System[EventID=1]]", path: "Microsoft-Windows-Sysmon/Operational"))
    #expect(telemetry.collection(of: sysmonEvent(1)).isWhole)
    #expect(!telemetry.collection(of: securityEvent(1)).isCollected)
    let security = try subscription(selection("*[System[EventID=1102]]"))
    #expect(security.collection(of: Event(provider: "Microsoft-Windows-Eventlog", name: "1102")).isCollected)
  }
}
