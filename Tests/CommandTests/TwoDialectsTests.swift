import TestSupport
import Testing
import XML

/// A catalog of two dialects: one detection is in both, each covers a technique that the other doesn't, and a part of one rule can't be
/// read.
@Suite struct TwoDialectsTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write(
      """
      title: Session start
      status: test
      level: medium
      logsource: {product: okta, service: okta}
      detection:
          selection:
              eventType: user.session.start
              outcome.result: FAILURE
          condition: selection
      tags: [attack.t1078, attack.t1110]
      """, to: "rules/session.yml")
    folder.write(elasticRule("Sign-in", techniques: ["T1110", "T1098"]), to: "rules/sign_in.toml")
    folder.write(
      elasticRule(
        "Lock", type: "esql",
        query: #"FROM logs-okta.system-* | WHERE event.action == "user.lock" AND ODD(client.ip, 3) == TRUE"#),
      to: "rules/lock.toml")
    folder.write("paths: [rules]\npages: {techniques: covered}\n", to: "ruledex.yml")
  }

  private func elasticRule(
    _ name: String, type: String = "query",
    query: String = "event.action:user.session.start and okta.outcome.result:FAILURE", techniques: [String] = []
  ) -> String {
    """
    [rule]
    name = "\(name)"
    rule_id = "\(name)"
    severity = "high"
    type = "\(type)"
    language = "\(type == "query" ? "kuery" : type)"
    \(type == "query" ? #"index = ["logs-okta.system-*"]"# : "")
    query = \"""
    \(query)
    \"""

    [[rule.threat]]
    framework = "MITRE ATT&CK"
    technique = [\(techniques.map { "{id = \"\($0)\"}" }.joined(separator: ", "))]
    [rule.threat.tactic]
    id = "TA0003"
    """
  }

  private func site() throws -> SiteFolder {
    let run = try run(builtProgram, ["build"], in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    return site
  }

  @Test func listsWhatOneDialectCoversAlone() throws {
    let lines = try run(builtProgram, ["coverage", "rules", "--by", "dialect"], in: folder.path)
      .output.split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(5) == [
        "dialect  rules  counted  covered  only here  understood",
        "Sigma        1        1        2          1     100.0 %",
        "Elastic      2        2        2          1      75.0 %",
        "Only Sigma: T1078", "Only Elastic: T1098",
      ])
  }

  @Test func saysSoInTheReview() throws {
    let section = try #require(try site().page("coverage/index.html").withID("dialects"))
    #expect(
      section.descendants("tr").map { $0.elements.map(\.text) } == [
        ["Dialect", "Rules", "Counted", "Techniques", "Only here", "Read"], ["Sigma", "1", "1", "2", "1", "100.0 %"],
        ["Elastic", "2", "2", "2", "1", "75.0 %"],
      ])
    #expect(
      section.descendants("details").map { $0.elements.map(\.text) } == [
        ["1 technique only in Sigma", "T1078 Valid Accounts"],
        ["1 technique only in Elastic", "T1098 Account Manipulation"],
      ])
  }

  @Test func tellsTheSameDetectionFromADuplicate() throws {
    let site = try site()
    func relations(_ rule: String) throws -> [[String]] {
      try site.page("rules/\(rule)/index.html").withID("neighbours")?.descendants("tr").dropFirst()
        .map { $0.elements.prefix(2).map(\.text) } ?? []
    }
    #expect(try relations("sigma/session") == [["Sign-inokta · okta.system", "the same detection in Elastic"]])
    #expect(try relations("elastic/sign_in") == [["Session startokta · okta", "the same detection in Sigma"]])
    let page = try site.page("indicators/duplicates.html")
    #expect(page.withID("duplicates") == nil)
    #expect(
      page.withID("other-dialects")?.descendants("tr").dropFirst().map { $0.elements.map(\.text) } == [
        [
          "Sign-inElastic · okta · okta.system · high", "Session startSigma · okta · okta · medium",
          "The same 2 tests in Elastic and Sigma", "similarity 1.00",
        ]
      ])
  }

  @Test func saysOnEachDialectsListWhatIsRead() throws {
    let site = try site()
    func lead(_ page: String) throws -> String? {
      try site.page(page).named("meta").first { $0.value(of: "name") == "description" }?.value(of: "content")
    }
    #expect(try lead("rules/index.html") == "3 rules from 3 files: Sigma, Elastic.")
    #expect(
      try lead("rules/sigma/index.html") == "1 rule of 3 is written in Sigma. 100.0 % of its logic is read.")
    #expect(
      try lead("rules/elastic/index.html") == "2 rules of 3 are written in Elastic. 75.0 % of their logic is read.")
    func unread(_ page: String) throws -> [[String]] {
      try site.page(page).named("details").filter { $0.elements.first?.text.hasSuffix("can’t be read") == true }
        .map { $0.selfAndDescendants.filter { ["summary", "li"].contains($0.name) }.map(\.text) }
    }
    #expect(try unread("rules/index.html") == [] && unread("rules/sigma/index.html") == [])
    #expect(
      try unread("rules/elastic/index.html") == [
        ["1 part of 1 rule can’t be read", "Lock ODD(client.ip, 3) == TRUE"]
      ])
  }
}
