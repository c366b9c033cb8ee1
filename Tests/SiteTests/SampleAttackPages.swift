import Analysis
import RuleModel
import Templates

@testable import Site

extension SamplePages {
  private static func mitre(_ path: String) -> Link? { Link(external: "https://attack.mitre.org/" + path) }

  private static func row(_ title: String, level: Level? = .high, text: (String) -> String) -> RuleRow {
    RuleRow(
      title: text(title), page: Link(relative: "../../rules/sigma/one/index.html"),
      logSource: text("windows · process_access"), level: level, status: .test,
      techniques: [TitledLink(title: text("T1003.001"), page: Link(relative: "../T1003.001/index.html"))],
      date: CalendarDate("2026-04-05"))
  }

  /// A technique that has every section.
  static func technique(text: (String) -> String = { $0 }) -> TechniquePage {
    var page = TechniquePage(
      frame: frame(root: "../../", current: nil, text: text), name: text("OS Credential Dumping"), id: "T1003",
      facts: TechniqueFacts(source: TitledLink(title: text("attack.mitre.org/techniques/T1003"), page: mitre("a"))))
    page.notices = [
      RuleNotice(
        text: text("Revoked: its rules count for"),
        rules: [TitledLink(title: text("T1685"), page: Link(relative: "../T1685/index.html"))])
    ]
    page.notes = notes(text: text)
    page.summary = text("Adversaries may dump credentials.")
    page.tests = simulations(text: text)
    page.lead = text("3 counted rules look for it: 1 of its own, 2 of its sub-techniques.")
    page.facts.parent = TitledLink(title: text("T1 Parent"), page: nil)
    page.facts.scope = text("accepted until 2027-03-31: no sensor")
    page.facts.depth = text("thin: one event, Sysmon 10")
    page.facts.tactics = [
      TitledLink(title: text("Credential Access"), page: Link(relative: "../tactics/TA0006/index.html")),
      TitledLink(title: text("Discovery")),
    ]
    page.facts.platforms = [text("Linux"), text("Windows")]
    page.facts.levels = [MarkedCount(label: text("high"), mark: "lv high", count: 1234)]
    page.facts.statuses = [MarkedCount(label: text("test"), mark: "st test", count: 3)]
    page.facts.dialects = [MarkedCount(label: text("Sigma"), count: 2), MarkedCount(label: text("Elastic"), count: 1)]
    page.facts.uncounted = text("1 more: deprecated, unsupported, or not detections")
    page.rules = [
      RuleTable(
        title: text("Rules of its own"), rules: Folded([row("Dump", text: text)], seen: 24),
        all: Link(relative: "../../rules/index.html"), word: "T1003"),
      RuleTable(
        title: text("Rules of its sub-techniques"),
        rules: Folded((1...40).map { row("Dump \($0)", level: nil, text: text) }, seen: 24, most: 30),
        all: Link(relative: "../../rules/index.html"), word: "T1003"),
    ]
    page.neighbours = MatrixNeighbours(
      family: TechniqueTable(
        title: text("Itself and its sub-techniques"),
        rows: [
          TechniqueRow(id: "T1003", name: text("OS Credential Dumping"), rules: 3, groups: 13, isCurrent: true),
          TechniqueRow(
            id: "T1003.001", name: text("LSASS Memory"), page: Link(relative: "../T1003.001/index.html"), rules: 2,
            groups: 44, isSub: true),
          TechniqueRow(id: "T1003.002", name: text("NTDS"), rules: 0, groups: 0, isSub: true),
        ]),
      columns: [
        ColumnNeighbours(
          tactic: TitledLink(title: text("Credential Access")),
          previous: TitledLink(title: text("Network Sniffing, 1 rule"), page: Link(relative: "../T1040/index.html")))
      ])
    page.frame.hasTelemetry = true
    page.facts.state = MarkedState(mark: .runs, reason: text("2 rules run, 1 rule is blind"))
    let process = EventRow(
      provider: text("Sysmon"), event: text("10"), title: text("Process accessed"), share: .whole)
    page.events = EventUseTable(
      rows: Folded(
        (1...20).map { EventUseRow(event: process, naming: text("names it"), rules: 20 / $0, largest: 20) }
          + [
            EventUseRow(
              event: EventRow(provider: text("Okta"), event: "*", share: CollectedShare.none), naming: "doesn’t",
              rules: 1,
              largest: 20)
          ],
        seen: 12))
    page.strategies = StrategySection(
      strategies: [TitledLink(title: "DET0363", page: mitre("b"))], summary: "2 log sources, 20 events",
      depth: text("The rules that run read 1 of these 2 log sources; 1 isn’t collected."),
      unread: UnreadEventTable(
        rows: Folded((0..<20).map { UnreadEventRow(event: process, elsewhere: $0) }, seen: 12)),
      rows: Folded(
        [text("EventCode=10"), ""].map { channel in
          StrategyRow(
            component: text("Process Access"), logSource: text("WinEventLog:Sysmon"), channel: channel,
            platforms: [text("Windows")], reading: "2 rules read it")
        }, seen: 12))
    page.fields = FieldUseTable(
      rows: Folded(
        [text("TargetImage"), nil].map { field in
          FieldUseRow(
            field: field, rules: 20, catalog: 1025, kinds: text("ends with 20"),
            values: [
              FieldValueItem(
                value: ShownValue(text: text("\\lsass.exe")), kind: text("ends with"),
                page: Link(relative: "../../fields/TargetImage/index.html", fragment: "v1"), rules: 20),
              FieldValueItem(value: ShownValue(text: "", words: text("an empty text")), kind: text("eq"), rules: 1),
            ])
        }, seen: 12))
    let shared = SharedTestRow(
      field: text("GrantedAccess"), kind: text("ends with"),
      values: Folded(
        (10...40).map {
          SharedValue(
            value: ShownValue(text: text("\($0)")),
            page: Link(relative: "../../fields/x/index.html", fragment: "v\($0)"), rules: 4, catalog: 1004)
        }, seen: 12))
    page.values = SharedTestTable(
      title: text("What two or more of these rules look for."), rows: Folded([shared], seen: 10), total: 674)
    page.exclusions = SharedTestTable(
      title: text("What they leave out."), rows: Folded(Array(repeating: shared, count: 13), seen: 10), total: 403)
    page.users = [
      AttackUserList(
        title: text("Groups"),
        objects: Folded(
          (0..<30).map { AttackObjectItem(id: "G\($0)", name: text("APT\($0)"), page: mitre("groups/G\($0)")) },
          seen: 24))
    ]
    return page
  }

