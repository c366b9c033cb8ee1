import Diagnostics
package import RuleModel
import Text

/// How what runs changed between two states of a catalog, if both tell what is collected. Only counted rules are
/// compared.
package struct StateChanges: Sendable {
  /// What became of a rule or a technique.
  package enum Kind: Sendable, CaseIterable {
    /// It can no longer detect anything.
    case wentBlind
    /// It ran, and a collector's filter can now hide what it looks for.
    case becamePartlyBlind
    /// It could detect nothing, and now it can.
    case wokeUp
    /// A collector's filter could hide what it looks for, and no longer does.
    case seesAll
  }

  package struct RuleChange: Sendable {
    package var kind: Kind
    package var old: CatalogSnapshot.Entry
    package var new: CatalogSnapshot.Entry
    /// The cause, in words, with its places.
    package var reason: String
    /// The places in the collectors' files that decide.
    package var places: [KeptPlace]
  }

  package struct TechniqueChange: Sendable {
    package var kind: Kind
    package var technique: TechniqueID
    package var old: TechniqueState
    package var new: TechniqueState
    /// What became of the rules that made the difference, in words.
    package var reason: String
    /// These rules, by key; those that were removed have the key of the old state.
    package var rules: [RuleKey]
  }

  /// By the new key.
  package let rules: [RuleChange]
  /// By id.
  package let techniques: [TechniqueChange]
  /// Events that the rules of both states read, and that are collected in only one of them.
  package let collected: CatalogChanges.Difference<Event>

  package var isEmpty: Bool {
    rules.isEmpty && techniques.isEmpty && collected.gained.isEmpty && collected.lost.isEmpty
  }

  /// - Parameter rules: the rules that are in both states.
  /// - Returns: nil if a state doesn't tell what is collected.
  init?(
    _ old: CatalogSnapshot, _ new: CatalogSnapshot, _ rules: [(old: CatalogSnapshot.Entry, new: CatalogSnapshot.Entry)]
  ) {
    guard let before = old.collected, let after = new.collected else { return nil }
    let causes = StateCauses(old: before, new: after)
    let changes = rules.compactMap { causes.change(from: $0.old, to: $0.new) }
    self.rules = changes.sorted { $0.new.key < $1.new.key }
    let fates = RuleFates(old, new, rules, changes)
    let (oldRules, newRules) = (countedRules(old), countedRules(new))
    techniques = Set(oldRules.keys).union(newRules.keys).sorted().compactMap { technique in
      fates.change(of: technique, from: oldRules[technique] ?? [], to: newRules[technique] ?? [])
    }
    let known = causes.knownToBoth
    collected = CatalogChanges.Difference(
      gained: known.filter { causes.isCollectedNow($0) && !causes.wasCollected($0) },
      lost: known.filter { causes.wasCollected($0) && !causes.isCollectedNow($0) })
  }
}

extension StateChanges.Kind {
  /// What such rules or techniques did: `went blind`.
  package var words: String {
    switch self {
    case .wentBlind: "went blind"
    case .becamePartlyBlind: "became partly blind"
    case .wokeUp: "woke up"
    case .seesAll: "stopped being partly blind"
    }
  }

  fileprivate init?(from old: KeptVisibility.State, to new: KeptVisibility.State) {
    switch (old, new) {
    case (.runs, .blind), (.partly, .blind), (.unknown, .blind): self = .wentBlind
    case (.runs, .partly): self = .becamePartlyBlind
    case (.blind, .runs), (.blind, .partly): self = .wokeUp
    case (.partly, .runs): self = .seesAll
    case (.runs, .runs), (.partly, .partly), (.blind, .blind), (.unknown, .unknown), (_, .unknown), (.unknown, _):
      return nil
    }
  }

  fileprivate init?(from old: TechniqueState, to new: TechniqueState) {
    switch (old, new) {
    case (.runs, .blind), (.partly, .blind), (.covered, .blind): self = .wentBlind
    case (.runs, .partly): self = .becamePartlyBlind
    case (.blind, .runs), (.blind, .partly): self = .wokeUp
    case (.partly, .runs): self = .seesAll
    default: return nil
    }
  }
}

/// The counted rules of each technique and of its sub-techniques, by key.
private func countedRules(_ snapshot: CatalogSnapshot) -> [TechniqueID: [CatalogSnapshot.Entry]] {
  var result: [TechniqueID: [CatalogSnapshot.Entry]] = [:]
  for entry in snapshot.entries where entry.isCounted {
    for technique in entry.coveredTechniques { result[technique, default: []].append(entry) }
  }
  return result
}

extension CatalogSnapshot.Entry {
  /// Its techniques, and those that it covers through them.
  fileprivate var coveredTechniques: Set<TechniqueID> {
    Set(techniques).union(techniques.compactMap(\.parent))
  }

  fileprivate var state: KeptVisibility.State { visibility?.state ?? .unknown }
}

