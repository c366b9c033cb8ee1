import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

@Suite struct SysmonTests {
  private func configuration(_ body: String, version: String = "4.90") -> String {
    "<Sysmon schemaversion=\"\(version)\">\n<EventFiltering>\n\(body)\n</EventFiltering>\n</Sysmon>"
  }

  private func read(_ body: String, version: String = "4.90") throws -> Telemetry {
    try telemetry("", (.sysmon, "s.xml", configuration(body, version: version)))
  }

  /// Whether process creations with this data are logged.
  private func logs(_ body: String, version: String = "4.90", _ data: Data, event: Int = 1) throws -> Bool {
    let telemetry = try read(body, version: version)
    // What a value looks like is told elsewhere.
    #expect(telemetry.diagnostics.filter { $0.id != .sysmonLogic }.isEmpty)
    return telemetry.collection(of: sysmonEvent(event)).brings(data)
  }

  // Conditions: `MatchFilterOnSpecificRule` of rules.c, row by row.
  @Test(arguments: [
    ("is", #"C:\A.exe"#, #"c:\a.EXE"#, true), ("is", #"C:\A.exe"#, #"c:\a.exe "#, false),
    ("is not", "a", "b", true), ("is not", "a", "A", false),
    ("contains", "b;c", "ab;cd", true), ("contains", "b;c", "abcd", false),
    ("contains any", "x;B", "abc", true), ("contains any", "x;y", "abc", false),
    ("contains all", "a;C", "abc", true), ("contains all", "a;d", "abc", false),
    ("is any", "x;ABC", "abc", true), ("is any", "ab;bc", "abc", false),
    ("excludes", "b", "abc", false), ("excludes", "x", "abc", true),
    ("excludes any", "x;b", "abc", false), ("excludes any", "x;y", "abc", true),
    ("excludes all", "a;b", "abc", false), ("excludes all", "a;x", "abc", true),
    ("begin with", "AB", "abc", true), ("begin with", "b", "abc", false),
    ("not begin with", "b", "abc", true), ("not begin with", "ab", "abc", false),
    ("end with", "BC", "abc", true), ("end with", "b", "abc", false),
    ("not end with", "b", "abc", true), ("not end with", "bc", "abc", false),
    ("less than", "b", "a", true), ("more than", "b", "c", true),
    // A name alone is the last part of the path, and all of it.
    ("image", "lsass.exe", #"C:\Windows\System32\lsass.exe"#, true), ("image", "lsass.exe", "lsass.exe", true),
    ("image", "sass.exe", #"C:\Windows\System32\lsass.exe"#, false),
    ("image", #"C:\Windows\lsass.exe"#, #"c:\windows\LSASS.exe"#, true),
    ("image", #"Windows\lsass.exe"#, #"C:\Windows\lsass.exe"#, false),
  ])
  func comparesAsSysmonDoes(condition: String, value: String, field: String, isMatch: Bool) throws {
    let body = "<ProcessCreate onmatch=\"include\"><Image condition=\"\(condition)\">\(value)</Image></ProcessCreate>"
    #expect(try logs(body, ["Image": field]) == isMatch)
  }

  @Test func comparesForEqualityWithoutACondition() throws {
    let body = "<NetworkConnect onmatch=\"include\"><DestinationPort>443</DestinationPort></NetworkConnect>"
    #expect(try logs(body, ["DestinationPort": "443"], event: 3))
    #expect(try !logs(body, ["DestinationPort": "4433"], event: 3))
  }

  // Microsoft's documentation, "Event filtering entries": "exclude matches take precedence".
  @Test(arguments: [
    (#"<ProcessCreate onmatch="include"/>"#, false, false),
    (#"<ProcessCreate onmatch="exclude"/>"#, true, true),
    (#"<ProcessCreate onmatch="include"><Image>a</Image></ProcessCreate>"#, true, false),
    (#"<ProcessCreate onmatch="exclude"><Image>a</Image></ProcessCreate>"#, false, true),
    (
      #"<ProcessCreate onmatch="include"><Image>a</Image></ProcessCreate><ProcessCreate onmatch="exclude"><User>u</User></ProcessCreate>"#,
      false, false
    ),
    (
      #"<ProcessCreate onmatch="include"><Image>a</Image></ProcessCreate><ProcessCreate onmatch="exclude"><User>x</User></ProcessCreate>"#,
      true, false
    ),
    // Beside an include, an empty exclude lets nothing more in (rules.c, `FilterEventRules`).
    (
      #"<ProcessCreate onmatch="exclude"/><ProcessCreate onmatch="include"><Image>a</Image></ProcessCreate>"#, true,
      false
    ),
    (
      #"<ProcessCreate onmatch="include"><Image>a</Image></ProcessCreate><ProcessCreate onmatch="include"><Image>b</Image></ProcessCreate>"#,
      true, true
    ),
    // `default` says the same from the other end (xml.cpp).
    (#"<ProcessCreate default="exclude"><Image>a</Image></ProcessCreate>"#, true, false),
  ])
  func joinsTheBlocksOfAType(body: String, ofA: Bool, ofB: Bool) throws {
    #expect(try logs(body, ["Image": "a", "User": "u"]) == ofA)
    #expect(try logs(body, ["Image": "b", "User": "u"]) == ofB)
  }

  @Test func twoExcludesAloneLogNothingAndAreTold() throws {
    let telemetry = try read(
      "<ProcessCreate onmatch=\"exclude\"><Image>a</Image></ProcessCreate>\n<ProcessCreate onmatch=\"exclude\"/>")
    #expect(telemetry.collection(of: sysmonEvent(1)).state == .notRecorded)
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "s.xml:4:1: warning: with two exclude blocks of 'ProcessCreate' and no include, Sysmon logs nothing of it; join the blocks [sysmon-logic]"
      ])
  }

  // "The rules about rules": conditions on one field are joined by or; those on different fields by what the group says,
  // by and from schema 4.2 on, by or before (xml.cpp).
  @Test(
    arguments: [
      ("4.90", nil, false), ("4.90", "or", true), ("4.90", "and", false), ("4.1", nil, true), ("4.1", "and", false),
      ("4.22", nil, false), ("3.30", nil, true), ("4.10", nil, true),
    ] as [(String, String?, Bool)])
  func joinsFieldsByTheGroupOrTheSchema(version: String, relation: String?, orElse: Bool) throws {
    let block =
      #"<ProcessCreate onmatch="include"><Image>a</Image><Image>b</Image><User>u</User></ProcessCreate>"#
    let body = relation.map { "<RuleGroup groupRelation=\"\($0)\">\(block)</RuleGroup>" } ?? block
    #expect(try logs(body, version: version, ["Image": "b", "User": "u"]))
    #expect(try logs(body, version: version, ["Image": "b", "User": "x"]) == orElse)
    #expect(try logs(body, version: version, ["Image": "x", "User": "u"]) == orElse)
    #expect(try !logs(body, version: version, ["Image": "x", "User": "x"]))
  }

  // Sysmon 10.4: a Rule is one condition; in it, `and` holds for one field too, and is what it is without a word.
  @Test(arguments: [("and", false), ("or", true), (nil, false)] as [(String?, Bool)])
  func aRuleNestsAGroupOnceMore(relation: String?, orElse: Bool) throws {
    let attribute = relation.map { " groupRelation=\"\($0)\"" } ?? ""
    let body =
      "<RuleGroup groupRelation=\"or\"><ProcessCreate onmatch=\"include\"><User>root</User><Rule\(attribute)>"
      + "<CommandLine condition=\"contains\">a</CommandLine><CommandLine condition=\"contains\">b</CommandLine></Rule>"
      + "</ProcessCreate></RuleGroup>"
    #expect(try logs(body, ["CommandLine": "ab", "User": "x"]))
    #expect(try logs(body, ["CommandLine": "b", "User": "x"]) == orElse)
    #expect(try logs(body, ["CommandLine": "c", "User": "root"]))
  }

  @Test(arguments: [
    (1, true), (2, true), (3, false), (5, true), (6, true), (7, false), (8, true), (9, true), (10, false), (11, false),
    (12, false), (15, false), (17, false), (19, false), (22, false), (23, false), (29, false),
    // No configuration turns these off.
    (4, true), (16, true), (255, true),
  ])
  func typesThatTheFileLeavesOutHaveTheSchemasDefault(id: Int, isLogged: Bool) throws {
    let collection = try read(#"<DnsLookup onmatch="x"/>"#.prefix(0) + "").collection(of: sysmonEvent(id))
    #expect(collection.isCollected == isLogged)
    #expect(collection.recorders.first?.isDefault == ![4, 16, 255].contains(id))
  }

  @Test func aTypeOfSeveralEventsSetsThemAll() throws {
    let body =
      #"<RegistryEvent onmatch="include"><TargetObject condition="contains">Run</TargetObject></RegistryEvent>"#
    for id in [12, 13, 14] { #expect(try logs(body, ["TargetObject": #"HKLM\Run\x"#], event: id)) }
    // A field that another event of the type has in its place matches nothing there, not even as `is not`.
    let details = #"<RegistryEvent onmatch="include"><Details condition="is not">x</Details></RegistryEvent>"#
    #expect(try logs(details, ["Details": "y"], event: 13))
    #expect(try !logs(details, ["NewName": "y"], event: 14))
    #expect(try !logs(details, [:], event: 12))
  }

  @Test func theFilesOfSysmonForLinuxAreItsOwn() throws {
    let text = configuration(#"<FileCreate onmatch="exclude"/>"#)
    let telemetry = try telemetry("", (.sysmonLinux, "s.xml", text))
    #expect(telemetry.collection(of: Event(provider: "Linux-Sysmon", name: "11")).isCollected)
    #expect(telemetry.collection(of: sysmonEvent(11)).state == .notMentioned)
  }

  @Test func clausesSayWhereTheyStandAndWhatTheyAre() throws {
    let telemetry = try read(
      """
      <RuleGroup groupRelation="or">
        <ProcessCreate onmatch="exclude">
          <!-- a comment -->
          <Image condition="end with">\\a&amp;b.exe</Image>
          <Rule groupRelation="and"><Image>x</Image>
            <User condition="is">y</User></Rule>
        </ProcessCreate>
      </RuleGroup>
      """)
    let filter = try #require(telemetry.collection(of: sysmonEvent(1)).recorders.first)
    #expect(filter.source.location.description == "s.xml:4:3")
    #expect(
      filter.drops.map { "\($0.location) \($0.text)" } == [
        #"s.xml:6:5 Image end with \a&b.exe"#, "s.xml:7:5 Image is x and User is y",
      ])
  }

  @Test func valuesWithVariablesCantBeCompared() throws {
    let telemetry = try read(
      #"<ProcessCreate onmatch="exclude"><Image condition="begin with">%AppData%\x</Image></ProcessCreate>"#)
    let clause = try #require(telemetry.collection(of: sysmonEvent(1)).recorders.first?.drops.first)
    #expect(
      clause.predicate
        == .test(Test(field: "Image", kind: .startsWith, value: #"%AppData%\x"#, modifiers: .expand)))
  }

  // Without the option SHA1 alone is worked out; names of hosts are looked up unless DnsLookup says no.
  @Test(arguments: [
    ("", ["no HashAlgorithms, so that SHA1 is the only one"], []),
    ("<HashAlgorithms>*</HashAlgorithms>", [], []),
    ("<HashAlgorithms>md5,SHA256,IMPHASH,SHA1</HashAlgorithms><DnsLookup>False</DnsLookup>", [], ["DnsLookup False"]),
  ])
  func optionsLeaveFieldsEmpty(options: String, ofProcess: [String], ofNetwork: [String]) throws {
    let telemetry = try telemetry(
      "", (.sysmon, "s.xml", "<Sysmon schemaversion=\"4.90\">\(options)<EventFiltering/></Sysmon>"))
    func lacks(_ id: Int) -> [String] {
      Set(telemetry.collection(of: sysmonEvent(id)).recorders.flatMap(\.lacks).map(\.text)).sorted()
    }
    #expect(lacks(1) == ofProcess)
    #expect(lacks(3) == ofNetwork)
  }

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
      "s.xml:1:30: warning: 'ProcessCreate' is outside of EventFiltering; move it there [sysmon-config]"
    ),
    (
      "<RuleGroup><ProcessCreate onmatch=\"include\"/></RuleGroup>",
      "s.xml:1:30: warning: 'RuleGroup' is outside of EventFiltering; move it there [sysmon-config]"
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

  @Test func aListThatEndsInASemicolonTakesEveryValue() throws {
    let telemetry = try read(
      "<ProcessCreate onmatch=\"include\"><Image condition=\"contains any\">x;</Image></ProcessCreate>")
    #expect(telemetry.collection(of: sysmonEvent(1)).brings(["Image": "anything"]))
  }

  // rules.c, `MatchFilterOnSpecificRule`: no condition but those for lists looks for a `;`.
  @Test(
    arguments: [
      ("is", "a;b", "'is' takes one value, and the ';' counts as a part of it; use 'is any' for a list"),
      (
        "contains", "a;b",
        "'contains' takes one value, and the ';' counts as a part of it; use 'contains any' for a list"
      ),
      (
        "excludes", "a;",
        "'excludes' takes one value, and the ';' counts as a part of it; use 'excludes any' for a list"
      ),
      (
        "end with", "a;b",
        "'end with' takes one value, and the ';' counts as a part of it; write a condition for each value"
      ),
      (
        "is", "\n  a\n",
        "the value begins or ends with a line break, which Sysmon compares as well; write it in one line"
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
      "s.xml:1:30: warning: Sysmon works out no hash 'SHA266'; did you mean 'SHA256'? [sysmon-config]"
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

  // MARK: What can't be told

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

  // MARK: Clauses together

  @Test(arguments: [
    // Whatever the image is, it isn't a, or it isn't b.
    (
      "<ProcessCreate onmatch=\"exclude\"><Image condition=\"is not\">a</Image><Image condition=\"is not\">b</Image></ProcessCreate>",
      false, "one or another of the conditions that exclude matches every event"
    ),
    (
      "<ProcessCreate onmatch=\"exclude\"><Image condition=\"begin with\">c:</Image><Image condition=\"not begin with\">C:\\Users</Image></ProcessCreate>",
      false, "one or another of the conditions that exclude matches every event"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><Image condition=\"contains any\">a;b</Image><Image condition=\"excludes any\">b;a</Image></ProcessCreate>",
      true, "one or another of the conditions that include matches every event"
    ),
    // Each way that the two fields can be.
    (
      "<RuleGroup groupRelation=\"or\"><ProcessCreate onmatch=\"include\">"
        + "<Rule><Image>a</Image><User>u</User></Rule><Rule><Image>a</Image><User condition=\"is not\">u</User></Rule>"
        + "<Image condition=\"is not\">a</Image></ProcessCreate></RuleGroup>",
      true, "one or another of the conditions that include matches every event"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><Image>C:\\Q.exe</Image></ProcessCreate><ProcessCreate onmatch=\"exclude\"><Image>c:\\q.EXE</Image></ProcessCreate>",
      false, "all that 'ProcessCreate' includes is excluded as well"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><Image>a1</Image><Image>a2</Image></ProcessCreate><ProcessCreate onmatch=\"exclude\"><Image condition=\"contains\">A</Image></ProcessCreate>",
      false, "all that 'ProcessCreate' includes is excluded as well"
    ),
  ])
  func clausesOfOneFilterAreJudgedTogether(body: String, isCollected: Bool, message: String) throws {
    let telemetry = try read(body)
    let collection = telemetry.collection(of: sysmonEvent(1))
    #expect(collection.state == (isCollected ? .collected : .notRecorded))
    #expect(collection.recorders.allSatisfy { $0.keeps == nil || $0.keeps == [] || !$0.drops.isEmpty })
    #expect(telemetry.diagnostics.map(\.id) == [.sysmonLogic])
    #expect(telemetry.diagnostics.first?.message.hasPrefix(message) ?? false)
  }

  @Test(arguments: [
    "<ProcessCreate onmatch=\"exclude\"><Image condition=\"is not\">a</Image><User condition=\"is not\">b</User></ProcessCreate>",
    "<ProcessCreate onmatch=\"exclude\"><Image condition=\"is not\">a</Image><Image condition=\"contains\">b</Image></ProcessCreate>",
    "<ProcessCreate onmatch=\"include\"><Image>a1</Image><Image>b</Image></ProcessCreate><ProcessCreate onmatch=\"exclude\"><Image condition=\"contains\">a</Image></ProcessCreate>",
    // Joined by `and` in a group, as they are meant.
    "<RuleGroup groupRelation=\"and\"><ProcessCreate onmatch=\"exclude\"><Rule><Image condition=\"is not\">a</Image><Image condition=\"is not\">b</Image></Rule></ProcessCreate></RuleGroup>",
  ])
  func clausesThatLeaveSomethingAreLeftAlone(body: String) throws {
    let telemetry = try read(body)
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: sysmonEvent(1)).isCollected)
  }

  /// Ways multiply; their number is bounded.
  @Test func manyRulesAreJudgedInBoundedTime() throws {
    let rules = (0..<400).map { number in
      "<Rule><Image condition=\"is not\">a\(number)</Image><User condition=\"is not\">u\(number)</User><Company>c\(number)</Company></Rule>"
    }
    let telemetry = try read(
      "<RuleGroup groupRelation=\"or\"><ProcessCreate onmatch=\"exclude\">\(rules.joined())</ProcessCreate></RuleGroup>"
    )
    #expect(telemetry.collection(of: sysmonEvent(1)).isCollected)
  }

  // The event map: 12 has CreateKey, DeleteKey, CreateValue and DeleteValue, 13 SetValue, 14 RenameKey and RenameValue.
  @Test(arguments: [
    ("include", "is", "SetValue", [], [13]), ("include", "is", "setvalue", [], [13]),
    ("include", "contains", "Value", [12, 14], [13]), ("include", "is", "CreateKey", [12], []),
    ("exclude", "is", "SetValue", [], [12, 14]), ("exclude", "contains", "Key", [12, 14], [13]),
    ("exclude", "is not", "SetValue", [], [13]),
  ])
  func knowsWhatTheEventsOfATypeAreLike(
    match: String, condition: String, value: String, inPart: [Int], whole: [Int]
  ) throws {
    let telemetry = try read(
      "<RegistryEvent onmatch=\"\(match)\"><EventType condition=\"\(condition)\">\(value)</EventType></RegistryEvent>")
    #expect(telemetry.diagnostics.isEmpty)
    let collections = [12, 13, 14].map { ($0, telemetry.collection(of: sysmonEvent($0))) }
    #expect(collections.filter { $0.1.isWhole }.map(\.0) == whole)
    #expect(collections.filter { $0.1.isCollected && !$0.1.isWhole }.map(\.0) == inPart)
  }

  // networkCommon.cpp: without a lookup the names are empty, which is written `-`.
  @Test(arguments: [
    ("include", "end with", ".onion", false), ("include", "is not", "a", true), ("include", "is", "-", true),
    ("include", "contains", "-", true), ("exclude", "contains", "a", true), ("exclude", "excludes", "a", false),
  ])
  func aNameThatIsntLookedUpIsADash(match: String, condition: String, value: String, isCollected: Bool) throws {
    let block =
      "<NetworkConnect onmatch=\"\(match)\"><DestinationHostname condition=\"\(condition)\">\(value)</DestinationHostname></NetworkConnect>"
    func collection(_ option: String) throws -> EventCollection {
      try telemetry(
        "",
        (.sysmon, "s.xml", "<Sysmon schemaversion=\"4.90\">\(option)<EventFiltering>\(block)</EventFiltering></Sysmon>")
      ).collection(of: sysmonEvent(3))
    }
    let found = try collection("<DnsLookup>false</DnsLookup>")
    #expect(found.isCollected == isCollected)
    #expect(
      found.recorders.allSatisfy { $0.isOff || $0.keeps?.allSatisfy(\.predicate.isAlways) ?? true && $0.drops.isEmpty })
    #expect(try collection("<DnsLookup>true</DnsLookup>").isCollected)
  }

  @Test(arguments: [("SHA1", false), ("MD5", true), ("*", true)])
  func aHashThatIsntWorkedOutIsInNoEvent(algorithms: String, isCollected: Bool) throws {
    let telemetry = try telemetry(
      "",
      (
        .sysmon, "s.xml",
        "<Sysmon schemaversion=\"4.90\"><HashAlgorithms>\(algorithms)</HashAlgorithms><EventFiltering><DriverLoad onmatch=\"include\"><Hashes condition=\"contains\">md5=0A</Hashes></DriverLoad></EventFiltering></Sysmon>"
      ))
    #expect(telemetry.collection(of: sysmonEvent(6)).isCollected == isCollected)
    #expect(
      telemetry.diagnostics.map(\.message)
        == (isCollected
          ? []
          : [
            "no event of 'DriverLoad' has what its conditions ask for, so that Sysmon logs nothing of it; correct the values, or the options that leave fields empty"
          ]))
  }
}
