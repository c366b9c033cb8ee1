import RuleModel
import Templates

@testable import Site

extension SamplePages {
  private static func row(_ title: String, text: (String) -> String) -> RuleRow {
    RuleRow(
      title: text(title), page: Link(relative: "../../../rules/sigma/one/index.html"), logSource: text("windows"),
      level: .high, status: .test, techniques: [TitledLink(title: text("T1059"))], date: CalendarDate("2026-04-05"))
  }

  /// An event that has every section; a provider's list of events as well.
  static func event(text: (String) -> String = { $0 }) -> EventPage {
    var page = EventPage(
      frame: frame(root: "../../../", current: nil, text: text), title: text("Process created"),
      name: text("Microsoft-Windows-Sysmon 1"), lead: text("3 counted rules read it, looking for 2 techniques."))
    page.facts = EventFacts(
      provider: TitledLink(title: text("Microsoft-Windows-Sysmon"), page: Link(relative: "../index.html")),
      about: text("System Monitor"), event: text("1"), aliases: [text("one")], channels: [text("Sysmon/Operational")],
      logSources: UseList(
        uses: [
          UseItem(
            title: text("windows · process_creation"),
            page: Link(relative: "../../../logsources/index.html", fragment: "ls-windows-process_creation"), count: 1504
          )
        ], hidden: 2),
      rules: text("1,504, 3 of them counted"), levels: [MarkedCount(label: text("high"), mark: "lv high", count: 3)],
      statuses: [MarkedCount(label: text("test"), mark: "st test", count: 3)])
    page.events = ProviderEventTable(rows: [
      ProviderEventRow(
        event: text("1"), page: Link(relative: "1/index.html"), title: text("Process created"), rules: 1504),
      ProviderEventRow(event: text("255"), rules: 0),
    ])
    let image = EventFieldRow(
      field: text("NewProcessName"), page: Link(relative: "../../../fields/Image/index.html"), canonical: text("Image"),
      rules: 1078, excludingRules: 116, values: 1001, excludedValues: 286,
      commonest: [
        FieldValueItem(
          value: ShownValue(text: text("\\cmd.exe")), kind: text("ends with"),
          page: Link(relative: "../../../fields/Image/index.html", fragment: "v1"), rules: 155),
        FieldValueItem(value: ShownValue(text: text(" -e "), words: text("cased")), kind: text("eq"), rules: 2),
      ])
    let unread = EventFieldRow(
      field: text("UtcTime"), page: nil, rules: 0, excludingRules: 0, values: 0, excludedValues: 0)
    let keyword = EventFieldRow(rules: 1, excludingRules: 1, values: 0, excludedValues: 1)
    page.fields = EventFieldTable(
      own: [image, unread], others: Folded([keyword] + Array(repeating: image, count: 20), seen: 12),
      othersTitle: text("What these rules test besides its fields."))
    let shared = technique(text: text)
    (page.values, page.exclusions) = (shared.values, shared.exclusions)
    page.equivalents = [
      EquivalentItem(
        event: TitledLink(
          title: text("Security-Auditing 4688"), page: Link(relative: "../../Security/4688/index.html")),
        title: text("Process created"), quality: text("reports the same"),
        rules: text("1,398 rules read it"),
        note: text("The command line needs its own policy"),
        pairs: [
          FieldPairItem(here: [text("User")], there: [text("Domain"), text("Name")]),
          FieldPairItem(here: [text("Domain"), text("Name")], there: [text("User")]),
        ],
        sameNames: [text("CommandLine")],
        lacking: [
          LackingFieldItem(field: text("Hashes"), rules: 46), LackingFieldItem(field: text("LogonGuid"), rules: 0),
        ],
        alone: [text("TokenElevationType")]),
      EquivalentItem(quality: text("nothing else reports it")),
    ]
    page.requirements = [
      RequirementRow(kind: text("Audit policy"), text: text("Audit Process Creation"), events: [text("4688")]),
      RequirementRow(kind: text("Setting"), text: text("Include command line"), fields: [text("CommandLine")]),
    ]
    page.techniques = SeenTechniqueTable(
      title: text("What its counted rules look for."),
      rows: Folded(
        (0..<15).map { number in
          SeenTechniqueRow(
            id: "T10\(number)", name: text("Technique"),
            page: Link(relative: "../../../attack/T10\(number)/index.html"),
            rules: 15 - number, catalog: 1015)
        }, seen: 12))
    page.tactics = ShareTable(
      title: text("Counted rules by tactic"), head: text("Tactic"),
      rows: [
        ShareRow(
          label: text("Execution"), page: Link(relative: "../../../attack/tactics/TA0002/index.html"), count: 1003)
      ])
    page.rules = RuleTable(
      title: text("Rules that read it"), rules: Folded((0..<30).map { row("Rule \($0)", text: text) }, seen: 24),
      all: Link(relative: "../../../rules/index.html"), word: "", isAlone: true)
    page.ruleCount = 1504
    page.parts = [
      TitledLink(title: text("Rules 1 to 30")),
      TitledLink(title: text("Rules 31 to 1,504"), page: Link(relative: "rules-2.html", fragment: "rules")),
    ]
    return page
  }

