import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

@Suite struct SysmonTests: ReadingSysmon {
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
    (
      "",
      ["IMPHASH", "MD5", "SHA256"].map { "\($0), as there is no HashAlgorithms, so that SHA1 is the only one" }, []
    ),
    (
      "<HashAlgorithms>sha256,IMPHASH</HashAlgorithms>",
      ["MD5", "SHA1"].map { "\($0), as HashAlgorithms sha256,IMPHASH" }, []
    ),
    ("<HashAlgorithms>*</HashAlgorithms>", [], []),
    (
      "<HashAlgorithms>md5,SHA256,IMPHASH,SHA1</HashAlgorithms><DnsLookup>False</DnsLookup>", [],
      [
        "DestinationHostname, as DnsLookup is False", "DestinationPortName, as DnsLookup is False",
        "SourceHostname, as DnsLookup is False", "SourcePortName, as DnsLookup is False",
      ]
    ),
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
}
