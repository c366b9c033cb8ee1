import RuleModel

/// Finds rules by id, or by the name that Sigma's correlations may use.
struct RuleNames {
  private struct NameInFile: Hashable {
    var name: String
    var path: String
  }

  /// An id within a dialect: an engine knows only the ids of its own rules.
  private struct IDInDialect: Hashable {
    var id: String
    var dialect: Dialect
  }

  /// The first rule with each id.
  private var byID: [String: RuleID] = [:]
  /// The first rule with each id in a dialect, and the first other one that got it from another place.
  private var byIDInDialect: [IDInDialect: (first: RuleID, other: RuleID?)] = [:]
  private var byName: [String: [RuleID]] = [:]
  private var byNameInFile: [NameInFile: [RuleID]] = [:]

  init(_ rules: RuleColumn<Rule>) {
    for index in rules.indices {
      if let id = rules[index].id?.lowercased() {
        if byID[id] == nil { byID[id] = index }
        let key = IDInDialect(id: id, dialect: rules[index].key.dialect)
        if let known = byIDInDialect[key] {
          if known.other == nil, !haveIDOfOnePlace(known.first, index, in: rules) { byIDInDialect[key]?.other = index }
        } else {
          byIDInDialect[key] = (index, nil)
        }
      }
      if let name = rules[index].name {
        byName[name, default: []].append(index)
        byNameInFile[NameInFile(name: name, path: rules[index].source.path), default: []].append(index)
      }
    }
  }

  func rule(ofID id: String) -> RuleID? { byID[id.lowercased()] }

  /// The first other rule in the same dialect that has this id from another place.
  func otherPlace(ofID id: String, than index: RuleID, in rules: RuleColumn<Rule>) -> RuleID? {
    let key = IDInDialect(id: id.lowercased(), dialect: rules[index].key.dialect)
    guard let known = byIDInDialect[key] else { return nil }
    return haveIDOfOnePlace(known.first, index, in: rules) ? known.other : known.first
  }

  /// A rule found by a name.
  struct Match {
    var rule: RuleID
    /// Another rule with the same name, which makes the match a guess.
    var rival: RuleID?
    /// Whether the rule is the only one with that name in the file of the reference.
    var isInFile: Bool
  }

  /// Searches by id, then by name; if several rules have the name, prefers one in the same file.
  func match(of target: String, for index: RuleID, in rules: RuleColumn<Rule>) -> Match? {
    if let found = rule(ofID: target) { return Match(rule: found, rival: nil, isInFile: false) }
    guard let named = byName[target], let first = named.first else { return nil }
    if named.count == 1 { return Match(rule: first, rival: nil, isInFile: false) }
    let inFile = byNameInFile[NameInFile(name: target, path: rules[index].source.path)] ?? []
    let chosen = inFile.first ?? first
    return Match(rule: chosen, rival: chosen == first ? named[1] : first, isInFile: inFile.count == 1)
  }
}

/// Whether two rules got their id from the same place, through `action: global`.
private func haveIDOfOnePlace(_ left: RuleID, _ right: RuleID, in rules: RuleColumn<Rule>) -> Bool {
  rules[left].source.path == rules[right].source.path && rules[left].idPosition == rules[right].idPosition
}
