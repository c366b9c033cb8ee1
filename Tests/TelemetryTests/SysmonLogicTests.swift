import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

/// Clauses of one filter together, and with what is known of its events.
@Suite struct SysmonLogicTests: ReadingSysmon {
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
      false, "everything that 'ProcessCreate' includes is also excluded"
    ),
    (
      "<ProcessCreate onmatch=\"include\"><Image>a1</Image><Image>a2</Image></ProcessCreate><ProcessCreate onmatch=\"exclude\"><Image condition=\"contains\">A</Image></ProcessCreate>",
      false, "everything that 'ProcessCreate' includes is also excluded"
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
            "no event of 'DriverLoad' matches its conditions, so that Sysmon logs nothing of it; correct the values, or the options that leave fields empty"
          ]))
  }

  /// Values that are left out exclude nothing together; what is kept is held against a thousand of them.
  @Test(.timeLimit(.minutes(15))) func manyValuesThatAreLeftOutAreJudgedInLinearTime() throws {
    let values = (0..<30_000).map { "a\($0)" }.joined(separator: ";")
    let telemetry = try read(
      "<RuleGroup groupRelation=\"or\"><ProcessCreate onmatch=\"exclude\"><CommandLine condition=\"contains any\">\(values)</CommandLine></ProcessCreate></RuleGroup>"
    )
    #expect(telemetry.collection(of: sysmonEvent(1)).isCollected)
  }

  /// All that is kept lacks what would save it from being dropped. With very long lists that isn't worked out.
  @Test(arguments: [(10, false), (1_000, false), (1_100, true)])
  func choicesBetweenVeryManyWaysAreNotTried(count: Int, isCollected: Bool) throws {
    func list(_ letter: String) -> String { (0..<count).map { "\(letter)\($0)" }.joined(separator: ";") }
    let telemetry = try read(
      "<ProcessCreate onmatch=\"include\"><Image condition=\"is any\">\(list("a"))</Image></ProcessCreate>"
        + "<ProcessCreate onmatch=\"exclude\"><Image condition=\"excludes any\">\(list("b"))</Image></ProcessCreate>")
    #expect(telemetry.collection(of: sysmonEvent(1)).isCollected == isCollected)
  }
}
