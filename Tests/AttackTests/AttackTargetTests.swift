import Attack
import Diagnostics
import Documents
import RuleModel
import Testing

/// A group with a technique of its own, one by way of its campaign and one by way of that campaign's software.
@Suite struct AttackTargetTests {
  private let matrix: AttackMatrix

  init() throws {
    matrix = try AttackMatrix(
      parsing: Array(
        """
        {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n",
         "tactics": [{"id": "TA0002", "name": "Execution", "shortname": "execution"},
                     {"id": "TA0006", "name": "Credential Access", "shortname": "credential-access"}],
         "techniques": [
          {"id": "T1002", "name": "Old", "revokedBy": "T1003.001"},
          {"id": "T1003", "name": "Dumping", "tactics": "TA0006"},
          {"id": "T1003.001", "name": "LSASS", "tactics": "TA0006"},
          {"id": "T1043", "name": "Gone", "deprecated": true},
          {"id": "T1059", "name": "Interpreter", "tactics": "TA0002"},
          {"id": "T1060", "name": "Run keys", "tactics": "TA0002"}],
         "groups": [{"id": "G0001", "name": "Thieves", "aliases": ["Pick Pockets", "Crowbar"], "techniques": "T1003"},
                    {"id": "G0002", "name": "Idle"},
                    {"id": "G0003", "name": "Night", "deprecated": true}, {"id": "G0004", "name": "TA4004", "techniques": "T1060"}],
         "campaigns": [{"id": "C0001", "name": "Night", "techniques": "T1059", "software": "S0001", "groups": "G0001"}],
         "software": [{"id": "S0001", "name": "Crowbar", "aliases": ["pick pockets", "Lever"], "techniques": "T1060"}],
         "dataComponents": [], "logSources": [], "strategies": []}
        """.utf8))
  }

  @Test(arguments: [
    ("T1003", "T1003 T1003.001"), ("t1003.001", "T1003.001"), ("T1002", "T1003.001"), ("TA0002", "T1059 T1060"),
    ("G0001", "T1003"), ("thieves", "T1003"), ("PICK pockets", "T1003"),
    ("night", "T1059"), ("TA4004", "T1060"), ("crowbar", "T1060"), ("lever", "T1060"), ("C0001", "T1059"),
    ("S0001", "T1060"),
    ("G0002", ""),
  ])
  func namesTechniques(text: String, expected: String) throws {
    let target = try #require(matrix.target(named: text))
    #expect(target.techniques.sorted().map(\.description).joined(separator: " ") == expected)
  }

  /// A group's own techniques, and those of its campaigns and software where that is asked for; each came in the most direct way.
  @Test(
    arguments: [
      ("G0001", [], ["T1003": "used by the threat itself: Thieves (G0001)"]),
      (
        "G0001", [.campaigns],
        ["T1003": "used by the threat itself: Thieves (G0001)", "T1059": "by its campaigns: Night (C0001)"]
      ),
      // The group names no software; its campaign does.
      ("G0001", [.software], ["T1003": "used by the threat itself: Thieves (G0001)"]),
      (
        "G0001", [.campaigns, .software],
        [
          "T1003": "used by the threat itself: Thieves (G0001)", "T1059": "by its campaigns: Night (C0001)",
          "T1060": "by its software: Crowbar (S0001)",
        ]
      ),
      (
        "C0001", [.software],
        ["T1059": "used by the threat itself: Night (C0001)", "T1060": "by its software: Crowbar (S0001)"]
      ),
      ("TA0002", [.software], ["T1059": "listed: Execution (TA0002)", "T1060": "listed: Execution (TA0002)"]),
    ] as [(String, Set<AttackTarget.Route>, [String: String])])
  func tellsHowEachTechniqueCameIn(
    text: String, routes: Set<AttackTarget.Route>, expected: [String: String]
  ) throws {
    let target = try #require(matrix.target(named: text, via: routes))
    let found = target.origins.map { ($0.key.description, $0.value.words) }
    #expect(Dictionary(found, uniquingKeysWith: { $1 }) == expected)
  }

  @Test func countsEachTechniqueOnce() throws {
    let list = "G0001 T1060 T1003"
    let target = try matrix.target(parsing: Array(list.utf8), path: "list.txt", via: [.campaigns, .software]).target
    #expect(target.words == "3 listed, 1 by its campaigns")
  }

  @Test(arguments: ["T1043", "T9999", "G0009", "Burglars", "TA0001", ""])
  func knowsNoOther(text: String) { #expect(matrix.target(named: text) == nil) }

  @Test func readsALayerAndLeavesOutWhatIsDisabledOrScoresNothing() throws {
    let layer = """
      {"name": "x", "versions": {"attack": "1", "navigator": "5", "layer": "4.5"}, "domain": "enterprise-attack",
       "techniques": [{"techniqueID": "T1003", "score": 3}, {"techniqueID": "T1059", "score": 0},
        {"techniqueID": "T1060", "enabled": false}, {"techniqueID": "T1002"}, {"techniqueID": "T7777"}]}
      """
    let (target, findings) = try matrix.target(parsing: Array(layer.utf8), path: "reviews/threats.json")
    #expect(target.title == "threats.json")
    #expect(target.techniques.sorted().map(\.description) == ["T1003", "T1003.001"])
    #expect(
      findings.map(\.description) == [
        "reviews/threats.json:3:89: warning: ATT&CK Enterprise 1.0 has no 'T7777'; correct it [attack-unknown]"
      ])
  }

