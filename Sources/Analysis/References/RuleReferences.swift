package import Diagnostics
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
  package internal(set) var findings: RuleColumn<[Diagnostic]>

  /// - Parameter rules: by key.
  package init(of rules: RuleColumn<Rule>) {
    ties = RuleColumn(repeating: [], count: rules.count)
    (correlated, correlations) = (
      RuleColumn(repeating: [], count: rules.count), RuleColumn(repeating: [], count: rules.count)
    )
    correlatedByName = RuleColumn(repeating: [:], count: rules.count)
    filtered = RuleColumn(repeating: ListedRules(), count: rules.count)
    filters = filtered
    findings = RuleColumn(repeating: [], count: rules.count)
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

  mutating func report(
    _ id: CheckID, of index: RuleID, _ rule: Rule, _ span: SourceSpan,
    severity: Diagnostic.Severity? = nil,
    _ message: String
  ) {
    findings[index].append(
      Diagnostic(id, at: SourceLocation(rule.source.file, at: span), severity: severity, message))
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

  /// The rule that a correlation or filter names; what is wrong with the name is reported.
  mutating func find(
    _ reference: RuleReference, _ id: CheckID, of index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames
  ) -> RuleID? {
    guard let match = names.match(of: reference.target, for: index, in: rules) else {
      var advice = "add it or correct the name"
      if rules[index].ruleClass == .filter, reference.target.lowercased() == "any" {
        advice = "for all rules of the log source, write 'rules: any' without a list"
      } else if let correlation = rules[index].correlation,
        case .expression(_, _, let named) = correlation.criterion, named.count <= RuleReferences.nearestLimit
      {
        // What the condition names already isn't what this name was meant to be.
        let used = Set(named.map(\.target))
        advice = nearest(to: reference.target, in: correlation.rules) { !used.contains($0) } ?? advice
      }
      report(
        id, of: index, rules[index], reference.span,
        "the catalog has no rule with the id or name '\(shortened(reference.target))'; \(advice)")
      return nil
    }
    if let rival = match.rival {
      func place(_ rule: RuleID) -> String { "'\(rules[rule].source.path)' (line \(rules[rule].source.position.line))" }
      report(
        id, of: index, rules[index], reference.span, severity: match.isInFile ? .warning : .error,
        "'\(shortened(reference.target))' is the name of several rules, in \(place(match.rule)) and \(place(rival)); "
          + "write the rule's id instead")
    }
    return match.rule
  }

  /// Of more listed rules than these, none is suggested: looking takes long.
  private static let nearestLimit = 100

  /// Which of the listed rules may be meant by a name.
  func nearest(
    to target: String, in listed: [RuleReference], where isMeant: (String) -> Bool = { _ in true }
  ) -> String? {
    guard listed.count <= RuleReferences.nearestLimit else { return nil }
    // A name that is listed itself is no other way to write it.
    return nearestName(to: target, in: listed.map(\.target).filter { $0 != target && isMeant($0) }).map {
      "did you mean '\(shortened($0))'?"
    }
  }
}
