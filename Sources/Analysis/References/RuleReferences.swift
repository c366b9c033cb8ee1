package import RuleModel

/// How the rules of a catalog refer to each other: relationships, correlations and filters.
package struct RuleReferences: Sendable {
  /// A relationship that a rule declares, or that another rule declares to it.
  package struct Tie: Hashable, Sendable {
    package var kind: RelatedRule.Kind
    /// As written.
    package var id: String
    /// nil if the catalog has no such rule.
    package var rule: RuleID?
    /// Whether the other rule declares it.
    package var isReverse: Bool
  }

  /// For each rule: the relationships that it declares, in file order, then those that others declare to it, by their
  /// keys.
  package internal(set) var ties: RuleColumn<[Tie]>
  /// For each correlation, the rules that it lists, in its order, then those that only its condition names; nil for one
  /// that doesn't exist or can't be correlated.
  package internal(set) var correlated: RuleColumn<[RuleID?]>
  /// For each correlation, the rules of the catalog by the names with which its list, condition and aliases refer to
  /// them.
  package internal(set) var correlatedByName: RuleColumn<[String: RuleID]>
  /// For each rule, the correlations that refer to it, by key.
  package internal(set) var correlations: RuleColumn<[RuleID]>
  /// For each filter, the rules that it tunes, by key; rules that it names are all listed.
  package internal(set) var filtered: RuleColumn<ListedRules>
  /// For each rule, the filters that tune it, by key.
  package internal(set) var filters: RuleColumn<ListedRules>
  /// For each rule, another one with the same id from another place; `action: global`, which gives many rules the same
  /// id, doesn't count.
  package let sameID: RuleColumn<RuleID?>
  /// For each rule, whether it is a correlation that refers to itself, possibly through others, and so can never be
  /// computed.
  package private(set) var isCircular: RuleColumn<Bool>
  /// For each correlation and filter, what is wrong with the names that it uses.
  package internal(set) var faults: RuleColumn<[ReferenceFault]>

  /// - Parameter rules: by key.
  package init(of rules: RuleColumn<Rule>) {
    ties = RuleColumn(repeating: [], count: rules.count)
    (correlated, correlations) = (
      RuleColumn(repeating: [], count: rules.count), RuleColumn(repeating: [], count: rules.count)
    )
    correlatedByName = RuleColumn(repeating: [:], count: rules.count)
    filtered = RuleColumn(repeating: ListedRules(), count: rules.count)
    filters = filtered
    faults = RuleColumn(repeating: [], count: rules.count)
    let names = RuleNames(rules)
    sameID = rules.mapPlaces { index in rules[index].id.flatMap { names.otherPlace(ofID: $0, than: index, in: rules) } }
    isCircular = RuleColumn(repeating: false, count: rules.count)
    for index in rules.indices {
      resolveTies(of: index, in: rules, names)
      resolveCorrelation(index, in: rules, names)
    }
    resolveFilters(in: rules, names)
    returnTies(of: rules)
    isCircular = nodesOnCycles(correlated.mapValues { $0.compactMap(\.self) })
  }

  private mutating func resolveTies(of index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames) {
    for related in rules[index].related {
      let other = names.rule(ofID: related.id)
      ties[index].append(Tie(kind: related.kind, id: related.id, rule: other, isReverse: false))
    }
  }

  /// Adds to each rule the relationships that others declare to it, after its own.
  private mutating func returnTies(of rules: RuleColumn<Rule>) {
    for (index, stated) in ties.pairs {
      for tie in stated {
        guard let other = tie.rule, other != index else { continue }
        ties[other].append(Tie(kind: tie.kind, id: rules[index].id ?? "", rule: index, isReverse: true))
      }
    }
  }

  // MARK: Names

  /// The rule that a correlation or filter names; problems with the name are recorded as faults.
  mutating func find(
    _ reference: RuleReference, of index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames
  ) -> RuleID? {
    guard let match = names.match(of: reference.target, for: index, in: rules) else {
      faults[index].append(.unknown(reference))
      return nil
    }
    if let rival = match.rival {
      faults[index].append(.ambiguous(reference, taken: match.rule, rival: rival, isInFile: match.isInFile))
    }
    return match.rule
  }
}
