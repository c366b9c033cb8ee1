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
    page.wake = wake(12, text: text)
    page.blind = blind(20, text: text)
    page.partlyBlind = partlyBlind(12, text: text)
    page.untapped = untapped(24, text: text)
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
        TrendRow(name: text("2026-10-01"), rules: 3987, counted: 3700, techniques: 400, events: 820, largest: 410),
        TrendRow(name: text("now"), rules: 4041, counted: 3788, techniques: 410, events: 830, largest: 410),
      ])
    return page
  }

  /// Nothing is told beside the rules, and all techniques have one.
  static let emptyCoverage = CoveragePage(
    frame: frame(root: "../", current: nil), title: "Coverage gap review", lead: "Rules against ATT&CK.", figures: [],
    states: [], tactics: TacticStateTable(states: [.covered, .none], rows: []))
}
