import RuleModel
import Testing

@testable import Telemetry

/// Subscriptions and their lists of queries.
@Suite struct SubscriptionTests {
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
    let queries = selection("*[System[EventID=4624]]") + "<Suppress Path=\"Security\">*</Suppress>"
    #expect(try subscription(queries).collection(of: securityEvent(4624)).state == .notForwarded)
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
    let text = "<Subscription><Enabled>false</Enabled><Query>\(queryList(selection("*")))</Query></Subscription>"
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

  @Test func aQueryWithoutASelectSelectsNothing() throws {
    let telemetry = try telemetry("", (.wef, "w.xml", "<QueryList><Query Path='Security'/></QueryList>"))
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "w.xml:1:12: warning: the 'Query' has no 'Select' and selects nothing; add one [wef-subscription]"
      ])
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
  }
}
