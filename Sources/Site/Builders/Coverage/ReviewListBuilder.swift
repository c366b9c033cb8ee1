import Analysis
import Events
import RuleModel
import Templates

/// A list of the review that has pages of its own where it is long.
enum ReviewList: String, CaseIterable, Sendable {
  /// Events that would make blind rules run.
  case wake
  /// Rules that can find nothing with what is collected.
  case blind
  /// Rules for which a collector's filter can hide some of what they look for.
  case partlyBlind = "partly-blind"
  /// Exclusions of rules that can't work, as events come without the field.
  case exclusions
  /// Collected events that no counted rule reads.
  case untapped

  var title: String {
    switch self {
    case .wake: "What to turn on first"
    case .blind: "Blind rules"
    case .partlyBlind: "Rules behind filters"
    case .exclusions: "Exclusions that can’t work"
    case .untapped: "Untapped events"
    }
  }

  /// How many items the review itself shows.
  fileprivate var beginning: Int {
    switch self {
    case .wake, .partlyBlind, .exclusions: 12
    case .blind: 20
    case .untapped: 24
    }
  }
}

/// Makes the lists of the review: their beginnings for the review itself, and the pages that list them in full.
struct ReviewListBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let review: SiteReview
  /// Whether the review itself shows the lists in full.
  private let isOnOnePage: Bool
  /// The pages of each list that the review shows only the beginning of.
  private let parts: [ReviewList: [PagePart]]
  /// All of these pages; `part` is an index of the list's ``parts``.
  let pages: [(list: ReviewList, part: Int)]
  /// In the order in which to turn events on; `sum` is the number of rules that run with the event and all before it.
  let wake: [(wake: GapReview.Wake, sum: Int)]
  /// The most severe level first.
  let blind: [GapReview.BlindRule]
  /// Those with the most hidden first.
  let partlyBlind: [PartlyBlindRule]
  /// By the rules' paths.
  let exclusions: [(rule: RuleID, exclusion: DeadExclusion)]
  /// In descending order of the techniques that ATT&CK says they can show.
  let untapped: [(event: Event, techniques: Int)]

  /// The maximum number of items on one page.
  private static let itemsOfPage = 500

  /// - Parameter isOnOnePage: whether the review itself shows the lists in full.
  init(_ content: SiteContent, _ frames: FrameBuilder, isOnOnePage: Bool = false) {
    self.content = content
    self.frames = frames
    self.isOnOnePage = isOnOnePage
    let review = content.review
    self.review = review
    var sum = 0
    wake = review.gaps.wake.map { wake in
      sum += wake.rules.count
      return (wake, sum)
    }
    let levels = content.index.rules.mapValues { $0.level?.rank ?? -1 }
    blind = review.gaps.blindRules.sorted { left, right in
      levels[left.rule] != levels[right.rule] ? levels[left.rule] > levels[right.rule] : left.rule < right.rule
    }
    partlyBlind = review.collected == nil ? [] : review.partlyBlindRules
    exclusions = review.deadExclusions
    var techniques: [Event: Int] = [:]
    for row in review.coverage.techniques { for event in row.events { techniques[event.event, default: 0] += 1 } }
    untapped = review.gaps.untapped.map { (event: $0, techniques: techniques[$0] ?? 0) }.sorted { left, right in
      left.techniques != right.techniques ? left.techniques > right.techniques : left.event < right.event
    }
    let counts: [ReviewList: Int] = [
      .wake: wake.count, .blind: blind.count, .partlyBlind: partlyBlind.count, .exclusions: exclusions.count,
      .untapped: untapped.count,
    ]
    var parts: [ReviewList: [PagePart]] = [:]
    for list in ReviewList.allCases {
      let count = counts[list] ?? 0
      if isOnOnePage || count <= list.beginning { continue }
      parts[list] = [PagePart](of: count, room: ReviewListBuilder.itemsOfPage) { .coverage(list, part: $0) }
    }
    pages = ReviewList.allCases.flatMap { list in (parts[list] ?? []).indices.map { (list, $0) } }
    self.parts = parts
  }

  private func parts(of number: Int) -> [PagePart] { parts[pages[number].list] ?? [] }

  func address(of number: Int) -> Address { parts(of: number)[pages[number].part].address }

  func page(_ number: Int) -> ReviewListPage {
    let (list, part) = pages[number]
    let (parts, address) = (parts(of: number), address(of: number))
    var page = ReviewListPage(
      frame: frames.frame(
        of: address, titles: [list.title, "Coverage gap review"], summary: nil,
        crumbs: [("Coverage gap review", .coverage)], showsAttack: false),
      title: list.title, lead: parts.lead(of: part), parts: parts.links(from: part))
    func shown<Item>(_ items: [Item]) -> ListPart<Item> {
      ListPart(items: Array(items[parts[part].range]), total: items.count)
    }
    switch list {
    case .wake: page.wake = wakeTable(shown(wake), at: address)
    case .blind: page.blind = blindTable(shown(blind), at: address)
    case .partlyBlind: page.partlyBlind = partlyBlindTable(shown(partlyBlind), at: address)
    case .exclusions: page.exclusions = exclusionTable(shown(exclusions), at: address)
    case .untapped: page.untapped = untappedList(shown(untapped), at: address)
    }
    return page
  }

  /// What the review itself shows of a list.
  func beginning<Item>(of items: [Item], _ list: ReviewList) -> ListPart<Item> {
    if isOnOnePage { return ListPart(items: items, total: items.count) }
    return ListPart(
      items: Array(items.prefix(list.beginning)), total: items.count,
      all: items.count > list.beginning ? Address.coverage.link(to: .coverage(list)) : nil)
  }

  // MARK: Tables

  func wakeTable(_ shown: ListPart<(wake: GapReview.Wake, sum: Int)>, at address: Address) -> WakeTable {
    WakeTable(
      rows: shown.map { wake, sum in
        // What still has to be turned on isn't collected.
        var event = EventRow(
          MappedEvent(event: wake.event, title: content.events.title(of: wake.event)), frames.map, from: address)
        event.share = nil
        return WakeRow(
          event: event, rules: wake.rules.count, largest: self.wake[0].wake.rules.count,
          techniques: wake.techniques.count, sum: sum)
      }, blind: review.gaps.waitingRules)
  }

  func blindTable(_ shown: ListPart<GapReview.BlindRule>, at address: Address) -> BlindRuleTable {
    BlindRuleTable(
      rows: shown.map { blind in
        let rule = content.index.rules[blind.rule]
        return BlindRuleRow(
          title: rule.title, page: address.link(to: .rule(rule.key)), level: rule.level,
          missing: Folded(blind.missing, seen: 2, most: 4).map {
            GapEvent(name: $0.words, page: frames.map.event($0, from: address))
          },
          hiding: review.collected.flatMap { collected in
            collected.visibility.fullyHiding(blind.rule).map { HidingItem($0.reason) }
          }, contradiction: blind.contradiction.map { "it can never match, as \($0)" })
      })
  }

  func partlyBlindTable(_ shown: ListPart<PartlyBlindRule>, at address: Address) -> PartlyBlindTable {
    PartlyBlindTable(
      rows: shown.map { blind in
        let rule = content.index.rules[blind.rule]
        return PartlyBlindRow(
          title: rule.title, page: address.link(to: .rule(rule.key)), reason: HidingItem(blind.reason),
          more: blind.more)
      })
  }

  func exclusionTable(
    _ shown: ListPart<(rule: RuleID, exclusion: DeadExclusion)>, at address: Address
  ) -> DeadExclusionTable {
    DeadExclusionTable(
      rows: shown.map { dead in
        let (rule, exclusion) = (content.index.rules[dead.rule], dead.exclusion)
        return DeadExclusionRow(
          title: rule.title, page: address.link(to: .rule(rule.key)),
          events: exclusion.events.map(\.words).joined(separator: ", "),
          place: exclusion.location.description(spelled: .published), missing: exclusion.clause.text,
          tests: Folded(exclusion.tests.map(\.shownWords), seen: 3))
      })
  }

  func untappedList(_ shown: ListPart<(event: Event, techniques: Int)>, at address: Address) -> UntappedList {
    UntappedList(
      rows: shown.map { event, techniques in
        UntappedItem(
          name: event.words, title: content.events.title(of: event), page: frames.map.event(event, from: address),
          techniques: techniques)
      })
  }
}

extension HidingItem {
  init(_ reason: HidingReason) {
    self.init(
      events: reason.events.map(\.words).joined(separator: ", "),
      place: reason.location.description(spelled: .published),
      words: reason.words,
      tests: reason.tests.prefix(3).map(\.shownWords))
  }
}

extension Test {
  /// `CommandLine contains /all`.
  fileprivate var shownWords: String {
    [field ?? "anywhere in the event", kind.words, value].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
