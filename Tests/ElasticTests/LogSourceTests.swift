import RuleModel
import Testing

/// Which logs a rule reads, and whether it only passes on alerts.
@Suite struct LogSourceTests {
  private func sources(_ lines: String) throws -> [String] {
    try readRule(lines: lines).logSources.map { source in
      [source.category, source.product, source.service].map { $0 ?? "-" }.joined(separator: " ")
    }
  }

  @Test(arguments: [
    ("index = [\"logs-okta.system-*\"]", ["- okta okta.system"]), ("index = [\"logs-okta*\"]", ["- okta -"]),
    ("index = [\"logs-endpoint.events.*\"]", ["- endpoint endpoint.events"]),
    ("index = [\"logs-windows.*\"]", ["- windows -"]),
    ("index = [\"winlogbeat-*\", \"endgame-*\"]", ["- winlogbeat -", "- endgame -"]),
    ("index = [\"filebeat-8.1-*\"]", ["- filebeat -"]),
    ("index = [\"remote:logs-aws.cloudtrail-default\"]", ["- aws aws.cloudtrail"]),
    ("index = [\"logs-*\", \"-logs-okta*\"]", []), ("index = [\".alerts-security.*\"]", ["- .alerts-security -"]),
    ("index = [\"traces-apm*\", \"apm-*-transaction*\"]", ["- apm -"]),
  ])
  func comeFromIndexPatterns(index: String, expected: [String]) throws {
    #expect(try sources(index + "\ntype = \"query\"\nquery = 'a:1'") == expected)
  }

  @Test(arguments: [
    ("event.dataset:okta.system", ["- okta okta.system"]),
    ("data_stream.dataset:(aws.cloudtrail or aws.elb)", ["- aws aws.cloudtrail", "- aws aws.elb"]),
    ("not event.dataset:okta.system", ["- filebeat -", "- okta -"]), ("event.module:zeek", ["- zeek -"]),
    ("event.dataset:x and event.category:(process or file)", ["process x x", "file x x"]),
  ])
  func comeFromTestsFirst(query: String, expected: [String]) throws {
    let index = "index = [\"filebeat-*\", \"logs-okta*\"]"
    #expect(try sources(index + "\ntype = \"query\"\nquery = '\(query)'") == expected)
  }

  /// What one branch of an `or` asks for says nothing about the others.
  @Test(arguments: [
    (
      "event.dataset:(a.x or a.y) or event.category:network",
      ["- a a.x", "- a a.y", "network packetbeat -", "network panw panw.panos"]
    ),
    (
      "(event.dataset:a.x or process.name:y) and event.category:file",
      ["file a a.x", "file packetbeat -", "file panw panw.panos"]
    ),
    ("(event.dataset:a.x and event.dataset:b.y) or event.dataset:c.z", ["- c c.z"]),
    ("not event.dataset:a.x or event.dataset:b.y", ["- packetbeat -", "- panw panw.panos", "- b b.y"]),
    ("not (event.category:file or not event.dataset:b.y)", ["- b b.y"]),
    ("event.dataset:a.* and event.dataset:a.x", ["- a a.x"]), ("event.dataset:a.*", ["- a -"]),
    ("event.module:panw or event.dataset:a.x", ["- panw panw.panos", "- a a.x"]),
    // A module that no index is known to have.
    ("event.module:other", ["- packetbeat -", "- panw panw.panos"]),
    // Only Packetbeat has the second category, unless nothing else is asked for.
    ("event.category:network_traffic", ["network_traffic packetbeat -", "network_traffic panw panw.panos"]),
    (
      "event.category:(network or network_traffic)",
      ["network packetbeat -", "network_traffic packetbeat -", "network panw panw.panos"]
    ),
  ])
  func belongToTheirBranch(query: String, expected: [String]) throws {
    let index = "index = [\"packetbeat-*\", \"logs-panw.panos*\"]"
    #expect(try sources(index + "\ntype = \"query\"\nquery = '\(query)'") == expected)
  }