/// What the two states say about the collection of events, and what follows from it for rules.
private struct StateCauses {
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
      case .seesAll: wholeCause(before, after)
      }
    return StateChanges.RuleChange(
      kind: kind, old: before, new: after, reason: cause.words.joined(separator: "; "), places: cause.places.distinct())
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
      return Cause(words: ["nothing that it reads can be what it looks for"])
    }
    let read = Set(before.events)
    let missing = visibility.missing
    var cause = Cause()
    sayLost(missing.filter(wasCollected), in: &cause)
    // What was never collected isn't the cause.
    let never = cause.words.isEmpty ? missing : []
    say(("% isn't collected", "% aren't collected"), of: never.filter(read.contains), in: &cause) { _ in [] }
    say(
      ("it reads % now, which isn't collected", "it reads % now, which aren't collected"),
      of: never.filter { !read.contains($0) }, in: &cause
    ) { new[$0]?.places ?? [] }
    return cause
  }

  private func gainCause(_ before: CatalogSnapshot.Entry, _ after: CatalogSnapshot.Entry) -> Cause {
    if let visibility = before.visibility, !visibility.hiding.isEmpty, visibility.missing.isEmpty {
      return revealingCause(visibility)
    }
    let read = Set(before.events)
    var cause = Cause()
    sayGained(after.events.filter { read.contains($0) && isCollectedNow($0) && !wasCollected($0) }, in: &cause)
    if cause.words.isEmpty {
      say(
        ("it reads % now, which is collected", "it reads % now, which are collected"),
        of: after.events.filter { !read.contains($0) && isCollectedNow($0) }, in: &cause
      ) { new[$0]?.places ?? [] }
    }
    return cause.words.isEmpty ? Cause(words: ["the rule changed"]) : cause
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

  private func wholeCause(_ before: CatalogSnapshot.Entry, _ after: CatalogSnapshot.Entry) -> Cause {
    var cause = Cause()
    sayGained(after.events.filter { !wasCollected($0) && isCollectedNow($0) }, in: &cause)
    return cause.words.isEmpty ? before.visibility.map(revealingCause) ?? cause : cause
  }

  private func hidingCause(_ visibility: KeptVisibility) -> Cause {
    var cause = Cause()
    if let first = visibility.hiding.first { cause.add(shortened(first.words), [first.place]) }
    cause.add(more: visibility.hiding.count - 1 + visibility.more)
    return cause
  }

  private func revealingCause(_ visibility: KeptVisibility) -> Cause {
    var cause = Cause()
    if let first = visibility.hiding.first { cause.add("no longer: \(shortened(first.words))", [first.place]) }
    return cause
  }
}

/// What became of the rules that a technique depends on.
private struct RuleFates {
  private let newByOld: [RuleKey: CatalogSnapshot.Entry]
  private let oldByNew: [RuleKey: CatalogSnapshot.Entry]
  private let changes: [RuleKey: StateChanges.RuleChange]

  init(
    _ old: CatalogSnapshot, _ new: CatalogSnapshot,
    _ rules: [(old: CatalogSnapshot.Entry, new: CatalogSnapshot.Entry)], _ changes: [StateChanges.RuleChange]
  ) {
    newByOld = Dictionary(rules.map { ($0.old.key, $0.new) }, uniquingKeysWith: { first, _ in first })
    oldByNew = Dictionary(rules.map { ($0.new.key, $0.old) }, uniquingKeysWith: { first, _ in first })
    self.changes = Dictionary(changes.map { ($0.new.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func change(
    of technique: TechniqueID, from before: [CatalogSnapshot.Entry], to after: [CatalogSnapshot.Entry]
  ) -> StateChanges.TechniqueChange? {
    let (old, new) = (TechniqueState(of: before.map(\.state)), TechniqueState(of: after.map(\.state)))
    guard let kind = StateChanges.Kind(from: old, to: new) else { return nil }
    let fates: [(key: RuleKey, words: String)] =
      switch kind {
      case .wentBlind: before.filter { $0.state != .blind }.map { lost($0, technique) }
      case .becamePartlyBlind: before.filter { $0.state == .runs }.map { lost($0, technique) }
      case .wokeUp: after.filter { $0.state == .runs || $0.state == .partly }.map { gained($0, technique) }
      case .seesAll: after.filter { $0.state == .runs }.map { gained($0, technique) }
      }
    let shown = 3
    let more = fates.count > shown ? "; and \(counted(fates.count - shown, "more rule"))" : ""
    return StateChanges.TechniqueChange(
      kind: kind, technique: technique, old: old, new: new,
      reason: fates.prefix(shown).map(\.words).joined(separator: "; ") + more, rules: fates.map(\.key))
  }

  private func lost(_ entry: CatalogSnapshot.Entry, _ technique: TechniqueID) -> (key: RuleKey, words: String) {
    guard let new = newByOld[entry.key] else { return (entry.key, "'\(entry.title)' was removed") }
    if !new.isCounted { return (new.key, "'\(new.title)' isn't counted any more") }
    if !new.coveredTechniques.contains(technique) { return (new.key, "'\(new.title)' is no longer tagged with it") }
    return (new.key, "'\(new.title)': \(changes[new.key]?.reason ?? "it is \(new.state.rawValue)")")
  }

  private func gained(_ entry: CatalogSnapshot.Entry, _ technique: TechniqueID) -> (key: RuleKey, words: String) {
    guard let old = oldByNew[entry.key] else { return (entry.key, "'\(entry.title)' was added") }
    if !old.isCounted { return (entry.key, "'\(entry.title)' is counted now") }
    if !old.coveredTechniques.contains(technique) { return (entry.key, "'\(entry.title)' is tagged with it now") }
    return (entry.key, "'\(entry.title)': \(changes[entry.key]?.reason ?? "it runs")")
  }
}
