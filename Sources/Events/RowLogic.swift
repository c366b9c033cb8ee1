import RuleModel
import Text

/// A query's logic in the parts that different events may match: its own rows, the events of a sequence, and the rows of
/// other queries that it joins or takes values from. For other rules, the whole logic.
///
/// What a part requires says nothing about the events of the others.
struct RowLogic {
  /// With the logic of other rows taken out.
  private(set) var stages: [Stage]
  /// At least one.
  private(set) var parts: [Predicate] = [.stage(0)]

  /// The logic as one part.
  init(whole stages: [Stage]) { self.stages = stages }

  /// - Parameter stages: at least one.
  init(of stages: [Stage]) {
    self.init(whole: stages)
    guard stages[0].language != nil else { return }
    var isKnown = Array(repeating: false, count: stages.count)
    var next: [Int] = []
    func follow(_ predicate: Predicate) {
      predicate.forEachLeaf { leaf, _ in
        guard case .stage(let index) = leaf, stages.indices.contains(index), !isKnown[index] else { return }
        isKnown[index] = true
        next.append(index)
      }
    }
    follow(parts[0])
    while let index = next.popLast() {
      let known = parts.count
      let stage = stages[index]
      switch stage.form {
      case .condition: break
      case .source: self.stages[index].predicate = rows(stage.predicate)
      case .command where Self.subqueries.contains(lowercasedASCII(stage.name)):
        self.stages[index].predicate = rows(stage.predicate)
      case .command:
        let isUnion = Self.unions.contains(lowercasedASCII(stage.name))
        self.stages[index].predicate = condition(stage.predicate, isUnion: isUnion)
      }
      follow(self.stages[index].predicate)
      for part in parts[known...] { follow(part) }
    }
    if self.stages[0].predicate.isAlways, parts.count > 1 { parts.removeFirst() }
  }

  /// Commands whose queries get the rows of the query around them.
  private static let subqueries: Set<String> = ["mv-apply", "mvapply", "partition"]
  /// Commands that return the rows of several queries.
  private static let unions: Set<String> = [
    "union", "append", "appendcols", "appendpipe", "multisearch", "set", "fork",
  ]

  /// What the rows of a query meet: the logic of its commands.
  private mutating func rows(_ predicate: Predicate) -> Predicate {
    switch predicate {
    case .all(let members): return .all(kept(members) { $0.rows($1) })
    case .any(let members): return .any(members.map { rows($0) })
    case .stage(let index) where isForm(index, .condition):
      parts.append(predicate)
      return .all([])
    default: return own(predicate)
    }
  }

  /// The condition of a command, in which another query's name stands for what its rows meet.
  private mutating func condition(_ predicate: Predicate, isUnion: Bool = false) -> Predicate {
    switch predicate {
    case .all(let members):
      // The commands of one query.
      let isQuery = members.allSatisfy { if case .stage(let index) = $0 { isForm(index, .command) } else { false } }
      guard isQuery, !members.isEmpty else { return .all(kept(members) { $0.condition($1, isUnion: isUnion) }) }
      parts.append(predicate)
      return .all([])
    case .any(let members): return .any(members.map { isUnion ? rows($0) : condition($0) })
    case .stage:
      parts.append(predicate)
      return .all([])
    default: return own(predicate)
    }
  }

  private func own(_ predicate: Predicate) -> Predicate {
    // An event that must be absent selects none.
    if case .not(.stage(let index)) = predicate, isForm(index, .condition) { return .all([]) }
    return predicate
  }

  private mutating func kept(_ members: [Predicate], _ part: (inout Self, Predicate) -> Predicate) -> [Predicate] {
    members.map { part(&self, $0) }.filter { !$0.isAlways }
  }

  private func isForm(_ index: Int, _ form: Stage.Form) -> Bool {
    stages.indices.contains(index) && stages[index].form == form
  }
}
