import Foundation
import TestSupport
import Testing
import XML

/// What changed in what runs: `catalog.json` keeps it, `diff`, its gates and the review's page tell it.
@Suite struct StateChangesSiteTests {
  private let folder = TemporaryFolder()
  private let reason = "Microsoft-Windows-Sysmon 1 is no longer collected (until now by telemetry.yml:3)"
  private let woken = "macOS-EndpointSecurity ES_EVENT_TYPE_NOTIFY_EXEC is collected now (telemetry.yml:2)"

  init() throws {
    folder.write(smallRule("One", more: "tags: [attack.t1059]"), to: "rules/one.yml")
    folder.write(smallRule("Other", product: "macos", more: "tags: [attack.t1003]"), to: "rules/other.yml")
    folder.write("paths: [rules]\ntelemetry: t/telemetry.yml\npages: {techniques: covered}\n", to: "ruledex.yml")
    folder.write("collected:\n\n  - {provider: Microsoft-Windows-Sysmon, events: [1, 5]}\n", to: "t/telemetry.yml")
    #expect(try ruledex("build", "-o", "then", in: folder.path).code == 0)
    folder.write("collected:\n  - {provider: macOS-EndpointSecurity}\n", to: "t/telemetry.yml")
  }

  private func member(_ path: String, _ name: String) throws -> [String: Any] {
    let text = try #require(folder.read(path))
    let catalog = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    if name == "telemetry" { return try #require(catalog[name] as? [String: Any]) }
    let rules = try #require(catalog["rules"] as? [[String: Any]])
    return try #require(rules.first { $0["slug"] as? String == name })
  }

  @Test func keepsWhatRunsAndWhy() throws {
    #expect(try member("then/catalog.json", "one")["state"] as? String == "runs")
    #expect(try member("then/catalog.json", "one")["visibility"] == nil)
    let other = try member("then/catalog.json", "other")
    #expect(other["state"] as? String == "blind")
    let missing = try #require((other["visibility"] as? [String: Any])?["missing"] as? [[String: String]])
    #expect(missing == [["provider": "macOS-EndpointSecurity", "event": "ES_EVENT_TYPE_NOTIFY_EXEC"]])
    let events = try #require(try member("then/catalog.json", "telemetry")["events"] as? [[String: Any]])
    #expect(
      events.map { "\($0["provider"] ?? "") \($0["event"] ?? "") \($0["collected"] ?? "")" } == [
        "Microsoft-Windows-Security-Auditing 4688 none", "Microsoft-Windows-Sysmon 1 whole",
        "macOS-EndpointSecurity ES_EVENT_TYPE_NOTIFY_EXEC none",
      ])
    #expect((events[1]["sources"] as? [[String: Any]])?.map { $0["line"] as? Int } == [3])
    // The same in XML, by the schema.
    let site = try SiteFolder(folder("then"))
    #expect(site.faults == [])
    let rule = try site.text("rules/sigma/other/rule.xml")
    #expect(rule.contains(#" state="blind" "#))
    #expect(
      rule.contains(#"<missing provider="macOS-EndpointSecurity" event="ES_EVENT_TYPE_NOTIFY_EXEC"/>"#), "\(rule)")
    #expect(try ruledex("show", "other", "--format", "json", in: folder.path).output.contains(#""state":"runs""#))
  }

  @Test func tellsWhatWentBlindAndWhatWokeUp() throws {
    let table = try ruledex(
      "diff", "then/catalog.json", "ruledex.yml", "--fail-on", "blind-technique,blind-rule", in: folder.path)
    #expect(table.code == 1)
    #expect(
      table.output == """
        events now collected: macOS-EndpointSecurity ES_EVENT_TYPE_NOTIFY_EXEC
        events no longer collected: Microsoft-Windows-Sysmon 1
        techniques that went blind:
            T1059: 'One': \(reason)
        rules that went blind:
            one.yml  One: \(reason)
        techniques that woke up:
            T1003: 'Other': \(woken)
        rules that woke up:
            other.yml  Other: \(woken)

        1 technique went blind, 1 rule went blind, 1 technique woke up, 1 rule woke up, 1 event now collected, 1 event no longer collected

        """)
    #expect(
      table.errorLines == [
        "gate not met: blind-technique: 1 found: T1059 ('One': \(reason))",
        "gate not met: blind-rule: 1 found: one.yml (\(reason))",
      ])
    let json = try ruledex("diff", "then/catalog.json", "ruledex.yml", "--format", "json", in: folder.path).output
    #expect(
      json.contains(
        #"{"rule":"sigma/one","from":"runs","to":"blind","reason":"\#(reason)","places":[{"file":"telemetry.yml","line":3}]}"#
      ))
    #expect(
      json.contains(
        #"{"technique":"T1059","from":"runs","to":"blind","reason":"'One': \#(reason)","rules":["sigma/one"]}"#))
    #expect(json.contains(#""collected":{"gained":[{"provider":"macOS-EndpointSecurity","#))
    let markdown = try ruledex("diff", "then/catalog.json", "ruledex.yml", "--format", "markdown", in: folder.path)
    #expect(markdown.output.contains("### Rules that woke up"))
    // Of rules alone, the same telemetry holds for both sides.
    #expect(
      try ruledex("diff", "rules", "rules", "--fail-on", "blind-rule", in: folder.path).output == "Nothing changed\n")
  }

  @Test func saysWhenOneSideDoesNotTellWhatIsCollected() throws {
    folder.write("paths: [rules]\n", to: "ruledex.yml")
    let run = try ruledex("diff", "then/catalog.json", "rules", in: folder.path)
    #expect(
      run.output.hasPrefix(
        "The new state doesn't say what is collected, so what runs can't be compared; name a telemetry file\n"))
    // A gate that can't be decided isn't met.
    let gate = try ruledex("diff", "then/catalog.json", "rules", "--fail-on", "blind-rule", in: folder.path)
    #expect(gate.code == 2 && gate.errors.contains("what went blind can't be decided"), "\(gate.errors)")
    #expect(
      try ruledex("diff", "then/catalog.json", "rules", "--telemetry", "t/telemetry.yml", in: folder.path).output
        .contains("rules that went blind"))
  }

  /// What is collected is kept under version control, too.
  @Test func readsTheTelemetryOfARevision() throws {
    func git(_ arguments: String...) throws {
      let run = try run(
        "git", ["-C", folder.path, "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments)
      #expect(run.code == 0, "\(run.errors)")
    }
    try git("init", "-q")
    try git("add", "rules", "ruledex.yml", "t")
    try git("commit", "-qm", "before")
    folder.write("collected: [{provider: Okta-user}]\n", to: "t/telemetry.yml")
    let diff = try ruledex("diff", "git:HEAD", "ruledex.yml", in: folder.path)
    #expect(
      diff.output.contains(
        "other.yml  Other: macOS-EndpointSecurity ES_EVENT_TYPE_NOTIFY_EXEC is no longer collected (until now by telemetry.yml:2)"
      ), "\(diff.output)\(diff.errors)")
  }

  @Test func isToldOnTheReviewsPage() throws {
    folder.makeFolder("kept")
    folder.rename("then/catalog.json", to: "kept/2026-01-01.json")
    folder.write("paths: [rules]\n", to: "ruledex.yml")
    #expect(try ruledex("build", "-o", "before", in: folder.path).code == 0)
    folder.rename("before/catalog.json", to: "kept/2025-10-01.json")
    folder.write(
      "paths: [rules]\ntelemetry: t/telemetry.yml\nhistory: kept\npages: {techniques: covered}\n", to: "ruledex.yml")
    #expect(try ruledex("build", "-o", "now", in: folder.path).code == 0)
    let site = try SiteFolder(folder("now"))
    #expect(site.faults == [])
    let changes = try #require(try site.page("coverage/index.html").withID("changes"))
    let items = changes.descendants("li").map(\.text)
    #expect(items.contains { $0.hasPrefix("T1059 ") && $0.hasSuffix(reason) }, "\(items)")
    #expect(items.contains { $0.hasPrefix("Other") && $0.hasSuffix(woken) }, "\(items)")
    // Name, rules, counted ones, techniques and their picture; those that run and are partly blind; events.
    let trend = changes.descendants("tr").dropFirst().map { $0.elements.map(\.text) }
    #expect(
      trend == [
        ["2025-10-01", "2", "2", "2", "", "unknown", "unknown", "3"],
        ["2026-01-01", "2", "2", "2", "", "1", "0", "3"], ["now", "2", "2", "2", "", "1", "0", "3"],
      ])
  }
}
