import Diagnostics
import DialectReading
import Documents
import RuleModel
import TestSupport
import Testing

/// Hunts, the endpoint's rules, exports of Kibana's, and what is none of them.
@Suite struct ShapeTests {
  @Test func readsAHuntOfOneQuery() throws {
    let rule = try readRule(
      """
      [hunt]
      author = "Someone"
      description = "Looks around."
      integration = ["endpoint"]
      language = ["EQL"]
      mitre = ["T1059", "TA0002"]
      name = "A hunt"
      notes = ["One thing.", "Another."]
      query = ['''
      process where a == 1
      ''']
      uuid = "3805c3dc-f82c-4f8d-891e-63c24d3102b0"
      """)
    #expect(rule.ruleClass == .hunt)
    #expect(rule.id == "3805c3dc-f82c-4f8d-891e-63c24d3102b0")
    #expect(rule.attackTags.map(\.written) == ["T1059", "TA0002"])
    #expect(rule.stages.map(\.name) == ["event", "where"])
    #expect(rule.testWords == ["a eq 1"])
    #expect(rule.logSources == [LogSource(category: "process", product: "endpoint")])
    #expect(rule.notes.count == 1)
    #expect(rule.findings.isEmpty)
  }

  @Test func readsEachQueryOfAHunt() throws {
    let rule = try readRule(
      """
      [hunt]
      language = ["EQL", "SQL"]
      name = "A hunt"
      query = ['process where a == 1', 'sequence [file where b == 2] [any where c == 3]', 'SELECT * FROM x']
      uuid = "3805c3dc-f82c-4f8d-891e-63c24d3102b0"
      """)
    #expect(rule.stages.map(\.name).prefix(6) == ["queries", "event", "where", "sequence", "event 1", "event 2"])
    #expect(rule.testWords.prefix(3) == ["a eq 1", "b eq 2", "c eq 3"])
    #expect(
      rule.logSources == [
        LogSource(category: "process"), LogSource(category: "file"), LogSource(product: "osquery", service: "x"),
      ])
  }

  @Test func readsARuleOfTheEndpoint() throws {
    let rule = try readRule(
      """
      [rule]
      description = "Stops it."
      id = "3805c3dc-f82c-4f8d-891e-63c24d3102b0"
      name = "Endpoint rule"
      os_list = ["windows"]
      reference = ["https://example.org/"]
      version = "1.0.1"
      query = '''
      sequence with maxspan=1m
        [process where process.name : "a.exe"] by process.entity_id
        [library where not dll.code_signature.trusted == true] by process.entity_id
      '''
      [[actions]]
      action = "kill_process"
      [[threat]]
      framework = "MITRE ATT&CK"
      [[threat.technique]]
      id = "T1055"
      [threat.tactic]
      id = "TA0005"
      """)
    #expect(rule.ruleClass == .detection)
    #expect(rule.attackTags.map(\.written) == ["TA0005", "T1055"])
    #expect(rule.match == .sequence(by: ["process.entity_id"], within: "1m"))
    #expect(rule.testWords == ["process.name eq a.exe", "not dll.code_signature.trusted eq true"])
    #expect(
      rule.logSources == [
        LogSource(category: "process", product: "endpoint"), LogSource(category: "library", product: "endpoint"),
      ])
    #expect(rule.fact("Operating systems") == ["windows"])
    #expect(rule.references == ["https://example.org/"])
    #expect(rule.findings.isEmpty)
  }

  private static let export = #"""
    {"id":"1","rule_id":"3805c3dc-f82c-4f8d-891e-63c24d3102b0","name":"One","type":"eql","language":"eql","severity":"low","risk_score":21,"enabled":false,"created_at":"2024-05-01T10:00:00.000Z","index":["logs-endpoint.events.process-*"],"query":"process where a == \"x\\\\y\" and b == 2","related_integrations":[{"package":"endpoint","version":"^8.2.0"}],"required_fields":[{"name":"a","type":"keyword","ecs":false}],"threat":[{"framework":"MITRE ATT&CK","tactic":{"id":"TA0002"},"technique":[{"id":"T1059","subtechnique":[{"id":"T1059.001"}]}]}]}
    {"id":"2","rule_id":"any_text","name":"Two","type":"new_terms","severity":"high","query":"a:1","new_terms_fields":["x","y"],"history_window_start":"now-7d"}
    {"_version":"x","list_id":"l","type":"detection","name":"Exceptions"}
    {"exported_count":2,"exported_rules_count":2,"missing_rules":[]}

    """#

  @Test func readsAnExportOfKibanas() throws {
    let reading = try #require(try readElastic(Self.export, path: "rules_export.ndjson"))
    #expect(reading.rules.map(\.title) == ["One", "Two"])
    #expect(reading.rules.map(\.source.document) == [1, 2])
    let first = Rule(reading.rules[0])
    #expect(first.isDisabled)
    #expect(first.date == CalendarDate("2024-05-01"))
    #expect(first.attackTags.map(\.written) == ["TA0002", "T1059", "T1059.001"])
    #expect(first.testWords == [#"a eq x\y"#, "b eq 2"])
    #expect(
      first.logSources == [LogSource(category: "process", product: "endpoint", service: "endpoint.events.process")])
    #expect(first.fact("Data integrations") == ["endpoint"])
    #expect(first.fact("Required fields") == ["a"])
    #expect(Rule(reading.rules[1]).match == .newTerms(of: ["x", "y"], within: "7d"))
    var places: [String] = []
    first.forEachTest { test, _ in places.append("\(test.position.line):\(test.position.column)") }
    let column = Self.export.utf8.prefix(Self.export.utf8.count).split(separator: UInt8(ascii: "\n"))[0]
    let text = String(decoding: column, as: UTF8.self)
    let start = try #require(text.firstRange(of: #"\"x\\"#)?.lowerBound)
    #expect(places[0] == "1:\(text.utf8.distance(from: text.startIndex, to: start) + 1)")
    #expect(reading.diagnostics.isEmpty && reading.rules.allSatisfy(\.findings.isEmpty))
  }

  /// An answer of the API, and rules as Kibana saves them, whose keys are in camel case.
  @Test(arguments: [
    #"{"page":1,"perPage":20,"total":1,"data":[{"rule_id":"r1","name":"One","type":"query","language":"kuery","severity":"low","risk_score":21,"query":"a:1"}]}"#,
    #"{"id":"0","type":"alert","attributes":{"name":"One","tags":["x"],"enabled":true,"alertTypeId":"siem.queryRule","params":{"ruleId":"r1","type":"query","language":"kuery","severity":"low","riskScore":21,"falsePositives":["f"],"query":"a:1"}}}"#,
  ])
  func readsOtherFormsOfKibanas(text: String) throws {
    let reading = try #require(try readElastic(text, path: "rules.json"))
    #expect(reading.rules.map(\.title) == ["One"])
    let rule = Rule(try #require(reading.rules.first))
    #expect(rule.id == "r1" && rule.level == .low && rule.testWords == ["a eq 1"])
    #expect(rule.fact("Risk score") == ["21"])
    #expect(rule.falsePositives == (text.contains("alertTypeId") ? ["f"] : []))
    #expect(rule.findings.isEmpty, "\(rule.findings.map(\.message))")
  }

  @Test(arguments: [
    ("[tool]\nname = \"x\"\n", "pyproject.toml"), ("[rule]\nname = \"x\"\n", "x.toml"),
    ("{\"name\": \"x\", \"type\": \"module\"}", "package.json"),
    ("{\"list_id\": \"l\", \"type\": \"detection\"}", "list.ndjson"), ("[1, 2]", "x.json"),
  ])
  func leavesAloneWhatIsNone(text: String, path: String) throws {
    #expect(try readElastic(text, path: path)?.rules.count == nil)
  }

  /// With white space or a mark before it, and as a list.
  @Test(arguments: ["\n{\"id\": \"T1562.001\"}", "\u{FEFF}{\"id\": \"T1562.001\"}", "[ {\"id\": \"T1562.001\"} ]"])
  func editsExportsAsJSON(text: String) throws {
    let bytes = Array(text.utf8)
    let document = try SourceDocument(SourceFile(path: "rules.json", bytes: bytes))
    let node = try #require(document.nodes(as: .json).first)
    let id = try #require((node.kind == .sequence ? node.items[0] : node)["id"])
    let edit = ScalarEdit(at: id.position, old: "T1562.001", change: .ending(with: "T1685"))
    let change = try #require(DialectReader.elastic.edit)
    let edited = change(bytes, [edit], "rules.json")
    #expect(edited.done == [edit])
    #expect(DialectReader.elastic.colouring(text, 1, "rules.json").allSatisfy { $0.query.isEmpty && $0.key.isEmpty })
  }
}
