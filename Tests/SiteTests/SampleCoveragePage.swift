import Templates

@testable import Site

extension SamplePages {
  /// The review with one of everything, with `text` applied to each text.
  static func coverage(text: (String) -> String = { $0 }) -> CoveragePage {
    let technique = Link(relative: "../attack/T1003/index.html")
    let rule = Link(relative: "../rules/sigma/one/index.html")
    let event = Link(relative: "../events/sysmon/1/index.html")
    func state(_ mark: StateMark) -> StateKey { StateKey(mark: mark, meaning: text("what it means")) }
    func gap(_ number: Int) -> GapRow {
      GapRow(
        id: "T10\(number)", name: text("Dumping \(number)"), page: technique, why: text("no rule"), groups: number,
        events: Folded(
          number == 1
            ? [] : [true, false, nil].map { GapEvent(name: text("Sysmon 1"), page: event, isCollected: $0) },
          seen: 1, most: 1),
        candidates: Folded(
          number == 1
            ? []
            : (1...9).map { _ in CandidateItem(title: text("Other’s"), source: text("a.yml"), reason: text("runs here"))
            },
          seen: 3, most: 3))
    }
    var page = CoveragePage(
      frame: frame(root: "../", current: nil, text: text), title: text("Coverage gap review"),
      lead: text("Rules against ATT&CK."),
      figures: [Figure(count: 3141, label: text("rules counted"), page: rule), Figure(count: 2, label: text("blind"))],
      states: [state(.runs), state(.blind), state(.none)],
      tactics: TacticStateTable(
        states: [.runs, .blind, .none],
        rows: [
          TacticStateRow(
            name: text("Credential Access"), page: Link(relative: "../attack/tactics/TA0006/index.html"),
            counts: [(.runs, 35), (.blind, 0), (.none, 32)], largest: 134, found: 35, rules: 1352),
          TacticStateRow(
            name: text("Impact"), counts: [(.runs, 0), (.blind, 0), (.none, 0)], largest: 134, found: 0, rules: 0),
        ]))
    page.advice = text("Turn on Sysmon 13.")
    page.dialects = DialectTable(
      rows: [
        DialectRow(
          name: text("Sigma"), page: Link(relative: "../rules/sigma/index.html"), rules: 4041, counted: 3788,
          techniques: 415, onlyHere: 1042, understood: text("99.9 %")),
        DialectRow(
          name: text("Splunk"), page: Link(relative: "../rules/splunk/index.html"), rules: 1, counted: 0, techniques: 0,
          onlyHere: 0, understood: text("0.0 %")),
      ],
      alone: [
        DialectTechniques(
          title: text("2 techniques only in Sigma"),
          techniques: [
            TitledLink(title: text("T1003 Dumping"), page: technique), TitledLink(title: text("T1005 Data")),
          ])
      ])
    page.gaps = GapSection(
      total: 1376, summary: text("262 no rule"), hasBaseline: true,
      rows: Folded((1...1376).map(gap), seen: 20, most: 60),
      tactics: [
        TacticGaps(
          name: text("Stealth"), page: technique, summary: text("65 no rule"), rows: [gap(1), gap(2)])
      ])
    page.thin = ThinTable(
      rows: Folded(
        (1...30).map { number in
          ThinRow(
            id: "T10\(number)", name: text("Dumping"), page: number == 2 ? nil : technique,
            why: text("one event, Sysmon 1; one level, low"), groups: 1000 + number, rules: number,
            sources: number == 1 ? nil : text("2 of 5"))
        }, seen: 20), summary: text("30 one event, 30 one level"))
    page.accepted = AcceptedTable(rows: [
      AcceptedRow(
        id: "T1583", name: text("Acquire Infrastructure"), page: technique, more: text("and 8 sub-techniques"),
        state: MarkedState(mark: .none), reason: text("It happens elsewhere."), until: text("2027-03-31"),
        isOver: false,
        owner: text("SOC")),
      AcceptedRow(
        id: "T1200", name: text("Hardware Additions"), reason: text("No doors."), until: text("2020-03-31"),
        isOver: true),
      AcceptedRow(id: "T1091", name: text("Media"), reason: text("Blocked."), isOver: false),
    ])
    page.outOfScope = OutOfScopeSection(
      scope: text("Windows; without Reconnaissance (TA0043)"),
      reasons: [
        OutOfScopeReason(
          words: text("excluded with TA0043"),
          techniques: [TitledLink(title: text("T1595 Scanning"), page: technique), TitledLink(title: text("T1598"))])
      ])
    page.wake = wake(12, text: text)
    page.blind = blind(20, text: text)
    page.partlyBlind = partlyBlind(12, text: text)
    page.exclusions = exclusions(12, text: text)
    page.untapped = untapped(24, text: text)
    page.untested = UntestedList(
      rows: Folded(
        (1...40).map { number in
          UntestedItem(
            technique: TitledLink(title: text("T10\(number) Dumping"), page: number == 1 ? nil : technique),
            state: number == 1 ? nil : .runs, rules: number, groups: number)
        }, seen: 12, most: 30), tested: text("4 of 52"))
    page.history = HistorySection(
      since: text("2026-10-01"), summary: text("54 rules added"), remarks: [text("the version changed")],
      lists: [
        ChangeList(
          title: text("Rules changed"),
          items: Folded(
            (0...30).map {
              ChangeItem(title: text("Rule"), page: $0 == 0 ? nil : rule, what: $0 == 0 ? nil : text("condition"))
            }, seen: 12, most: 20))
      ],
      trend: [
        TrendRow(
          name: text("2026-10-01"), rules: 3987, counted: 3700, techniques: 400, running: nil, partlyBlind: nil,
          events: 820, largest: 410),
        TrendRow(
          name: text("now"), rules: 4041, counted: 3788, techniques: 410, running: 139, partlyBlind: 62, events: 830,
          largest: 410),
      ], showsRunning: true)
    return page
  }

  /// Nothing is told beside the rules, and all techniques have one.
  static let emptyCoverage = CoveragePage(
    frame: frame(root: "../", current: nil), title: "Coverage gap review", lead: "Rules against ATT&CK.", figures: [],
    states: [], tactics: TacticStateTable(states: [.covered, .none], rows: []))
}