  /// An event that must be absent has none.
  @Test func belongToTheirEventOfASequence() throws {
    let query = """
      sequence [file where event.dataset == "g.drive"] [any where event.dataset == "g.token"]
        ![network where event.dataset == "g.net"]
      """
    #expect(try sources("query = '''\(query)'''") == ["file g g.drive", "- g g.token"])
  }

  @Test func areThoseOfEachQueryInAnother() throws {
    let query = "FROM (FROM logs-a.x-* | WHERE p == 1), (FROM logs-b.y-* | WHERE q == 1) | WHERE r == 1"
    let rule = try readRule(lines: "type = \"esql\"\nlanguage = \"esql\"\nquery = '\(query)'")
    #expect(rule.logSources == [LogSource(product: "a", service: "a.x"), LogSource(product: "b", service: "b.y")])
    #expect(rule.stages.map(\.reads).filter { !$0.isEmpty } == [["a.x"], ["b.y"]])
  }

  @Test func areThoseOfEachQueryOfAHunt() throws {
    let rule = try readRule(
      """
      [hunt]
      name = "A hunt"
      uuid = "3805c3dc-f82c-4f8d-891e-63c24d3102b0"
      integration = ["endpoint"]
      language = ["ES|QL", "EQL", "SQL"]
      query = ["FROM logs-endpoint.events.file-* | WHERE p == 1", "process where a == 1", "SELECT * FROM users"]
      """)
    #expect(
      rule.logSources == [
        LogSource(product: "endpoint", service: "endpoint.events.file"),
        LogSource(category: "process", product: "endpoint"), LogSource(product: "osquery", service: "users"),
      ])
    #expect(rule.stages.map(\.reads).filter { !$0.isEmpty } == [["endpoint.events.file"], ["endpoint"], ["users"]])
  }

  @Test(arguments: [
    ("process where a == 1", ["process endpoint endpoint.events.process", "process winlogbeat -"]),
    ("any where a == 1", ["- endpoint endpoint.events.process", "- winlogbeat -"]),
    (
      "sequence [process where a == 1] [network where b == 1]",
      ["process endpoint endpoint.events.process", "process winlogbeat -", "network winlogbeat -"]
    ),
  ])
  func haveTheCategoriesOfTheQuery(query: String, expected: [String]) throws {
    let index = "index = [\"logs-endpoint.events.process-*\", \"winlogbeat-*\"]"
    #expect(try sources(index + "\nquery = '\(query)'") == expected)
  }

  @Test func comeFromIntegrationsWhereNothingElseNamesThem() throws {
    let rule = try readRule(
      """
      [metadata]
      integration = ["pad", "aws.cloudtrail"]
      [rule]
      name = "R"
      rule_id = "3805c3dc-f82c-4f8d-891e-63c24d3102b0"
      type = "machine_learning"
      machine_learning_job_id = "j"
      """)
    #expect(rule.logSources == [LogSource(product: "pad"), LogSource(product: "aws", service: "aws.cloudtrail")])
  }

  @Test(arguments: [
    ("event.kind:alert and event.module:cloud", RuleClass.forwarder),
    ("event.kind:alert and event.module:cloud and cloud.severity:high", .forwarder),
    ("event.kind:alert and event.dataset:x.y and not x.alert.name:z", .forwarder),
    ("event.kind:alert and process.name:z", .detection),
    ("not event.kind:alert and event.module:cloud", .detection), ("event.module:cloud and event.action:x", .detection),
  ])
  func forwardersAskForAlertsAlone(query: String, expected: RuleClass) throws {
    #expect(try readRule(lines: "type = \"query\"\nquery = '\(query)'").ruleClass == expected)
  }

  @Test(arguments: [
    ".alerts-security.*", ".siem-signals-default", "remote:.alerts-security.alerts-default", "risk-score.risk-score-*",
  ])
  func forwardersReadAlerts(index: String) throws {
    let rule = try readRule(lines: "index = [\"\(index)\"]\ntype = \"query\"\nquery = 'process.name:z'")
    #expect(rule.ruleClass == .forwarder)
  }
}
