import Diagnostics
import Templates
import TestSupport
import Testing

@testable import Site

/// What is particular to the page of findings.
@Suite struct LintPageTests {
  @Test func givesEachCheckAnAnchorWhetherItFoundSomethingOrNot() throws {
    let page = try RenderedPage("lint.html", SamplePages.lint())
    for id in ["yaml-syntax", "rule-duplicate", "file-too-large", "sigma-selection-unused"] {
      #expect(page.element(id: id)?.text.contains(id) == true, "\(id)")
    }
  }

  @Test func leadsFromAFindingToItsRuleAndToTheLine() throws {
    let section = try #require(RenderedPage("lint.html", SamplePages.lint()).element(id: "rule-duplicate"))
    let first = try #require(section.descendants("li").first)
    #expect(first.text == "Okta Loginnote use it or remove it line 12")
    #expect(
      first.descendants("a").map { $0.value(of: "href") } == [
        "rules/sigma/one/index.html#findings", "rules/sigma/one/index.html#L12",
      ])
  }

  @Test func showsAFileWithoutAPageByItsPath() throws {
    let section = try #require(RenderedPage("lint.html", SamplePages.lint()).element(id: "yaml-syntax"))
    let item = try #require(section.descendants("li").first)
    #expect(item.descendants("code").map(\.text) == ["rules/broken.yml"])
    #expect(item.descendants("a").isEmpty)
    #expect(item.text.hasSuffix("line 3"))
  }

  @Test func foldsFindingsAndLeadsToAllOfThem() throws {
    let section = try #require(RenderedPage("lint.html", SamplePages.lint()).element(id: "rule-duplicate"))
    #expect(section.descendants("li").count == 20)
    #expect(section.descendants("summary").map(\.text) == ["12 more findings, of 1,392"])
    let all = section.descendants("a").first { $0.value(of: "href") == "lint/rule-duplicate.html" }
    #expect(all?.text == "All 1,400 findings of this check")
  }

  @Test func setsWhatIsTypedAsItStandsInCode() throws {
    let page = try RenderedPage("lint.html", SamplePages.lint())
    let tooLarge = try #require(page.element(id: "file-too-large"))
    #expect(
      tooLarge.descendants("dd").flatMap { $0.descendants("code") }.map(\.text)
        == ["exclude", "file-bytes", "limits", "ruledex.yml"])
    #expect(!tooLarge.text.contains("`"))
  }

  @Test func saysOnARulesPageWhatAnIdentifierMeans() throws {
    var model = SamplePages.rule()
    model.findings[0].page = Link(relative: "../../../lint.html", fragment: "attack-revoked")
    let findings = try #require(RenderedPage("rule.html", model).element(id: "findings"))
    #expect(
      findings.descendants("a").contains { $0.value(of: "href") == "../../../lint.html#attack-revoked" })
  }
}
