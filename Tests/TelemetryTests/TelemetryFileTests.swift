import Diagnostics
import Events
import RuleModel
import Testing

@testable import Telemetry

@Suite struct TelemetryFileTests {
  private func mistakes(_ yaml: String) -> [String] {
    TelemetryFile.parse(Array(yaml.utf8), of: SourceFile(path: "telemetry.yml")).diagnostics.map(\.description)
  }

  @Test func readsTheContractsExample() throws {
    let (file, diagnostics) = TelemetryFile.parse(
      Array(
        """
        # telemetry.yml: what is collected
        collected:
          - provider: Microsoft-Windows-Sysmon
            events: [1, 3, 7-11, 22]
          - logsource: {product: aws, service: cloudtrail}
        sysmon: [sysmonconfig.xml]
        wef: [subscription.xml]
        csv: [collected.csv]
        """.utf8), of: SourceFile(path: "telemetry.yml"))
    #expect(diagnostics.isEmpty)
    #expect(file.statements.map(\.location.description) == ["telemetry.yml:3:15", "telemetry.yml:5:16"])
    #expect(
      file.references.map { "\($0.kind.rawValue) \($0.path) \($0.location)" } == [
        "csv collected.csv telemetry.yml:8:7", "sysmon sysmonconfig.xml telemetry.yml:6:10",
        "wef subscription.xml telemetry.yml:7:7",
      ])
  }

  @Test func aRangeMeansEachOfItsEvents() throws {
    let telemetry = try telemetry("collected: [{provider: Microsoft-Windows-Sysmon, events: [1, 7-11]}]")
    let collected = (0...30).filter { telemetry.collection(of: sysmonEvent($0)).isCollected }
    #expect(collected == [1, 7, 8, 9, 10, 11])
  }

  @Test func aProviderWithoutEventsMeansAll() throws {
    let telemetry = try telemetry("collected: [{provider: microsoft-windows-sysmon}]")
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: sysmonEvent(25)).isWhole)
    #expect(telemetry.collection(of: Event(provider: "Microsoft-Windows-Sysmon", name: "*")).isWhole)
    #expect(telemetry.collection(of: securityEvent(4688)).state == .notMentioned)
  }

  @Test(arguments: [
    ("aws", "cloudtrail", Event(provider: "AWS-iam", name: "CreateUser"), true),
    ("aws", "cloudtrail", Event(provider: "AWS-nosuch", name: "AnyCall"), true),
    ("aws", "cloudtrail", Event(provider: "AWS-cloudtrail", name: "*"), true),
    ("aws", "cloudtrail", Event(provider: "Okta-user", name: "user.session.start"), false),
    ("okta", "okta", Event(provider: "Okta-user", name: "user.session.start"), true),
    ("windows", "security", Event(provider: "Microsoft-Windows-Security-Auditing", name: "4688"), true),
    ("windows", "security", Event(provider: "Microsoft-Windows-Eventlog", name: "1102"), true),
    ("windows", "security", Event(provider: "Microsoft-Windows-Sysmon", name: "1"), false),
  ])
  func aLogSourceHoldsTheEventsOfItsRules(product: String, service: String, event: Event, isHeld: Bool) throws {
    let telemetry = try telemetry("collected: [{logsource: {product: \(product), service: \(service)}}]")
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: event).isCollected == isHeld)
  }

  @Test func anyEventOfAProviderComesAsFarAsOneDoes() throws {
    let telemetry = try telemetry("collected: [{provider: AWS-iam, events: [CreateUser]}]")
    let any = telemetry.collection(of: Event(provider: "AWS-iam", name: "*"))
    #expect(any.isCollected)
    #expect(!any.isWhole)
  }

  @Test(arguments: [
    ("collectd: []", "1:1: error: the telemetry file has no key 'collectd'; did you mean 'collected'? [telemetry]"),
    ("sysmn: [a.xml]", "1:1: error: the telemetry file has no key 'sysmn'; did you mean 'sysmon'? [telemetry]"),
    ("collected: {}", "1:12: error: 'collected' must be a list; write [a, b] or '- a' lines [telemetry]"),
    (
      "collected: [{provider: X, event: 1}]",
      "1:27: error: an entry of 'collected' has no key 'event'; did you mean 'events'? [telemetry]"
    ),
    (
      "collected: [{events: [1]}]",
      "1:13: error: an entry of 'collected' needs a 'provider' or a 'logsource' [telemetry]"
    ),
    (
      "collected: [{provider: X, logsource: {product: y}}]",
      "1:13: error: an entry of 'collected' has a 'provider' or a 'logsource', not both; make two entries [telemetry]"
    ),
    (
      "collected: [{provider: X, events: []}]",
      "1:35: error: 'events' names none; write them, or leave it out for all of the provider's [telemetry]"
    ),
    (
      "collected: [{provider: X, events: [11-7]}]",
      "1:36: error: the range '11-7' runs backwards; write '7-11' [telemetry]"
    ),
    ("collected: [{logsource: {}}]", "1:25: error: 'logsource' needs a category, product or service [telemetry]"),
    ("wef: [[a]]", "1:7: error: an item of 'wef' must be text [telemetry]"),
  ])
  func tellsMistakesWithTheirPlaces(yaml: String, expected: String) {
    #expect(mistakes(yaml) == ["telemetry.yml:" + expected])
  }

  @Test(arguments: [
    (
      "collected: [{provider: Microsoft-Windows-Sysmom}]",
      "1:24: warning: the event map has no provider 'Microsoft-Windows-Sysmom'; did you mean 'Microsoft-Windows-Sysmon'? [telemetry-provider]"
    ),
    (
      "collected: [{provider: Doorman}]",
      "1:24: warning: the event map has no provider 'Doorman'; add it to an event map of your own [telemetry-provider]"
    ),
    (
      "collected: [{logsource: {product: aws, service: cloudtrial}}]",
      "1:25: warning: the event map doesn't know the log source 'product: aws, service: cloudtrial'; did you mean 'product: aws, service: cloudtrail'? [telemetry-provider]"
    ),
  ])
  func tellsUnknownProvidersAndLogSources(yaml: String, expected: String) throws {
    #expect(try telemetry(yaml).diagnostics.map(\.description) == ["telemetry.yml:" + expected])
  }

  /// What was probably meant comes in part, and all other entries as they say.
  @Test(arguments: [
    ("{provider: Microsoft-Windows-Sysmom, events: [1]}", sysmonEvent(1), sysmonEvent(3)),
    ("{provider: Microsoft-Windows-Sysmom}", sysmonEvent(1), securityEvent(4624)),
    (
      "{logsource: {product: aws, service: cloudtrial}}", Event(provider: "AWS-iam", name: "CreateUser"), sysmonEvent(1)
    ),
    ("{provider: Linux-Auditd, events: [EXECV]}", auditRecord("EXECVE"), auditRecord("USER_LOGIN")),
    ("{logsource: {product: windws}}", sysmonEvent(1), Event(provider: "AWS-iam", name: "CreateUser")),
    ("{provider: Microsoft-Windows-Sysmon, events: ['1.0']}", sysmonEvent(13), securityEvent(4624)),
    ("{provider: Microsoft-Windows-Sysmon, events: ['022']}", sysmonEvent(13), securityEvent(4624)),
    ("{provider: Microsoft-Windows-Sysmon, events: ['+1']}", sysmonEvent(13), securityEvent(4624)),
    ("{provider: Microsoft-Windows-Sysmon, events: ['1,3']}", sysmonEvent(13), securityEvent(4624)),
    // Of numbers, what isn't one may mean any.
    ("{provider: Microsoft-Windows-Sysmon, events: ['1?']}", sysmonEvent(11), securityEvent(4624)),
    // Errors, which end with 2: of these, any event of the provider may be meant.
    ("{provider: Microsoft-Windows-Sysmon, events: [11-7]}", sysmonEvent(8), securityEvent(4624)),
    ("{provider: Microsoft-Windows-Sysmon, event: 1}", sysmonEvent(8), securityEvent(4624)),
  ])
  func anEntryThatIsNotUnderstoodCostsItself(entry: String, meant: Event, other: Event) throws {
    let telemetry = try telemetry("collected: [\(entry), {provider: Linux-Auditd, events: [PATH]}]")
    expectPart(telemetry.collection(of: meant))
    #expect(!telemetry.collection(of: other).isCollected)
    #expect(telemetry.collection(of: auditRecord("PATH")).isWhole)
  }

  /// Where it isn't known what a part is about, it may be about anything of its kind.
  @Test(arguments: [
    ("sysmom: [a.xml]", true, false), ("sysmon: [[a.xml]]", true, false), ("collected: {}", true, true),
    ("collectd: [{provider: X}]", true, true), ("collected: [{events: [1]}]", true, true), ("wfe: [a.xml]", true, true),
    ("collected: []\ncollected: []", true, true),
  ])
  func aPartThatCannotBeReadLeavesItsEventsOpen(part: String, sysmon: Bool, security: Bool) throws {
    let telemetry = try telemetry("\(part)\ncsv: [c.csv]", (.csv, "c.csv", "Linux-Auditd,PATH"))
    for (event, isOpen) in [(sysmonEvent(1), sysmon), (securityEvent(4624), security)] {
      #expect(telemetry.collection(of: event).isCollected == isOpen)
      #expect(!telemetry.collection(of: event).isWhole)
    }
    #expect(telemetry.collection(of: auditRecord("PATH")).isWhole)
  }

  /// Neither all of the provider's events nor none in silence.
  @Test func anEmptyListOfEventsIsAnError() {
    #expect(mistakes("collected:\n  - provider: X\n    events:\n").count == 1)
  }

  @Test func reportsEventsThatTheMapDoesNotKnow() throws {
    let telemetry = try telemetry("collected: [{provider: Linux-Auditd, events: [1309, EXECV]}]")
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "telemetry.yml:1:24: note: the event map has no event 'EXECV' of Linux-Auditd, so that it counts only for rules that name it so; did you mean 'EXECVE'? [telemetry-provider]"
      ])
    // A record's number is another name of it.
    #expect(telemetry.collection(of: auditRecord("EXECVE")).isWhole)
  }

  @Test func listsWhatIsCollected() throws {
    let telemetry = try telemetry(
      "collected: [{provider: Microsoft-Windows-Sysmon, events: [1, 3]}, {provider: AWS-nosuch, events: [AnyCall]}]")
    #expect(
      telemetry.knownEvents().filter { telemetry.collection(of: $0).isCollected } == [
        Event(provider: "AWS-nosuch", name: "AnyCall"), sysmonEvent(1), sysmonEvent(3),
      ])
  }
}