  /// An event that no rule reads and of which nothing is known.
  static let emptyEvent = EventPage(
    frame: frame(root: "../../../", current: nil), title: "Door open", lead: "No rule reads it.",
    facts: EventFacts(rules: "none"))

  static func events(text: (String) -> String = { $0 }) -> EventListPage {
    EventListPage(
      frame: frame(root: "../", current: nil, text: text), title: text("Events"),
      lead: text("2 events of 2 providers."),
      providers: [
        ProviderRow(
          name: text("Microsoft-Windows-Sysmon"), page: Link(relative: "Microsoft-Windows-Sysmon/index.html"),
          title: text("System Monitor"), read: 28, unread: 1, rules: 2400),
        ProviderRow(name: text("Door"), read: 0, unread: 0, rules: 1),
      ],
      events: [
        ListedEventRow(
          event: text("1"), page: Link(relative: "Microsoft-Windows-Sysmon/1/index.html"),
          title: text("Process created"),
          provider: text("Microsoft-Windows-Sysmon"), rules: 1504),
        ListedEventRow(event: text("2"), provider: text("Microsoft-Windows-Sysmon"), rules: 1),
      ],
      unread: [
        UnreadProviderItem(name: text("Gate"), title: text("A gate"), events: 3),
        UnreadProviderItem(name: text("Lift"), page: Link(relative: "Lift/index.html"), events: 0),
      ])
  }

  static func logSources(text: (String) -> String = { $0 }) -> LogSourceListPage {
    let rule = FieldRuleItem(
      title: text("Okta Login Signal"), page: Link(relative: "../rules/sigma/one/index.html"), level: nil)
    return LogSourceListPage(
      frame: frame(root: "../", current: nil, text: text), title: text("Log sources"), lead: text("2 log sources."),
      unmapped: [
        UnmappedLogSourceItem(
          title: text("windows · proces_creation"), row: Link(relative: "", fragment: "ls-windows-proces_creation"),
          rules: 1, nearest: text("windows · process_creation"), entry: text("logsources:\n  - product: windows\n"))
      ],
      rows: [
        LogSourceRow(
          anchor: "ls-windows-process_creation", title: text("windows · process_creation"), rules: 1504,
          events: UseList(
            uses: [
              UseItem(
                title: text("Microsoft-Windows-Sysmon 1"),
                page: Link(relative: "../events/Microsoft-Windows-Sysmon/1/index.html"), count: 1504)
            ], hidden: 1),
          isMapped: true, first: [rule, rule]),
        LogSourceRow(
          anchor: "ls-windows-proces_creation", title: text("windows · proces_creation"), rules: 1, events: UseList(),
          isMapped: false, first: [rule]),
      ],
      unread: [
        UnreadLogSourceItem(
          title: text("windows · vhdmp"),
          providers: [
            TitledLink(title: text("VHDMP")), TitledLink(title: text("Other"), page: Link(relative: "../a.html")),
          ])
      ])
  }
}
