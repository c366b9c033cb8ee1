import Analysis
import Diagnostics
import DialectReading
import Reading
import RuleModel
import Search
import Site
import TestSupport
import Testing

@testable import Commands

/// A dialect that this target alone has goes through the whole program, with nothing of the program changed.
@Suite struct AnotherDialectTests {
  private let folder = TemporaryFolder()

  private static let night = """
    rule Door opened at night
    level high
    technique T1685
    log doorman
    see action open
    # The vaults are Ann's.
    see zone in vaults.list
    colour blue

    """

  init() {
    folder.write(Self.night, to: "rules/night.watch")
    folder.write("east\nwest\n", to: "rules/vaults.list")
    folder.write("unread", to: "rules/other.txt")
    folder.write("Ask Ann first.\n", to: "rules/night.md")
    folder.write(
      "title: By day\nlogsource: {product: windows}\ndetection: {s: {action: open}, condition: s}\n",
      to: "rules/day.yml")
  }

  private func request(version: Int = 1) -> CatalogRequest {
    CatalogRequest(
      roots: [CatalogRequest.Root(path: folder("rules"))],
      readers: DialectReaders([.sigma, .watchman(version: version)]), jobs: 2)
  }

  private func catalog() async throws -> LoadedCatalog {
    let known = try KeptCatalog.KnownFiles(try KnowledgeFiles(attack: nil, events: [], fields: []))
    var kept = KeptCatalog()
    return await kept.catalog(of: await readCatalog(request()), known, NamedNotes(), Configuration(), in: [], jobs: 2)
  }

  /// The files of the site by their paths.
  private func site(_ catalog: LoadedCatalog) async throws -> [String: String] {
    var catalog = catalog
    let content = await ReviewSource().siteContent(of: &catalog, jobs: 2)
    let site = await PreparedSite(catalog, content, templates: try SiteTemplates(try templateFiles(in: nil)))
    let made = await site.make(jobs: 2) { String(decoding: $0.bytes, as: UTF8.self) }
    return Dictionary(made.map { ($0.path, $0.result) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func isReadBesideOthers() async throws {
    let collection = await readCatalog(request())
    #expect(collection.rules.map(\.key.description) == ["sigma/day", "watchman/night"])
    #expect(
      collection.files.map { "\($0.path) \($0.content)" } == [
        "day.yml rules", "night.md notARule(reason: \"of notes\")", "night.watch rules",
        "other.txt notARule(reason: \"not YAML or Watchman\")", "vaults.list companion",
      ])
    let rule = try #require(collection.rules.last)
    #expect(rule.title == "Door opened at night" && rule.level == .high && rule.notes.count == 1)
    var tests: [String] = []
    rule.forEachTest { test, _ in tests.append("\(test.field ?? "") \(test.value)") }
    #expect(tests == ["action open", "zone east", "zone west"])
    #expect(
      rule.findings.map { $0.description(spelled: .published) } == [
        "night.watch:8:1: warning: the word 'colour' isn't read; remove it [rule-field]"
      ])
  }

  @Test func hasAPageAndItsPlaceInListsAndReports() async throws {
    let site = try await site(try await catalog())
    let page = try #require(site["rules/watchman/night/index.html"])
    #expect(page.contains("<h1>Door opened at night</h1>"))
    #expect(page.contains("Watchman, 8 lines"))
    #expect(page.contains(#"<span class="d">see</span> zone in vaults.list"#))
    #expect(page.contains(#"<span class="k">technique</span> T1685"#))
    #expect(page.contains("# The vaults are Ann") && page.contains("Ask Ann first."))
    #expect(site["rules/watchman/night/night.watch"] == Self.night)
    #expect(site["rules/watchman/index.html"]?.contains("Watchman rules") == true)
    #expect(site["rules/index.html"]?.contains("Door opened at night") == true)

    let json = try #require(site["catalog.json"])
    #expect(json.contains(#"{"key":"watchman/night","dialect":"watchman","slug":"night""#))
    #expect(json.contains(#""techniques":["T1685"]"#))
    #expect(
      json.contains(
        #"{"field":"action","kind":"eq","value":"open","modifiers":[],"corpus":2,"corpusByDialect":{"sigma":1,"watchman":1}}"#
      ))
    #expect(json.contains(#""files":{"rules":2,"correlations":0,"filters":0,"companions":1,"notRules":2,"broken":0}"#))
    #expect(json.contains(#"{"file":"night.watch","line":8,"column":1,"severity":"warning","id":"rule-field""#))
    let table = site["indicators.csv"]?.split(separator: "\r\n").map(String.init) ?? []
    #expect(table.first == "field,kind,value,modifiers,corpus,sigma,elastic,kusto,panther,splunk,yaral,watchman")
    #expect(table.contains("action,eq,open,,2,1,0,0,0,0,0,1"))
    #expect(site["lint.html"]?.contains("night.watch") == true)
  }

