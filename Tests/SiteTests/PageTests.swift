import Templates
import Testing

@testable import Site

/// What holds of every page.
@Suite struct PageTests {
  enum Sample: String, CaseIterable {
    case rule, emptyRule, hostileRule, list, emptyList, hostileList, home, hostileHome
    case technique, emptyTechnique, hostileTechnique, tactic, hostileTactic, matrix, hostileMatrix
    case search, hostileSearch
    case threat, emptyThreat, hostileThreat, threats, emptyThreats, hostileThreats, compare, hostileCompare
    case pictures, hostilePictures
    case lint, emptyLint, hostileLint
    case coverage, emptyCoverage, hostileCoverage
    case wakeList, blindList, partlyBlindList, exclusionList, untappedList
    case hostileWakeList, hostileBlindList, hostilePartlyBlindList, hostileExclusionList, hostileUntappedList
    case field, fields, indicators, duplicates, hostileField, hostileFields, hostileIndicators, hostileDuplicates
    case event, emptyEvent, hostileEvent, events, hostileEvents, logSources, hostileLogSources

    func render() throws -> RenderedPage {
      switch self {
      case .rule: try RenderedPage("rule.html", SamplePages.rule())
      case .emptyRule: try RenderedPage("rule.html", SamplePages.emptyRule)
      case .hostileRule: try RenderedPage("rule.html", SamplePages.rule { _ in SamplePages.hostile })
      case .list: try RenderedPage("rules.html", SamplePages.list())
      case .emptyList: try RenderedPage("rules.html", SamplePages.list(rows: 0))
      case .hostileList: try RenderedPage("rules.html", SamplePages.list { _ in SamplePages.hostile })
      case .home: try RenderedPage("index.html", SamplePages.home())
      case .search: try RenderedPage("search.html", SamplePages.search())
      case .threat: try RenderedPage("threat.html", SamplePages.threat())
      case .emptyThreat: try RenderedPage("threat.html", SamplePages.emptyThreat)
      case .hostileThreat: try RenderedPage("threat.html", SamplePages.threat { _ in SamplePages.hostile })
      case .threats: try RenderedPage("threats.html", SamplePages.threats())
      case .emptyThreats: try RenderedPage("threats.html", SamplePages.threats(rows: 0))
      case .hostileThreats: try RenderedPage("threats.html", SamplePages.threats { _ in SamplePages.hostile })
      case .compare: try RenderedPage("compare.html", SamplePages.compare())
      case .hostileCompare: try RenderedPage("compare.html", SamplePages.compare { _ in SamplePages.hostile })
      case .hostileSearch: try RenderedPage("search.html", SamplePages.search { _ in SamplePages.hostile })
      case .pictures: try RenderedPage("pictures.html", SamplePages.pictures())
      case .hostilePictures: try RenderedPage("pictures.html", SamplePages.pictures { _ in SamplePages.hostile })
      case .lint: try RenderedPage("lint.html", SamplePages.lint())
      case .emptyLint: try RenderedPage("lint.html", SamplePages.emptyLint)
      case .hostileLint: try RenderedPage("lint.html", SamplePages.lint { _ in SamplePages.hostile })
      case .coverage: try RenderedPage("coverage.html", SamplePages.coverage())
      case .emptyCoverage: try RenderedPage("coverage.html", SamplePages.emptyCoverage)
      case .hostileCoverage: try RenderedPage("coverage.html", SamplePages.coverage { _ in SamplePages.hostile })
      case .wakeList: try RenderedPage("review-list.html", SamplePages.reviewList(.wake))
      case .hostileWakeList:
        try RenderedPage("review-list.html", SamplePages.reviewList(.wake) { _ in SamplePages.hostile })
      case .blindList: try RenderedPage("review-list.html", SamplePages.reviewList(.blind))
      case .hostileBlindList:
        try RenderedPage("review-list.html", SamplePages.reviewList(.blind) { _ in SamplePages.hostile })
      case .partlyBlindList: try RenderedPage("review-list.html", SamplePages.reviewList(.partlyBlind))
      case .hostilePartlyBlindList:
        try RenderedPage("review-list.html", SamplePages.reviewList(.partlyBlind) { _ in SamplePages.hostile })
      case .exclusionList: try RenderedPage("review-list.html", SamplePages.reviewList(.exclusions))
      case .hostileExclusionList:
        try RenderedPage("review-list.html", SamplePages.reviewList(.exclusions) { _ in SamplePages.hostile })
      case .untappedList: try RenderedPage("review-list.html", SamplePages.reviewList(.untapped))
      case .hostileUntappedList:
        try RenderedPage("review-list.html", SamplePages.reviewList(.untapped) { _ in SamplePages.hostile })
      case .field: try RenderedPage("field.html", SamplePages.field())
      case .fields: try RenderedPage("fields.html", SamplePages.fields())
      case .indicators: try RenderedPage("indicators.html", SamplePages.indicators())
      case .duplicates: try RenderedPage("duplicates.html", SamplePages.duplicates())
      case .hostileField: try RenderedPage("field.html", SamplePages.field { _ in SamplePages.hostile })
      case .hostileFields: try RenderedPage("fields.html", SamplePages.fields { _ in SamplePages.hostile })
      case .hostileIndicators: try RenderedPage("indicators.html", SamplePages.indicators { _ in SamplePages.hostile })
      case .hostileDuplicates: try RenderedPage("duplicates.html", SamplePages.duplicates { _ in SamplePages.hostile })
      case .hostileHome: try RenderedPage("index.html", SamplePages.home { _ in SamplePages.hostile })
      case .technique: try RenderedPage("technique.html", SamplePages.technique())
      case .emptyTechnique: try RenderedPage("technique.html", SamplePages.emptyTechnique)
      case .hostileTechnique: try RenderedPage("technique.html", SamplePages.technique { _ in SamplePages.hostile })
      case .tactic: try RenderedPage("tactic.html", SamplePages.tactic())
      case .hostileTactic: try RenderedPage("tactic.html", SamplePages.tactic { _ in SamplePages.hostile })
      case .matrix: try RenderedPage("matrix.html", SamplePages.matrix())
      case .event: try RenderedPage("event.html", SamplePages.event())
      case .emptyEvent: try RenderedPage("event.html", SamplePages.emptyEvent)
      case .hostileEvent: try RenderedPage("event.html", SamplePages.event { _ in SamplePages.hostile })
      case .events: try RenderedPage("events.html", SamplePages.events())
      case .hostileEvents: try RenderedPage("events.html", SamplePages.events { _ in SamplePages.hostile })
      case .logSources: try RenderedPage("logsources.html", SamplePages.logSources())
      case .hostileLogSources: try RenderedPage("logsources.html", SamplePages.logSources { _ in SamplePages.hostile })
      case .hostileMatrix: try RenderedPage("matrix.html", SamplePages.matrix { _ in SamplePages.hostile })
      }
    }

