import RuleModel
import Text

/// Walks through a rule's logic and keeps what concerns one of its log sources.
struct OwnLogicWalk {
  /// What is left of a part of the logic.
  enum Part {
    case logic(Predicate)
    /// It is true of each event of the log source.
    case always
    /// It is true of none.
    case never
    /// It concerns other events.
    case other
  }

  private let stages: [Stage]
  /// What stages call the log source.
  private let names: Set<String>
  private let naming: LogNaming
  /// What tests call the log source, and the name of its log; nil if no test names a log source.
  private let own: (names: LogSourceNames, log: String)?
  /// What tests call the rule's log sources.
  private let all: LogSourceNames
  private var known: [Int: Part] = [:]

  /// - Parameter own: the log source; nil if no test names one.
  init(stages: [Stage], names: Set<String>, naming: LogNaming, own: LogSource?, all: LogSourceNames) {
    (self.stages, self.names, self.naming, self.all) = (stages, names, naming, all)
    self.own = own.map { (LogSourceNames([$0]), LogSourceNames.log(of: $0)) }
  }

  mutating func part(ofStage index: Int) -> Part {
    if let part = known[index] { return part }
    // A stage nested in itself has no effect.
    known[index] = .logic(.all([]))
    let reads = stages[index].reads
    let isOther = !reads.isEmpty && !names.isEmpty && !reads.contains { names.contains(lowercasedASCII($0)) }
    var part = isOther ? .other : part(of: stages[index].predicate)
    // Other events may match the rest of the query.
    if case .never = part, index > 0, matchesOwnEvents(stages[index]) { part = .other }
    known[index] = part
    return part
  }

  private func matchesOwnEvents(_ stage: Stage) -> Bool {
    stage.form == .source || stage.form == .condition && stages[0].language != nil
  }

  private mutating func part(of predicate: Predicate) -> Part {
    switch predicate {
    case .all(let parts): return whole(parts, isAll: true)
    case .any(let parts): return whole(parts, isAll: false)
    case .not(let inner):
      switch part(of: inner) {
      case .logic(let predicate): return .logic(.not(predicate))
      case .always: return .never
      case .never: return .always
      case .other: return .other
      }
    case .stage(let index):
      guard stages.indices.contains(index) else { return .logic(predicate) }
      let found = part(ofStage: index)
      if case .logic = found { return .logic(predicate) }
      return found
    case .test(let test):
      guard let kind = naming.names(inField: test.field), let isTrue = truth(of: test, kind) else {
        return .logic(predicate)
      }
      return isTrue ? .always : .never
    case .text: return .logic(predicate)
    }
  }

  private mutating func whole(_ members: [Predicate], isAll: Bool) -> Part {
    var kept: [Predicate] = []
    var (isAlways, isNever, isOther) = (false, false, false)
    for member in members {
      switch part(of: member) {
      case .logic(let predicate): kept.append(predicate)
      case .always: isAlways = true
      case .never: isNever = true
      case .other: isOther = true
      }
    }
    if isAll {
      if isNever { return .never }
      if kept.isEmpty, !members.isEmpty { return isAlways ? .always : .other }
      return .logic(.all(kept))
    }
    if isAlways { return .always }
    if kept.isEmpty, !members.isEmpty { return isOther ? .other : .never }
    return .logic(.any(kept))
  }

  /// Whether a test is true of the log source's events: if it names this log source, or another one of the rule, whose
  /// events are found there. nil if it may be.
  private func truth(of test: Test, _ kind: LogSourceNames.Kind) -> Bool? {
    guard let own else { return nil }
    let value = lowercasedASCII(test.value)
    let isPrefix = test.kind == .startsWith
    guard test.kind == .eq || isPrefix && kind == .log else { return nil }
    let isOwn: Bool
    let isOfOthers: Bool
    switch kind {
    case .log:
      func isMeant(_ name: String) -> Bool { isPrefix ? name.hasPrefix(value) : name == value }
      isOwn = isMeant(own.log)
      isOfOthers = isPrefix ? all.logs.contains(where: isMeant) : all.logs.contains(value)
    case .module: (isOwn, isOfOthers) = (own.names.holds(module: value), all.holds(module: value))
    case .category:
      isOwn = own.names.categories[own.log]?.contains(value) ?? false
      isOfOthers = all.categories[own.log]?.contains(value) ?? false
    }
    return isOwn ? true : isOfOthers ? false : nil
  }
}
