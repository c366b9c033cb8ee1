import TestSupport
import Testing
import XML

/// A rule whose detection can't be read, on its page, in the review and in comparisons.
@Suite struct RuleWithoutLogicTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write(
      """
      title: Lost
      tags: [attack.t1059]
      logsource: {product: windows, category: process_creation}
      detektion: {selection: {Image: x}, condition: selection}
      level: low
      """, to: "rules/lost.yml")
    folder.write("paths: [rules]\npages: {techniques: covered}\n", to: "ruledex.yml")
  }

  @Test func saysOnTheRulesPageWhyItIsNotCounted() throws {
    let run = try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site"))
    #expect(run.code == 0)
    let page = try SiteFolder(folder("site")).page("rules/sigma/lost/index.html")
    let text = try #require(page.withID("main")).text
    #expect(text.contains("Nothing that it looks for can be read, so it doesn’t count for coverage"))
    #expect(page.withID("findings")?.text.contains("sigma-detection") == true)
  }

  @Test func countsItNowhere() throws {
    let run = try ruledex("coverage", "--config", folder("ruledex.yml"), "--format", "json")
    #expect(run.output.contains(#""rules":1,"counted":0,"#))
    #expect(run.output.contains(#""covered":0,"#))
  }

  /// Nor in a file that was kept of it: else the comparison would say that a technique was lost.
  @Test func losesNoTechniqueSinceAKeptFile() throws {
    #expect(try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site")).code == 0)
    let run = try ruledex("diff", folder("site/catalog.json"), folder("rules"), "--fail-on", "lost-technique")
    #expect(run.code == 0, "\(run.output) \(run.errors)")
    #expect(!run.output.contains("T1059"))
  }
}
