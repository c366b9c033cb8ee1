import RuleModel

/// The tactics and techniques of a version of ATT&CK by their whole names, in any case.
struct AttackNames: Sendable {
  /// The names that tags have for them; also for tactics that ended.
  private var tactics: [String: String] = [:]
  private var active: [String: [TechniqueID]] = [:]
  /// Revoked or deprecated.
  private var inactive: [String: [TechniqueID]] = [:]

  init(_ tactics: [Tactic], _ techniques: TechniqueColumn<Technique>, _ retired: [RetiredTactic]) {
    for tactic in retired { self.tactics[AttackNames.key(tactic.name)] = tactic.shortName }
    for tactic in tactics { self.tactics[AttackNames.key(tactic.name)] = tactic.shortName }
    let parents = Dictionary(techniques.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    for technique in techniques {
      let parent = technique.id.parent.flatMap { parents[$0] }
      for name in [technique.name] + (parent.map { ["\($0): \(technique.name)"] } ?? []) {
        if technique.isActive {
          active[name.lowercased(), default: []].append(technique.id)
        } else {
          inactive[name.lowercased(), default: []].append(technique.id)
        }
      }
    }
  }

  /// In lower case, with hyphens: `credential-access`.
  func tactic(named name: String) -> String? { tactics[AttackNames.key(name)] }

  /// Words may be divided by spaces, hyphens or underscores.
  private static func key(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
  }

  /// The active ones; if there are none, those that were revoked or deprecated.
  func techniques(named name: String) -> [TechniqueID] {
    let name = name.lowercased()
    return active[name] ?? inactive[name] ?? []
  }
}

extension AttackMatrix {
  /// What a name means. One that several techniques have, or none, stays a name.
  func meaning(of target: AttackTag.Target) -> AttackTag.Target {
    guard case .name(let name) = target else { return target }
    if let tactic = names.value.tactic(named: name) { return .tacticName(tactic) }
    let techniques = names.value.techniques(named: name)
    return techniques.count == 1 ? .technique(techniques[0]) : target
  }
}
