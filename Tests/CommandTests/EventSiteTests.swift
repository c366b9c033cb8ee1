import TestSupport
import Testing
import XML

/// The pages of events, providers and log sources in the example site, held against `catalog.json`.
@Suite struct EventSiteTests {
  private let example: Example
  /// The keys of the rules that read each event.
  private var rules: [String: Set<String>] = [:]

  init() throws {
    example = try builtExample.get()
    for rule in example.catalog.rules {
      for event in rule.events { rules["\(event.provider) \(event.event)", default: []].insert(rule.key) }
    }
  }

  /// The example has no names of which an address can't be made but by its blanks and colons.
  private func path(_ provider: String, _ event: String) -> String {
    func slug(_ name: String) -> String {
      String(
        name.unicodeScalars.map { scalar in
          scalar.isASCII
            && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
              || "._-".unicodeScalars.contains(scalar))
            ? Character(scalar) : "-"
        })
    }
    return event == "*" ? "events/\(slug(provider))/index.html" : "events/\(slug(provider))/\(slug(event))/index.html"
  }

  @Test func leadsFromEachRuleToItsEventAndBack() throws {
    for rule in example.catalog.rules {
      let links =
        try example.site.page("rules/\(rule.key)/index.html").withID("events")?.descendants("a")
        .compactMap { $0.value(of: "href") } ?? []
      for event in rule.events {
        let path = path(event.provider, event.event)
        #expect(links.contains("../../../\(path)"), "\(rule.key): \(path)")
        let up = event.event == "*" ? "../../" : "../../../"
        let listed = try example.site.page(path).withID("rules")?.descendants("a").compactMap { $0.value(of: "href") }
        #expect(listed?.contains("\(up)rules/\(rule.key)/index.html") == true, "\(path): \(rule.key)")
      }
    }
  }

  @Test func listsNoRuleThatDoesNotReadTheEvent() throws {
    for (name, keys) in rules {
      let parts = name.split(separator: " ").map(String.init)
      guard parts.count == 2 else { continue }
      let rows = try example.site.page(path(parts[0], parts[1])).withID("rules")?.descendants("th")
        .filter { $0.value(of: "scope") == "row" }
      #expect(rows?.count == keys.count, "\(name)")
    }
  }

  @Test func listsAllEventsThatRulesReadAndAllLogSources() throws {
    let events = try example.site.page("events/index.html").withID("events")?.descendants("tr").dropFirst().count
    #expect(events == rules.keys.count { !$0.hasSuffix(" *") })
    let sources = try example.site.page("logsources/index.html").withID("logsources")?.descendants("tr").dropFirst()
    let named = Set(
      example.catalog.rules.flatMap { $0.logsources ?? [$0.logsource] }.compactMap { source -> String? in
        let words = [source["product"], source["category"], source["service"]].compactMap { $0 }.joined(
          separator: " · ")
        return words.isEmpty ? nil : words.lowercased()
      })
    // Case makes no difference between log sources.
    #expect(Set(sources?.compactMap { $0.descendants("summary").first?.text.lowercased() } ?? []) == named)
  }

  @Test func saysInOneSentenceWhySeveralEventsDoNotCount() throws {
    let folder = TemporaryFolder()
    folder.write(
      """
      title: Value
      logsource: {product: windows, category: registry_event}
      detection: {a: {Details: x}, condition: a}
      """, to: "rules/value.yml")
    _ = try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path)
    let events = try #require(
      try SiteFolder(folder("site")).page("rules/sigma/value/index.html").withID("events"))
    #expect(events.descendants("code").map(\.text) == ["13"])
    #expect(
      events.descendants("p").map(\.text) == [
        "Microsoft-Windows-Sysmon 12 and 14 don’t count: the rule needs Details, which they lack."
      ])
  }

  @Test func keepsEventsApartWhoseNamesDifferInCase() throws {
    let folder = TemporaryFolder()
    for (number, name) in ["DOOR.open", "door.open", "door open", "index.html", ".."].enumerated() {
      folder.write(
        """
        title: Rule \(number)
        logsource: {product: doorman}
        detection:
            selection: {action: '\(name)'}
            condition: selection
        level: low
        """, to: "rules/r\(number).yml")
    }
    folder.write(
      "logsources: [{product: doorman, pin: {event: [action]}, events: [{provider: Doorman}]}]\n", to: "map.yml")
    folder.write("paths: [rules]\nevents: [map.yml]\npages: {techniques: covered}\n", to: "ruledex.yml")
    let run = try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site"))
    #expect(run.code == 0)
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    let pages = site.pages.filter { $0.key.hasPrefix("events/Doorman/") && $0.key != "events/Doorman/index.html" }
    #expect(pages.count == 5)
    #expect(Set(pages.keys.map { $0.lowercased() }).count == 5)
    #expect(
      Set(pages.values.compactMap { $0.withID("rules")?.descendants("th").last?.descendants("a").first?.text })
        == ["Rule 0", "Rule 1", "Rule 2", "Rule 3", "Rule 4"])
  }

  @Test func countsNoRetiredRuleAmongFieldsAndSharedValues() throws {
    let folder = TemporaryFolder()
    for number in 1...2 {
      folder.write(smallRule("Rule \(number)"), to: "rules/r\(number).yml")
      folder.write(
        """
        title: Retired \(number)
        status: deprecated
        logsource: {category: process_creation, product: windows}
        detection:
            selection: {CommandLine|contains: retired}
            filter: {User: nobody}
            condition: selection and not filter
        level: low
        """, to: "rules/retired\(number).yml")
    }
    folder.write("paths: [rules]\npages: {techniques: covered}\n", to: "ruledex.yml")
    let run = try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site"))
    #expect(run.code == 0)
    for path in ["1/index.html", "index.html"] {
      let page = try SiteFolder(folder("site")).page("events/Microsoft-Windows-Sysmon/\(path)")
      let tested = page.withID("fields")?.descendants("tr").map { $0.elements.prefix(2).map(\.text) }
        .filter { ["rules 2", "rules none"].contains($0.last) && ["Image", "CommandLine", "User"].contains($0.first) }
      #expect(
        Set(tested ?? [])
          == (path == "index.html"
            ? [["Image", "rules 2"]]
            : [["CommandLine", "rules none"], ["Image", "rules 2"], ["User", "rules none"]]))
      #expect(page.withID("values")?.descendants("code").map(\.text) == ["\\whoami.exe"])
      #expect(page.withID("exclusions") == nil)
    }
  }

  @Test func leavesWhatNamesTheEventOutOfItsSharedValues() throws {
    let folder = TemporaryFolder()
    for name in ["one", "two"] {
      folder.write(
        """
        title: \(name)
        logsource: {product: aws, service: cloudtrail}
        detection:
            selection: {eventSource: iam.amazonaws.com, eventName: CreateAccessKey, userIdentity.type: Root}
            condition: selection
        level: low
        """, to: "rules/\(name).yml")
    }
    folder.write("paths: [rules]\npages: {techniques: covered}\n", to: "ruledex.yml")
    let run = try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site"))
    #expect(run.code == 0)
    let page = try SiteFolder(folder("site")).page("events/AWS-iam/CreateAccessKey/index.html")
    #expect(page.withID("values")?.descendants("code").map(\.text) == ["Root"])
  }

  @Test func goesOnWithRulesThatAreTooManyForOnePage() throws {
    let folder = TemporaryFolder()
    for number in 1...900 { folder.write(smallRule("Rule \(number)"), to: "rules/r\(number).yml") }
    folder.write("paths: [rules]\npages: {techniques: covered}\n", to: "ruledex.yml")
    let run = try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site"))
    #expect(run.code == 0)
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    let parts = ["index.html", "rules-2.html"].map { "events/Microsoft-Windows-Sysmon/1/\($0)" }
    #expect(site.pages.keys.count { $0.hasPrefix("events/Microsoft-Windows-Sysmon/1/") } == 2)
    let listed = try parts.map { path in
      try site.page(path).withID("rules")?.descendants("th").filter { $0.value(of: "scope") == "row" }.compactMap {
        $0.descendants("a").first?.text
      } ?? []
    }
    #expect(listed.map(\.count) == [200, 700])
    #expect(Set(listed.joined()).count == 900)
  }
}

