package import RuleModel

/// How what runs changed between two states of a catalog, if both say what is collected. Only counted rules are
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

  /// What became of techniques and rules, by kind; only kinds that have some.
  package var byKind: [(kind: Kind, techniques: [TechniqueChange], rules: [RuleChange])] {
    Kind.allCases.map { kind in
      (kind, techniques.filter { $0.kind == kind }, rules.filter { $0.kind == kind })
    }.filter { !$0.techniques.isEmpty || !$0.rules.isEmpty }
  }

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
    let (oldRules, newRules) = (old.countedRules, new.countedRules)
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

  init?(from old: KeptVisibility.State, to new: KeptVisibility.State) {
    switch (old, new) {
    case (.runs, .blind), (.partly, .blind), (.unknown, .blind): self = .wentBlind
    case (.runs, .partly): self = .becamePartlyBlind
    case (.blind, .runs), (.blind, .partly): self = .wokeUp
    case (.partly, .runs): self = .seesAll
    case (.runs, .runs), (.partly, .partly), (.blind, .blind), (.unknown, .unknown), (_, .unknown), (.unknown, _):
      return nil
    }
  }

  init?(from old: TechniqueState, to new: TechniqueState) {
    switch (old, new) {
    case (.runs, .blind), (.partly, .blind): self = .wentBlind
    case (.runs, .partly): self = .becamePartlyBlind
    case (.blind, .runs), (.blind, .partly): self = .wokeUp
    case (.partly, .runs): self = .seesAll
    default: return nil
    }
  }
}

extension CatalogSnapshot {
  /// The counted rules of each technique and of its sub-techniques, by key.
  var countedRules: [TechniqueID: [Entry]] {
    var result: [TechniqueID: [Entry]] = [:]
    for entry in entries where entry.isCounted {
      for technique in entry.coveredTechniques { result[technique, default: []].append(entry) }
    }
    return result
  }
}

extension CatalogSnapshot.Entry {
  /// Its techniques, and those that it covers through them.
  var coveredTechniques: Set<TechniqueID> {
    Set(techniques).union(techniques.compactMap(\.parent))
  }

  var state: KeptVisibility.State { visibility?.state ?? .unknown }
}
