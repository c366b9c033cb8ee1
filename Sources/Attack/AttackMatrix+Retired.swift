import RuleModel

extension AttackMatrix {
  /// The tactic that this version has no more, though a tag may still name it.
  func retiredTactic(named shortName: String) -> RetiredTactic? {
    tactic(named: shortName) == nil ? retiredTactics.first { $0.shortName == shortName } : nil
  }

  /// The tactics of this version that its techniques went to.
  func successors(of retired: RetiredTactic) -> [Tactic] { retired.successors.compactMap { tactic(named: $0) } }

  /// Those of them to which techniques of a rule belong.
  func successors(of retired: RetiredTactic, meantBy techniques: [TechniqueID]) -> [Tactic] {
    successors(of: retired).filter { tactic in
      techniques.contains { technique($0)?.tactics.contains(tactic.id) == true }
    }
  }
}
