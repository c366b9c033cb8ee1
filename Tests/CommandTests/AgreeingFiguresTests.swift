import TestSupport
import Testing
import XML

/// Figures that several places tell are the same in each.
@Suite struct AgreeingFiguresTests {
  private let folder = TemporaryFolder()

  /// Three rules: two are duplicates (a note for each), one reads all that a provider writes and has a malformed date.
  init() {
    for name in ["a", "b"] { folder.write(smallRule(name, more: "tags: [attack.t1059]"), to: "rules/\(name).yml") }
    folder.write(
      """
      title: c
      status: test
      date: someday
      logsource: {product: macos}
      detection:
        selection: {x: y}
        condition: selection
      level: low
      """, to: "rules/c.yml")
    folder.write("paths: [rules]\npages: {techniques: covered}\n", to: "ruledex.yml")
  }

  private func figures(_ page: [XMLElement]) -> [String: String] {
    let list = page.named("dl").first { $0.value(of: "class") == "figs" }
    let pairs = list?.elements.compactMap { figure -> (String, String)? in
      guard let name = figure.elements.first, let value = figure.elements.last else { return nil }
      return (name.text, value.text)
    }
    return Dictionary(pairs ?? [], uniquingKeysWith: { first, _ in first })
  }

  @Test func countsFindingsAndEventsTheSameEverywhere() throws {
    let build = try run(builtProgram, ["build"], in: folder.path)
    #expect(build.code == 0, "\(build.errors)")
    let site = try SiteFolder(folder("site"))
    let (home, lint) = (figures(try site.page("index.html")), figures(try site.page("lint.html")))
    let said = try run(builtProgram, ["lint"], in: folder.path).errors
    let counts = try #require(said.firstMatch(of: /(\d+) errors?, (\d+) warnings?, (\d+) notes?/))
    let built = try #require(build.output.firstMatch(of: /(\d+) errors?, (\d+) warnings?, (\d+) notes?/))
    #expect([counts.1, counts.2, counts.3] == [built.1, built.2, built.3])
    // Two duplicates beside whatever else is noted.
    #expect((Int(counts.3) ?? 0) >= 2)
    func figure(_ name: String) -> String? { lint[name] ?? lint[name + "s"] }
    #expect([figure("error"), figure("warning"), figure("note")] == [counts.1, counts.2, counts.3].map { String($0) })
    let total = [counts.1, counts.2, counts.3].reduce(0) { $0 + (Int($1) ?? 0) }
    #expect((home["findings"] ?? home["finding"]) == "\(total)")
    // Sysmon 1 and Security 4688; what the third rule reads is of a provider, but no event of it.
    let events = try #require(build.output.firstMatch(of: /(\d+) events? of (\d+) providers?/))
    #expect(events.1 == "2")
    #expect(home["events"] == String(events.1) && home["providers"] == String(events.2))
    let list = try site.page("events/index.html")
    #expect(
      list.named("p").contains { $0.text.hasPrefix("\(events.1) events of \(events.2) providers that rules read") })
  }

  /// The way to the review has what is covered, as the review itself.
  @Test func saysOnTheHomePageWhatIsCovered() throws {
    #expect(try run(builtProgram, ["build"], in: folder.path).code == 0)
    let home = try SiteFolder(folder("site")).page("index.html")
    let way = try #require(
      home.named("li").first { $0.elements.first?.text == "Coverage" && $0.elements.count > 2 })
    #expect(way.elements[1].text == "1")
  }
}
