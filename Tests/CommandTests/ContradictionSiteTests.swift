import TestSupport
import Testing
import XML

/// A rule that can never match, on its page and in the review.
@Suite struct ContradictionSiteTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write(
      """
      title: Never
      tags: [attack.t1059]
      logsource: {product: windows, category: process_creation}
      detection: {selection: {EventID: 13, Image: x}, condition: selection}
      level: low
      """, to: "rules/never.yml")
    folder.write("collected: [{provider: Microsoft-Windows-Sysmon}]\n", to: "telemetry.yml")
    folder.write(
      "paths: [rules]\ntelemetry: telemetry.yml\npages: {techniques: covered}\n", to: "ruledex.yml")
  }

  @Test func saysOnTheRulesPageWhyItIsBlindAndNotCounted() throws {
    let run = try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site"))
    #expect(run.code == 0)
    let page = try SiteFolder(folder("site")).page("rules/sigma/never/index.html")
    let why =
      "the log source 'category: process_creation, product: windows' has no event with the EventID that the rule asks for"
    let text = try #require(page.withID("main")).text
    #expect(text.contains("Can never match, so it doesn’t count for coverage: \(why)"))
    #expect(text.contains("blind: it can never match, as \(why)"))
    #expect(page.withID("events") == nil)
    #expect(page.withID("findings")?.text.contains("event-contradiction") == true)
  }

  @Test(arguments: [[], ["--telemetry", "telemetry.yml"]])
  func listsItAmongTheBlindRulesWithTheReason(telemetry: [String]) throws {
    let why =
      "it can never match, as the log source 'category: process_creation, product: windows' has no event with the EventID that the rule asks for"
    let json = try run(
      builtProgram, ["gaps", "rules", "--target", "T1059", "--format", "json"] + telemetry, in: folder.path)
    #expect(json.output.contains(#"{"rule":"sigma/never","missing":[],"reason":"\#(why)"#), "\(json.output)")
    let other = try run(
      builtProgram, ["gaps", "rules", "--target", "T1105", "--format", "json"] + telemetry, in: folder.path)
    #expect(!other.output.contains("sigma/never"))
    let table = try run(builtProgram, ["gaps", "rules", "--list", "blind"] + telemetry, in: folder.path)
    #expect(table.output.contains("can never match"))
  }

  @Test func isListedOnTheReviewsPage() throws {
    #expect(try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site")).code == 0)
    let page = try SiteFolder(folder("site")).page("coverage/index.html")
    #expect(page.withID("blind")?.text.contains("no event; it can never match, as the log source") == true)
  }

  /// In a kept file it is as little counted as in the rules themselves.
  @Test func aKeptFileCountsItNowhere() throws {
    #expect(try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site")).code == 0)
    #expect(folder.read("site/catalog.json")?.contains(#""state":"blind""#) == true)
    #expect(folder.read("site/rules/sigma/never/rule.xml")?.contains(#"state="blind""#) == true)
    folder.write(smallRule("Other"), to: "none/other.yml")
    let diff = try run(builtProgram, ["diff", "site/catalog.json", "none", "--format", "json"], in: folder.path)
    #expect(diff.output.contains(#""removed":["sigma/never"]"#), "\(diff.output)")
    #expect(diff.output.contains(#""lost":[]"#), "\(diff.output)")
  }

  @Test func countsItNowhere() throws {
    let run = try ruledex("coverage", "--config", folder("ruledex.yml"), "--format", "json")
    #expect(run.output.contains(#""rules":1,"counted":0,"#))
    #expect(run.output.contains(#""covered":0,"#))
  }
}
