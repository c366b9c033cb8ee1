import RuleModel
import Templates

@testable import Site

/// Models made by hand: pages with everything on them, and pages with as little as there can be.
enum SamplePages {
  /// The text that stands in every place of a sample made with it.
  static let hostile = #""><script>alert(1)</script>&amp;<!-- ]]> '"#

  static func frame(root: String, current: String? = "Rules", text: (String) -> String = { $0 }) -> SiteFrame {
    SiteFrame(
      siteTitle: text("Ruledex"),
      documentTitle: text("A page – Ruledex"),
      summary: text("What the page is about."),
      home: Link(relative: root + "index.html"),
      styleSheet: Link(relative: root + "assets/style.css"),
      script: Link(relative: root + "assets/site.js"),
      feed: Link(relative: root + "feed.xml"),
      navigation: [
        NavigationItem(
          title: text("Rules"), page: Link(relative: root + "rules/index.html"),
          current: current == "Rules" ? .part : nil)
      ],
      crumbs: current == nil
        ? []
        : [
          TitledLink(title: text("Detection rules"), page: Link(relative: root + "rules/index.html")),
          TitledLink(title: text("Sigma"), page: Link(relative: root + "rules/sigma/index.html")),
        ],
      notices: [
        text("MITRE ATT&CK® 19.2, © 2026 The MITRE Corporation. Reproduced and distributed with its permission.")
      ],
      downloads: [TitledLink(title: text("catalog.json"), page: Link(relative: root + "catalog.json"))],
      generator: text("ruledex 1.0.0"))
  }

  /// Notes with each kind of block and of text.
  static func notes(text: (String) -> String) -> NoteSection {
    let words = [
      NoteInlineModel.text(text("Ask ")), .emphasis([.text(text("who"))]), .strong([.code(text("wscript.exe"))]),
      .lineBreak,
      .link(Link(relative: "../other/index.html"), isOutside: false, [.text(text("another rule"))]),
    ]
    let step = NoteItem(blocks: [.paragraph(words, isTight: true), .code(text("a | b\n"))])
    return NoteSection(notes: [
      NoteModel(
        blocks: [
          .heading(level: 3, anchor: "notes-triage", title: text("Triage"), [.text(text("Triage"))]),
          .paragraph(words, isTight: false), .list(start: 1, items: [step, step]), .list(start: nil, items: [step]),
          .list(start: 4, items: [NoteItem(blocks: [.quote([.paragraph(words, isTight: false)])])]),
          .heading(level: 4, anchor: "notes-a", title: "", words),
          .heading(level: 5, anchor: "notes-b", title: "", words),
          .heading(level: 6, anchor: "notes-c", title: "", words), .separator, .code(text("Get-ChildItem\n")),
        ], origin: text("one.md")),
      NoteModel(blocks: [.paragraph(words, isTight: false)], origin: "", field: text("runbook")),
    ])
  }

