package import Attack
package import RuleModel

/// The rules of a catalog for each technique and tactic of ATT&CK.
///
/// A technique's rules include those of its sub-techniques, but not the other way round. Rules are listed in the order
/// of keys; ``isCounted`` says which of them count.
package struct TechniqueCoverage: Sendable {
  /// The rules of a technique.
  package struct Entry: Hashable, Sendable {
    /// The rules that name it, or an id that it replaced.
    package var own: [RuleID] = []
    /// The same, and those of its sub-techniques, each once.
    package var all: [RuleID] = []
    /// How many of ``own`` are counted.
    package var ownCounted = 0
    /// How many of ``all`` are counted.
    package var counted = 0

    package var isCovered: Bool { counted > 0 }
  }

  /// How many of a set of techniques have a counted rule.
  package struct Share: Hashable, Sendable {
    package var covered = 0
    package var total = 0
  }

  /// The coverage of a tactic.
  package struct TacticEntry: Hashable, Sendable {
    package var techniques = Share()
    package var subtechniques = Share()
    /// The counted rules for its techniques, each once.
    package var rules: [RuleID] = []
    /// Rules that name the tactic but none of its techniques, counted or not.
    package var unspecific: [RuleID] = []
  }

  /// An inactive technique has no rules.
  package let techniques: TechniqueColumn<Entry>
  /// In the order of the matrix's tactics.
  package let tactics: [TacticEntry]
  /// Whether coverage counts a rule.
  package let isCounted: RuleColumn<Bool>
  /// The rules that name each revoked or deprecated technique by its id.
  package let naming: [TechniqueID: [RuleID]]

  /// Techniques and sub-techniques together.
  package let total: Share

  /// - Parameters:
  ///   - attack: what each rule covers in the matrix.
  ///   - counted: which rules coverage counts.
  ///   - neverMatching: the rules that can never match, and so aren't counted.
  package init(
    of rules: RuleColumn<Rule>, attack: RuleColumn<AttackCoverage>, matrix: AttackMatrix,
    counted: CountedRules = CountedRules(), neverMatching: Set<RuleID> = []
  ) {
    let isCounted = rules.mapPlaces { counted.contains(rules[$0]) && !neverMatching.contains($0) }
    var entries = TechniqueColumn<Entry>(repeating: Entry(), count: matrix.techniques.count)
    var naming: [TechniqueID: [RuleID]] = [:]
    for (rule, coverage) in attack.pairs {
      for id in coverage.techniques {
        guard let technique = matrix.index(of: id) else { continue }
        entries[technique].own.append(rule)
        entries[technique].all.append(rule)
        // A rule's techniques are sorted, so sub-techniques of the same technique are adjacent.
        if let parent = id.parent.flatMap(matrix.index), entries[parent].all.last != rule {
          entries[parent].all.append(rule)
        }
      }
      let written = coverage.revoked.map(\.written) + coverage.deprecated
      for id in Set(written.compactMap { TechniqueID($0) }) { naming[id, default: []].append(rule) }
    }
    for technique in entries.indices {
      entries[technique].ownCounted = entries[technique].own.count { isCounted[$0] }
      entries[technique].counted = entries[technique].all.count { isCounted[$0] }
    }

    var total = Share()
    var tactics = [TacticEntry](repeating: TacticEntry(), count: matrix.tactics.count)
    var order: [AttackObjectID: Int] = [:]
    for (tactic, value) in matrix.tactics.enumerated() { order[value.id] = tactic }
    var rulesOfTactic = [Set<RuleID>](repeating: [], count: matrix.tactics.count)
    for (technique, value) in matrix.techniques.pairs where value.isActive {
      total.count(entries[technique])
      for tactic in value.tactics.compactMap({ order[$0] }) {
        if value.id.isSubtechnique {
          tactics[tactic].subtechniques.count(entries[technique])
        } else {
          tactics[tactic].techniques.count(entries[technique])
        }
        rulesOfTactic[tactic].formUnion(entries[technique].own.lazy.filter { isCounted[$0] })
      }
    }
    for (rule, coverage) in attack.pairs {
      for row in coverage.rows where row.techniques.isEmpty {
        if let tactic = order[row.tactic] { tactics[tactic].unspecific.append(rule) }
      }
    }
    for tactic in tactics.indices { tactics[tactic].rules = rulesOfTactic[tactic].sorted() }

    (self.techniques, self.tactics, self.isCounted, self.naming) = (entries, tactics, isCounted, naming)
    self.total = total
  }
}

extension TechniqueCoverage.Share {
  fileprivate mutating func count(_ entry: TechniqueCoverage.Entry) {
    total += 1
    if entry.isCovered { covered += 1 }
  }
}
