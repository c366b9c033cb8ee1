import Foundation
import TestSupport
import Testing
import XML

/// The reports of whole catalogs, read back by other means than they were written, and held against `catalog.json`.
@Suite struct ReportTests {
  private let example: Example
  private let broken: BrokenRules

  init() throws {
    example = try builtExample.get()
    broken = try builtBrokenRules.get()
  }

  private func faults(of path: String, in site: SiteFolder, by schema: borrowing RelaxNGSchema) throws -> [String] {
    let document = try XMLDocument(parsing: try #require(site.files[path], "\(path) is missing"), path: path)
    return schema.errors(in: document).map { "\($0.location): \($0.message)" }
  }

  @Test func keepsToTheSchemaThatStandsBesideThem() throws {
    for site in [example.site, broken.site] {
      let schema = try RelaxNGSchema(parsing: try #require(site.files["catalog.rng"]), path: "catalog.rng")
      #expect(try faults(of: "catalog.xml", in: site, by: schema) == [])
      let rules = site.files.keys.filter { $0.hasSuffix("/rule.xml") }
      #expect(
        rules.count == site.files.keys.filter { $0.wholeMatch(of: /rules\/[a-z]+\/[^\/]+\/index.html/) != nil }.count)
      for path in rules.sorted() { #expect(try faults(of: path, in: site, by: schema) == []) }
    }
    #expect(
      example.site.files["catalog.rng"] == TemporaryFolder.bytes(of: projectFolder + "/Sources/Reports/catalog.rng"))
  }

  /// Both formats, taken to one shape.
  @Test func saysTheSameInXMLAsInJSON() throws {
    for (site, catalog) in [(example.site, example.catalog), (broken.site, broken.catalog)] {
      let bytes = try #require(site.files["catalog.xml"])
      let root = try XMLDocument(parsing: bytes, path: "catalog.xml").root()
      #expect(root.children("files").first?.values == catalog.files.mapValues(String.init))
      #expect(root.children("attack").first?.values == catalog.attack)
      #expect(root.value(of: "generator") == catalog.generator)
      let findings = root.children("diagnostics").flatMap { $0.children("diagnostic") }
      #expect(findings.map(\.text) == catalog.diagnostics.map(\.message))
      #expect(findings.map { $0.value(of: "line").flatMap { Int($0) } } == catalog.diagnostics.map(\.line))
      let rules = root.children("rules").flatMap { $0.children("rule") }
      #expect(rules.map { $0.value(of: "key") } == catalog.rules.map(\.key))
      for (element, rule) in zip(rules, catalog.rules) {
        #expect(facts(of: element) == facts(of: rule), "\(rule.key)")
        #expect(Array(element.texts("title")[0].utf8) == Array(rule.title.utf8))
        for (name, list) in [("indicator", rule.indicators), ("exclusion", rule.exclusions)] {
          #expect(element.children(name + "s").flatMap { $0.children(name) }.map(\.values) == list.map(\.values))
        }
      }
    }
  }

  private func facts(of element: XMLElement) -> [[String]] {
    let attack = element.children("attack").flatMap(\.elements)
    let ids = { (name: String) in attack.filter { $0.name == name }.compactMap { $0.value(of: "id") } }
    return [
      ["id", "status", "level", "class", "date", "modified", "source", "page"].map { element.value(of: $0) ?? "none" },
      element.texts("description"), element.items("authors"), element.items("references"),
      element.items("falsePositives"),
      element.items("tags"), ids("tactic"), ids("technique"), ids("group"), ids("software"), ids("unknown"),
      attack.filter { $0.name == "revoked" }.map { "\($0.value(of: "id") ?? "") \($0.value(of: "by") ?? "")" },
      element.children("events").flatMap(\.elements).map { event in
        ["provider", "event", "operation"].compactMap { event.value(of: $0) }.joined(separator: " ")
      },
      element.children("neighbours").flatMap(\.elements).map { neighbour in
        let score = neighbour.value(of: "score").flatMap { Double($0) }
        return "\(neighbour.value(of: "key") ?? "") \(neighbour.value(of: "relation") ?? "") \(score ?? -1)"
      },
      element.keys("sameAction"), element.keys("correlation"), element.keys("filter"),
    ]
  }

  private func facts(of rule: CatalogFile.Rule) -> [[String]] {
    let scalars = [rule.id, rule.status, rule.level, rule.class, rule.date, rule.modified, rule.source, rule.page]
    return [
      scalars.map { $0 ?? "none" }, rule.description.map { [$0] } ?? [], rule.authors, rule.references,
      rule.falsePositives, rule.tags, rule.attack.tactics, rule.attack.techniques, rule.attack.groups,
      rule.attack.software, rule.attack.unknown,
      rule.attack.revoked.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" },
      rule.events.map { "\($0.provider) \($0.event) \($0.operation)" },
      rule.neighbours.map { "\($0.rule) \($0.relation) \($0.score)" },
      rule.sameAction,
      rule.correlation?.rules ?? [], rule.filter?.rules ?? [],
    ]
  }

  // MARK: Tables

  @Test func countsInTheTableWhatTheCatalogCounts() throws {
    for (site, catalog) in [(example.site, example.catalog), (broken.site, broken.catalog)] {
      let rows = try table("indicators.csv", in: site)
      let entries = catalog.rules.flatMap(\.indicators)
      // A rule counts once for a field that it calls by two names.
      let counted = catalog.rules.map { Set($0.indicators.map(\.identity)).count }
      #expect(rows.dropFirst().reduce(0) { $0 + (Int($1[4]) ?? 0) } == counted.reduce(0, +))
      #expect(rows.count - 1 == Set(entries.map(\.identity)).count)
    }
  }

  @Test func coversWhatTheCountedRulesCover() throws {
    let counted = example.catalog.rules.filter(\.isCounted)
    let rows = try table("coverage.csv", in: example.site).dropFirst()
    for row in rows {
      let own = counted.count { $0.attack.techniques.contains(row[0]) }
      let all = counted.count { $0.attack.techniques.contains { $0 == row[0] || $0.hasPrefix(row[0] + ".") } }
      #expect(row[3...4].map { $0 } == ["\(all)", "\(own)"], "\(row[0])")
    }
    let layer = try JSONSerialization.jsonObject(with: Data(try #require(example.site.files["attack-layer.json"])))
    let scores = try #require((layer as? [String: Any])?["techniques"] as? [[String: Any]])
    // Techniques outside the scope are there as well, without a score unless a rule covers them.
    let scored = scores.filter { $0["score"] != nil }
    #expect(Set(scored.map { $0["techniqueID"] as? String }) == Set(rows.filter { $0[3] != "0" }.map { $0[0] }))
    #expect(scores.filter { $0["score"] == nil }.allSatisfy { $0["enabled"] as? Bool == false })
    // The example says what is collected: scores leave out blind rules, so that what is blind has none, and what runs has some.
    for row in rows where row[3] != "0" {
      let score = try #require(scores.first { $0["techniqueID"] as? String == row[0] }?["score"] as? Int)
      #expect(row[6] == "blind" ? score == 0 : (1...(Int(row[3]) ?? 0)).contains(score), "\(row)")
    }
    #expect(Set(rows.map { $0[6] }) == ["none", "runs", "partly", "blind"])
  }

  /// RFC 4180, read by Python's csv module.
  private func table(_ path: String, in site: SiteFolder) throws -> [[String]] {
    let folder = TemporaryFolder()
    folder.write(try #require(site.files[path], "\(path) is missing"), to: "table.csv")
    let program =
      "import csv,json,sys;csv.field_size_limit(1<<30);print(json.dumps(list(csv.reader(open(sys.argv[1],newline='',encoding='utf-8'),strict=True))))"
    let run = try run("/usr/bin/python3", ["-c", program, folder("table.csv")])
    let rows = try JSONDecoder().decode([[String]].self, from: Data(run.output.utf8))
    #expect(Set(rows.map(\.count)).count == 1, "\(path)")
    return rows
  }

  @Test func letsNoCellOfARuleBeAFormula() throws {
    for path in ["indicators.csv", "coverage.csv"] {
      for cell in try table(path, in: broken.site).joined() {
        let first = cell.unicodeScalars.first
        #expect(first.map { !"=+-@\t\r\n".unicodeScalars.contains($0) } ?? true, "\(cell)")
      }
    }
  }

  // MARK: Feed and sitemap

  /// A title with a line end and an author are one element each, whatever stands in them.
  @Test func listsEachDatedRuleInTheFeed() throws {
    let bytes = try #require(broken.site.files["feed.xml"])
    let feed = try XMLDocument(parsing: bytes, path: "feed.xml").root()
    let entries = feed.children("entry")
    #expect(entries.count == min(50, broken.catalog.rules.count { $0.date != nil || $0.modified != nil }))
    #expect(Set(entries.flatMap { $0.texts("id") }).count == entries.count)
    for entry in entries {
      let link = try #require(entry.children("link").first?.value(of: "href"))
      let title = try #require(broken.catalog.rules.first { $0.page == link }?.title)
      let turns = "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}".unicodeScalars
      #expect(entry.texts("title") == [title] || title.unicodeScalars.contains { turns.contains($0) })
    }
    #expect(
      entries.flatMap { $0.texts("updated") }.allSatisfy { $0.wholeMatch(of: /\d{4}-\d\d-\d\dT00:00:00Z/) != nil })
  }

  @Test func writesASitemapOfAllPagesWhereItKnowsTheirAddress() throws {
    #expect(example.site.files["sitemap.xml"] == nil)
    let folder = TemporaryFolder()
    folder.write(
      "title: A\nlogsource: {product: a}\ndetection: {s: {a: b}, condition: s}\ndate: 2025-01-02", to: "rules/a.yml")
    let run = try ruledex("build", folder("rules"), "-o", folder("site"), "--base-url", "https://example.org/rules")
    #expect(run.code == 0)
    let site = try SiteFolder(folder("site"))
    let map = try XMLDocument(parsing: try #require(site.files["sitemap.xml"]), path: "sitemap.xml").root()
    let addresses = map.children("url").flatMap { $0.texts("loc") }
    #expect(addresses == site.pages.keys.sorted().map { "https://example.org/rules/" + $0 })
    let feed = try XMLDocument(parsing: try #require(site.files["feed.xml"]), path: "feed.xml").root()
    let links = (feed.children("entry") + [feed]).flatMap { $0.children("link") }.compactMap { $0.value(of: "href") }
    #expect(links.count == 3 && links.allSatisfy { $0.hasPrefix("https://example.org/rules/") })
  }

  @Test func linksToThemFromThePages() throws {
    for rule in example.catalog.rules {
      let links = try example.site.page(rule.page).filter { $0.name == "a" || $0.name == "link" }
      let targets = links.compactMap { $0.value(of: "href") }
      #expect(["rule.xml", "../../../catalog.xml", "../../../feed.xml"].allSatisfy(targets.contains), "\(rule.key)")
    }
  }
}

extension XMLElement {
  fileprivate func children(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }
  fileprivate func texts(_ name: String) -> [String] { children(name).map(\.text) }
  fileprivate func items(_ name: String) -> [String] { children(name).flatMap(\.elements).map(\.text) }
  fileprivate func keys(_ name: String) -> [String] {
    children(name).flatMap { $0.children("ref") }.compactMap { $0.value(of: "key") }
  }
  fileprivate var values: [String: String] {
    Dictionary(attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension CatalogFile.Indicator {
  /// As the attributes of `catalog.xml` have it.
  fileprivate var values: [String: String] {
    var values = corpusByDialect.mapValues(String.init)
    values.merge(["kind": kind, "value": value, "corpus": "\(corpus)"]) { first, _ in first }
    values["field"] = field
    values["canonical"] = canonical
    if !modifiers.isEmpty { values["modifiers"] = modifiers.joined(separator: " ") }
    return values
  }

  fileprivate var identity: [[UInt8]] {
    let isCased = kind == "regex" || modifiers.contains("cased")
    let compared =
      isCased
      ? value
      : String(String.UnicodeScalarView(value.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }))
    return ([(canonical ?? field).map { "=" + $0 } ?? "", kind, compared] + modifiers).map { Array($0.utf8) }
  }
}
