import TestSupport
import Testing

/// `ruledex show`: one rule as text, or as the reports have it.
@Suite struct ShowTests {
  private let folder = TemporaryFolder()

  init() {
    folder.keepSitesSmall()
    folder.write(
      smallRule(
        "First Rule", more: "id: 929a690e-bef0-4204-a928-ef5e620d6fcc\ndescription: |\n    One line\n    and another.\n"
      ),
      to: "rules/sub/one.yml")
    folder.write(smallRule("Second rule"), to: "rules/two.yml")
    folder.write(smallRule("Twin", more: "id: aaaaaaaa-0000-4000-8000-000000000000"), to: "rules/a/twin.yml")
    folder.write(
      smallRule("Twin", image: "\\net.exe", more: "id: bbbbbbbb-0000-4000-8000-000000000000"), to: "rules/b/twin.yml")
  }

  private func show(_ rule: String, _ more: String...) throws -> ProgramRun {
    try run(builtProgram, ["show", rule, "--in", "rules"] + more, in: folder.path)
  }

  @Test func showsNotesWithTheMarksOfMarkdown() throws {
    folder.write(
      """
      # Triage

      Ask the *owner*, then
      [see the **runbook**](https://example.org/run).

      1. First,
         over two lines
      2. Second
         - inner

      > Quoted

      ```
      code  as it is

      ```
      """, to: "rules/two.md")
    let text = try show("two").output
    let notes = try #require(text.firstRange(of: "Notes\n").map { text[$0.lowerBound...] })
    #expect(
      notes.hasPrefix(
        """
        Notes
          Triage

          Ask the owner, then see the runbook (https://example.org/run).

          1. First, over two lines
          2. Second
             - inner

          > Quoted

              code  as it is


        Events

        """))
  }

  @Test func showsWhatThePageOfTheRuleSays() throws {
    let run = try show("one")
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(
      run.output == """
        First Rule
        sigma/one

          Status      test
          Level       medium
          Log source  category process_creation, product windows
          Rule id     929a690e-bef0-4204-a928-ef5e620d6fcc
          Source      sub/one.yml

        One line and another.

        Events
          Microsoft-Windows-Security-Auditing 4688  Process creation
          Microsoft-Windows-Sysmon 1  Process creation

        Logic
          condition: selection
          selection
            Image ends with \\whoami.exe

        Indicators
          Image ends with
            \\whoami.exe  corpus 3 (sigma 3)

        Neighbours
          1.00 duplicate, 1 test in both  Second rule  sigma/two
          1.00 duplicate, 1 test in both  Twin  sigma/twin-aaaaaaaa

        """)
  }

  @Test func showsWhetherTheRuleRuns() throws {
    folder.write(smallRule("Other", product: "macos"), to: "rules/other.yml")
    folder.write("paths: [rules]\ntelemetry: telemetry.yml\n", to: "ruledex.yml")
    folder.write(
      """
      collected:
        - {provider: Microsoft-Windows-Sysmon, events: [1]}
      missing-fields:
        - {provider: Microsoft-Windows-Sysmon, event: 1, fields: [CommandLine]}
      """, to: "telemetry.yml")
    let runs = try ruledex("show", "two", in: folder.path).output
    #expect(runs.contains("\n  State       runs\n"), "\(runs)")
    #expect(
      runs.contains(
        """

        Events
          Microsoft-Windows-Security-Auditing 4688  Process creation  not collected
          Microsoft-Windows-Sysmon 1  Process creation  collected in part

        """), "\(runs)")
    let blind = try ruledex("show", "other", in: folder.path).output
    #expect(blind.contains("\n  State       blind: its event isn’t collected\n"), "\(blind)")
    folder.write(
      smallRule("Third").replacing(
        "condition: selection", with: "more: {CommandLine|contains: secret}\n    condition: selection and more"),
      to: "rules/third.yml")
    let hidden = try ruledex("show", "third", in: folder.path).output
    #expect(
      hidden.contains(
        "\n  State       blind: its events are collected, but without a field that it needs\n"), "\(hidden)")
    #expect(
      hidden.contains(
        "\n  Microsoft-Windows-Sysmon 1: leaves empty: CommandLine; the rule: CommandLine contains secret  telemetry.yml:4"
      ),
      "\(hidden)")
  }

  @Test func showsAllOfACorrelation() throws {
    folder.write(
      """
      title: Both
      correlation:
        type: temporal_strict
        group-by: [user]
        timespan: 5m
        condition: aaaaaaaa-0000-4000-8000-000000000000 and not 929a690e-bef0-4204-a928-ef5e620d6fcc
        aliases: {user: {aaaaaaaa-0000-4000-8000-000000000000: Account}}
      generate: yes
      """, to: "rules/both.yml")
    let text = try show("both").output
    let logic = try #require(text.firstRange(of: "Logic\n").map { text[$0.lowerBound...] })
    #expect(
      logic.hasPrefix(
        """
        Logic
          Correlation  temporal_strict (unknown)
          Rules        Twin, First Rule
          Group by     user
          Time window  5m
          Condition    aaaaaaaa-0000-4000-8000-000000000000 and not 929a690e-bef0-4204-a928-ef5e620d6fcc
          Generate     its rules also raise their own alerts
          user is Account of Twin

        """), "\(logic)")
    #expect(text.contains("Microsoft-Windows-Sysmon 1"))
  }

  @Test(arguments: [
    ([], "its rules also raise their own alerts"), (["Used"], "some of its rules also raise their own alerts"),
    (["Used", "Login"], "only the correlation raises alerts, not its rules"),
  ])
  func saysWhichEventsACorrelationReadsAndWhatItsRulesRaise(signals: [String], generates: String) throws {
    for (id, event) in [("Used", "GetSecretValue"), ("Login", "ConsoleLogin")] {
      folder.write(
        """
        AnalysisType: rule
        RuleID: Example.\(id)
        DisplayName: \(id)
        Severity: Low
        CreateAlert: \(!signals.contains(id))
        LogTypes: [AWS.CloudTrail]
        Detection:
          - {Key: eventName, Condition: Equals, Value: \(event)}

        """, to: "rules/\(id).yml")
    }
    folder.write(
      """
      AnalysisType: correlation_rule
      RuleID: Example.Unseen
      DisplayName: Unseen
      Severity: High
      Detection:
        - Group:
            - {ID: One, RuleID: Example.Login, Absence: true}
            - {ID: Two, RuleID: Example.Used}
          LookbackWindowMinutes: 1800

      """, to: "rules/unseen.yml")
    let text = try show("unseen").output
    let logic = try #require(text.firstRange(of: "Logic\n").map { text[$0.lowerBound...] })
    #expect(
      logic.hasPrefix(
        """
        Logic
          Correlation  temporal
          Rules        Login, Used
          Time window  30h
          Condition    Example.Used and not Example.Login
          Generate     \(generates)

        """), "\(logic)")
    #expect(text.contains("GetSecretValue"))
    #expect(!text.contains("ConsoleLogin"))
  }

  @Test func showsWhatIsWrongWithTheFileOfTheRule() throws {
    folder.write(smallRule("Double", more: "level: low\n---\n" + smallRule("Alone")), to: "rules/double.yml")
    folder.allowBareRules()
    let finding = "the key 'level' is in line 10 already; the last one holds, so rename or remove one of them"
    #expect(try show("double-1").output.contains(finding))
    #expect(try !show("double-2").output.contains(finding))
    let build = try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path)
    #expect(build.errorLines == ["rules/double.yml:11:1: error: \(finding) [yaml-duplicate-key]"])
    let site = try SiteFolder(folder("site"))
    let page = try #require(site.page("rules/sigma/double-1/index.html").withID("findings"))
    #expect(page.text.contains("yaml-duplicate-key"))
    #expect(try site.page("rules/sigma/double-2/index.html").withID("findings") == nil)
    let catalog = try CatalogFile(site.files["catalog.json"])
    // Two of the other rules have one title.
    #expect(catalog.diagnostics.map(\.id).filter { $0 != "rule-title-repeated" } == ["yaml-duplicate-key"])
  }

  @Test(arguments: [
    "sigma/one", "one", "ONE", "929a690e-bef0-4204-a928-ef5e620d6fcc", "929A690E-BEF0-4204-A928-EF5E620D6FCC",
    "first rule",
    "rules/sub/one.yml", "sub/one.yml", "one.yml",
  ])
  func findsTheRuleByItsNames(name: String) throws {
    let run = try show(name)
    #expect(run.code == 0)
    #expect(run.output.hasPrefix("First Rule\nsigma/one\n"))
  }

  @Test(arguments: [
    ("tow", "Error: no rule is called 'tow'; did you mean this one?\n  sigma/two  Second rule\n"),
    (
      "rule",
      "Error: no rule is called 'rule'; did you mean one of these?\n  sigma/one  First Rule\n  sigma/two  Second rule\n"
    ),
    ("bogus-\u{1B}[31m", "Error: no rule is called 'bogus-\\u{1B}[31m'; 'ruledex search' finds rules by words\n"),
    (
      "twin.yml",
      "Error: 'twin.yml' names 2 rules; give the key of one:\n  sigma/twin-aaaaaaaa  Twin\n  sigma/twin-bbbbbbbb  Twin\n"
    ),
  ])
  func offersWhatMayBeMeant(name: String, message: String) throws {
    let run = try show(name)
    #expect(run.code == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors == message)
  }

  @Test func givesTheRuleAsTheReportsHaveIt() throws {
    #expect(try ruledex("build", "rules", in: folder.path).code == 0)
    let object = try show("one", "--format", "json").output
    #expect(object.hasPrefix(#"{"key":"sigma/one","#) && object.hasSuffix("}\n"))
    let catalog = try #require(folder.read("site/catalog.json"))
    #expect(catalog.contains("\n" + object.dropLast()))
    #expect(try show("one", "--format", "xml").output == folder.read("site/rules/sigma/one/rule.xml"))
  }

  @Test func letsNoRuleSteerTheTerminal() throws {
    folder.write(smallRule("\"A \\e[31m title\""), to: "rules/hostile.yml")
    let run = try show("hostile")
    #expect(run.code == 0)
    #expect(!run.output.contains("\u{1B}"))
    #expect(run.output.hasPrefix("A "))
  }

  @Test func saysWhatCannotBeRead() throws {
    let run = try ruledex("show", "one", "--in", "missing", in: folder.path)
    #expect(run.code == 2)
    #expect(run.errors == "missing: error: there is no such file or folder; check the path [file-unreadable]\n")
  }
}
