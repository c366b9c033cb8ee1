import RuleModel
import Text

/// Turns STIX objects, which refer to each other by random ids, into records that go by ATT&CK's ids.
struct STIXReader {
  private var objects: [String: [STIXObject]] = [:]
  /// Active relationships: type, then the STIX id of the source, then those of its targets.
  private var relations: [String: [String: [String]]] = [:]

  init(_ bundle: [STIXObject]) {
    for object in bundle {
      if object.type != "relationship" {
        objects[object.type, default: []].append(object)
      } else if object.isActive, let type = object.relationshipType, let source = object.source,
        let target = object.target
      {
        relations[type, default: [:]][source, default: []].append(target)
      }
    }
  }

  func data(version: String?) throws(ImportError) -> AttackData {
    let tactics = try tactics()
    let collection = objects["x-mitre-collection"]?.first
    guard let version = version ?? collection?.version, !version.isEmpty else {
      throw ImportError("the bundle doesn't say which version of ATT&CK it is; name it, as in --version 19.1")
    }
    var data = AttackData(
      domain: try domain(), version: version,
      released: collection?.modified.flatMap { CalendarDate(String($0.prefix("2026-05-12".count))) }, notice: notice)
    data.tactics = tactics.map(\.tactic)
    let patterns = Family<TechniqueID>(objects["attack-pattern"])
    guard !patterns.isEmpty else {
      throw ImportError("the bundle has no techniques (attack-pattern); give one like enterprise-attack.json")
    }
    let phases = Dictionary(
      tactics.map { ($0.tactic.shortName, $0.tactic.id) }, uniquingKeysWith: { first, _ in first })
    data.techniques = patterns.current.map { id, object in
      let tactics = object.isActive ? object.killChainPhases ?? [] : []
      return Technique(
        id: id, name: object.trimmedName, summary: object.summary, status: status(of: object, id, in: patterns),
        tactics: distinct(tactics.compactMap { phases[$0.name] }),
        platforms: object.isActive ? distinct(object.platforms ?? []) : [])
    }

    let users = Family<AttackObjectID>(
      ["intrusion-set", "campaign", "malware", "tool"].flatMap { objects[$0] ?? [] })
    for (id, object) in users.current {
      let used = object.isActive ? relations["uses"]?[object.id] ?? [] : []
      let user = AttackObject(
        id: id, name: object.trimmedName, summary: object.summary, aliases: object.isActive ? object.otherNames : [],
        status: status(of: object, id, in: users), techniques: distinct(used.compactMap { patterns.active[$0] }),
        software: distinct(used.compactMap { users.active[$0] }.filter { $0.kind == .software }),
        groups: distinct((relations["attributed-to"]?[object.id] ?? []).compactMap { users.active[$0] }))
      switch id.kind {
      case .group: data.groups.append(user)
      case .campaign: data.campaigns.append(user)
      case .software: data.software.append(user)
      default: continue
      }
    }
    data.strategies = strategies(patterns)
    return data
  }

  private func status<ID: AttackID>(of object: STIXObject, _ id: ID, in family: Family<ID>) -> AttackStatus<ID> {
    if object.isActive { return .active }
    let replacements = (relations["revoked-by"]?[object.id] ?? []).compactMap { family.all[$0] }.filter { $0 != id }
    // Revoked without a replacement comes to the same as deprecated.
    return object.revoked == true ? replacements.min().map { .revoked(by: $0) } ?? .deprecated : .deprecated
  }

  private func strategies(_ patterns: Family<TechniqueID>) -> [DetectionStrategy] {
    let analytics = Family<AttackObjectID>(objects["x-mitre-analytic"])
    let analyticsBySTIX = Dictionary(
      analytics.current.map { ($1.id, (id: $0, object: $1)) }, uniquingKeysWith: { first, _ in first })
    let components = Family<AttackObjectID>(objects["x-mitre-data-component"])
    let componentsBySTIX = Dictionary(
      components.current.map { ($1.id, DataComponent(id: $0, name: $1.trimmedName)) },
      uniquingKeysWith: { first, _ in first })

    return Family<AttackObjectID>(objects["x-mitre-detection-strategy"]).current.compactMap { id, strategy in
      let techniques = distinct((relations["detects"]?[strategy.id] ?? []).compactMap { patterns.active[$0] })
      guard strategy.isActive, !techniques.isEmpty else { return nil }
      let analytics = (strategy.analytics ?? []).compactMap { analyticsBySTIX[$0] }.filter(\.object.isActive)
      return DetectionStrategy(
        id: id, techniques: techniques,
        analytics: analytics.sorted { $0.id < $1.id }.map { id, analytic in
          let sources = (analytic.logSources ?? []).compactMap { source in
            componentsBySTIX[source.component].map {
              Analytic.LogSource(name: trimmed(source.name), channel: trimmed(source.channel), component: $0)
            }
          }
          return Analytic(id: id, platforms: distinct(analytic.platforms ?? []), logSources: distinct(sources))
        })
    }
  }
}

