import RuleModel
import TestSupport
import Testing

/// Each type of rule: what it looks for, how it matches, and the stage with its settings.
@Suite struct RuleTypeTests {
  @Test(arguments: [
    ("type = \"query\"\nlanguage = \"kuery\"\nquery = 'a:b'", ["query:KQL"], Match.single),
    ("type = \"eql\"\nlanguage = \"eql\"\nquery = 'process where a == 1'", ["event:EQL", "where:EQL"], .single),
    (
      "type = \"eql\"\nquery = 'sequence by h with maxspan=5m [any where a == 1] [any where a == 2]'",
      ["sequence:EQL", "event 1:EQL", "event 2:EQL"], .sequence(by: ["h"], within: "5m")
    ),
    (
      "type = \"threshold\"\nquery = 'a:b'\n[rule.threshold]\nfield = [\"x\", \"y\"]\nvalue = 25",
      ["query:KQL", "threshold:"],
      .threshold("count() >= 25", by: ["x", "y"], within: nil, joinsEvents: false)
    ),
    (
      "type = \"threshold\"\nquery = 'a:b'\n[rule.threshold]\nfield = []\nvalue = 1\n[[rule.threshold.cardinality]]\nfield = \"z\"\nvalue = 3",
      ["query:KQL", "threshold:"],
      .threshold("count() >= 1; count(z) >= 3", by: [], within: nil, joinsEvents: false)
    ),
    (
      "type = \"new_terms\"\nquery = 'a:b'\n[rule.new_terms]\nfield = \"new_terms_fields\"\nvalue = [\"x\"]\n[[rule.new_terms.history_window_start]]\nfield = \"history_window_start\"\nvalue = \"now-14d\"",
      ["query:KQL", "new_terms:"], .newTerms(of: ["x"], within: "14d")
    ),
    (
      "type = \"threat_match\"\nquery = 'a:b'\nthreat_index = [\"ti-*\"]\n[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = \"x\"\ntype = \"mapping\"\nvalue = \"y\"",
      ["query:KQL", "threat_match:"], .single
    ),
    (
      "type = \"machine_learning\"\nanomaly_threshold = 75\nmachine_learning_job_id = [\"j1\", \"j2\"]",
      ["machine_learning:"],
      .model(["j1", "j2"])
    ),
  ])
  func readsEachType(lines: String, stages: [String], match: Match) throws {
    let rule = try readRule(lines: lines)
    #expect(rule.stages.map { "\($0.name):\($0.language?.label ?? "")" } == stages)
    #expect(rule.match == match)
    #expect(!rule.lacksLogic)
    #expect(rule.findings.isEmpty, "\(rule.findingWords)")
  }

  @Test(arguments: [
    ("type = \"threshold\"\nquery = 'a:b'\n[rule.threshold]\nfield = [\"x\"]\nvalue = 25", "count() >= 25 by x"),
    (
      "type = \"threat_match\"\nquery = 'a:b'\nthreat_index = [\"ti-*\"]\nthreat_query = 'c:d'\n[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = \"x\"\nvalue = \"y\"\n[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = \"v\"\nvalue = \"w\"",
      "x == y\nor v == w\nin ti-*\nwhere c:d"
    ),
    ("type = \"machine_learning\"\nanomaly_threshold = 50\nmachine_learning_job_id = \"j\"", "j; anomaly_threshold 50"),
  ])
  func saysItsSettingsInItsLastStage(lines: String, expected: String) throws {
    let rule = try readRule(lines: lines)
    let stage = try #require(rule.stages.last)
    #expect(stage.text == expected)
    #expect(stage.predicate == .always)
  }

  // Kibana, “Filters”, and Elasticsearch's Query DSL.
  @Test(arguments: [
    (
      "meta = {negate = true}\nquery = {wildcard = {\"file.path\" = {value = 'C:\\\\x\\\\*', case_insensitive = true}}}",
      "not file.path starts_with C:\\x\\"
    ),
    ("meta = {negate = false, type = \"phrase\", key = \"b\"}\nquery = {match_phrase = {b = \"x y\"}}", "b eq x y"),
    ("meta = {negate = true, type = \"exists\"}\nexists = {field = \"b\"}", "not b exists true"),
    ("meta = {type = \"exists\"}\nquery = {exists = {field = \"b\"}}", "b exists true"),
    ("meta = {type = \"range\"}\nquery = {range = {b = {gte = 1, lt = 5}}}", "b gte 1, b lt 5"),
    (
      "meta = {type = \"phrases\"}\nquery = {bool = {minimum_should_match = 1, should = [{match_phrase = {b = \"x\"}}, {match_phrase = {b = \"y\"}}]}}",
      "b eq x, b eq y"
    ),
    (
      "query = {bool = {must = [{term = {b = {value = 5}}}], must_not = [{terms = {c = [1, 2]}}]}}",
      "b eq 5, not c eq 1, not c eq 2"
    ),
    ("query = {prefix = {b = {value = \"x\"}}}", "b starts_with x"),
    ("query = {regexp = {b = \"x.*\"}}", "b regex x.*"),
    (
      "meta = {type = \"combined\", relation = \"OR\", params = [{query = {term = {b = 1}}}, {meta = {negate = true}, query = {term = {b = 2}}}]}",
      "b eq 1, not b eq 2"
    ),
    ("meta = {disabled = true}\nquery = {term = {b = 1}}", ""),
  ])
  func readsFilters(filter: String, expected: String) throws {
    let rule = try readRule(
      lines: "type = \"query\"\nquery = 'a:1'\n[[rule.filters]]\n" + filter.replacing("\n", with: "\n"))
    #expect(rule.testWords == ["a eq 1"] + expected.split(separator: ", ").map(String.init))
    #expect(rule.findings.isEmpty, "\(rule.findingWords)")
  }

  @Test func keepsAFilterThatItCannotRead() throws {
    let rule = try readRule(
      lines: "type = \"query\"\nquery = 'a:1'\n[[rule.filters]]\nquery = {script = {script = \"x\"}}")
    #expect(rule.testWords == ["a eq 1"])
    #expect(rule.findingWords.map { $0.suffix(14) } == ["[query-unread]"])
  }
}
