import Diagnostics
package import RuleModel

/// What carries a tag to another version of ATT&CK.
package enum TagChange: Hashable, Sendable {
  /// What follows the namespace is to be this.
  case rename(to: String)
  /// The rule already has what it would become, and a tag appears once (Sigma Specification 2.1.0, "Tags").
  case removal
}

/// What a version of ATT&CK makes of a tag.
package enum TagSuccession: Hashable, Sendable {
  /// It holds, or no version had it.
  case none
  case certain(TagChange)
  /// It is no longer valid, and it isn't known what took its place: nothing took its place, or several did.
  case undecided
}

extension AttackMatrix {
  /// What becomes of each of a rule's tags: those of revoked ids and of tactics that ended change.
  ///
  /// A tactic that ended becomes the one that the rule's techniques belong to now; where they belong to several, the one that no other
  /// tag names.
  package func successions(of tags: [AttackTag]) -> [TagSuccession] {
    let techniques = tags.compactMap { tag -> TechniqueID? in
      guard case .technique(let id) = meaning(of: tag.target), case .active(let active) = resolve(id) else {
        return nil
      }
      return active
    }
    let successors = tags.map { self.successors(of: $0.target, techniques) }
    var named = Set(zip(tags, successors).filter { $1 == nil }.map { identity(of: $0.0.target) })
    return zip(tags, successors).map { tag, successors in
      guard let successors else { return .none }
      let missing = successors.filter { !named.contains(identity(of: $0)) }
      if !successors.isEmpty, missing.isEmpty { return .certain(.removal) }
      guard let successor = missing.first, missing.count == 1 else { return .undecided }
      named.insert(identity(of: successor))
      return .certain(.rename(to: name(of: successor, like: tag.written)))
    }
  }

  /// What tags that were written for another version mean in this one: ids that are revoked and tactics that ended count as what took their
  /// place, as far as that is certain.
  package func coverage(ofCarried tags: [AttackTag]) -> AttackCoverage {
    let carried = zip(tags, successions(of: tags)).compactMap { tag, succession -> AttackTag? in
      switch succession {
      case .none, .undecided: tag
      case .certain(.rename(let name)): AttackTag(name, at: tag.span)
      case .certain(.removal): nil
      }
    }
    return coverage(of: carried, in: SourceFile(path: ""))
  }

  /// What took the place of what a tag names, as far as the rule's techniques tell; nil where it holds, or no version had it.
  private func successors(of target: AttackTag.Target, _ techniques: [TechniqueID]) -> [AttackTag.Target]? {
    switch target {
    case .technique(let id): successors(of: id, resolve(id)) { .technique($0) }
    case .object(let id): successors(of: id, resolve(id)) { .object($0) }
    case .tacticName(let name):
      retiredTactic(named: name).map { retired in
        successors(of: retired, meantBy: techniques).map { .tacticName($0.shortName) }
      }
    case .name:
      switch meaning(of: target) {
      case .name: nil
      case let meaning: successors(of: meaning, techniques)
      }
    }
  }

  private func successors<ID>(
    of id: ID, _ resolution: AttackResolution<ID>, _ target: (ID) -> AttackTag.Target
  ) -> [AttackTag.Target]? {
    switch resolution {
    case .active(id), .unknown: nil
    case .active(let active): [target(active)]
    case .deprecated: []
    }
  }

  /// The same for all ways to name something: a tactic by its name is the tactic by its id.
  private func identity(of target: AttackTag.Target) -> AttackTag.Target {
    let target = meaning(of: target)
    guard case .tacticName(let name) = target, let tactic = tactic(named: name) else { return target }
    return .object(tactic.id)
  }

  /// As a tag has it: in lower case (Sigma Specification 2.1.0, appendix "Tags"), but an id with a capital where the rule writes them so.
  private func name(of target: AttackTag.Target, like written: String) -> String {
    let id: String
    switch target {
    case .technique(let technique): id = "\(technique)"
    case .object(let object): id = "\(object)"
    case .tacticName(let name), .name(let name): return name
    }
    return written.first?.isUppercase == true ? id : id.lowercased()
  }
}
