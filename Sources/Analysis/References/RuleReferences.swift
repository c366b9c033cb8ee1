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
  /// For each correlation, the rules that it lists, in its order, then those that only its condition names; nil for one that isn't
  /// there or can't be correlated.
  package private(set) var correlated: [[Int?]]
  /// For each correlation, the rules of the catalog by the words with which its list, condition and aliases name them.
  package private(set) var correlatedByName: [[String: Int]]
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
    correlatedByName = Array(repeating: [:], count: rules.count)
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
    _ id: DiagnosticID, of index: Int, _ rule: Rule, _ position: SourcePosition, severity: Diagnostic.Severity? = nil,
    _ message: String
  ) {
    findings[index].append(
      Diagnostic(id, at: SourceLocation(path: rule.source.file, position: position), severity: severity, message))
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
      if related.id.lowercased() == rules[index].id?.lowercased() {
        report(
          .ruleRelated, of: index, rules[index], related.position, severity: .warning,
          "the rule is related to itself; correct the id or remove the entry")
      } else if other == nil, related.kind != .renamed {
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

  // MARK: Correlations

  private mutating func resolveCorrelation(_ index: Int, in rules: [Rule], _ names: RuleNames) {
    guard let correlation = rules[index].correlation else { return }
    for reference in correlation.rules { correlate(reference, of: index, in: rules, names) }
    if case .expression(_, _, let named) = correlation.criterion {
      resolve(named, of: correlation, index, in: rules, names)
    }
    resolveAliases(of: correlation, index, in: rules, names)
  }

  private mutating func correlate(_ reference: RuleReference, of index: Int, in rules: [Rule], _ names: RuleNames) {
    var found = find(reference, .sigmaCorrelation, of: index, in: rules, names)
    if let other = found, rules[other].ruleClass == .filter {
      report(
        .sigmaCorrelation, of: index, rules[index], reference.position,
        "'\(reference.target)' is a filter, which can't be correlated; name the rules that it tunes")
      found = nil
    }
    correlated[index].append(found)
    guard let found else { return }
    correlatedByName[index][reference.target] = found
    if correlations[found].last != index { correlations[found].append(index) }
  }

  /// The rules that a temporal condition names.
  private mutating func resolve(
    _ named: [RuleReference], of correlation: Correlation, _ index: Int, in rules: [Rule], _ names: RuleNames
  ) {
    let listed = Set(correlation.rules.map(\.target))
    let known = Set(correlated[index].compactMap(\.self))
    var used: Set<Int> = []
    for reference in named where !listed.contains(reference.target) {
      // A rule that is listed by its id may be named by its name, and the other way round.
      if let other = names.match(of: reference.target, for: index, in: rules)?.rule, known.contains(other) {
        correlatedByName[index][reference.target] = other
        used.insert(other)
        continue
      }
      correlate(reference, of: index, in: rules, names)
      if correlatedByName[index][reference.target] != nil, !listed.isEmpty {
        report(
          .sigmaCorrelation, of: index, rules[index], reference.position, severity: .warning,
          "'\(reference.target)' isn't among the correlation's rules; add it to 'rules'")
      }
    }
    let words = Set(named.map(\.target))
    for (reference, rule) in zip(correlation.rules, correlated[index]) where !words.contains(reference.target) {
      if let rule, used.contains(rule) { continue }
      report(
        .sigmaCorrelation, of: index, rules[index], reference.position, severity: .warning,
        "the condition doesn't use '\(reference.target)'; use it or remove it from 'rules'")
    }
  }

  private mutating func resolveAliases(
    of correlation: Correlation, _ index: Int, in rules: [Rule], _ names: RuleNames
  ) {
    let listed = Set(correlation.rules.map(\.target))
    let known = Set(correlated[index].compactMap(\.self))
    for alias in correlation.aliases {
      for reference in alias.fields.lazy.map(\.rule) where !listed.contains(reference.target) {
        let other = names.match(of: reference.target, for: index, in: rules)?.rule
        if let other, known.contains(other) {
          correlatedByName[index][reference.target] = other
          continue
        }
        // A rule that is there is meant, even if a listed one is called much the same.
        let near = other == nil ? nearest(to: reference.target, in: correlation.rules) : nil
        report(
          .sigmaCorrelation, of: index, rules[index], reference.position,
          "the alias '\(alias.name)' names '\(reference.target)', which isn't among the correlation's rules; "
            + (near ?? "add it to 'rules' or correct the name"))
      }
    }
  }

  // MARK: Filters

  private mutating func resolveFilter(_ index: Int, in rules: [Rule], _ names: RuleNames) {
    guard let scope = rules[index].filter else { return }
    var tuned: [Int] = []
    switch scope {
    case .any where rules[index].logSources.isEmpty: break
    case .any:
      tuned = rules.indices.filter {
        rules[$0].ruleClass == .detection && covers(rules[index].logSources, rules[$0].logSources)
      }
      if tuned.isEmpty {
        report(
          .sigmaFilter, of: index, rules[index], rules[index].logSourcePosition ?? rules[index].source.position,
          severity: .warning,
          "no rule of the catalog has the filter's log source, so that it tunes none; correct the log source or remove the filter"
        )
      }
    case .rules(let references):
      for reference in references {
        if let other = tunedRule(reference, of: index, in: rules, names) { tuned.append(other) }
      }
    }
    filtered[index] = Set(tuned).sorted()
    for other in filtered[index] { filters[other].append(index) }
  }

  /// The rule that a filter tunes by the name that it gives; nil, and reported, where it can't.
  private mutating func tunedRule(
    _ reference: RuleReference, of index: Int, in rules: [Rule], _ names: RuleNames
  ) -> Int? {
    guard let other = find(reference, .sigmaFilter, of: index, in: rules, names) else { return nil }
    let fault: String?
    switch rules[other].ruleClass {
    case .correlation: fault = "is a correlation, to which no filter applies; name the rules that it correlates"
    case .filter: fault = "is a filter itself; name the rules to tune"
    case .detection, .forwarder, .enrichment:
      fault =
        covers(rules[index].logSources, rules[other].logSources)
        ? nil : "has another log source than the filter, so the filter never applies to it; correct one of them"
    }
    guard let fault else { return other }
    report(.sigmaFilter, of: index, rules[index], reference.position, "'\(reference.target)' \(fault)")
    return nil
  }

  // MARK: Names

  /// The rule that a correlation or filter names; what is wrong with the name is reported.
  private mutating func find(
    _ reference: RuleReference, _ id: DiagnosticID, of index: Int, in rules: [Rule], _ names: RuleNames
  ) -> Int? {
    guard let match = names.match(of: reference.target, for: index, in: rules) else {
      var advice = "add it or correct the name"
      if rules[index].ruleClass == .filter, reference.target.lowercased() == "any" {
        advice = "for all rules of the log source, write 'rules: any' without a list"
      } else if case .expression(_, _, let named) = rules[index].correlation?.criterion, named.count <= 100 {
        // What the condition names already isn't what this name was meant to be.
        let used = Set(named.map(\.target))
        let unused = rules[index].correlation?.rules.filter { !used.contains($0.target) }
        advice = nearest(to: reference.target, in: unused ?? []) ?? advice
      }
      report(
        id, of: index, rules[index], reference.position,
        "the catalog has no rule with the id or name '\(reference.target)'; \(advice)")
      return nil
    }
    if let rival = match.rival {
      func place(_ rule: Int) -> String { "'\(rules[rule].source.path)' (line \(rules[rule].source.position.line))" }
      report(
        id, of: index, rules[index], reference.position, severity: match.isInFile ? .warning : .error,
        "'\(reference.target)' is the name of several rules, in \(place(match.rule)) and \(place(rival)); "
          + "write the rule's id instead")
    }
    return match.rule
  }

  /// Which of the listed rules may be meant by a name; of very many none, as looking takes long.
  private func nearest(to target: String, in listed: [RuleReference]) -> String? {
    guard listed.count <= 100 else { return nil }
    // A name that is listed itself is no other way to write it.
    return nearestName(to: target, in: listed.lazy.map(\.target).filter { $0 != target }).map { "did you mean '\($0)'?" }
  }

  // MARK: Circles

  /// Tells correlations that name themselves, at last, and so can never be computed.
  private mutating func reportCycles(in rules: [Rule]) {
    let isOnCycle = nodesOnCycles(correlated.map { $0.compactMap(\.self) })
    for index in rules.indices where isOnCycle[index] {
      report(
        .sigmaCorrelation, of: index, rules[index], rules[index].source.position,
        "the correlation relates itself, by way of the rules that it names; break the circle")
    }
  }
}

/// Whether a filter with one list of log sources applies to a rule with the other: a list stands for as many filters, or rules.
private func covers(_ own: [LogSource], _ others: [LogSource]) -> Bool {
  if own.isEmpty { return true }
  if others.isEmpty { return own.contains { $0.covers(LogSource()) } }
  return own.contains { own in others.contains { own.covers($0) } }
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
  private struct NameInFile: Hashable {
    var name: String
    var path: String
  }

  private var byID: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]
  private var byNameInFile: [NameInFile: [Int]] = [:]

  init(_ rules: [Rule]) {
    for index in rules.indices {
      if let id = rules[index].id { byID[id.lowercased(), default: []].append(index) }
      if let name = rules[index].name {
        byName[name, default: []].append(index)
        byNameInFile[NameInFile(name: name, path: rules[index].source.path), default: []].append(index)
      }
    }
  }

  func index(ofID id: String) -> Int? { byID[id.lowercased()]?.first }
  func indices(ofID id: String) -> [Int] { byID[id.lowercased()] ?? [] }

  /// A rule that has a name.
  struct Match {
    var rule: Int
    /// Another one that has it, so that which of them is meant is a guess.
    var rival: Int?
    /// Whether the rule is the only one of that name in the file that names it.
    var isInFile: Bool
  }

  /// By id, else by name; of several of a name, the one in the same file.
  func match(of target: String, for index: Int, in rules: [Rule]) -> Match? {
    if let found = self.index(ofID: target) { return Match(rule: found, rival: nil, isInFile: false) }
    guard let named = byName[target], let first = named.first else { return nil }
    if named.count == 1 { return Match(rule: first, rival: nil, isInFile: false) }
    let inFile = byNameInFile[NameInFile(name: target, path: rules[index].source.path)] ?? []
    let chosen = inFile.first ?? first
    return Match(rule: chosen, rival: chosen == first ? named[1] : first, isInFile: inFile.count == 1)
  }
}
