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
    #expect(text.contains("Can never match, and so is left out of coverage: \(why)"))
    #expect(text.contains("blind: it can never match, as \(why)"))
    #expect(page.withID("events") == nil)
    #expect(page.withID("findings")?.text.contains("event-contradiction") == true)
  }

  @Test func countsItNowhere() throws {
    let run = try ruledex("coverage", "--config", folder("ruledex.yml"), "--format", "json")
    #expect(run.output.contains(#""rules":1,"counted":0,"#))
    #expect(run.output.contains(#""covered":0,"#))
  }
}