@Suite struct EventsImportTests {
  @Test func makesAMapThatABuildTakes() throws {
    let folder = TemporaryFolder()
    folder.write(
      """
      <instrumentationManifest><instrumentation><events><provider name="Contoso-Door"><events>
      <event value="1" message="Door opened"/></events></provider></events></instrumentation></instrumentationManifest>
      """, to: "door.man")
    let run = try ruledex("events", "import", folder("door.man"), "-o", folder("door.yml"))
    #expect(run.code == 0 && run.output.isEmpty)
    #expect(run.errors == "1 event of 1 provider\n")
    let shown = try ruledex("events", "import", folder("door.man"))
    #expect(Array(shown.output.utf8) == TemporaryFolder.contents(of: folder.path)["door.yml"])
    folder.write(
      "logsources: [{product: door, pin: windows, events: [{provider: Contoso-Door}]}]\n", to: "source.yml")
    folder.write(
      "title: A\nlogsource: {product: door}\ndetection: {s: {EventID: 1}, condition: s}\nlevel: low\n",
      to: "rules/a.yml")
    folder.write(
      "paths: [rules]\nevents: [door.yml, source.yml]\npages: {techniques: covered}\n", to: "ruledex.yml")
    let build = try ruledex("build", "--config", folder("ruledex.yml"), "-o", folder("site"))
    #expect(build.code == 0)
    #expect(
      try SiteFolder(folder("site")).page("events/Contoso-Door/1/index.html").titles == ["Door opened Contoso-Door 1"])
  }

  @Test func pointsAtWhatIsWrongAndWritesNothing() throws {
    let folder = TemporaryFolder()
    folder.write("<html/>", to: "a.xml")
    folder.write("<a>\n<b>\n</a>", to: "b.xml")
    let run = try ruledex("events", "import", folder("a.xml"), folder("b.xml"), "-o", folder("map.yml"))
    #expect(run.code == 2 && run.output.isEmpty)
    #expect(run.errors.contains("/a.xml:1:1: error: <html> isn't a manifest; "))
    #expect(run.errors.contains("/b.xml:3:"))
    #expect(TemporaryFolder.contents(of: folder.path).keys.sorted() == ["a.xml", "b.xml"])
    #expect(try ruledex("events", "import").code == 2)
  }
}
