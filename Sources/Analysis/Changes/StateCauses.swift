import Diagnostics
import RuleModel
import Text

/// What the two states say about the collection of events, and what follows from it for rules.
struct StateCauses {
  private let old: [Event: KeptCollection]
  private let new: [Event: KeptCollection]

  init(old: [KeptCollection], new: [KeptCollection]) {
    func byEvent(_ collections: [KeptCollection]) -> [Event: KeptCollection] {
      Dictionary(collections.map { ($0.event, $0) }, uniquingKeysWith: { first, _ in first })
    }
    (self.old, self.new) = (byEvent(old), byEvent(new))
  }

  var knownToBoth: [Event] { old.keys.filter { new[$0] != nil }.sorted() }

  func wasCollected(_ event: Event) -> Bool { old[event].map { $0.share != .none } ?? false }

  func isCollectedNow(_ event: Event) -> Bool { new[event].map { $0.share != .none } ?? false }

  func change(from before: CatalogSnapshot.Entry, to after: CatalogSnapshot.Entry) -> StateChanges.RuleChange? {
    guard before.isCounted, after.isCounted, let kind = StateChanges.Kind(from: before.state, to: after.state)
    else { return nil }
    let cause =
      switch kind {
      case .wentBlind: lossCause(before, after)
      case .wokeUp: gainCause(before, after)
      case .becamePartlyBlind: partCause(before, after)
      case .seesAll: gainCause(before, after)
      }
    // Collected, but behind a filter.
    let isPartly = kind == .wokeUp && after.state == .partly
    return StateChanges.RuleChange(
      kind: kind, old: before, new: after,
      reason: (cause.words + (isPartly ? ["it is partly blind"] : [])).joined(separator: "; "),
      places: cause.places.distinct())
  }

  private struct Cause {
    var words: [String] = []
    var places: [KeptPlace] = []

    /// Adds a part with the places that it is about.
    mutating func add(_ text: String, _ found: [KeptPlace], _ word: String = "") {
      words.append(found.isEmpty ? text : "\(text) (\(word)\(found.map(\.words).joined(separator: ", ")))")
      places += found
    }

    /// Adds how many parts are left out.
    mutating func add(more count: Int) { if count > 0 { words.append("and \(count) more") } }
  }

  private static let shown = 3

  /// Says something about the first of these events, once for those with the same places.
  ///
  /// - Parameters:
  ///   - text: what is said about one, and about several, with `%` for their names.
  ///   - word: what stands before the places.
  private func say(
    _ text: (one: String, several: String), of events: [Event], _ word: String = "", in cause: inout Cause,
    places: (Event) -> [KeptPlace]
  ) {
    let groups = Dictionary(grouping: events.prefix(StateCauses.shown), by: places)
    for (places, events) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
      let names = listed(events.map(\.words), "and")
      cause.add(
        (events.count == 1 ? text.one : text.several).replacing("%", with: names, maxReplacements: 1), places, word)
    }
    cause.add(more: events.count - StateCauses.shown)
  }

  private func sayLost(_ events: [Event], in cause: inout Cause) {
    let text = (one: "% is no longer collected", several: "% are no longer collected")
    // What turned it off says more than what delivered it.
    let (off, gone) = (
      events.filter { new[$0]?.places.isEmpty == false }, events.filter { new[$0]?.places.isEmpty != false }
    )
    say(text, of: off, in: &cause) { new[$0]?.places ?? [] }
    say(text, of: gone, "until now by ", in: &cause) { old[$0]?.places ?? [] }
  }

  private func lossCause(_ before: CatalogSnapshot.Entry, _ after: CatalogSnapshot.Entry) -> Cause {
    guard let visibility = after.visibility, !visibility.missing.isEmpty else {
      if let visibility = after.visibility, !visibility.hiding.isEmpty { return hidingCause(visibility) }
      return Cause(words: ["no event that it reads can match"])
    }
    var cause = Cause()
    sayLost(visibility.missing.filter(wasCollected), in: &cause)
    // What was never collected isn't the cause.
    if cause.words.isEmpty { sayUnread(before, after, in: &cause) }
    if cause.words.isEmpty {
      say(("% isn't collected", "% aren't collected"), of: visibility.missing, in: &cause) { _ in [] }
    }
    return cause
  }

  /// That a rule reads other events than before.
  private func sayUnread(_ before: CatalogSnapshot.Entry, _ after: CatalogSnapshot.Entry, in cause: inout Cause) {
    let (read, reads) = (Set(before.events), Set(after.events))
    say(
      ("it no longer reads %", "it no longer reads %"),
      of: before.events.filter { !reads.contains($0) && wasCollected($0) }, in: &cause
    ) { _ in [] }
    say(
      ("it reads % now, which isn't collected", "it reads % now, which aren't collected"),
      of: after.events.filter { !read.contains($0) && !isCollectedNow($0) }, in: &cause
    ) { new[$0]?.places ?? [] }
  }

  private func gainCause(_ before: CatalogSnapshot.Entry, _ after: CatalogSnapshot.Entry) -> Cause {
    let read = Set(before.events)
    var cause = Cause()
    sayGained(after.events.filter { read.contains($0) && isCollectedNow($0) && !wasCollected($0) }, in: &cause)
    if cause.words.isEmpty {
      say(
        ("it reads % now, which is collected", "it reads % now, which are collected"),
        of: after.events.filter { !read.contains($0) && isCollectedNow($0) }, in: &cause
      ) { new[$0]?.places ?? [] }
    }
    return cause.words.isEmpty ? revealingCause(before, after) : cause
  }

  private func sayGained(_ events: [Event], in cause: inout Cause) {
    say(("% is collected now", "% are collected now"), of: events, in: &cause) { new[$0]?.places ?? [] }
  }

  /// Why a collector's filter matters now: mostly, another event that made up for it is gone.
  private func partCause(_ before: CatalogSnapshot.Entry, _ after: CatalogSnapshot.Entry) -> Cause {
    var cause = Cause()
    sayLost(after.events.filter { wasCollected($0) && !isCollectedNow($0) }, in: &cause)
    let hiding = after.visibility.map(hidingCause) ?? Cause()
    return Cause(words: cause.words + hiding.words, places: cause.places + hiding.places)
  }

  private func hidingCause(_ visibility: KeptVisibility) -> Cause {
    var cause = Cause()
    if let first = visibility.hiding.first { cause.add(shortened(first.words), [first.place]) }
    cause.add(more: visibility.hiding.count - 1 + visibility.more)
    return cause
  }

  /// That a filter no longer hides what a rule looks for, unless it is the rule that changed.
  private func revealingCause(_ before: CatalogSnapshot.Entry, _ after: CatalogSnapshot.Entry) -> Cause {
    guard let first = before.visibility?.hiding.first, before.parts[.logic] == after.parts[.logic] else {
      return Cause(words: ["the rule changed"])
    }
    var cause = Cause()
    cause.add("no longer: \(shortened(first.words))", [first.place])
    return cause
  }
}
