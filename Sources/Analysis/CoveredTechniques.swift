package import RuleModel

/// What some rules of a catalog cover in ATT&CK: how many of the counted ones name each technique and each tactic.
package struct CoveredTechniques: Sendable {
  /// How many of the rules are counted.
  package let counted: Int
  /// Techniques and sub-techniques that rules name themselves; most rules first, then by id.
  package let techniques: [(id: TechniqueID, rules: Int)]
  /// How many of the counted rules name each tactic, directly or through a technique.
  package let tactics: [AttackObjectID: Int]

  /// - Parameter rules: unique.
  package init(of rules: [RuleID], in index: CatalogIndex) {
    var counted = 0
    var techniques: [TechniqueID: Int] = [:]
    var tactics: [AttackObjectID: Int] = [:]
    for rule in rules where index.techniques.isCounted[rule] {
      counted += 1
      for technique in index.attack[rule].techniques { techniques[technique, default: 0] += 1 }
      for row in index.attack[rule].rows { tactics[row.tactic, default: 0] += 1 }
    }
    self.counted = counted
    self.tactics = tactics
    self.techniques = techniques.map { (id: $0.key, rules: $0.value) }.sorted { left, right in
      left.rules != right.rules ? left.rules > right.rules : left.id < right.id
    }
  }
}
