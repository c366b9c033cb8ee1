import Templates

@testable import Site

/// The lists of the review, with `text` applied to each text, and the pages that list them in full.
extension SamplePages {
  private static let event = Link(relative: "../events/sysmon/1/index.html")
  private static let rule = Link(relative: "../rules/sigma/one/index.html")

  static func wake(_ shown: Int, text: (String) -> String = { $0 }) -> WakeTable {
    let row = EventRow(provider: text("Sysmon"), event: text("13"), page: event, title: text("Registry value set"))
    return WakeTable(
      rows: part(
        (1...20).map { WakeRow(event: row, rules: 40 - $0, largest: 39, techniques: $0, sum: 1000 * $0) }, shown, .wake),
      blind: 1200)
  }

  static func blind(_ shown: Int, text: (String) -> String = { $0 }) -> BlindRuleTable {
    BlindRuleTable(
      rows: part(
        (1...30).map { number in
          BlindRuleRow(
            title: text("Rule \(number)"), page: rule, level: number == 1 ? nil : .high,
            missing: Folded(
              Array(repeating: GapEvent(name: text("Sysmon 13"), page: event), count: number), seen: 2, most: 4))
        }, shown, .blind))
  }

  static func partlyBlind(_ shown: Int, text: (String) -> String = { $0 }) -> PartlyBlindTable {
    PartlyBlindTable(
      rows: part(
        (0...14).map { number in
          PartlyBlindRow(
            title: text("DNS"), page: rule,
            reason: HidingItem(
              events: text("Sysmon 22"), place: text("sysmon.xml:3:5"), words: text("drops QueryName is x"),
              tests: number == 0 ? [] : [text("QueryName contains y")]),
            more: number)
        }, shown, .partlyBlind))
  }

  static func exclusions(_ shown: Int, text: (String) -> String = { $0 }) -> DeadExclusionTable {
    DeadExclusionTable(
      rows: part(
        (1...14).map { number in
          DeadExclusionRow(
            title: text("Whoami"), page: rule, events: text("Security 4688"), place: text("audit.reg:4:1"),
            missing: text("CommandLine, as it is off"),
            tests: Folded((1...number).map { text("CommandLine contains \($0)") }, seen: 3))
        }, shown, .exclusions))
  }

  static func untapped(_ shown: Int, text: (String) -> String = { $0 }) -> UntappedList {
    UntappedList(
      rows: part(
        (0...30).map {
          UntappedItem(name: text("Security 4670"), title: $0 == 0 ? nil : text("Changed"), page: event, techniques: $0)
        }, shown, .untapped))
  }

  /// A page of a list's first 30 items or fewer.
  static func reviewList(_ list: ReviewList, text: (String) -> String = { $0 }) -> ReviewListPage {
    var page = ReviewListPage(
      frame: frame(root: "../", current: nil, text: text), title: text("Blind rules"), lead: text("1 to 500 of 1,200."),
      parts: [
        TitledLink(title: text("1 to 500")),
        TitledLink(title: text("501 to 1,000"), page: Link(relative: "blind-2.html")),
      ])
    switch list {
    case .wake: page.wake = wake(30, text: text)
    case .blind: page.blind = blind(30, text: text)
    case .partlyBlind: page.partlyBlind = partlyBlind(30, text: text)
    case .exclusions: page.exclusions = exclusions(30, text: text)
    case .untapped: page.untapped = untapped(30, text: text)
    }
    return page
  }

  private static func part<Item>(_ items: [Item], _ shown: Int, _ list: ReviewList) -> ListPart<Item> {
    ListPart(
      items: Array(items.prefix(shown)), total: items.count,
      all: items.count > shown ? Address.coverage.link(to: .coverage(list)) : nil)
  }
}
