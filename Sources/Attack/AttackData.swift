import RuleModel

/// What a matrix is made of, read from a data file or a STIX bundle and not yet checked.
struct AttackData {
  var domain: String
  var version: String
  var released: CalendarDate?
  var notice: String
  /// In matrix order; the others in any.
  var tactics: [Tactic] = []
  var techniques: [Technique] = []
  var groups: [AttackObject] = []
  var campaigns: [AttackObject] = []
  var software: [AttackObject] = []
  var strategies: [DetectionStrategy] = []
}

/// What doesn't hold together in ATT&CK data.
struct AttackDataFault: Error {
  /// The id of the record at fault.
  var id: String
  var message: String
}

extension AttackMatrix {
  /// Makes sure that ids are unique, that what they refer to exists, and that no replacement leads back to itself.
  func checkReferences() throws(AttackDataFault) {
    try checkUnique(tactics.map(\.id))
    try checkUnique(techniques.map(\.id))
    for objects in [groups, campaigns, software] { try checkUnique(objects.map(\.id)) }
    try checkUnique(strategies.map(\.id))
    var checked: Set<TechniqueID> = []
    for technique in techniques {
      if technique.isActive, technique.tactics.isEmpty {
        throw AttackDataFault(id: "\(technique.id)", message: "\(technique.id) is active but belongs to no tactic")
      }
      for tactic in technique.tactics where self.tactic(tactic) == nil {
        throw AttackDataFault(
          id: "\(technique.id)", message: "\(technique.id) names \(tactic), which the data doesn't have")
      }
      try checkReplacement(of: technique.id, &checked) { self.technique($0)?.status }
    }
    var checkedObjects: Set<AttackObjectID> = []
    for object in groups + campaigns + software {
      try checkKnown(object.techniques, in: "\(object.id)")
      try checkReplacement(of: object.id, &checkedObjects) { self.object($0)?.status }
    }
    for strategy in strategies { try checkKnown(strategy.techniques, in: "\(strategy.id)") }
  }

  private func checkUnique<ID: Hashable>(_ ids: [ID]) throws(AttackDataFault) {
    var seen: Set<ID> = []
    for id in ids where !seen.insert(id).inserted {
      throw AttackDataFault(id: "\(id)", message: "\(id) appears twice")
    }
  }

  private func checkKnown(_ ids: [TechniqueID], in user: String) throws(AttackDataFault) {
    for id in ids where index(of: id) == nil {
      throw AttackDataFault(id: user, message: "\(user) names \(id), which the data doesn't have")
    }
  }

  /// - Parameter checked: those of which it is known that their replacements lead somewhere.
  private func checkReplacement<ID: Hashable>(
    of id: ID, _ checked: inout Set<ID>, status: (ID) -> AttackStatus<ID>?
  ) throws(AttackDataFault) {
    var seen: Set = [id]
    var current = id
    while !checked.contains(current), case .revoked(let next) = status(current) {
      guard status(next) != nil else {
        throw AttackDataFault(
          id: "\(current)", message: "\(current) was replaced by \(next), which the data doesn't have")
      }
      guard seen.insert(next).inserted else {
        throw AttackDataFault(id: "\(id)", message: "the replacements of \(id) lead in a circle")
      }
      current = next
    }
    checked.formUnion(seen)
  }
}