  @Test func isFoundAndCompared() async throws {
    let catalog = try await catalog()
    let index = catalog.index
    let table = SearchTable(
      of: index, attack: catalog.knowledge.attack, events: catalog.knowledge.events,
      uses: fieldUses(indicators: index.indicators, exclusions: index.exclusions), states: nil)
    for query in ["west", "dialect:watchman", "technique:T1685 night"] {
      #expect(Searcher(table).rules(for: SearchQuery(query)) == [RuleID(1)], "\(query)")
    }
    #expect(
      BuildSummary(catalog, []).text.hasPrefix(
        "2 rules: Sigma 1, Watchman 1\n5 files: 2 of rules, 0 of correlations, 0 of filters, 1 companion, 2 others"))
    let site = try await site(catalog)
    let kept = try CatalogSnapshot(readingJSON: Array((site["catalog.json"] ?? "").utf8), path: "catalog.json")
    #expect(CatalogChanges(from: kept, to: catalog.snapshot(nil), attack: nil).isEmpty)
  }

  @Test func isLeftAsItIsWhereItHasNoEditor() async throws {
    folder.write("rule Old\nlog doorman\ntechnique T1562.001\nsee action open\n", to: "rules/old.watch")
    let fixing = TagFixing(try await catalog(), isDry: true, spelled: .published)
    #expect(fixing.files == 0)
    #expect(
      fixing.left.map { $0.description(spelled: .published) } == [
        "old.watch:3:11: warning: the tag isn't changed: rules of Watchman aren't edited; write 'T1685' for 'T1562.001' [attack-revoked]"
      ])
  }

  /// What is kept of a file depends on it, on its companions, and on its reader's version.
  @Test func isReadAnewWhereItsCompanionOrItsReaderIsAnother() async throws {
    func values(_ collection: RuleCollection) -> [String] {
      var values: [String] = []
      collection.rules.last?.forEachTest { test, _ in values.append(test.value) }
      return values
    }
    var kept = KeptReadings()
    #expect(values(await readCatalog(request(), keeping: &kept)) == ["open", "east", "west"])
    let version = kept.version
    _ = await readCatalog(request(), keeping: &kept)
    #expect(kept.version == version)
    folder.write("north\n", to: "rules/vaults.list")
    #expect(values(await readCatalog(request(), keeping: &kept)) == ["open", "north"])
    #expect(kept.version == version + 1)
    folder.rename("rules/vaults.list", to: "rules/gone.list")
    #expect(values(await readCatalog(request(), keeping: &kept)) == ["open"])
    folder.rename("rules/gone.list", to: "rules/vaults.list")
    #expect(values(await readCatalog(request(), keeping: &kept)) == ["open", "north"])
    let newer = await readCatalog(request(version: 2), keeping: &kept)
    #expect(newer.rules.last?.title == "Door opened at night (2)")
  }
}
