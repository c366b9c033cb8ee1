import RuleModel
import Text

/// A rule's stages, limited to the events of one of its log sources: parts that concern only other log sources are left
/// out, as are whole legs of a union.
func ownStages(_ stages: [Stage], of logSource: LogSource, naming: LogNaming) -> [Stage] {
  guard stages.contains(where: { !$0.reads.isEmpty }) else { return stages }
  let names: [String?] =
    switch naming {
    case .logSource: []
    case .dataset: [logSource.category]
    case .table, .logType: [logSource.service]
    case .source, .product: [logSource.category, logSource.product, logSource.service]
    }
  guard names.contains(where: { $0 != nil }) else { return stages }
  var logic = OwnLogic(stages: stages, names: Set(names.lazy.compactMap(\.self).map(lowercasedASCII)))
  return stages.indices.map { index in
    var stage = stages[index]
    stage.predicate = logic.predicate(of: index) ?? .all([])
    return stage
  }
}

private struct OwnLogic {
  private enum Finding {
    case underway
    /// nil if it concerns other log sources.
    case found(Predicate?)
  }

  let stages: [Stage]
  /// In lower case.
  let names: Set<String>
  private var findings: [Int: Finding] = [:]

  init(stages: [Stage], names: Set<String>) { (self.stages, self.names) = (stages, names) }

  mutating func predicate(of index: Int) -> Predicate? {
    switch findings[index] {
    case .found(let predicate): return predicate
    // A stage nested in itself has no effect.
    case .underway: return .all([])
    case nil: break
    }
    findings[index] = .underway
    let reads = stages[index].reads
    let isOther = !reads.isEmpty && !reads.contains { names.contains(lowercasedASCII($0)) }
    let found = isOther ? nil : own(stages[index].predicate)
    findings[index] = .found(found)
    return found
  }

  private mutating func own(_ predicate: Predicate) -> Predicate? {
    switch predicate {
    case .all(let parts): return own(parts).map(Predicate.all)
    case .any(let parts): return own(parts).map(Predicate.any)
    case .not(let part): return own(part).map(Predicate.not)
    case .stage(let index):
      guard stages.indices.contains(index) else { return predicate }
      return self.predicate(of: index) == nil ? nil : predicate
    case .test, .text: return predicate
    }
  }

  private mutating func own(_ parts: [Predicate]) -> [Predicate]? {
    let kept = parts.compactMap { own($0) }
    return kept.isEmpty && !parts.isEmpty ? nil : kept
  }
}
