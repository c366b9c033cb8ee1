import Attack
import Diagnostics
import Documents
import RuleModel
import Testing

@Suite struct DataFileTests {
  /// A small file with a place for one more technique and group.
  private func file(techniques: String = "", groups: String = "", strategies: String = "", format: String = "1")
    -> [UInt8]
  {
    let text = """
      {
      "format":\(format),
      "domain":"enterprise-attack","version":"1.0","notice":"© MITRE",
      "tactics":[{"id":"TA0002","name":"Execution","shortname":"execution"}],
      "techniques":[{"id":"T0001","name":"One","tactics":"TA0002"}
      \(techniques)],
      "groups":[
      \(groups)],
      "dataComponents":[{"id":"DC0001","name":"Process Creation"}],
      "logSources":[["auditd","execve","DC0001"]],
      "strategies":[
      \(strategies)]
      }
      """
    return Array(text.utf8)
  }

  @Test func readsBackWhatItWrites() throws {
    let shipped = try embedded("catalog/knowledge/attack/enterprise-attack.json")
    #expect(try AttackMatrix(parsing: shipped).serialized() == shipped)
    let small = try fixture("bundle-2.1.imported.json")
    #expect(try AttackMatrix(parsing: small).serialized() == small)
  }

  @Test func escapesWhatJSONAndYAMLForbid() throws {
    let matrix = try AttackMatrix(parsing: file(groups: #"{"id":"G0001","name":"a\"\\\u0001\u007f\u0085\ufeffé\n"}"#))
    #expect(matrix.groups.first?.name == "a\"\\\u{1}\u{7F}\u{85}\u{FEFF}é\n")
    let text = String(decoding: matrix.serialized(), as: UTF8.self)
    #expect(text.contains(#"{"id":"G0001","name":"a\"\\\u0001\u007f\u0085\ufeffé\u000a"}"#))
  }

  @Test(arguments: [
    ("{}", "attack.json:1:1: error: 'format' is missing; add it [attack-data]"),
    ("[]", "attack.json:1:1: error: an object is expected here; correct it [attack-data]"),
    (
      "",
      "attack.json:1:1: error: \(foreign) [attack-data]"
    ),
    (
      #"{"type":"bundle","objects":[]}"#,
      "attack.json:1:1: error: \(foreign) [attack-data]"
    ),
    (#"{"format":1"#, "attack.json:1:12: error: expected ',' or '}'; correct the JSON here [json-syntax]"),
  ])
  func refusesWhatIsNoDataFile(text: String, expected: String) throws {
    let error = try #require(throws: DocumentError.self) { try AttackMatrix(parsing: Array(text.utf8)) }
    #expect(error.diagnostic(in: "attack.json").description.hasPrefix(expected))
  }

  @Test func sendsPackedBundlesToTheImport() throws {
    let error = try #require(throws: DocumentError.self) { try AttackMatrix(parsing: fixture("bundle-2.1.json.gz")) }
    #expect(
      error.message
        == foreign)
  }

  @Test func refusesAFormatThatItDoesNotKnow() throws {
    let error = try #require(throws: DocumentError.self) { try AttackMatrix(parsing: file(format: "2")) }
    #expect(error.message == "the format is 2, not 1; use a newer Ruledex, or import the STIX bundle again")
  }

  @Test(arguments: [
    (#",{"id":"X1","name":"Two"}"#, 6, 8, "'X1' isn't a valid value of 'id'; correct it"),
    (#",{"name":"Two"}"#, 6, 2, "'id' is missing; add it"),
    (#",{"id":"T0002","name":"Two"}"#, 6, 2, "T0002 is active but belongs to no tactic; correct it"),
    (
      #",{"id":"T0002","name":"Two","tactics":"TA0003"}"#, 6, 2,
      "T0002 names TA0003, which the data doesn't have; correct it"
    ),
    (
      #",{"id":"T0002","name":"Two","tactics":"execution"}"#, 6, 2,
      "'execution' in 'tactics' isn't a valid id; correct it"
    ),
    (#",{"id":"T0001","name":"Two","tactics":"TA0002"}"#, 6, 2, "T0001 appears twice; correct it"),
    (
      #",{"id":"T0002","name":"Two","revokedBy":"T0003"}"#, 6, 2,
      "T0002 was replaced by T0003, which the data doesn't have; correct it"
    ),
    (
      #",{"id":"T0002","name":"A","revokedBy":"T0003"},{"id":"T0003","name":"B","revokedBy":"T0002"}"#, 6, 2,
      "the replacements of T0002 lead in a circle; correct it"
    ),
    (
      #",{"id":"T0002","name":"Two","tactics":"TA0002","platforms":"Linux"}"#, 6, 60,
      "'platforms' must be a list; correct it"
    ),
    (#","T0002""#, 6, 2, "an object is expected here; correct it"),
  ])
  func pointsAtTheFaultyTechnique(record: String, line: Int, column: Int, expected: String) throws {
    let error = try #require(throws: DocumentError.self) { try AttackMatrix(parsing: file(techniques: record)) }
    #expect(error.id == .attackData)
    #expect(error.message == expected)
    #expect(error.position == SourcePosition(line: line, column: column))
  }

  @Test(arguments: [
    (
      #"{"id":"DET0001","techniques":"T0001","analytics":[["AN0001","0"],["AN0002","1"]]}"#,
      "an analytic is an id, numbers of log sources that the file has, and platforms; correct it"
    ),
    (
      #"{"id":"DET0001","techniques":"T0001","analytics":[["AN0001"]]}"#,
      "an analytic is an id, numbers of log sources that the file has, and platforms; correct it"
    ),
    (
      #"{"id":"DET0001","techniques":"T0009","analytics":[]}"#,
      "DET0001 names T0009, which the data doesn't have; correct it"
    ),
  ])
  func refusesStrategiesThatLeadNowhere(record: String, expected: String) throws {
    let error = try #require(throws: DocumentError.self) { try AttackMatrix(parsing: file(strategies: record)) }
    #expect(error.message == expected)
  }

  @Test func refusesUsersOfUnknownTechniques() throws {
    let record = #"{"id":"G0001","name":"Group","techniques":"T0001 T0002"}"#
    let error = try #require(throws: DocumentError.self) { try AttackMatrix(parsing: file(groups: record)) }
    #expect(error.message == "G0001 names T0002, which the data doesn't have; correct it")
    #expect(error.position == SourcePosition(line: 8, column: 1))
  }

  @Test func readsRetiredTactics() throws {
    let retired = try parseRetiredTactics(try embedded("catalog/knowledge/attack/retired.json"))
    #expect(retired.map(\.shortName) == ["defense-evasion"])
    #expect(retired.first?.successors == ["stealth", "defense-impairment"])
    let error = try #require(throws: DocumentError.self) {
      try parseRetiredTactics(Array(#"{"tactics":[{"name":"X"}]}"#.utf8))
    }
    #expect(error.message == "'shortname' is missing; add it")
  }
}

private let foreign =
  "this isn't Ruledex's ATT&CK data; create it from MITRE's STIX bundle with 'ruledex attack import'"
