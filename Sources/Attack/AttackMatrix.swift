package import RuleModel
import Text

/// A version of ATT&CK: its tactics and techniques, who uses them, and how they are seen.
///
/// Every reference in it leads somewhere, and following replacements ends: the initialiser sees to both.
package struct AttackMatrix: Sendable {
  /// `enterprise-attack`, `mobile-attack`, `ics-attack`.
  package let domain: String
  /// `19.2`.
  package let version: String
  /// The day of its release, where the data tells.
  package let released: CalendarDate?
  /// MITRE's copyright designation, which its licence asks each copy to carry: every page that shows ATT&CK's names.
  package let notice: String

  /// In matrix order.
  package let tactics: [Tactic]
  /// By id, so that sub-techniques follow their technique; the inactive ones too.
  package let techniques: TechniqueColumn<Technique>
  /// By id, the inactive ones too; so are campaigns and software.
  package let groups: [AttackObject]
  package let campaigns: [AttackObject]
  package let software: [AttackObject]
  package let strategies: [DetectionStrategy]

  /// Tactics that other versions had, for rules that still name them.
  package let retiredTactics: [RetiredTactic]

  /// Its tactics and techniques by name.
  let names: OnDemand<AttackNames>

  private let techniqueIndex: [TechniqueID: TechniqueIndex]
  private let objectsByID: [AttackObjectID: AttackObject]
  private let strategiesByTechnique: TechniqueColumn<[Int]>
  private let usersByTechnique: TechniqueColumn<[AttackObjectID]>

  /// - Throws: what is inconsistent in the data; see ``AttackDataFault``.
  init(_ data: AttackData, retiredTactics: [RetiredTactic] = []) throws(AttackDataFault) {
    self.retiredTactics = retiredTactics
    domain = data.domain
    version = data.version
    released = data.released
    notice = data.notice
    tactics = data.tactics
    let order = Dictionary(data.tactics.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = TechniqueColumn(data.techniques.sorted { $0.id < $1.id })
    techniques = sorted.mapValues {
      var technique = $0
      technique.tactics.sort { order[$0, default: .max] < order[$1, default: .max] }
      return technique
    }
    groups = data.groups.sorted { $0.id < $1.id }
    campaigns = data.campaigns.sorted { $0.id < $1.id }
    software = data.software.sorted { $0.id < $1.id }
    strategies = data.strategies.sorted { $0.id < $1.id }

    names = OnDemand { [tactics = data.tactics, techniques = sorted] in AttackNames(tactics, techniques, retiredTactics)
    }
    let index = Dictionary(techniques.pairs.map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    techniqueIndex = index
    objectsByID = Dictionary(
      (groups + campaigns + software).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var strategiesByTechnique = TechniqueColumn<[Int]>(repeating: [], count: techniques.count)
    for (at, strategy) in strategies.enumerated() {
      for case let technique? in strategy.techniques.map({ index[$0] }) { strategiesByTechnique[technique].append(at) }
    }
    self.strategiesByTechnique = strategiesByTechnique
    var usersByTechnique = TechniqueColumn<[AttackObjectID]>(repeating: [], count: techniques.count)
    for user in groups + campaigns + software {
      for case let technique? in user.techniques.map({ index[$0] }) { usersByTechnique[technique].append(user.id) }
    }
    self.usersByTechnique = usersByTechnique
    try checkReferences()
  }
}

// MARK: Looking up

extension AttackMatrix {
  package var release: AttackVersion { AttackVersion(domain: domain, version: version) }

  /// `ATT&CK Enterprise 19.2`.
  package var title: String { release.title }

  package func tactic(_ id: AttackObjectID) -> Tactic? { tactics.first { $0.id == id } }

  /// - Parameter shortName: in lower case with hyphens: `credential-access`.
  package func tactic(named shortName: String) -> Tactic? { tactics.first { $0.shortName == shortName } }

  package func technique(_ id: TechniqueID) -> Technique? { techniqueIndex[id].map { techniques[$0] } }

  /// Where it is in ``techniques``, for tables that are dense in techniques.
  package func index(of id: TechniqueID) -> TechniqueIndex? { techniqueIndex[id] }

  /// The groups, campaigns and software, each kind by id.
  package var objects: [AttackObject] { groups + campaigns + software }

  /// A group, campaign or software, active or not.
  package func object(_ id: AttackObjectID) -> AttackObject? { objectsByID[id] }

  /// The active sub-techniques of a technique, by id.
  package func subtechniques(of id: TechniqueID) -> [Technique] {
    guard let start = techniqueIndex[id] else { return [] }
    return techniques[start.advanced(by: 1)...].prefix { $0.id.parent == id }.filter(\.isActive)
  }

  /// The active techniques and sub-techniques of a tactic, by id.
  package func techniques(in tactic: AttackObjectID) -> [Technique] {
    techniques.filter { $0.tactics.contains(tactic) }
  }

  /// How a technique can be seen, by id; its sub-techniques have their own.
  package func strategies(for id: TechniqueID) -> [DetectionStrategy] {
    techniqueIndex[id].map { strategiesByTechnique[$0].map { strategies[$0] } } ?? []
  }

  /// The groups, campaigns and software that use exactly this technique: groups first, each by id.
  package func users(of id: TechniqueID) -> [AttackObjectID] { techniqueIndex[id].map { usersByTechnique[$0] } ?? [] }

  /// How many groups use exactly this technique.
  package func groupCount(of id: TechniqueID) -> Int { users(of: id).count { $0.kind == .group } }

  package func resolve(_ id: TechniqueID) -> AttackResolution<TechniqueID> {
    follow(id) { technique($0)?.status }
  }

  /// Resolves a group, a campaign or software; a tactic is active or unknown.
  package func resolve(_ id: AttackObjectID) -> AttackResolution<AttackObjectID> {
    id.kind == .tactic ? tactic(id) == nil ? .unknown : .active(id) : follow(id) { object($0)?.status }
  }

  private func follow<ID>(_ start: ID, status: (ID) -> AttackStatus<ID>?) -> AttackResolution<ID> {
    var id = start
    while let status = status(id) {
      switch status {
      case .active: return .active(id)
      case .deprecated: return .deprecated
      case .revoked(let replacement): id = replacement
      }
    }
    return .unknown
  }
}
