import Foundation
import TestSupport
import Testing

/// The catalog that we ship, built as its README says.
@Suite struct ExampleCatalogTests {
  private let example: Example
  private var catalog: CatalogFile { example.catalog }

  init() throws { example = try builtExample.get() }

  @Test func endsWell() { #expect(example.run.code == 0) }

  /// The three that `catalog/README.md` promises.
  @Test func findsNothingButTheThreeThatAreMeant() {
    let rules = "catalog/rules/sigma/"
    #expect(
      example.run.errorLines == [
        rules + "network/net_firewall_port_sweep.yml:20:16: warning: the aggregation 'count(dst_port) by src_ip > 50' "
          + "after a pipe was removed from Sigma; write a correlation rule instead [sigma-aggregation]",
        rules + "windows/defender/win_defender_protection_turned_off.yml:11:7: warning: T1562.001 is revoked in ATT&CK "
          + "Enterprise 19.2; write T1685 (Disable or Modify Tools) [attack-revoked]",
        rules
          + "windows/process_creation/proc_creation_win_office_starts_interpreter.yml:40:31: warning: excluding 'CommandLine "
          + "contains printui.dll,PrintUIEntry' and 'CommandLine contains C:\\Program Files\\Contoso Ledger\\refresh.cmd' can't "
          + "work: Microsoft-Windows-Security-Auditing 4688 comes without CommandLine, as ProcessCreationIncludeCmdLine_Enabled "
          + "is off (collectors/audit.reg:4:1); collect it, or exclude by another field [telemetry-exclusion]",
      ])
  }

  @Test func countsEachFileAndEachRule() throws {
    let lines = example.run.output.split(separator: "\n").map(String.init)
    let rules = try #require(lines[0].wholeMatch(of: /(\d+) rules: (.*)/))
    let dialects = rules.2.split(separator: ", ").compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(Int(rules.1) == dialects.reduce(0, +))
    #expect(rules.2.contains("Sigma \(example.titles.count)"))
    let files = try #require(
      lines[1].wholeMatch(
        of:
          #/
          (\d+)\ files:\ (\d+)\ of\ rules,\ (\d+)\ of\ correlations,\ (\d+)\ of\ filters,
          \ (\d+)\ companions,\ (\d+)\ others\ \(\d+\ of\ notes\),\ (\d+)\ broken
          /#))
    let classes = [files.2, files.3, files.4, files.5, files.6, files.7].compactMap { Int($0) }
    #expect(classes.reduce(0, +) == example.sources.count)
    #expect(Int(files.1) == example.sources.count)
    #expect(classes[1] == Set(catalog.rules.filter { $0.correlation != nil }.map(\.source)).count)
    #expect(classes[2] == example.sources.keys.count { $0.contains("/filters/") })
    #expect(classes[4...] == [example.sources.keys.count { $0.hasSuffix(".md") }, 0])
    let names = ["rules", "correlations", "filters", "companions", "notRules", "broken"]
    #expect(names.map { catalog.files[$0] } == classes)
    #expect(lines[3] == "0 errors, 3 warnings, 0 notes")
    #expect(lines[4].hasPrefix("\(example.site.files.count - 1) files in "), "\(lines[4])")
  }

  @Test func givesEachRuleAPageOfItsTitle() throws {
    let pages = example.site.pages.filter { $0.key.hasPrefix("rules/sigma/") && $0.key != "rules/sigma/index.html" }
    #expect(pages.values.flatMap(\.titles).sorted() == example.titles.sorted())
    for rule in catalog.rules {
      #expect(try example.site.page(rule.page).titles == [rule.title])
      #expect(rule.page == "rules/\(rule.key)/index.html")
      #expect(rule.key == "\(rule.dialect)/\(rule.slug)")
    }
  }

  @Test func putsEachRulesFileBesideItsPage() throws {
    for rule in catalog.rules {
      let name = try #require(rule.source.split(separator: "/").last)
      let copy = example.site.files[rule.page.replacing("index.html", with: name)]
      #expect(copy != nil && copy == example.sources[rule.source], "\(rule.source)")
    }
  }

  @Test func listsAllRules() throws {
    let list = try example.site.page("rules/index.html").withID("main")?.descendants("tr").count ?? 0
    #expect(list == catalog.rules.count + 1)
  }

  @Test func holdsOnEachPageWhatHoldsForAll() throws {
    #expect(example.site.faults == [])
    for (path, page) in example.site.pages.sorted(by: { $0.key < $1.key }) {
      #expect(page.named("h1").count == 1, "\(path)")
      #expect(page.named("main").count == 1, "\(path)")
      #expect(page.named("title").first?.text.isEmpty == false, "\(path)")
      #expect(page.first?.value(of: "lang") == "en", "\(path)")
      #expect(page.named("script").count == 1, "\(path)")
    }
  }

  /// A page on disk and on the web may load its own style sheet and script, and nothing else.
  @Test func forbidsThePagesToLoadFromElsewhere() throws {
    for (path, page) in example.site.pages.sorted(by: { $0.key < $1.key }) {
      let policy = page.named("meta").first { $0.value(of: "http-equiv") == "Content-Security-Policy" }?.value(
        of: "content")
      let words = try #require(policy, "\(path)").split(separator: ";").map {
        $0.split(separator: " ").map(String.init)
      }
      let directives = Dictionary(uniqueKeysWithValues: words.map { ($0[0], Array($0[1...])) })
      #expect(directives["default-src"] == ["'none'"])
      #expect(directives["base-uri"] == ["'none'"])
      for directive in ["style-src", "script-src", "font-src", "form-action"] {
        #expect(directives[directive] == ["'self'", "file:"])
      }
      #expect(directives["img-src"] == ["'self'", "file:", "data:"])
      #expect(directives.count == 7)
    }
  }