  /// A technique that nobody uses and no rule looks for.
  static let emptyTechnique = TechniquePage(
    frame: frame(root: "../../", current: nil), name: "Taint Shared Content", id: "T1080",
    facts: TechniqueFacts(source: TitledLink(title: "attack.mitre.org/techniques/T1080", page: mitre("a"))))

  static func tactic(text: (String) -> String = { $0 }) -> TacticPage {
    TacticPage(
      frame: frame(root: "../../../", current: nil, text: text), name: text("Credential Access"), id: "TA0006",
      lead: text("3 counted rules look for 1 of its 2 techniques."),
      scope: text("In scope, 1 of 2 techniques have a rule."),
      source: TitledLink(title: text("attack.mitre.org/tactics/TA0006"), page: mitre("tactics/TA0006")),
      previous: TitledLink(title: text("Stealth"), page: Link(relative: "../TA0005/index.html")),
      techniques: TechniqueTable(
        title: text("Groups are those that use exactly it."),
        rows: [
          TechniqueRow(
            id: "T1003", name: text("OS Credential Dumping"), page: Link(relative: "../../T1003/index.html"),
            rules: 1500, groups: 13),
          TechniqueRow(id: "T1003.002", name: text("NTDS"), rules: 0, groups: 0, isSub: true),
        ]),
      unspecific: RuleTable(
        title: text("Rules that name no technique of it"), rules: Folded([row("Odd", text: text)], seen: 24),
        all: Link(relative: "../../../rules/index.html"), word: "credential-access"))
  }

  static func matrix(text: (String) -> String = { $0 }) -> MatrixPage {
    func cell(_ id: String, _ name: String, _ rules: Int, hasPage: Bool = true) -> MatrixCell {
      MatrixCell(
        id: id, name: text(name), page: hasPage ? Link(relative: "\(id)/index.html") : nil, rules: rules, awake: rules)
    }
    var dumping = cell("T1003", "OS Credential Dumping", 150)
    dumping.depth = text("thin: one event")
    dumping.subtechniques = [cell("T1003.001", "LSASS Memory", 3), cell("T1003.002", "NTDS", 0, hasPage: false)]
    var interception = cell("T1111", "Interception", 0)
    interception.exclusion = text("out of scope")
    return MatrixPage(
      frame: frame(root: "../", current: nil, text: text),
      picture: Link(relative: "../pictures.html", fragment: "matrix"), title: text("ATT&CK Enterprise 19.2"),
      lead: text("How many counted rules each technique has."), counts: text("2 of 4 techniques have a rule."),
      scope: text("In scope, 1 of 2 techniques have a rule."), summary: text("3 rules, 2 techniques"),
      filters: [
        MatrixFilter(
          name: "level", label: text("Level"), all: text("All levels"),
          options: [MatrixFilterOption(value: text("high"), label: text("high (2)"))])
      ],
      tactics: [
        MatrixColumn(
          id: "TA0006", name: text("Credential Access"), page: Link(relative: "tactics/TA0006/index.html"),
          found: 1, cells: [dumping, interception]),
        MatrixColumn(id: "TA0007", name: text("Discovery"), found: 0, cells: []),
      ])
  }
}
