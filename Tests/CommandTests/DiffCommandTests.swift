import Foundation
import TestSupport
import Testing

/// `ruledex diff` between the example catalog and a copy with edits that were listed before it ran.
@Suite struct DiffCommandTests {
  private let folder = TemporaryFolder()
  private let original = projectFolder + "/catalog/rules"
  private var copy: String { folder("rules") }

  init() throws {
    #expect(try run("cp", ["-r", original, folder("rules")]).code == 0)
  }

  /// An edit of a file of the copy: a text that stands there once, and what replaces it.
  private func edit(_ file: String, _ old: String, _ new: String) throws {
    let path = "rules/sigma/\(file).yml"
    let text = try #require(folder.read(path), "\(path) is missing")
    try #require(text.components(separatedBy: old).count == 2, "\(old) doesn't stand once in \(path)")
    folder.write(text.replacing(old, with: new), to: path)
  }

  private struct Report: Decodable, Equatable {
    struct Change: Decodable, Equatable {
      var rule: String
      var changes: [String]
    }
    struct Move: Decodable, Equatable {
      var from: String
      var to: String
    }
    struct Techniques: Decodable, Equatable {
      var gained: [String]
      var lost: [String]
    }
    struct Event: Decodable, Equatable {
      var provider: String
      var event: String
    }
    struct Events: Decodable, Equatable {
      var gained: [Event]
      var lost: [Event]
    }
    var format: Int
    var added: [String]
    var removed: [String]
    var moved: [Move]
    var changed: [Change]
    var techniques: Techniques
    var events: Events
  }

  private func report(_ old: String, _ new: String) throws -> Report {
    let result = try ruledex("diff", old, new, "--format", "json")
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  private static let edits: [(file: String, old: String, new: String, changes: [String])] = [
    ("windows/process_creation/proc_creation_win_certutil_url_cache", "level: low", "level: medium", ["level"]),
    ("windows/process_creation/proc_creation_win_rclone_copies_to_remote", "            - ' sync '\n", "", ["values"]),
    (
      "windows/process_creation/proc_creation_win_office_starts_interpreter", "printui.dll,PrintUIEntry", "printui.dll",
      ["exclusions"]
    ),
    (
      "windows/registry/registry_set_autostart_from_user_folder", " and not 1 of filter_optional_*", "",
      ["condition", "exclusions"]
    ),
    ("web/web_shell_parameter_in_request", "status: experimental", "status: test", ["status"]),
    ("okta/okta_session_start_by_scripting_client", "title: Suspicious Okta", "title: Odd Okta", ["title"]),
    ("correlation/mr_win_password_spray", "gte: 20", "gte: 30", ["correlation"]),
    (
      "filters/mf_win_software_deployment",
      "        - 110e16b2-9775-482c-87a3-e12569d94cff # Potential Sacrificial Process Without Arguments\n", "",
      ["scope"]
    ),
    ("github/github_repository_made_public", "attack.t1567.001", "attack.t1567.002", ["techniques"]),
    ("okta/okta_factors_reset", "Detects all factors", "Finds all factors", ["description"]),
    ("network/net_firewall_smb_to_internet", "smb-secure-traffic", "smb-traffic", ["references"]),
    ("kubernetes/kubernetes_audit_pod_shares_its_host", "author: Ruledex", "author: Somebody", ["authors"]),
    ("aws/cloudtrail/aws_cloudtrail_recording_stopped", "date: 2025-01-28", "date: 2025-01-29", ["date"]),
    ("linux/auditd/lnx_auditd_protection_rules_flushed", "id: 082f4d6d", "id: 082f4d6e", ["id"]),
    ("network/net_firewall_port_sweep", "- Vulnerability scanners", "- Scanners", ["falsePositives"]),
    ("network/net_dns_long_encoded_label", "date: 2025-09-23", "date: 2025-09-23\nmodified: 2026-01-02", ["modified"]),
    (
      "linux/sudo/lnx_sudo_not_allowed",
      "        '|all':\n            - 'user NOT in sudoers'\n            - 'COMMAND='",
      "        - 'user NOT in sudoers'\n        - 'COMMAND='", ["selections"]
    ),
  ]

  /// The edits above, and a rule that is moved, one that is removed, one that is added: twenty.
  @Test func findsTwentyEditsNoMoreAndNoFewer() throws {
    for change in Self.edits { try edit(change.file, change.old, change.new) }
    folder.rename(
      "rules/sigma/macos/process_creation/proc_creation_macos_keychain_read.yml", to: "rules/sigma/keychain.yml")
    try #require(unlink(folder("rules/sigma/linux/network/net_connection_lnx_mining_pool.yml")) == 0)
    folder.write(smallRule("Hello", more: "tags: [attack.t1082]"), to: "rules/sigma/hello.yml")

    let report = try report(original, copy)
    #expect(report.format == 1)
    #expect(report.added == ["sigma/hello"])
    #expect(report.removed == ["sigma/net_connection_lnx_mining_pool"])
    #expect(
      report.moved == [
        .init(
          from: "sigma/macos/process_creation/proc_creation_macos_keychain_read.yml", to: "sigma/keychain.yml")
      ])
    let expected = Self.edits.map { change in
      Report.Change(rule: "sigma/" + (change.file.split(separator: "/").last ?? ""), changes: change.changes)
    }
    #expect(report.changed == expected.sorted { $0.rule < $1.rule })
    #expect(report.techniques == .init(gained: ["T1082"], lost: ["T1496", "T1496.001"]))
    #expect(report.events == .init(gained: [], lost: [.init(provider: "Linux-Sysmon", event: "3")]))
  }