  @Test func keepsRulePagesSmall() {
    let sizes = catalog.rules.compactMap { example.site.files[$0.page]?.count }.sorted()
    #expect(sizes[sizes.count / 2] <= 16 << 10)
  }

  // MARK: catalog.json

  @Test func sortsTheCatalogInUTF8Bytes() {
    #expect(isSorted(catalog.rules.map { [$0.key] }))
    for rule in catalog.rules {
      for list in [rule.indicators, rule.exclusions] {
        // An absent field stands before an empty one.
        let keys = list.map {
          [$0.field.map { "1" + $0 } ?? "0", $0.kind, $0.value, $0.modifiers.joined(separator: "|")]
        }
        #expect(isSorted(keys), "\(rule.key)")
      }
      #expect(isSorted(rule.events.map { [$0.provider, $0.event] }), "\(rule.key)")
      for ids in [rule.attack.tactics, rule.attack.techniques, rule.attack.groups, rule.attack.software] {
        #expect(isSorted(ids.map { [$0] }), "\(rule.key)")
      }
    }
  }

  /// Whether rows ascend, part by part, none twice.
  private func isSorted(_ rows: [[String]]) -> Bool {
    let bytes = rows.map { $0.map { Array($0.utf8) } }
    return zip(bytes, bytes.dropFirst()).allSatisfy { left, right in
      guard let (first, second) = zip(left, right).first(where: { $0 != $1 }) else { return false }
      return first.lexicographicallyPrecedes(second)
    }
  }

  /// Counted anew, the plain way.
  @Test func countsEachIndicatorOverAllRules() {
    for list in [\CatalogFile.Rule.indicators, \.exclusions] {
      var dialects: [[String]: [String: Set<String>]] = [:]
      for rule in catalog.rules {
        for entry in rule[keyPath: list] {
          dialects[identity(of: entry), default: [:]][rule.dialect, default: []].insert(rule.key)
        }
      }
      for rule in catalog.rules {
        for entry in rule[keyPath: list] {
          let counts = dialects[identity(of: entry), default: [:]].mapValues(\.count)
          #expect(entry.corpusByDialect == counts, "\(rule.key): \(entry)")
          #expect(entry.corpus == counts.values.reduce(0, +))
        }
      }
    }
    // Or else all of the above would say nothing.
    #expect(catalog.rules.contains { $0.indicators.contains { $0.corpus > 2 } })
    #expect(catalog.rules.contains { $0.exclusions.contains { $0.corpus > 1 } })
  }

  private func identity(of entry: CatalogFile.Indicator) -> [String] {
    let isCased = entry.kind == "regex" || entry.modifiers.contains("cased")
    let value = isCased ? entry.value : entry.value.lowercased()
    return [(entry.canonical ?? entry.field).map { "=" + $0 } ?? "", entry.kind, value] + entry.modifiers
  }

  @Test func namesOnlyRulesThatAreThere() {
    let keys = Set(catalog.rules.map(\.key))
    for rule in catalog.rules {
      let named =
        rule.sameAction + rule.neighbours.map(\.rule) + (rule.correlation?.rules ?? []) + (rule.filter?.rules ?? [])
      #expect(keys.isSuperset(of: named), "\(rule.key)")
      #expect(!named.contains(rule.key))
    }
  }

