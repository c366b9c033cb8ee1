import DialectReading
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
      .lineBreak, .strikethrough([.text(text("by mail"))]),
      .picture(
        NotePictureModel(
          file: Link(relative: "../../assets/notes/tree-0123456789abcdef.png"), text: text("A tree"),
          size: NotePicture.Size(width: 320, height: 200))),
      .link(Link(relative: "../other/index.html"), isOutside: false, [.text(text("another rule"))]),
    ]
    let code = BodyLine.lines(ofCode: text("a: b # c\n"), language: "yaml")
    let step = NoteItem(blocks: [.paragraph(words, isTight: true), .code(code)])
    let tasks = [true, false].map { NoteItem(blocks: [.paragraph(words, isTight: true)], isDone: $0) }
    let table = NoteTableModel(
      label: text("Table 1 of the notes"),
      head: [NoteCell(text: words), NoteCell(text: words, alignment: .center), NoteCell(text: [])],
      rows: [
        NoteRow(cells: [NoteCell(text: words), NoteCell(text: []), NoteCell(text: words, alignment: .right)])
      ])
    return NoteSection(notes: [
      NoteModel(
        blocks: [
          .heading(level: 3, anchor: "notes-triage", title: text("Triage"), [.text(text("Triage"))]),
          .paragraph(words, isTight: false), .list(start: 1, items: [step, step]), .list(start: nil, items: [step]),
          .list(start: nil, items: tasks), .table(table),
          .list(start: 4, items: [NoteItem(blocks: [.quote([.paragraph(words, isTight: false)])])]),
          .heading(level: 4, anchor: "notes-a", title: "", words),
          .heading(level: 5, anchor: "notes-b", title: "", words),
          .heading(level: 6, anchor: "notes-c", title: "", words), .separator,
          .code(BodyLine.lines(ofCode: text("a | where b\n"), language: "kusto")),
        ], origin: text("one.md")),
      NoteModel(blocks: [.paragraph(words, isTight: false)], origin: "", field: text("runbook")),
      // Long and from a field of the rule: folded.
      NoteModel(
        blocks: (1...7).map { .paragraph([.text(text("Step \($0)"))], isTight: false) }, origin: "", field: text("note")
      ),
    ])
  }

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
        : [TitledLink(title: text("Page 1"), page: Link(relative: "index.html")), TitledLink(title: text("Page 2"))],
      unread: before == 0
        ? nil
        : UnreadParts(
          title: text("2 parts of 1 rule can’t be read"),
          rows: [
            UnreadPart(
              rule: TitledLink(title: text("One"), page: Link(relative: "one/index.html")), text: text("`get(x)`"))
          ], more: text("and 1 more")))
  }

  static func home(text: (String) -> String = { $0 }) -> HomePage {
    HomePage(
      frame: frame(root: "", current: nil, text: text), title: text("The catalog"),
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
}