  /// A rule that has every section, with `text` applied to each text.
  static func rule(text: (String) -> String = { $0 }) -> RulePage {
    let other = RuleLink(
      title: text("Scheduled Task By A Script"), page: Link(relative: "../other/index.html"), dialect: .sigma)
    return RulePage(
      frame: frame(root: "../../../", text: text),
      title: text("Script Host Started By An Archive Program"),
      facts: RuleFacts(
        status: .deprecated, level: .high,
        logSource: [
          LogSourcePart(name: text("category"), value: text("process_creation")),
          LogSourcePart(name: text("product"), value: text("windows")),
        ],
        groupBy: [text("Computer"), text("User")], timeWindow: text("10m"),
        authors: [text("A. Writer"), text("B. Reader")],
        date: CalendarDate("2025-02-03"), modified: CalendarDate("2026-04-05"),
        id: text("0c1b64a5-5a0b-4d5a-9c9e-9b5a3f0a7a11"),
        source: text("rules/windows/process_creation/proc_creation_win_archive_program_starts_script_host.yml"),
        file: Link(relative: "proc_creation_win_archive_program_starts_script_host.yml"),
        xml: Link(relative: "rule.xml")),
      notices: [
        RuleNotice(
          text: text("Deprecated: kept for reference, and left out of coverage. Replaced by"),
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
        operations: [text("user.session.start")], rules: Array(repeating: other, count: 11)),
      body: BodySection(
        language: text("YAML"),
        lines: [
          BodyLine(number: 1, comment: text("# an example"), end: "\n"),
          BodyLine(number: 2, lead: "\n"),
          BodyLine(number: 3, key: text("title:"), rest: text(" Script Host") + "\n"),
          BodyLine(number: 4, key: text("selection:"), keyKind: .definition),
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
          ]),
        tuned: TunedRules(scope: text("All rules of its log source"), rules: [other]),
        stages: [
          StageModel(
            number: 0, name: text("condition"), text: text("selection and not 1 of filter_*"),
            predicate: .group(
              PredicateGroup(
                kind: .all, words: text("all of"),
                parts: [
                  .stage(StageReference(number: 1, name: text("selection"))),
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
        filters: [other], correlations: [other]),
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

  static func search(text: (String) -> String = { $0 }) -> SearchPage {
    SearchPage(
      frame: frame(root: "", current: nil, text: text), title: text("Search"),
      parts: [
        TitledLink(title: text("Rules"), page: Link(relative: "rules/index.html")),
        TitledLink(title: text("ATT&CK"), page: Link(relative: "attack/index.html")),
      ])
  }

  static func list(rows: Int = 3, before: Int = 0, text: (String) -> String = { $0 }) -> RuleListPage {
    RuleListPage(
      frame: frame(root: "../", text: text), title: text("Detection rules"), lead: text("3 rules from 3 files, Sigma."),
      lists: [TitledLink(title: text("Sigma"), page: Link(relative: "sigma/index.html"))],
      facets: [
        Facet(
          title: text("Level"),
          options: [FacetOption(id: FacetOption.id(.level, "high"), label: text("high"), mark: "lv high", count: 1844)]),
        Facet(
          title: text("Product"),
          options: [
            FacetOption(id: FacetOption.id(.product, text("windows")), label: text("windows"), count: 3081),
            FacetOption(id: FacetOption.id(.product, "none"), label: text("no product"), count: 1),
          ]),
      ],
      rows: (0..<rows).map { number in
        RuleRow(
          title: text("Script Host Started By An Archive Program"),
          page: Link(relative: "sigma/proc_creation_win_archive_program_starts_script_host_\(number)/index.html"),
          logSource: text("windows · process_creation"), level: number == 1 ? nil : .critical,
          status: number == 1 ? nil : .experimental,
          techniques: number == 1
            ? []
            : [
              TitledLink(title: text("T1059.005"), page: Link(relative: "../attack/T1059.005/index.html")),
              TitledLink(title: text("T1566.001")),
            ],
          date: number == 1 ? nil : CalendarDate("2026-04-05"),
          facets: number == 1 ? [] : [FacetOption.id(.product, text("windows")), FacetOption.id(.tactic, "TA0002")])
      },
      before: before, total: before + rows,
      parts: before == 0
        ? []
        : [TitledLink(title: text("Page 1"), page: Link(relative: "index.html")), TitledLink(title: text("Page 2"))])
  }

  static func home(text: (String) -> String = { $0 }) -> HomePage {
    HomePage(
      frame: frame(root: "", current: nil, text: text), title: text("The catalogue"),
      lead: text("3 detection rules, read into one model."),
      figures: [
        Figure(count: 4041, label: text("rules"), page: Link(relative: "rules/index.html")),
        Figure(count: 0, label: text("findings")),
      ],
      ways: [
        Way(
          title: text("Rules"), page: Link(relative: "rules/index.html"), count: 4041,
          text: text("Every rule with its tests as a tree")),
        Way(
          title: text("Sigma"), page: Link(relative: "rules/sigma/index.html"), text: text("The rules of that dialect")),
      ],
      recent: CalendarDate("2026-04-05").map { date in
        [
          RecentRow(
            title: text("Script Host Started By An Archive Program"),
            page: Link(relative: "rules/sigma/one/index.html"),
            logSource: text("windows · process_creation"), level: .high, change: .new, date: date),
          RecentRow(
            title: text("Scheduled Task By A Script"), page: Link(relative: "rules/sigma/two/index.html"),
            logSource: text("windows"), level: nil, change: .changed, date: date),
        ]
      } ?? [],
      allRules: Link(relative: "rules/index.html"),
      makeUp: [
        ShareTable(
          title: text("By level"), head: text("Level"),
          rows: [
            ShareRow(
              label: text("high"), mark: "lv high", page: Link(relative: "rules/index.html", fragment: "l-high"),
              count: 1844),
            ShareRow(label: text("low"), mark: "lv low", count: 1),
            ShareRow(label: text("informational"), mark: "lv informational", count: 0),
          ])
      ],
      tally: [Figure(count: 4039, label: text("rules")), Figure(count: 1, label: text("broken file"))])
  }

  static func field(text: (String) -> String = { $0 }) -> FieldPage {
    let rule = FieldRuleItem(
      title: text("Script Host Started By An Archive Program"),
      page: Link(relative: "../../rules/sigma/one/index.html"),
      level: .high)
    let values = FieldValueList(
      shared: [
        FieldValueRow(
          anchor: "v1abc", value: ShownValue(text: text("\\cmd.exe")), kind: text("ends with"), count: 60, largest: 60,
          isDrawn: true, rules: [rule, rule],
          search: Link(relative: "../../search.html", query: (name: "q", text: text("field:Image value:cmd")))),
        FieldValueRow(
          anchor: "v2", value: ShownValue(text: text(" -e "), words: text("cased")), kind: text("contains"), count: 2,
          largest: 60, isDrawn: false, rules: [rule, rule]),
      ], sharedBefore: 10, sharedInAll: 1200,
      once: [FieldOnceRow(value: ShownValue(text: text("a")), kind: text("eq"), rule: rule)], onceInAll: 30,
      search: Link(relative: "../../search.html", query: (name: "q", text: text("field:Image"))))
    var excluded = values
    for number in excluded.shared.indices { excluded.shared[number].anchor = "x\(number)" }
    return FieldPage(
      frame: frame(root: "../../", text: text), title: text("Image"),
      parts: [
        TitledLink(title: text("1 to 10"), page: Link(relative: "index.html")), TitledLink(title: text("11 to 12")),
      ],
      facts: FieldFacts(
        name: text("Image"), otherNames: [text("NewProcessName")],
        schemas: [SchemaRow(schema: text("Elastic Common Schema"), names: [text("process.executable")])],
        rules: text("1,319 rules look for it"), values: text("12"), kinds: text("eq 12"),
        events: UseList(uses: [UseItem(title: text("Microsoft-Windows-Sysmon 1"), count: 1134)], hidden: 3),
        logSources: UseList(uses: [UseItem(title: text("windows"), count: 2)])),
      looked: values, excluded: excluded, query: text("field:Image"))
  }

  static func fields(text: (String) -> String = { $0 }) -> FieldListPage {
    FieldListPage(
      frame: frame(root: "../", text: text), title: text("Fields"), lead: text("2 fields that rules test."),
      rows: [
        FieldRow(
          title: text("Image"), isName: true, page: Link(relative: "Image/index.html"),
          logSources: text("windows · process_creation 1,134"), rules: 1319, values: 10816, shared: 2405, excluded: 7),
        FieldRow(
          title: text("Anywhere in the event"), isName: false, page: Link(relative: "any/index.html"), logSources: "",
          rules: 1, values: 1, shared: 0, excluded: 0),
      ], hidden: 2)
  }

  static func indicators(text: (String) -> String = { $0 }) -> IndicatorsPage {
    let list = SharedList(
      rows: [
        SharedRow(
          value: ShownValue(text: text("\\cmd.exe")), field: text("Image"),
          fieldPage: Link(relative: "../fields/Image/index.html"),
          valuePage: Link(relative: "../fields/Image/index.html", fragment: "v1abc"), kind: text("ends with"),
          count: 1200, dialects: text("sigma 1100, elastic 100")),
        SharedRow(
          value: ShownValue(text: "", words: text("an empty text")),
          fieldPage: Link(relative: "../fields/a/index.html"),
          kind: text("keyword"), count: 2),
      ], inAll: 4000)
    return IndicatorsPage(
      frame: frame(root: "../", text: text), title: text("Indicators"), lead: text("4,000 tests."),
      duplicates: Link(relative: "duplicates.html"), indicators: list, exclusions: list)
  }

  static func duplicates(text: (String) -> String = { $0 }) -> DuplicatesPage {
    let rule = PairedRule(
      title: text("Scheduled Task By A Script"), page: Link(relative: "../rules/sigma/one/index.html"),
      logSource: text("windows"), level: nil)
    return DuplicatesPage(
      frame: frame(root: "../", text: text), title: text("Duplicates"), lead: text("Rules whose tests are the same."),
      sections: [
        PairSection(
          anchor: "duplicates", title: text("Duplicates"), text: text("Keep one."),
          rows: [PairRow(left: rule, right: rule, why: text("The same 3 tests"), score: 100)]),
        PairSection(
          anchor: "near", title: text("Near duplicates"), text: text("Look."),
          rows: [
            PairRow(
              left: rule, right: rule, why: text("12 tests in both"), score: 85, difference: difference(text: text))
          ], hidden: 1200),
      ])
  }
}