  /// What the Navigator writes of a technique of which only the row of sub-techniques was opened is no selection.
  @Test(arguments: [
    ("\"showSubtechniques\": true", false), ("\"showSubtechniques\": false, \"enabled\": true", false),
    (
      "\"tactic\": \"execution\", \"color\": \"\", \"comment\": \"\", \"enabled\": true, \"metadata\": [], \"links\": [], \"showSubtechniques\": true",
      false
    ),
    ("\"showSubtechniques\": true, \"score\": 1", true), ("\"showSubtechniques\": true, \"color\": \"#ff0000\"", true),
    ("\"showSubtechniques\": true, \"comment\": \"c\"", true),
    ("\"showSubtechniques\": true, \"metadata\": [{\"name\": \"a\", \"value\": \"b\"}]", true),
    ("\"tactic\": \"execution\"", true), ("\"enabled\": true", true),
    ("\"score\": 0, \"comment\": \"c\"", false), ("\"score\": null, \"comment\": \"c\"", true),
  ])
  func leavesOutWhatIsOnlyShown(members: String, isSelected: Bool) throws {
    let layer = """
      {"versions": {"layer": "4.5"}, "domain": "enterprise-attack",
       "techniques": [{"techniqueID": "T1003", "score": 1}, {"techniqueID": "T1059", \(members)}]}
      """
    let target = try matrix.target(parsing: Array(layer.utf8), path: "l.json").target
    #expect(target.techniques.count == (isSelected ? 2 : 1))
  }

  @Test func readsAListOfLayers() throws {
    let layers = ["T1003", "T1059"].map {
      "{\"name\": \"of \($0)\", \"versions\": {\"layer\": \"4.5\"}, \"domain\": \"mitre-enterprise\", \"techniques\": [{\"techniqueID\": \"\($0)\"}]}"
    }
    let text = "\u{FEFF}[\(layers.joined(separator: ","))]"
    let target = try matrix.target(parsing: Array(text.utf8), path: "l.json").target
    #expect(target.origins.values.map(\.words).sorted() == ["listed: of T1003", "listed: of T1059"])
  }

  @Test(arguments: ["G0001", "{\"versions\": {}}"])
  func refusesUTF16(text: String) throws {
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let error = try #require(throws: DocumentError.self) { try matrix.target(parsing: bytes, path: "a") }
    #expect(error.diagnostic(in: "a").description == "a:1:1: error: the file is UTF-16; save it as UTF-8 [not-text]")
  }

  @Test func readsAListWithCommentsAndThreats() throws {
    let list = "\u{FEFF}# what we fear\nG0001, T1003.001 # twice\n\nT0000\n"
    let (target, findings) = try matrix.target(
      parsing: Array(list.utf8), path: "list.txt", via: [.campaigns, .software])
    #expect(target.techniques.sorted().map(\.description) == ["T1003", "T1003.001", "T1059", "T1060"])
    #expect(findings.map(\.location.description) == ["list.txt:4:1"])
  }

  @Test(arguments: [
    (
      "{\"version\": \"3.0\", \"techniques\": [{\"techniqueID\": \"T1003\"}]}",
      "a.json:1:13: error: the layer's format is 3.0, not 4; open it in the ATT&CK Navigator and save it again [attack-target]"
    ),
    (
      "{\"techniques\": [{\"techniqueID\": \"T1003\"}]}",
      "a.json:1:1: error: the layer's format is unknown, not 4; open it in the ATT&CK Navigator and save it again [attack-target]"
    ),
    (
      "{\"versions\": {\"layer\": \"4.5\"}, \"domain\": \"ics-attack\", \"techniques\": []}",
      "a.json:1:42: error: the layer is for ics-attack, but the loaded data is for enterprise-attack [attack-target]"
    ),
    (
      "{\"rules\": []}",
      "a.json:1:1: error: this isn't a layer of the ATT&CK Navigator; it has no 'techniques' [attack-target]"
    ),
    (
      "{\"versions\": {\"layer\": \"4.5\"}, \"techniques\": [{\"techniqueID\": \"T1003\", \"showSubtechniques\": true}]}",
      "a.json: error: it selects no technique of ATT&CK Enterprise 1.0; score, colour or comment on techniques in the ATT&CK Navigator [attack-target]"
    ),
    (
      "# nothing\n",
      "a.json: error: it names no technique of ATT&CK Enterprise 1.0; give a Navigator layer, or ids such as T1059 or G0016 [attack-target]"
    ),
    (
      "G0002",
      "a.json: error: it names no technique of ATT&CK Enterprise 1.0; give a Navigator layer, or ids such as T1059 or G0016 [attack-target]"
    ),
  ])
  func refusesWhatNamesNoTechniques(text: String, expected: String) throws {
    let error = try #require(throws: DocumentError.self) {
      try matrix.target(parsing: Array(text.utf8), path: "a.json")
    }
    #expect(error.diagnostic(in: "a.json").description == expected)
  }
}
