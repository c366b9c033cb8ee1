import RuleModel

/// Finds rules by id, or by the name that Sigma's correlations may use.
struct RuleNames {
  private struct NameInFile: Hashable {
    var name: String
    var path: String
  }

  /// An engine knows the ids of its own rules only.
  private struct IDInDialect: Hashable {
    var id: String
    var dialect: Dialect
  }

  /// The first rule of each id.
  private var byID: [String: RuleID] = [:]
  /// The first rule of each id of a dialect, and the first that has it from another place.
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

  /// The first rule of an id that has it from another place than one of the same dialect that has it.
  func otherPlace(ofID id: String, than index: RuleID, in rules: RuleColumn<Rule>) -> RuleID? {
    let key = IDInDialect(id: id.lowercased(), dialect: rules[index].key.dialect)
    guard let known = byIDInDialect[key] else { return nil }
    return haveIDOfOnePlace(known.first, index, in: rules) ? known.other : known.first
  }

  /// A rule that has a name.
  struct Match {
    var rule: RuleID
    /// Another one that has it, so that which of them is meant is a guess.
    var rival: RuleID?
    /// Whether the rule is the only one of that name in the file that names it.
    var isInFile: Bool
  }

  /// By id, else by name; of several of a name, the one in the same file.
  func match(of target: String, for index: RuleID, in rules: RuleColumn<Rule>) -> Match? {
    if let found = rule(ofID: target) { return Match(rule: found, rival: nil, isInFile: false) }
    guard let named = byName[target], let first = named.first else { return nil }
    if named.count == 1 { return Match(rule: first, rival: nil, isInFile: false) }
    let inFile = byNameInFile[NameInFile(name: target, path: rules[index].source.path)] ?? []
    let chosen = inFile.first ?? first
    return Match(rule: chosen, rival: chosen == first ? named[1] : first, isInFile: inFile.count == 1)
  }
}

/// Whether two rules got their id from one place, by way of `action: global`.
private func haveIDOfOnePlace(_ left: RuleID, _ right: RuleID, in rules: RuleColumn<Rule>) -> Bool {
  rules[left].source.path == rules[right].source.path && rules[left].idPosition == rules[right].idPosition
}
