package import RuleModel

/// How the rules of a catalog name each other: ties, correlations and filters.
package struct RuleReferences: Sendable {
  /// A tie that a rule states, or that another rule states of it.
  package struct Tie: Hashable, Sendable {
    package var kind: RelatedRule.Kind
    /// As written.
    package var id: String
    /// nil where the catalog has no such rule.
    package var rule: RuleID?
    /// Whether the other rule states it.
    package var isReverse: Bool
  }

  /// For each rule: what it states in the order of the file, then what others state of it by their keys.
  package internal(set) var ties: RuleColumn<[Tie]>
  /// For each correlation, the rules that it lists, in its order, then those that only its condition names; nil for one that isn't
  /// there or can't be correlated.
  package internal(set) var correlated: RuleColumn<[RuleID?]>
  /// For each correlation, the rules of the catalog by the words with which its list, condition and aliases name them.
  package internal(set) var correlatedByName: RuleColumn<[String: RuleID]>
  /// For each rule, the correlations that name it, by key.
  package internal(set) var correlations: RuleColumn<[RuleID]>
  /// For each filter, the rules that it tunes, by key; all that it names.
  package internal(set) var filtered: RuleColumn<ListedRules>
  /// For each rule, the filters that tune it, by key.
  package internal(set) var filters: RuleColumn<ListedRules>
  /// For each rule, one that has the same id from another place; not by way of `action: global`, which gives many their id.
  package let sameID: RuleColumn<RuleID?>
  /// For each rule, whether it is a correlation that relates itself, by way of those that it names, and so can never be computed.
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

  /// Lets each rule know what others state of it, after what it states itself.
  private mutating func returnTies(of rules: RuleColumn<Rule>) {
    for (index, stated) in ties.pairs {
      for tie in stated {
        guard let other = tie.rule, other != index else { continue }
        ties[other].append(Tie(kind: tie.kind, id: rules[index].id ?? "", rule: index, isReverse: true))
      }
    }
  }

  // MARK: Names

  /// The rule that a correlation or filter names; what is wrong with the name is noted.
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
