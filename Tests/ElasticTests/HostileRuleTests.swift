import DialectReading
import RuleModel
import TestSupport
import Testing

/// Files that nobody would write: each is read in a time that grows with its size only, and the rest of the rule is kept.
@Suite struct HostileRuleTests {
  private static let head =
    "[rule]\nname = \"R\"\nrule_id = \"3805c3dc-f82c-4f8d-891e-63c24d3102b0\"\ntype = \"eql\"\nseverity = \"low\"\n"

  @Test(arguments: [
    head + "query = '''process where " + String(repeating: "(", count: 10_000) + "a == 1" + "'''\n",
    head + "query = '''process where a == \"" + String(repeating: "x", count: 1_000_000) + "'''\n",
    head + "query = '''" + (0..<20_000).map { "[c\($0) where a == 1]" }.joined() + "'''\n",
    head + "query = '''sequence " + (0..<20_000).map { "[c\($0) where a == 1]" }.joined() + "'''\nindex = ["
      + (0..<20_000).map { "\"i\($0)-*\"" }.joined(separator: ",") + "]\n",
    head + "query = 'process where a == 1'\n"
      + String(repeating: "[[rule.filters]]\nquery = {term = {a = 1}}\n", count: 20_000),
    head + "query = 'process where a == 1'\nfilters = " + String(repeating: "[{query={bool={must=", count: 12) + "1"
      + String(repeating: "}}}]", count: 12) + "\n",
    head + "query = 'process where a == 1'\n"
      + String(repeating: "[[rule.threat]]\ntechnique = [{id = \"T1059\"}]\n", count: 20_000),
    "[hunt]\nname = \"H\"\nlanguage = [\"EQL\"]\nquery = ["
      + String(repeating: "'process where a == 1',", count: 20_000) + "]\n",
  ])
  func keepsTheRule(text: String) throws {
    let started = ContinuousClock.now
    let rule = try readRule(text)
    #expect(!rule.stages.isEmpty)
    #expect(rule.title == "R" || rule.title == "H")
    #expect(ContinuousClock.now - started < .seconds(30))
  }

  @Test func keepsTheOtherRulesOfAnExport() throws {
    let good =
      #"{"rule_id":"3805c3dc-f82c-4f8d-891e-63c24d3102b0","name":"Good","type":"eql","severity":"low","query":"any where a == 1"}"#
    let bad =
      #"{"rule_id":5,"name":{"a":1},"type":["eql"],"severity":null,"query":{"b":2},"index":"x","filters":"y","threat":{"framework":"MITRE ATT&CK","technique":"T1"},"tags":[[1]],"threshold":"z"}"#
    let reading = try #require(try readElastic(good + "\n" + bad + "\n" + good + "\n", path: "x.ndjson"))
    #expect(reading.rules.map(\.title) == ["Good", "x", "Good"])
    #expect(reading.rules[1].lacksLogic)
  }

  @Test func saysThatARuleIsTooLarge() throws {
    let values = (0..<10_001).map { "\"v\($0)\"" }.joined(separator: ",")
    let rule = try readRule(Self.head + "query = 'process where a in (\(values))'\n")
    #expect(rule.findings.map(\.id.name) == ["rule-too-large"])
    #expect(rule.testWords.isEmpty)
  }
}