  @Test func findsNothingBetweenTheSameRules() throws {
    let result = try ruledex(
      "diff", original, copy, "--fail-on", "lost-technique,lost-event,removed-rule,new-finding,new-error")
    #expect(result.code == 0)
    #expect(result.output == "Nothing changed\n")
  }

  /// A catalog.json holds the digest of logic, and all else but for conditions, selections and a filter's tests.
  @Test func comparesWithACatalogThatWasKept() throws {
    #expect(try run(builtProgram, ["build", original, "-o", "site"], in: folder.path).code == 0)
    for change in Self.edits { try edit(change.file, change.old, change.new) }
    let report = try report(folder("site/catalog.json"), copy)
    let expected = Self.edits.map { change -> Report.Change in
      let told = change.changes.filter { $0 != "condition" && $0 != "selections" }
      return Report.Change(
        rule: "sigma/" + (change.file.split(separator: "/").last ?? ""), changes: told.isEmpty ? ["logic"] : told)
    }
    #expect(report.changed == expected.sorted { $0.rule < $1.rule })
  }

  @Test func saysWhatChangedInWords() throws {
    try edit("windows/process_creation/proc_creation_win_rclone_copies_to_remote", "            - ' sync '\n", "")
    try edit("windows/process_creation/proc_creation_win_certutil_url_cache", "level: low", "level: medium")
    let result = try ruledex("diff", original, copy)
    let expected = """
      ~ sigma/windows/process_creation/proc_creation_win_certutil_url_cache.yml  Certutil Asked for a Web Address: level (low → medium)
      ~ sigma/windows/process_creation/proc_creation_win_rclone_copies_to_remote.yml  Suspicious Copy to Cloud Storage With Rclone: values (1 removed)
          - CommandLine contains  sync\u{20}

      2 rules changed

      """
    #expect(result.output == expected)
  }