// MARK: The bundle as a whole

extension STIXReader {
  /// The active matrices: mobile ATT&CK once had two.
  private var matrices: [STIXObject] { objects["x-mitre-matrix", default: []].filter(\.isActive) }

  private func domain() throws(ImportError) -> String {
    let domains = distinct(matrices.compactMap(\.attackID))
    guard let domain = domains.first else {
      throw ImportError("the matrix has no id, which names the domain; give a bundle like enterprise-attack.json")
    }
    guard domains.count == 1 else {
      throw ImportError(
        "the bundle mixes the domains \(domains.joined(separator: ", ")); give the bundle of one of them")
    }
    return domain
  }

  private func tactics() throws(ImportError) -> [(id: String, tactic: Tactic)] {
    var tactics: [String: Tactic] = [:]
    for object in objects["x-mitre-tactic", default: []] {
      guard let id = object.attackID.flatMap({ AttackObjectID($0) }), id.kind == .tactic,
        let shortName = object.shortName
      else { continue }
      tactics[object.id] = Tactic(id: id, name: object.trimmedName, shortName: shortName)
    }
    guard !tactics.isEmpty else {
      throw ImportError("the bundle has no tactics (x-mitre-tactic); give a complete one like enterprise-attack.json")
    }
    let order = matrices.flatMap { $0.tactics ?? [] }.distinct()
    guard !order.isEmpty else {
      throw ImportError(
        "the bundle has no matrix (x-mitre-matrix) to order its tactics; give a complete one like enterprise-attack.json"
      )
    }
    return try order.map { (id) throws(ImportError) in
      guard let tactic = tactics[id] else {
        throw ImportError("the matrix names the tactic \(id), which the bundle doesn't have; download the bundle again")
      }
      return (id, tactic)
    }
  }

  /// What the licence asks each copy to carry, with the last year of the bundle's own statement.
  private var notice: String {
    let statement = objects["marking-definition", default: []].compactMap(\.definition?.statement).first {
      $0.contains("MITRE")
    }
    let year = (statement ?? "").split { !$0.isNumber }.last { $0.utf8.count == 4 }
    let designation = "© \(year.map { "\($0) " } ?? "")The MITRE Corporation."
    let permission = "This work is reproduced and distributed with the permission of The MITRE Corporation."
    let trademarks = "MITRE ATT&CK and ATT&CK are registered trademarks of The MITRE Corporation."
    return "\(designation) \(permission) \(trademarks)"
  }
}

/// The objects of a kind by ATT&CK's id, and which ids the STIX ids represent.
private struct Family<ID: AttackID> {
  /// By id; of several objects with one id the active one, or else the one modified last.
  let current: [(id: ID, object: STIXObject)]
  let all: [String: ID]
  let active: [String: ID]

  init(_ objects: [STIXObject]?) {
    var current: [ID: STIXObject] = [:]
    var (all, active): ([String: ID], [String: ID]) = ([:], [:])
    for object in objects ?? [] {
      guard let id = object.attackID.flatMap({ ID($0) }) else { continue }
      all[object.id] = id
      if object.isActive { active[object.id] = id }
      if let other = current[id], !object.precedes(other) { continue }
      current[id] = object
    }
    self.current = current.sorted { $0.key < $1.key }.map { ($0, $1) }
    (self.all, self.active) = (all, active)
  }

  var isEmpty: Bool { current.isEmpty }
}

extension STIXObject {
  /// Whether it rather than another object with its id in ATT&CK is meant by it.
  fileprivate func precedes(_ other: STIXObject) -> Bool {
    if isActive != other.isActive { return isActive }
    return (modified ?? "", id) > (other.modified ?? "", other.id)
  }
}

/// Sorted, each once.
private func distinct<Element: Hashable & Comparable>(_ elements: [Element]) -> [Element] {
  Set(elements).sorted()
}
