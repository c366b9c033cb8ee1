import DialectReading
import QueryLanguages
import RuleModel
import Templates

@testable import Site

extension SamplePages {
  /// A rule that has every section, with `text` applied to each text.
  static func rule(text: (String) -> String = { $0 }) -> RulePage {
    let other = RuleLink(
      title: text("Scheduled Task By A Script"), page: Link(relative: "../other/index.html"), dialect: .sigma)
    return RulePage(
      frame: frame(root: "../../../", text: text),
      title: text("Script Host Started By An Archive Program"),
      facts: RuleFacts(
        status: .deprecated, level: .high,
        logSources: [
          RuleLogSource(
            parts: [
              LogSourcePart(name: text("category"), value: text("process_creation")),
              LogSourcePart(name: text("product"), value: text("windows")),
            ], page: Link(relative: "../../../logsources/index.html")),
          RuleLogSource(parts: [LogSourcePart(name: text("service"), value: text("sysmon"))]),
        ],
        groupBy: [text("Computer"), text("User")], timeWindow: text("10m"),
        authors: [text("A. Writer"), text("B. Reader")],
        date: CalendarDate("2025-02-03"), modified: CalendarDate("2026-04-05"),
        id: text("0c1b64a5-5a0b-4d5a-9c9e-9b5a3f0a7a11"),
        others: [
          OtherFact(name: text("Packs"), values: [text("Archives"), "Scripts"]),
          OtherFact(
            name: text("Tests"),
            values: [text("A script started by an archive program (matches)"), text("A text (doesn’t match)")]),
        ],
        source: text("rules/windows/process_creation/proc_creation_win_archive_program_starts_script_host.yml"),
        file: Link(relative: "proc_creation_win_archive_program_starts_script_host.yml"),
        xml: Link(relative: "rule.xml")),
      notices: [
        RuleNotice(
          text: text("Deprecated: kept for reference, and not counted for coverage. Replaced by"),
          rules: [TitledLink(title: text("Scheduled Task By A Script"), page: Link(relative: "../other/index.html"))])
      ],
      description: [text("Detects script hosts that an archive program starts."), text("Mail brings such archives.")],
      notes: notes(text: text),
      attack: AttackSection(
        rows: [
          TacticRow(
            tactic: text("Execution"),
            techniques: [
              TechniqueItem(id: "T1059.005", name: text("Command and Scripting Interpreter: Visual Basic")),
              TechniqueItem(id: "T1685", name: text("Disable or Modify Tools"), revoked: text("T1562.001")),
            ]),
          TacticRow(tactic: text("Command and Control")),
        ],
        others: [AttackObjectRow(label: text("Groups"), objects: [AttackObjectItem(id: "G0016", name: text("APT29"))])],
        unknown: [text("t9999")]),
      references: [
        ReferenceItem(text: text("example.org/archives"), address: Link(external: "https://example.org/archives")),
        ReferenceItem(text: text("a talk"), address: nil),
      ],
      events: EventSection(
        rows: [
          EventRow(provider: text("Microsoft-Windows-Sysmon"), event: text("1"), title: text("Process creation")),
          EventRow(provider: text("Okta-user"), event: text("user.session.start")),
        ],
        notes: [
          text(
            "Microsoft-Windows-Security-Auditing 4688 doesn’t count: the rule needs OriginalFileName, which 4688 lacks."
          )
        ]),
      sameAction: SameActionSection(
        operations: [
          TitledLink(title: text("user.session.start"), page: Link(relative: "../../../events/o/s/index.html")),
          TitledLink(title: text("user.session.end"), page: nil),
        ], rules: Array(repeating: other, count: 11), count: 1200),
      body: BodySection(
        language: text("YAML"),
        lines: [
          BodyLine(number: 1, comment: text("# an example"), end: "\n"),
          BodyLine(number: 2, lead: "\n"),
          BodyLine(number: 3, key: text("title:"), rest: text(" Script Host") + "\n"),
          BodyLine(number: 4, key: text("selection:"), keyKind: .definition),
        ],
        attachments: [
          BodySection.Attachment(
            name: text("archive.py"), language: text("Python"),
            lines: [
              coloured(1, [ColouredRun(.operator, "def"), ColouredRun(.plain, text(" rule(event):") + "\n")]),
              BodyLine(number: 2, lead: text("    return 1 < 2")),
            ])
        ]),
      stages: StageSection(
        correlation: CorrelationModel(
          type: text("event count"),
          rules: [TitledLink(title: text("Scheduled Task By A Script"), page: Link(relative: "../other/index.html"))],
          groupBy: [text("user")], timeWindow: text("10m"), fields: [text("ip")], condition: text("gte 10"),
          aliases: [
            AliasRow(
              name: text("user"),
              fields: [AliasField(field: text("TargetUser"), rule: TitledLink(title: text("a rule")))])
          ], generate: text("its rules also raise their own alerts")),
        tuned: TunedRules(
          scope: text("All rules of its log source"), rules: [other],
          cut: CutList(shown: text("1 rule"), count: text("1,234"), page: Link(relative: "../../../search.html"))),
        stages: [
          StageModel(
            number: 0, name: text("condition"), text: text("selection and not 1 of filter_*"),
            definitions: [text("let limit = 5")],
            predicate: .group(
              PredicateGroup(
                kind: .all, words: text("all of"),
                parts: [
                  .stage(StageReference(number: 1, name: text("selection"))),
                  .stage(StageReference(number: 2, name: text("where"), isNumbered: true)),
                  .group(
                    PredicateGroup(
                      kind: .not, words: text("not, any of"),
                      parts: [.stage(StageReference(number: 2, name: text("filter_known")))])),
                ])), aggregation: text("count() by Computer > 10")),
          StageModel(
            number: 1, name: text("selection"),
            predicate: .group(
              PredicateGroup(
                kind: .any, words: text("any of"),
                parts: [
                  .test(
                    TestModel(
                      field: text("Image"), kind: text("ends with"),
                      values: (1...30).map { ShownValue(text: text("\\host\\\($0).exe")) })),
                  .test(TestModel(kind: text("keyword"), values: [ShownValue(text: "", words: text("an empty text"))])),
                  .opaque(text("near(a, b)")),
                ]))),
          StageModel(
            number: 2, name: text("filter_known"), isExcluded: true,
            predicate: .test(
              TestModel(
                field: text("CommandLine"), kind: text("contains"), joint: .and,
                values: [ShownValue(text: text(" -e ")), ShownValue(text: text("-x"))]))),
        ]),
      exclusions: ValueTable(rows: [
        ValueRow(
          field: text("CommandLine"), kind: text("contains"),
          values: [
            ValueItem(value: ShownValue(text: text(" -e "))),
            ValueItem(value: ShownValue(text: text("-x"), words: text("cased"))),
          ])
      ]),
      indicators: ValueTable(rows: [
        ValueRow(kind: text("keyword"), values: [ValueItem(value: ShownValue(text: "", words: text("an empty text")))]),
        ValueRow(
          field: text("Image"), page: Link(relative: "../../../fields/Image/index.html"), kind: text("ends with"),
          values: (1...70).map { number in
            ValueItem(
              value: ShownValue(text: text("\\host\\\(number).exe")),
              corpus: number % 3 == 0 ? CorpusCount(byDialect: [(.sigma, 30), (.elastic, 1016)]) : nil,
              page: Link(relative: "../../../fields/Image/index.html", fragment: "v\(number)"))
          }),
      ]),
      falsePositives: [text("An archive that the user made.")],
      related: RelatedSection(
        rows: [
          RelatedRow(
            relation: text("derived from"), id: text("1"), title: text("Scheduled Task By A Script"),
            page: Link(relative: "../other/index.html"), level: .low),
          RelatedRow(relation: text("similar to"), id: text("438025f9-5856-4663-83f7-52f878a70a50")),
        ],
        filters: [other], filtersCut: CutList(shown: text("1 filter"), count: text("102")), correlations: [other]),
      neighbours: NeighbourSection(
        rows: [
          NeighbourRow(
            title: text("Scheduled Task By A Script"), page: Link(relative: "../other/index.html"),
            logSource: text("windows · image_load"), relation: text("similar, on other logs"), shared: 1075, score: 74,
            level: .high, difference: difference(text: text)),
          NeighbourRow(
            title: text("Scheduled Task By A Script"), page: Link(relative: "../twin/index.html"),
            relation: text("duplicate"), shared: 3, score: 100),
        ], duplicates: Link(relative: "../../../indicators/duplicates.html")),
      findings: [
        FindingItem(
          severity: .warning, message: text("T1562.001 is revoked; write T1685"), id: "attack-revoked", line: 3),
        FindingItem(severity: .note, message: text("the rule has no false positives"), id: "false-positives-missing"),
      ])
  }

  private static func coloured(_ number: Int, _ runs: [ColouredRun]) -> BodyLine {
    var line = BodyLine(number: number)
    line.query = runs
    return line
  }

  static func difference(text: (String) -> String = { $0 }) -> DifferenceModel {
    DifferenceModel(
      summary: text("3 tests only here, 9 only there"),
      sides: [
        DifferenceSide(
          title: text("Only here"),
          lines: [
            DifferenceLine(
              field: text("Image"), kind: text("ends with"), isExcluded: false,
              values: [ShownValue(text: text("\\a.exe")), ShownValue(text: text("\\b.exe"))]),
            DifferenceLine(
              kind: text("keyword"), isExcluded: true, values: [ShownValue(text: "", words: text("an empty text"))]),
          ]),
        DifferenceSide(
          title: text("Only there"),
          lines: [
            DifferenceLine(
              field: text("User"), kind: text("eq"), isExcluded: false, values: [ShownValue(text: text("SYSTEM"))])
          ], hidden: 8),
      ])
  }

  /// A rule that says nothing but its title.
  static let emptyRule = RulePage(
    frame: frame(root: "../../../"), title: "Untitled", facts: RuleFacts(source: "rules/empty.yml"))
}