  @Test func sharesAnActionBothWays() {
    let pairs = Set(catalog.rules.flatMap { rule in rule.sameAction.map { [rule.key, $0] } })
    #expect(pairs.allSatisfy { pairs.contains([$0[1], $0[0]]) })
    let operations = catalog.rules.reduce(into: [:]) { $0[$1.key] = Set($1.events.filter(\.operation)) }
    for rule in catalog.rules {
      let own = Set(rule.events.filter(\.operation))
      let expected = catalog.rules.filter { $0.key != rule.key && operations[$0.key]?.isDisjoint(with: own) == false }
      #expect(Set(rule.sameAction) == Set(expected.map(\.key)), "\(rule.key)")
    }
    #expect(!pairs.isEmpty)
  }

  /// Compared anew, the plain way: each rule with each other one.
  @Test func findsTheNearestRules() {
    let tests = catalog.rules.map { rule in
      Set(rule.indicators.map { ["+"] + identity(of: $0) } + rule.exclusions.map { ["-"] + identity(of: $0) })
    }
    let counts = tests.joined().reduce(into: [:]) { $0[$1, default: 0] += 1 }
    func weight(_ tests: Set<[String]>) -> Double {
      tests.reduce(0) { $0 + log2(Double(catalog.rules.count + 1) / Double(counts[$1] ?? 1)) }
    }
    for (number, rule) in catalog.rules.enumerated() {
      let near = catalog.rules.indices.compactMap { other -> (key: String, score: Double)? in
        let shared = weight(tests[number].intersection(tests[other]))
        if other == number || shared == 0 { return nil }
        return (catalog.rules[other].key, shared / weight(tests[number].union(tests[other])))
      }
      // Ours are rounded.
      let scores = rule.neighbours.reduce(into: [:]) { $0[$1.rule] = $1.score }
      for (key, score) in near where score > 0.11 && rule.neighbours.count < 8 {
        #expect(abs((scores[key] ?? 0) - score) < 0.011, "\(rule.key) and \(key)")
      }
      #expect(rule.neighbours.map(\.score) == rule.neighbours.map(\.score).sorted(by: >))
      for neighbour in rule.neighbours {
        let other = tests[catalog.rules.firstIndex { $0.key == neighbour.rule } ?? number]
        let own = tests[number]
        switch neighbour.relation {
        case "stricter": #expect(own.isStrictSubset(of: other))
        case "broader": #expect(own.isStrictSuperset(of: other))
        case "duplicate": #expect(own == other)
        default: #expect(own == other || !own.isSubset(of: other) && !own.isSuperset(of: other))
        }
      }
    }
    #expect(
      Set(catalog.rules.flatMap { $0.neighbours.map(\.relation) }).isSuperset(of: ["similar", "stricter", "broader"]))
  }

  /// Each count of an indicator that rules share leads to the value, where as many rules stand.
  @Test func leadsFromCountsToValues() throws {
    var followed = 0
    for rule in catalog.rules {
      for link in try example.site.page(rule.page).filter({ $0.name == "a" && $0.value(of: "class") == "n" }) {
        let address = try #require(link.value(of: "href")).replacing("../../../", with: "").split(separator: "#")
        let value = try #require(try example.site.page(String(address[0])).withID(String(address[1])))
        #expect(value.descendants("li").count == Int(link.descendants("b").first?.text ?? ""), "\(rule.key) \(address)")
        followed += 1
      }
    }
    #expect(followed > 20)
  }

  @Test func carriesTheFindingsWithTheirPlaces() {
    #expect(
      catalog.diagnostics.map {
        "catalog/rules/\($0.file):\($0.line ?? 0):\($0.column ?? 0): \($0.severity): \($0.message) [\($0.id)]"
      }
        == example.run.errorLines)
  }
}

/// The example catalog's site, built once for all tests.
let builtExample = Result { try Example() }

struct Example: Sendable {
  let run: ProgramRun
  let site: SiteFolder
  let catalog: CatalogFile
  /// The rules' files by their paths below `catalog/rules`.
  let sources: [String: [UInt8]]
  /// Every title of a Sigma rule, taken from the lines that start with it.
  let titles: [String]

  init() throws {
    let folder = TemporaryFolder()
    run = try ruledex("build", "--config", "catalog/ruledex.yml", "-o", folder("site"), in: projectFolder)
    site = try SiteFolder(folder("site"))
    catalog = try CatalogFile(site.files["catalog.json"])
    sources = TemporaryFolder.contents(of: projectFolder + "/catalog/rules")
    titles = sources.filter { $0.key.hasPrefix("sigma/") }.values.flatMap { source in
      String(decoding: source, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("title: ") }
        .map { $0.dropFirst(7).trimmingQuotes }
    }
  }
}

extension Substring {
  fileprivate var trimmingQuotes: String {
    first == "'" ? String(dropFirst().dropLast()).replacing("''", with: "'") : String(self)
  }
}