  @Test func failsOnWhatAPipelineForbidsAndNamesIt() throws {
    // The only rule of the example catalog for this technique.
    try edit("linux/auditd/lnx_auditd_protection_rules_flushed", "attack.t1685.004", "attack.t9999")
    let result = try ruledex("diff", original, copy, "--fail-on", "lost-technique,removed-rule,new-finding")
    #expect(result.code == 1)
    #expect(result.errorLines.count { $0.hasPrefix("gate not met: ") } == 2)
    #expect(result.errors.contains("gate not met: lost-technique: 1 found: T1685.004"))
    #expect(
      result.errors.contains(
        "gate not met: new-finding: 1 found: sigma/linux/auditd/lnx_auditd_protection_rules_flushed.yml:"))
  }

  @Test func escapesWhatRulesSayInMarkdown() throws {
    try edit("okta/okta_factors_reset", "title: Okta Factors Reset", "title: '<b>[x](http://evil)</b> | `y`'")
    let result = try ruledex("diff", original, copy, "--format", "markdown")
    #expect(result.output.contains("\\<b\\>\\[x\\](http://evil)\\</b\\> \\| \\`y\\`"))
  }

  @Test func comparesWithARevisionOfGit() throws {
    func git(_ arguments: String...) throws {
      let result = try run(
        "git", ["-C", folder.path, "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments)
      try #require(result.code == 0, "\(result.errors)")
    }
    try git("init", "-q")
    try git("add", "rules")
    try git("commit", "-qm", "before")
    try edit("windows/process_creation/proc_creation_win_certutil_url_cache", "level: low", "level: medium")
    let expected = "1 rule changed\n"
    for old in ["git:HEAD", "git:HEAD:rules", "git:HEAD:./rules/"] {
      let result = try run(builtProgram, ["diff", old, "rules"], in: folder.path)
      #expect(result.output.hasSuffix(expected), "\(old): \(result.output) \(result.errors)")
    }
    // A single file, and the index and the working tree as they were.
    let file = "rules/sigma/windows/process_creation/proc_creation_win_certutil_url_cache.yml"
    #expect(try run(builtProgram, ["diff", "git:HEAD", file], in: folder.path).output.hasSuffix(expected))
    let status = try run("git", ["-C", folder.path, "status", "--porcelain"])
    #expect(status.output == " M \(file)\n")
  }

  @Test(arguments: [
    (["git:nothing", "rules"], "git:nothing: error: Git finds no readable repository in '"),
    (["git:", "rules"], "git:: error: no revision is named; "),
    (["git:--help", "rules"], "git:--help: error: no revision is named; "),
    (["rules", "missing"], "missing: error: there is no such file or folder; "),
    (["rules", "rules.json"], "rules.json:1:12: error: this isn't a catalog.json of format 1 or 2; "),
  ])
  func refusesWhatItCannotCompare(arguments: [String], expected: String) throws {
    folder.write("{\"format\": 3, \"rules\": []}", to: "rules.json")
    let result = try run(builtProgram, ["diff"] + arguments, in: folder.path)
    #expect(result.code == 2)
    #expect(result.errorLines.contains { $0.hasPrefix(expected) }, "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func saysThatAFolderIsInNoRepository() throws {
    let result = try run(builtProgram, ["diff", "git:HEAD", "rules"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errorLines == ["git:HEAD: error: Git finds no readable repository in 'rules' [revision]"])
  }

  /// Characters that YAML forbids, or breaks lines at, stand in the files that we keep as they are.
  @Test func findsNoDifferenceToTheFileThatABuildKept() throws {
    folder.write(
      "title: \"T\\x7f\"\ndescription: \"q\\u2028 r \\x9b\"\nlogsource: {category: process_creation, product: windows}\n"
        + "detection:\n  s: {Image: \"a\\x85 b\"}\n  condition: s\n", to: "odd/odd.yml")
    #expect(try run(builtProgram, ["build", "odd", "-o", "site"], in: folder.path).code == 0)
    let result = try run(builtProgram, ["diff", "site/catalog.json", "odd"], in: folder.path)
    #expect(result.errors == "")
    #expect(result.output == "Nothing changed\n")
  }

  /// A file that is as it was can say something else by way of another one.
  @Test func findsWhatChangedByWayOfOtherFiles() throws {
    func rule(_ title: String, category: String, more: String = "") -> String {
      "title: \(title)\nname: \(title)\nlogsource: {category: \(category), product: windows}\n"
        + "detection:\n  s: {Image: a}\n  condition: s\n\(more)"
    }
    let correlation =
      "title: Both\ncorrelation: {type: event_count, rules: [one], group-by: [User], timespan: 1h, condition: {gte: 2}}\n"
    for state in ["old", "new"] {
      folder.write(rule("one", category: state == "old" ? "process_creation" : "image_load"), to: "\(state)/one.yml")
      folder.write(correlation, to: "\(state)/both.yml")
      folder.write(
        rule("two", category: "process_creation", more: "id: 5d1c7f0a-0000-4000-8000-000000000002\n"),
        to: "\(state)/a/two.yml")
    }
    folder.write(rule("another", category: "process_creation"), to: "new/b/two.yml")
    let result = try run(builtProgram, ["diff", "old", "new"], in: folder.path)
    #expect(result.output.contains("~ both.yml  Both: events"), "\(result.output)")
    // A name that another file made another one is no change.
    #expect(!result.output.contains("a/two.yml"), "\(result.output)")
  }

  /// The kept file is of a version of ATT&CK in which T1562.001 was active and "defense-evasion" a tactic.
  @Test func losesNothingWhereOnlyTheVersionOfATTCKChanged() throws {
    folder.write(smallRule("Off", more: "tags: [attack.defense-evasion, attack.t1562.001]"), to: "r/off.yml")
    folder.write(smallRule("On", more: "tags: [attack.t1059]"), to: "r/on.yml")
    #expect(try run(builtProgram, ["build", "r", "-o", "site"], in: folder.path).code == 0)
    let now = try #require(folder.read("site/catalog.json"))
    let attack =
      #""attack":{"tactics":[],"techniques":["T1685"],"groups":[],"software":[],"revoked":{"T1562.001":"T1685"},"unknown":["defense-evasion"]}"#
    try #require(now.contains(attack))
    let then = now.replacing(
      attack,
      with:
        #""attack":{"tactics":["TA0005"],"techniques":["T1562.001"],"groups":[],"software":[],"revoked":{},"unknown":[]}"#
    )
    .replacing(#""version":"19.2""#, with: #""version":"18.1""#)
    folder.write(then[..<(try #require(then.firstRange(of: #""diagnostics":["#)).upperBound)] + "]}", to: "then.json")
    let gates = ["--fail-on", "lost-technique,lost-event,removed-rule"]
    let report = try run(builtProgram, ["diff", "then.json", "r", "--format", "json"] + gates, in: folder.path)
    #expect(report.code == 0)
    #expect(
      report.output.hasPrefix(
        #"{"format":1,"# + "\n" + #""attackVersions":["18.1","19.2"],"#
          + "\n\"added\":[],\n\"removed\":[],\n\"moved\":[],\n\"changed\":[],"),
      "\(report.output)")
    #expect(report.output.contains(#""techniques":{"gained":[],"lost":[]}"#))
    // Two kept files, of which neither is of the version that we ship.
    folder.write(then.replacing("18.1", with: "18.0"), to: "before.json")
    for (sides, old, new) in [(["then.json", "r"], "18.1", "19.2"), (["before.json", "then.json"], "18.0", "18.1")] {
      for format in ["table", "markdown"] {
        let text = try run(builtProgram, ["diff"] + sides + ["--format", format], in: folder.path).output
          .replacing("\\&", with: "&")
        #expect(
          text.contains(
            "ATT&CK's version changed from \(old) to \(new); revoked ids count as those that replaced them"), "\(text)")
        #expect(!text.contains("lost") && !text.contains("gained"))
      }
    }
    // The same for the history of a review, by its figures, too: T1685, T1059.
    folder.write("paths: [r]\nhistory: kept\n", to: "ruledex.yml")
    folder.makeFolder("kept")
    folder.rename("then.json", to: "kept/2026-01-01.json")
    #expect(try run(builtProgram, ["build", "-o", "site"], in: folder.path).code == 0)
    let page = try #require(folder.read("site/coverage/index.html"))
    let start = try #require(page.firstRange(of: #"<section id="changes""#)).lowerBound
    let section = page[start..<(try #require(page[start...].firstRange(of: "</section>")).lowerBound)]
    #expect(section.contains("no rule was added, removed or changed"))
    #expect(
      section.contains("ATT&amp;CK's version changed from 18.1 to 19.2; revoked ids count as those that replaced them.")
    )
    #expect(!section.contains("Techniques lost") && !section.contains("Techniques gained"))
    let figures = section.components(separatedBy: "<tr>").suffix(2).map { row in
      row.components(separatedBy: "<td class=\"num\">").dropFirst().map { $0.prefix { $0 != "<" } }
    }
    #expect(figures == [["2", "2", "2", "2"], ["2", "2", "2", "2"]])
  }

  /// A folder more under `paths` puts the folder's name before each source, in the kept state, the history and the comparison.
  @Test func aFolderMoreRenamesNoRule() throws {
    folder.write(smallRule("One"), to: "ours/x/one.yml")
    folder.write(smallRule("Two", more: "level: hgh"), to: "ours/two.yml")
    folder.write(smallRule("Three", more: "id: 5d1c7f0a-0000-4000-8000-000000000003"), to: "ours/three.yml")
    folder.write(smallRule("Their Two", image: "\\their.exe"), to: "theirs/two.yml")
    folder.write("paths: [ours]\n\(quietChecks)", to: "ruledex.yml")
    #expect(try run(builtProgram, ["build", "-o", "site"], in: folder.path).code == 0)
    folder.makeFolder("kept")
    folder.rename("site/catalog.json", to: "kept/1.json")
    folder.write("paths: [ours, theirs]\nhistory: kept\n\(quietChecks)", to: "ruledex.yml")
    #expect(try run(builtProgram, ["build", "-o", "site"], in: folder.path).code == 0)
    let page = try #require(folder.read("site/coverage/index.html"))
    #expect(page.contains("Since then: <") == false)
    #expect(page.contains("1 rule added.</p>"), "\(page)")
    let sides = [
      ("kept/1.json", "site/catalog.json", "+ theirs/two.yml  Their Two\n\n1 rule added\n"),
      ("site/catalog.json", "kept/1.json", "- theirs/two.yml  Their Two\n\n1 rule removed\n"),
      ("site/catalog.json", "ours", "- theirs/two.yml  Their Two\n\n1 rule removed\n"),
    ]
    for (old, new, expected) in sides {
      #expect(try run(builtProgram, ["diff", old, new], in: folder.path).output == expected, "\(old) \(new)")
    }
  }

  @Test func namesMovesTacticsAndFindings() throws {
    func rule(_ lines: String) -> String {
      "title: One\n\(lines)logsource: {product: windows, category: process_creation}\n"
        + "detection: {s: {Image: a}, condition: s}\n"
    }
    folder.allowBareRules()
    folder.write(rule("tags: [attack.t1059]\nlevel: hgh\n"), to: "old/a/one.yml")
    folder.write(rule("tags: [attack.t1059, attack.execution]\nstatus: tset\n"), to: "new/b/one.yml")
    let text = try run(builtProgram, ["diff", "old", "new"], in: folder.path)
    #expect(
      text.output == """
        > b/one.yml  One: moved from a/one.yml
        ~ b/one.yml  One: tactics (TA0002 Execution added)
        new: b/one.yml:3:9: warning: the status 'tset' is unknown; did you mean 'test'? [rule-status]
        gone: a/one.yml:3:8: warning: the level 'hgh' is unknown; did you mean 'high'? [rule-level]

        1 rule moved, 1 rule changed, 1 new finding, 1 finding gone

        """)
    let json = try run(builtProgram, ["diff", "old", "new", "--format", "json"], in: folder.path)
    #expect(
      json.output == #"""
        {"format":1,
        "attackVersions":["19.2","19.2"],
        "added":[],
        "removed":[],
        "moved":[
        {"from":"a/one.yml","to":"b/one.yml"}],
        "changed":[
        {"rule":"sigma/one","changes":["tactics"]}],
        "findings":{"added":[
        {"file":"b/one.yml","line":3,"column":9,"severity":"warning","id":"rule-status","message":"the status 'tset' is unknown; did you mean 'test'?"}],"gone":[
        {"file":"a/one.yml","line":3,"column":8,"severity":"warning","id":"rule-level","message":"the level 'hgh' is unknown; did you mean 'high'?"}]},
        "techniques":{"gained":[],"lost":[]},
        "events":{"gained":[],"lost":[]}}

        """#)
    let markdown = try run(builtProgram, ["diff", "old", "new", "--format", "markdown"], in: folder.path)
    #expect(markdown.output.contains("### Moved rules\n\n- One `a/one.yml` → `b/one.yml`\n"))
    #expect(markdown.output.contains("- One `b/one.yml`: tactics (TA0002 Execution added)\n"))
    #expect(markdown.output.contains("### New findings\n\n- b/one.yml:3:9: "))
    #expect(markdown.output.contains("### Findings gone\n\n- a/one.yml:3:8: "))
  }

  /// As programs write it that keep to ASCII: Python's json module, for one.
  @Test func readsAKeptCatalogWhoseTextIsEscaped() throws {
    let rule = "{\"dialect\": \"sigma\", \"slug\": \"a\", \"title\": \"\\ud83d\\ude00\", \"source\": \"a.yml\"}"
    folder.write("{\"format\": 1, \"rules\": [\(rule)]}", to: "old.json")
    let result = try run(builtProgram, ["diff", "old.json", "old.json"], in: folder.path)
    #expect(result.code == 0)
    #expect(result.errorLines.isEmpty)
    folder.write("{\"format\": 1,\n \"rules\": [\(rule)}", to: "old.json")
    let broken = try run(builtProgram, ["diff", "old.json", "old.json"], in: folder.path)
    #expect(broken.code == 2)
    #expect(broken.errorLines.first?.hasPrefix("old.json:2:") ?? false)
    #expect(broken.errorLines.first?.contains("; correct the JSON here [") ?? false)
  }
}
