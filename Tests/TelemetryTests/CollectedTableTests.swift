import Diagnostics
import Events
import RuleModel
import Testing

@testable import Telemetry

/// RFC 4180.
@Suite struct CollectedTableTests {
  private func collected(_ text: String) throws -> [String] {
    let telemetry = try telemetry("", (.csv, "c.csv", text))
    #expect(telemetry.diagnostics.isEmpty)
    return ["AWS-iam/CreateUser", "AWS-iam/DeleteUser", "Linux-auth/*"].filter { name in
      let parts = name.split(separator: "/").map(String.init)
      return telemetry.collection(of: Event(provider: parts[0], name: parts[1])).isWhole
    }
  }

  @Test(arguments: [
    ("provider,event\r\nAWS-iam,CreateUser\r\n", ["AWS-iam/CreateUser"]),
    ("AWS-iam,CreateUser", ["AWS-iam/CreateUser"]),
    ("AWS-iam,CreateUser\n\nAWS-iam,DeleteUser\n", ["AWS-iam/CreateUser", "AWS-iam/DeleteUser"]),
    ("\"AWS-iam\",\"CreateUser\"\r\n", ["AWS-iam/CreateUser"]),
    ("Event, Provider ,note\nCreateUser,AWS-iam,\"a, \"\"b\"\"\r\nc\"\n", ["AWS-iam/CreateUser"]),
    ("AWS-iam\nLinux-auth,*", ["AWS-iam/CreateUser", "AWS-iam/DeleteUser", "Linux-auth/*"]),
    ("\u{FEFF}provider,event\nAWS-iam,", ["AWS-iam/CreateUser", "AWS-iam/DeleteUser"]),
    ("", []),
    // As spreadsheets write it where a comma is a decimal sign.
    ("provider;event\r\nAWS-iam;CreateUser\r\n", ["AWS-iam/CreateUser"]),
    ("\u{FEFF}provider\tevent\nAWS-iam\tCreateUser", ["AWS-iam/CreateUser"]),
  ])
  func readsProvidersAndEvents(text: String, expected: [String]) throws { #expect(try collected(text) == expected) }

  /// It may speak of any event.
  @Test func aTableThatCannotBeReadLeavesEverythingOpen() throws {
    let bytes: [UInt8] =
      [0xFF, 0xFE] + "provider,event".utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let telemetry = try telemetry(
      "", files: [(.csv, "c.csv", bytes), (.csv, "d.csv", Array("AWS-iam,CreateUser".utf8))])
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "c.csv:1:1: error: the file is UTF-16; save it as UTF-8 [not-text]"
      ])
    expectPart(telemetry.collection(of: sysmonEvent(1)))
    expectPart(telemetry.collection(of: Event(provider: "Linux-auth", name: "*")))
    #expect(telemetry.collection(of: Event(provider: "AWS-iam", name: "CreateUser")).isWhole)
  }

  /// A row that isn't understood leaves its provider open, and the other rows as they are.
  @Test(arguments: [
    "AWS-iam,\"CreateUser", "AWS-iam,\"Create\"User", "AWS-iam,a,b", "AWS-iam,11-7", "AWS-iam,{a",
  ])
  func aRowThatIsNotUnderstoodCostsItself(row: String) throws {
    for text in ["Linux-Auditd,EXECVE\n\(row)\n", "\(row)\nLinux-Auditd,EXECVE\n"] {
      let telemetry = try telemetry("", (.csv, "c.csv", text))
      #expect(telemetry.diagnostics.map(\.severity) == [.warning])
      expectPart(telemetry.collection(of: Event(provider: "AWS-iam", name: "CreateUser")))
      #expect(telemetry.collection(of: auditRecord("EXECVE")).isWhole)
      #expect(!telemetry.collection(of: auditRecord("PATH")).isCollected)
    }
  }

  @Test func aMisspeltProviderLeavesTheOneThatWasMeantOpen() throws {
    let telemetry = try telemetry("", (.csv, "c.csv", "Linux-auht\nLinux-Auditd,EXECVE"))
    #expect(telemetry.diagnostics.map(\.severity) == [.warning])
    expectPart(telemetry.collection(of: Event(provider: "Linux-auth", name: "*")))
    #expect(telemetry.collection(of: auditRecord("EXECVE")).isWhole)
  }

  @Test func aTableWithoutEventsLeavesItsProvidersOpen() throws {
    let telemetry = try telemetry("", (.csv, "c.csv", "provider,evnt\nAWS-iam,CreateUser"))
    expectPart(telemetry.collection(of: Event(provider: "AWS-iam", name: "CreateUser")))
    #expect(!telemetry.collection(of: auditRecord("EXECVE")).isCollected)
  }

  @Test(arguments: [
    ("AWS-iam,\"CreateUser", "c.csv:1:9: warning: the quoted cell has no closing quote; add it [csv-syntax]"),
    (
      "AWS-iam,\"Create\"User",
      "c.csv:1:17: warning: text follows a closing quote; double the quotes inside the cell [csv-syntax]"
    ),
    ("AWS-iam,a,b", "c.csv:1:1: warning: the line has 3 cells; write a provider and an event [csv-syntax]"),
    (
      "provider,event\n\"AWS-iam\"\n",
      "c.csv:2:1: warning: the line has 1 cell; write a provider and an event, and as many cells as the first line has [csv-syntax]"
    ),
    ("provider,evnt\nAWS-iam,b", "c.csv:1:1: warning: the first line has no column 'event'; add it [csv-syntax]"),
    (
      "provider,event\n\n\"Linux-\nauht\",x",
      "c.csv:3:1: warning: the event map has no provider 'Linux- auht'; did you mean 'Linux-auth'? [telemetry-provider]"
    ),
  ])
  func tellsWhatIsWrong(text: String, expected: String) throws {
    #expect(try telemetry("", (.csv, "c.csv", text)).diagnostics.map(\.description) == [expected])
  }

  /// Each event is looked up among the statements; held against each, a table of n rows would take n² steps.
  @Test(.timeLimit(.minutes(15))) func findsTheStatementsOnAnEvent() throws {
    var table = StatementTable()
    let map = try EventMap(parsing: [])
    func add(_ provider: String, _ events: [String]?) throws {
      let source = TelemetrySource(.csv, at: SourceLocation(path: "\(table.all.count)"))
      table.append(
        StatementTable.Statement(
          source: source, subject: .provider(provider, events: try events?.map { try #require(NamePattern($0)) })))
    }
    try add("A", ["1", "2"])
    try add("a", nil)
    try add("A", ["2-4", "x*"])
    try add("B", ["1"])
    for number in 100..<20_100 { try add("A", ["\(number)"]) }
    func found(_ provider: String, _ event: String) -> [String] {
      table.statements(on: Event(provider: provider, name: event), in: map).map(\.source.location.path)
    }
    #expect(found("A", "1") == ["0", "1"])
    #expect(found("a", "2") == ["0", "1", "2"])
    #expect(found("A", "X1") == ["1", "2"])
    #expect(found("B", "2") == [] && found("B", "*") == ["3"] && found("C", "1") == [])
    #expect(found("A", "*").count == 20_003)
    for number in 100..<20_100 { #expect(found("A", "\(number)") == ["1", "\(number - 96)"]) }
  }
}
