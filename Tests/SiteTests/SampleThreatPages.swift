import RuleModel
import Templates

@testable import Site

extension SamplePages {
  /// A group that has every section.
  static func threat(text: (String) -> String = { $0 }) -> ThreatPage {
    let technique = Link(relative: "../../T1003/index.html")
    var page = ThreatPage(
      frame: frame(root: "../../../", current: nil, text: text), name: text("APT29"), id: "G0016",
      lead: text("It uses 3 techniques."), aliases: [text("Cozy Bear"), text("IRON RITUAL")],
      source: TitledLink(
        title: text("attack.mitre.org/groups/G0016"), page: Link(external: "https://attack.mitre.org/g")),
      comparison: Link(relative: "../../compare.html", query: (name: "with", text: "G0016")))
    page.summary = text("APT29 is a threat group.")
    page.figures = [Figure(count: 3, label: text("techniques")), Figure(count: 1, label: text("runs"))]
    page.rules = namingRules(text: text)
    page.techniques = ThreatTechniqueTable(
      total: 1003, hasStates: true,
      tactics: [
        ThreatTactic(
          tactic: TitledLink(title: text("Credential Access"), page: Link(relative: "../../tactics/TA0006/index.html")),
          summary: text("1 of 2 runs"),
          rows: [
            ThreatTechniqueRow(
              id: "T1003", name: text("Dumping"), page: technique, rules: 1003, state: .runs,
              thin: text("thin: one event")),
            ThreatTechniqueRow(id: "T1004", name: text("Other"), rules: 0, state: .none),
          ]),
        ThreatTactic(
          tactic: TitledLink(title: text("Impact")), summary: text("0 of 1 run"),
          rows: [ThreatTechniqueRow(id: "T1490", name: text("Inhibit"), rules: 2, state: .blind)]),
      ])
    page.gaps = ThreatGapTable(
      summary: text("2 no rule"), hasBaseline: true,
      rows: Folded(
        (1...5).map { number in
          GapRow(
            id: "T10\(number)", name: text("Gap \(number)"), page: technique, why: text("no rule"), groups: number,
            events: Folded(
              [GapEvent(name: text("Sysmon 1"), isCollected: true), GapEvent(name: text("Sysmon 2"))], seen: 2),
            candidates: Folded(
              [CandidateItem(title: text("Other’s"), source: text("a.yml"), reason: text("runs here"))], seen: 3))
        }, seen: 2, most: 5))
    page.further = FurtherTechniques(
      summary: text("12 techniques: 8 run, 4 without a rule"),
      rows: Folded(
        (1...4).map { number in
          FurtherTechnique(
            technique: TitledLink(title: text("T20\(number) Further"), page: number == 1 ? nil : technique),
            why: text("no rule; by its software: Mimikatz"))
        }, seen: 1))
    page.relations = [
      AttackUserList(
        title: text("Software"),
        objects: Folded(
          (1...30).map { number in
            AttackObjectItem(
              id: "S00\(number)", name: text("Tool \(number)"),
              page: number == 1 ? nil : Link(relative: "../../software/S00\(number)/index.html"))
          }, seen: 24))
    ]
    return page
  }

  private static func namingRules(text: (String) -> String) -> RuleTable {
    RuleTable(
      title: text("Rules that name it"),
      rules: Folded(
        [
          RuleRow(
            title: text("Dump"), page: Link(relative: "../../../rules/sigma/one/index.html"),
            logSource: text("windows · process_access"), level: .high, status: .test, techniques: [], date: nil)
        ], seen: 24), all: Link(relative: "../../../rules/index.html"), word: "G0016", isAlone: true)
  }

  /// A group that ATT&CK says nothing of.
  static var emptyThreat: ThreatPage {
    ThreatPage(
      frame: frame(root: "../../../", current: nil), name: "APT30", id: "G0013", lead: "It uses none.", aliases: [],
      comparison: Link(relative: "../../compare.html", query: (name: "with", text: "G0013")))
  }

  static func threats(rows: Int = 2, text: (String) -> String = { $0 }) -> ThreatListPage {
    ThreatListPage(
      frame: frame(root: "../../", current: nil, text: text), title: text("Groups"), lead: text("Groups of ATT&CK."),
      others: [TitledLink(title: text("Campaigns"), page: Link(relative: "../campaigns/index.html"))],
      summary: text("2 groups, by name"), found: text("Run"),
      rows: (0..<rows).map { number in
        ThreatRow(
          id: "G000\(number)", name: text("APT\(number)"), page: Link(relative: "G000\(number)/index.html"),
          aliases: number == 0 ? [] : [text("Bear"), text("Wolf")], techniques: 1066, found: 40, uncovered: 8, rules: 2)
      }, hidden: rows == 0 ? nil : text("172 groups aren’t listed."))
  }

  static func compare(text: (String) -> String = { $0 }) -> ComparePage {
    ComparePage(
      frame: frame(root: "../", current: nil, text: text), title: text("Compare"),
      lists: [TitledLink(title: text("Groups"), page: Link(relative: "groups/index.html"))])
  }

  static func simulations(text: (String) -> String = { $0 }) -> SimulationTable {
    var rows = (1...20).map { SimulationRow(name: text("Play \($0)"), collection: text("own"), id: text("7")) }
    rows[0].command = text("Invoke-AtomicTest T1003 -TestGuids 1")
    rows[0].source = Link(external: "https://example.org/archives")
    rows[0].technique = TitledLink(title: text("T1003 Dumping"), page: Link(relative: "../T1003/index.html"))
    rows[0].rules = [TitledLink(title: text("Dump"), page: Link(relative: "../../rules/sigma/one/index.html"))]
    rows[0].more = text("and 2 more")
    rows[1].name = nil
    return SimulationTable(rows: Folded(rows, seen: 12), hasRules: true)
  }
}
