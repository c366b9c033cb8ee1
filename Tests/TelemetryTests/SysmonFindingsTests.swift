import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

/// What is wrong with a configuration, and what becomes of the rest of it.
@Suite struct SysmonFindingsTests: ReadingSysmon {
  @Test(arguments: [
    (
      "<ProcesCreate onmatch=\"include\"/>",
      "3:1: warning: Sysmon has no event type 'ProcesCreate'; did you mean 'ProcessCreate'? [sysmon-config]"
    ),
    (
      "<ProcessCreate/>",
      "3:1: warning: 'ProcessCreate' needs onmatch=\"include\" or onmatch=\"exclude\" [sysmon-config]"
    ),
    (
      "<ProcessCreate onmatch=\"include\">\n  <Imag>a</Imag></ProcessCreate>",
      "4:3: warning: 'ProcessCreate' has no field 'Imag'; did you mean 'Image'? [sysmon-config]"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><Image condition=\"ends with\">a</Image></ProcessCreate>",
      "3:34: warning: Sysmon has no condition 'ends with'; did you mean 'end with'? [sysmon-config]"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><Image condition=\"contains any\">a;b;</Image></ProcessCreate>",
      "3:34: warning: the list ends in ';', and Sysmon finds the empty item after it in every value; remove the ';' [sysmon-logic]"
    ),
    (
      "<ProcessCreate onmatch=\"exclude\"><Image condition=\"contains\"></Image></ProcessCreate>",
      "3:34: warning: 'contains' has no value, and Sysmon finds an empty one in every value; write one or remove it [sysmon-logic]"
    ),
    (
      "<RuleGroup groupRelation=\"xor\"/>",
      "3:1: warning: groupRelation can't be 'xor'; it is 'and' or 'or' [sysmon-config]"
    ),
    (
      "<RegistryEvent onmatch=\"include\"><Details>a</Details><NewName>b</NewName></RegistryEvent>",
      "3:1: warning: no event of 'RegistryEvent' has all of these fields; make a block for each event [sysmon-config]"
    ),
    (
      "<RuleGroup groupRelation=\"or\"><RuleGroup groupRelation=\"or\"/></RuleGroup>",
      "3:31: warning: a RuleGroup can't be inside another RuleGroup; move it out [sysmon-config]"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><image>a</image></ProcessCreate>",
      "3:34: warning: 'ProcessCreate' has no field 'image'; did you mean 'Image'? [sysmon-config]"
    ),
    (
      "<processcreate onmatch=\"include\"/>",
      "3:1: warning: Sysmon has no event type 'processcreate'; did you mean 'ProcessCreate'? [sysmon-config]"
    ),
    (
      "<FileRenamed onmatch=\"exclude\"/>",
      "3:1: warning: Sysmon has no event type 'FileRenamed'; 'sysmon -s' prints those that it has [sysmon-config]"
    ),
    (
      "<eBPFEvent onmatch=\"exclude\"/>",
      "3:1: warning: the event type 'eBPFEvent' isn't one of this system's Sysmon; remove it [sysmon-config]"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><Rule><Rule/></Rule></ProcessCreate>",
      "3:40: warning: a Rule can't be inside another Rule; make two of them [sysmon-config]"
    ),
  ])
  func tellsWhatSysmonRefuses(body: String, expected: String) throws {
    #expect(try read(body).diagnostics.map(\.description) == ["s.xml:" + expected])
  }

  @Test func aListThatEndsInASemicolonTakesEveryValue() throws {
    let telemetry = try read(
      "<ProcessCreate onmatch=\"include\"><Image condition=\"contains any\">x;</Image></ProcessCreate>")
    #expect(telemetry.collection(of: sysmonEvent(1)).brings(["Image": "anything"]))
  }