    /// The same page with harmless text; nil for one whose text is harmless.
    var harmless: Sample? {
      switch self {
      case .hostileRule: .rule
      case .hostileList: .list
      case .hostileHome: .home
      case .hostileTechnique: .technique
      case .hostileTactic: .tactic
      case .hostileThreat: .threat
      case .hostileThreats: .threats
      case .hostileCompare: .compare
      case .hostileMatrix: .matrix
      case .hostileField: .field
      case .hostileSearch: .search
      case .hostileLint: .lint
      case .hostileCoverage: .coverage
      case .hostileWakeList: .wakeList
      case .hostileBlindList: .blindList
      case .hostilePartlyBlindList: .partlyBlindList
      case .hostileExclusionList: .exclusionList
      case .hostileUntappedList: .untappedList
      case .hostilePictures: .pictures
      case .hostileFields: .fields
      case .hostileIndicators: .indicators
      case .hostileDuplicates: .duplicates
      case .hostileEvent: .event
      case .hostileEvents: .events
      case .hostileLogSources: .logSources
      default: nil
      }
    }
  }

  @Test(arguments: Sample.allCases)
  func hasOneHeadingLandmarksAndATitle(sample: Sample) throws {
    let page = try sample.render()
    #expect(page.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    for name in ["h1", "main", "header", "footer", "title"] { #expect(page.elements(name).count == 1, "\(name)") }
    for nav in page.elements("nav") { #expect(nav.value(of: "aria-label") != nil) }
    for table in page.elements("table") { #expect(!table.descendants("th").isEmpty) }
    for cell in page.elements("th") { #expect(["row", "col", "rowgroup"].contains(cell.value(of: "scope"))) }
    for field in page.elements("input") where field.value(of: "type") == "search" {
      #expect(field.value(of: "aria-label") != nil)
    }
  }

  @Test(arguments: Sample.allCases)
  func givesEachIdOnceAndLeadsToOnesThatExist(sample: Sample) throws {
    let page = try sample.render()
    let ids = page.values(of: "id")
    #expect(Set(ids).count == ids.count)
    for target in page.values(of: "href") where target.hasPrefix("#") {
      #expect(ids.contains(String(target.dropFirst())), "\(target)")
    }
  }

  @Test(arguments: Sample.allCases)
  func leadsOnlyToRelativeAddressesAndToTheWebWhereARuleDoes(sample: Sample) throws {
    let page = try sample.render()
    let addresses = page.values(of: "href") + page.values(of: "src") + page.values(of: "action")
    #expect(
      addresses.contains { $0.hasSuffix("assets/style.css") } && addresses.contains { $0.hasSuffix("assets/site.js") })
    for address in addresses where !["https://example.org/archives", "data:,"].contains(address) {
      if address.hasPrefix("https://attack.mitre.org/") { continue }
      #expect(!address.contains(":") || address.contains("#"), "\(address)")
      #expect(!address.hasPrefix("/") && !address.isEmpty && !address.hasSuffix("/"), "\(address)")
    }
  }

  @Test(arguments: Sample.allCases)
  func holdsNoScriptOrStyleButTheSites(sample: Sample) throws {
    let page = try sample.render()
    #expect(page.elements("script").map(\.text) == [""])
    #expect(page.elements("style").isEmpty)
    for element in page.elements {
      for attribute in element.attributes { #expect(attribute.name != "style" && !attribute.name.hasPrefix("on")) }
    }
    let policies = page.elements("meta").filter { $0.value(of: "http-equiv") == "Content-Security-Policy" }
    #expect(policies.count == 1)
    #expect(policies.first?.value(of: "content")?.hasPrefix("default-src 'none';") == true)
  }

  @Test(arguments: Sample.allCases.filter { $0.harmless != nil })
  func showsHostileTextAsText(sample: Sample) throws {
    let page = try sample.render()
    #expect(page.elements("title").first?.text == SamplePages.hostile)
    #expect(!page.text.contains("<script>") && !page.text.contains("<!-- ]]>"))
    let plain = try #require(try sample.harmless?.render())
    #expect(page.elements.map(\.name).filter { $0 != "span" } == plain.elements.map(\.name).filter { $0 != "span" })
    if let heading = plain.elements("h1").first?.text, heading != "ATT&CK matrix" {
      #expect(page.elements("h1").first?.text.hasPrefix(SamplePages.hostile) == true)
    }
  }

  @Test(arguments: Sample.allCases)
  func leavesNoTraceOfTheTemplatesLanguage(sample: Sample) throws {
    let text = try sample.render().text
    #expect(!text.contains("tal:") && !text.contains("metal:") && !text.contains("xmlns") && !text.contains("<!-- "))
  }

  @Test func hasNoBoxBesideTheOneOfTheSearchPage() throws {
    var home = SamplePages.home()
    #expect(try RenderedPage("index.html", home).elements("form").isEmpty)
    home.frame.search = Link(relative: "search.html")
    #expect(
      try RenderedPage("index.html", home).elements("form").map { $0.value(of: "action") } == [
        "search.html", "search.html",
      ])
  }

  @Test func marksThePartOfTheSiteThatThePageIsIn() throws {
    let links = try Sample.rule.render().elements("nav").first { $0.value(of: "aria-label") == "Catalog" }?
      .descendants("a")
    #expect(links?.map { $0.value(of: "aria-current") } == ["true"])
    let atHome = try Sample.home.render().elements("nav").first { $0.value(of: "aria-label") == "Catalog" }?
      .descendants("a")
    #expect(atHome?.map { $0.value(of: "aria-current") } == [nil])
  }
}
