package import Diagnostics
package import RuleModel

/// How the rules of a catalogue name each other: ties, correlations and filters, by the rules' indices.
package struct RuleReferences: Sendable {
  /// A tie that a rule states, or that another rule states of it.
  package struct Tie: Hashable, Sendable {
    package var kind: RelatedRule.Kind
    /// As written.
    package var id: String
    /// nil where the catalogue has no such rule.
    package var rule: Int?
    /// Whether the other rule states it.
    package var isReverse: Bool
  }

  /// For each rule: what it states in the order of the file, then what others state of it by their keys.
  package private(set) var ties: [[Tie]]
  /// For each correlation, the rules that it names, in its order; nil for one that isn't there.
  package private(set) var correlated: [[Int?]]
  /// For each rule, the correlations that name it, by key.
  package private(set) var correlations: [[Int]]
  /// For each filter, the rules that it tunes, by key.
  package private(set) var filtered: [[Int]]
  /// For each rule, the filters that tune it, by key.
  package private(set) var filters: [[Int]]
  /// For each rule, what is wrong with the names that it uses.
  package private(set) var findings: [[Diagnostic]]

  /// - Parameter rules: by key.
  package init(of rules: [Rule]) {
    ties = Array(repeating: [], count: rules.count)
    (correlated, correlations) = (Array(repeating: [], count: rules.count), Array(repeating: [], count: rules.count))
    (filtered, filters) = (Array(repeating: [], count: rules.count), Array(repeating: [], count: rules.count))
    findings = Array(repeating: [], count: rules.count)
    let names = RuleNames(rules)
    for index in rules.indices {
      reportSharedID(of: index, in: rules, names)
      resolveTies(of: index, in: rules, names)
      resolveCorrelation(index, in: rules, names)
      resolveFilter(index, in: rules, names)
    }
    returnTies(of: rules)
    reportCycles(in: rules)
  }

  private mutating func report(
    _ id: DiagnosticID, of index: Int, _ rule: Rule, _ position: SourcePosition, _ message: String
  ) {
    findings[index].append(Diagnostic(id, at: SourceLocation(path: rule.source.file, position: position), message))
  }

  /// Rules that got one id from one place, by way of `action: global`, aren't told.
  private mutating func reportSharedID(of index: Int, in rules: [Rule], _ names: RuleNames) {
    guard let id = rules[index].id else { return }
    let other = names.indices(ofID: id).first { other in
      rules[other].source.path != rules[index].source.path || rules[other].idPosition != rules[index].idPosition
    }
    guard let other else { return }
    report(
      .ruleDuplicateID, of: index, rules[index], rules[index].idPosition ?? rules[index].source.position,
      "the rule has the id of '\(rules[other].source.path)'; give one of them a new id")
  }

  private mutating func resolveTies(of index: Int, in rules: [Rule], _ names: RuleNames) {
    for related in rules[index].related {
      let other = names.index(ofID: related.id)
      ties[index].append(Tie(kind: related.kind, id: related.id, rule: other, isReverse: false))
      if other == nil, related.kind != .renamed {
        // Of a renamed rule, the old id isn't expected to exist any more.
        report(
          .ruleRelated, of: index, rules[index], related.position,
          "the related rule '\(related.id)' is not in this catalogue; add it or correct the id")
      }
    }
  }

  /// Lets each rule know what others state of it, after what it states itself.
  private mutating func returnTies(of rules: [Rule]) {
    for (index, stated) in ties.enumerated() {
      for tie in stated {
        guard let other = tie.rule, other != index else { continue }
        ties[other].append(Tie(kind: tie.kind, id: rules[index].id ?? "", rule: index, isReverse: true))
      }
    }
  }

  private mutating func resolveCorrelation(_ index: Int, in rules: [Rule], _ names: RuleNames) {
    guard let correlation = rules[index].correlation else { return }
    for reference in correlation.rules {
      let other = names.index(of: reference.target, besides: index, in: rules)
      correlated[index].append(other)
      if let other {
        if correlations[other].last != index { correlations[other].append(index) }
      } else {
        report(
          .sigmaCorrelation, of: index, rules[index], reference.position,
          "the catalogue has no rule with the id or name '\(reference.target)'; add it or correct the name")
      }
    }
  }

  private mutating func resolveFilter(_ index: Int, in rules: [Rule], _ names: RuleNames) {
    guard let scope = rules[index].filter else { return }
    var tuned: [Int] = []
    switch scope {
    case .any:
      tuned = rules.indices.filter {
        rules[$0].ruleClass == .detection && rules[index].logSource.covers(rules[$0].logSource)
      }
    case .rules(let references):
      for reference in references {
        guard let other = names.index(of: reference.target, besides: index, in: rules) else {
          report(
            .sigmaFilter, of: index, rules[index], reference.position,
            "the catalogue has no rule with the id or name '\(reference.target)'; add it or correct the name")
          continue
        }
        guard rules[index].logSource.covers(rules[other].logSource) else {
          report(
            .sigmaFilter, of: index, rules[index], reference.position,
            "the rule '\(reference.target)' has another log source than the filter, which so never applies to it; correct one of them"
          )
          continue
        }
        tuned.append(other)
      }
    }
    filtered[index] = Set(tuned).sorted()
    for other in filtered[index] { filters[other].append(index) }
  }

  /// Tells correlations that name themselves, at last, and so can never be computed.
  private mutating func reportCycles(in rules: [Rule]) {
    for start in rules.indices where rules[start].correlation != nil {
      var seen: Set<Int> = []
      var waiting = correlated[start].compactMap { $0 }
      while let next = waiting.popLast() {
        if next == start {
          report(
            .sigmaCorrelation, of: start, rules[start], rules[start].source.position,
            "the correlation relates itself, by way of the rules that it names; break the circle")
          break
        }
        if seen.insert(next).inserted { waiting += correlated[next].compactMap { $0 } }
      }
    }
  }
}

extension LogSource {
  /// Whether each name that this one has is the other's, too.
  fileprivate func covers(_ other: LogSource) -> Bool {
    func agrees(_ own: String?, _ others: String?) -> Bool { own == nil || own?.lowercased() == others?.lowercased() }
    return agrees(category, other.category) && agrees(product, other.product) && agrees(service, other.service)
  }
}

/// Finds rules by id, or by the name that Sigma's correlations may use.
private struct RuleNames {
  private var byID: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]

  init(_ rules: [Rule]) {
    for index in rules.indices {
      if let id = rules[index].id { byID[id.lowercased(), default: []].append(index) }
      if let name = rules[index].name { byName[name, default: []].append(index) }
    }
  }

  func index(ofID id: String) -> Int? { byID[id.lowercased()]?.first }
  func indices(ofID id: String) -> [Int] { byID[id.lowercased()] ?? [] }

  /// By id, else by name; of several of a name, the one in the same file.
  func index(of target: String, besides index: Int, in rules: [Rule]) -> Int? {
    if let found = self.index(ofID: target) { return found }
    let named = byName[target] ?? []
    return named.first { rules[$0].source.path == rules[index].source.path } ?? named.first
  }
}