  // rules.c, `MatchFilterOnSpecificRule`: no condition but those for lists looks for a `;`.
  @Test(
    arguments: [
      ("is", "a;b", "'is' takes one value, and the ';' counts as part of it; use 'is any' for a list"),
      (
        "contains", "a;b",
        "'contains' takes one value, and the ';' counts as part of it; use 'contains any' for a list"
      ),
      (
        "excludes", "a;",
        "'excludes' takes one value, and the ';' counts as part of it; use 'excludes any' for a list"
      ),
      (
        "end with", "a;b",
        "'end with' takes one value, and the ';' counts as part of it; write a condition for each value"
      ),
      (
        "is", "\n  a\n",
        "the value begins or ends with a line break, which Sysmon compares as well; write it on one line"
      ),
      (
        "is", "a<!-- b -->c",
        "newer versions of Sysmon read the value only up to the comment in it; move the comment out"
      ),
      ("contains", " ; ", nil), ("contains", " a ", nil), ("is any", "a;b", nil), ("contains all", "a;b", nil),
    ] as [(String, String, String?)])
  func tellsOfValuesThatAreTakenOtherwiseThanTheyLook(condition: String, value: String, expected: String?) throws {
    let telemetry = try read(
      "<ProcessCreate onmatch=\"include\"><Image condition=\"\(condition)\">\(value)</Image></ProcessCreate>")
    #expect(
      telemetry.diagnostics.map(\.description)
        == (expected.map { ["s.xml:3:34: warning: \($0) [sysmon-logic]"] } ?? []))
  }

  @Test(arguments: [
    (
      "<HashAlgorithm>*</HashAlgorithm>",
      "s.xml:1:30: warning: Sysmon has no option 'HashAlgorithm'; did you mean 'HashAlgorithms'? [sysmon-config]"
    ),
    (
      "<HashAlgorithms>SHA266</HashAlgorithms>",
      "s.xml:1:30: warning: Sysmon has no hash 'SHA266'; did you mean 'SHA256'? [sysmon-config]"
    ),
    (
      "<DnsLookup>no</DnsLookup>",
      "s.xml:1:30: warning: DnsLookup can't be 'no'; it is 'true' or 'false' [sysmon-config]"
    ),
  ])
  func tellsOfOptionsThatSysmonDoesntHave(option: String, expected: String) throws {
    let telemetry = try telemetry(
      "", (.sysmon, "s.xml", "<Sysmon schemaversion=\"4.90\">\(option)<EventFiltering/></Sysmon>"))
    #expect(telemetry.diagnostics.map(\.description) == [expected])
  }

  // MARK: What isn't known

  @Test(arguments: [
    "<processcreate onmatch=\"include\"/>", "<ProcesCreate onmatch=\"exclude\"/>",
    "<ProcessCreate onmatch=\"include\"><Imag>a</Imag></ProcessCreate>",
    // One field that isn't known leaves open what becomes of its block.
    "<RuleGroup groupRelation=\"or\"><ProcessCreate onmatch=\"include\"><Image>a</Image><Imag>a</Imag></ProcessCreate></RuleGroup>",
    "<ProcessCreate onmatch=\"exclude\"><Image condition=\"ends with\">a</Image></ProcessCreate>",
    "<ProcessCreate onmatch=\"inclde\"><Image>a</Image></ProcessCreate>",
    "<ProcessCreate><Image>a</Image></ProcessCreate>",
    "<ProcessCreate onmatch=\"include\" default=\"include\"/>",
    "<RuleGroup><RuleGroup><ProcessCreate onmatch=\"include\"/></RuleGroup></RuleGroup>",
    "<RuleGroup groupRelation=\"xor\"><ProcessCreate onmatch=\"exclude\"/></RuleGroup>",
    "<ProcessCreate onmatch=\"include\"><Rule groupRelation=\"xor\"><Image>a</Image></Rule></ProcessCreate>",
    "<ProcessCreate onmatch=\"include\"><Rule><Rule><Image>a</Image></Rule></Rule></ProcessCreate>",
    "<ProcessCreate onmatch=\"inclde\"/><ProcessCreate onmatch=\"include\"><Image>a</Image></ProcessCreate>",
  ])
  func whatIsntUnderstoodIsCollectedInPart(body: String) throws {
    let collection = try read(body).collection(of: sysmonEvent(1))
    #expect(collection.isCollected)
    #expect(!collection.isWhole)
    #expect(!collection.brings(["Image": "a"]) || collection.recorders.contains { !$0.drops.isEmpty })
  }

  @Test func aTypeThatIsntKnownCostsItselfAlone() throws {
    let telemetry = try read("<FileRenamed onmatch=\"exclude\"/><FileCreate onmatch=\"exclude\"/>", version: "4.91")
    #expect(telemetry.diagnostics.map(\.severity) == [.warning])
    #expect(telemetry.collection(of: sysmonEvent(11)).isCollected)
    #expect(telemetry.collection(of: sysmonEvent(22)).state == .notRecorded)
  }

  // Sysmon's schema 4.90: `value="100" rulename="eBPFEvent" ruledefault="exclude" target="linux"`.
  @Test(arguments: [("", false), ("<eBPFEvent onmatch=\"exclude\"/>", true)])
  func sysmonForLinuxHasAnEventOfEBPFPrograms(body: String, isCollected: Bool) throws {
    let telemetry = try telemetry("", (.sysmonLinux, "s.xml", configuration(body)))
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: Event(provider: "Linux-Sysmon", name: "100")).isCollected == isCollected)
  }

  @Test(arguments: [
    ("<Sysmon><a></Sysmon>", "s.xml:1:21: error: opening and ending tag mismatch: a line 1 and Sysmon [xml-syntax]"),
    (
      "<Subscription/>",
      "s.xml:1:1: error: the root element is 'Subscription'; a Sysmon configuration has 'Sysmon' [sysmon-config]"
    ),
  ])
  func aFileThatIsNoConfigurationLeavesItsEventsOpen(text: String, expected: String) throws {
    let telemetry = try telemetry("", (.sysmon, "s.xml", text))
    #expect(telemetry.diagnostics.map(\.description) == [expected])
    for id in [1, 3] { expectPart(telemetry.collection(of: sysmonEvent(id))) }
    // Sysmon's own start and stop is logged whatever a configuration says.
    #expect(telemetry.collection(of: sysmonEvent(4)).state == .notMentioned)
  }

  // By default 1 is logged and 3 isn't.
  @Test(arguments: [
    ("", "'schemaversion' is missing; add the version that 'sysmon -s' prints"),
    (" schemaversion=\"new\"", "the schema version 'new' isn't a valid number; write one such as 4.90"),
    (" schemaversion=\"inf\"", "the schema version 'inf' isn't a valid number; write one such as 4.90"),
  ])
  func aConfigurationWithoutItsVersionIsLoggedInPart(attribute: String, message: String) throws {
    let telemetry = try telemetry(
      "",
      (
        .sysmon, "s.xml",
        "<Sysmon\(attribute)><EventFiltering><DriverLoad onmatch=\"exclude\"/></EventFiltering></Sysmon>"
      ))
    #expect(telemetry.diagnostics.map(\.description) == ["s.xml:1:1: warning: \(message) [sysmon-config]"])
    for id in [1, 6] { expectPart(telemetry.collection(of: sysmonEvent(id))) }
    #expect(!telemetry.collection(of: sysmonEvent(3)).isCollected)
  }

  @Test(arguments: [
    (
      "<ProcessCreate onmatch=\"include\"/>",
      "s.xml:1:30: warning: 'ProcessCreate' is outside EventFiltering; move it there [sysmon-config]"
    ),
    (
      "<RuleGroup><ProcessCreate onmatch=\"include\"/></RuleGroup>",
      "s.xml:1:30: warning: 'RuleGroup' is outside EventFiltering; move it there [sysmon-config]"
    ),
    (
      "<EventFilterin><ProcessCreate onmatch=\"include\"/></EventFilterin>",
      "s.xml:1:30: warning: Sysmon has no option 'EventFilterin'; did you mean 'EventFiltering'? [sysmon-config]"
    ),
  ])
  func aBlockOutsideOfItsSectionMayCount(element: String, expected: String) throws {
    let telemetry = try telemetry("", (.sysmon, "s.xml", "<Sysmon schemaversion=\"4.90\">\(element)</Sysmon>"))
    #expect(telemetry.diagnostics.map(\.description) == [expected])
    expectPart(telemetry.collection(of: sysmonEvent(1)))
    #expect(telemetry.collection(of: sysmonEvent(5)).isWhole)
  }

  /// A hash or a name of a host may be there or not.
  @Test(arguments: [
    ("<HashAlgorithms>MD6</HashAlgorithms>", 6), ("<HashAlgorithms>SHA1,SHA266</HashAlgorithms>", 6),
    ("<DnsLookup>no</DnsLookup>", 3),
  ])
  func anOptionThatIsntUnderstoodLeavesItsFieldsOpen(option: String, event: Int) throws {
    let body = "<DriverLoad onmatch=\"exclude\"/><NetworkConnect onmatch=\"exclude\"/>"
    let telemetry = try telemetry(
      "",
      (.sysmon, "s.xml", "<Sysmon schemaversion=\"4.90\">\(option)<EventFiltering>\(body)</EventFiltering></Sysmon>"))
    expectPart(telemetry.collection(of: sysmonEvent(event)))
  }
}
