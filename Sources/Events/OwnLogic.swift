import RuleModel
import Text

/// Limits a rule's logic to the events of one of its log sources.
///
/// Parts that concern only other log sources are left out: whole legs of a union, events of a sequence, and the branches
/// of an `or` that ask for another data set, category or table of the rule. All that such a branch pins is pinned in the
/// other log source alone.
struct OwnLogic {
  private let stages: [Stage]
  private let logSources: [LogSource]
  private let naming: LogNaming
  /// Whether some stages read only some of the log sources.
  private let hasReads: Bool
  /// Whether some tests name one of the log sources.
  private let hasNames: Bool
  /// What the rule's log sources are called, in lower case.
  private let all: Names

  init(of stages: [Stage], _ logSources: [LogSource], naming: LogNaming) {
    (self.stages, self.logSources, self.naming) = (stages, logSources, naming)
    guard naming != .logSource else {
      (hasReads, hasNames, all) = (false, false, Names())
      return
    }
    hasReads = stages.contains { !$0.reads.isEmpty }
    var hasNames = false
    if logSources.count > 1 {
      stages.forEachTest { test, _ in if naming.names(inField: test.field) != nil { hasNames = true } }
    }
    self.hasNames = hasNames
    var all = Names()
    if hasNames { for source in logSources { all.add(source) } }
    self.all = all
  }

  /// The stages as far as they concern a log source; nil if no event of it can match.
  func stages(of logSource: LogSource) -> [Stage]? {
    let names = naming.readNames(of: logSource)
    guard hasNames || hasReads && !names.isEmpty else { return stages }
    var walk = Walk(
      stages: stages, names: Set(names.map(lowercasedASCII)), naming: naming, own: hasNames ? Names(logSource) : nil,
      all: all)
    var result = stages
    for index in stages.indices {
      switch walk.part(ofStage: index) {
      case .logic(let predicate): result[index].predicate = predicate
      case .never where index == 0: return nil
      case .always, .never, .other: result[index].predicate = .all([])
      }
    }
    return result
  }
}

extension LogNaming {
  /// The kind of name that a field holds; nil for any other field.
  fileprivate func names(inField field: String?) -> Names.Kind? {
    switch (self, field) {
    case (.dataset, "event.dataset"), (.dataset, "data_stream.dataset"): .log
    case (.dataset, "event.module"): .module
    case (.dataset, "event.category"): .category
    case (.table, "Type"), (.logType, "p_log_type"): .log
    default: nil
    }
  }

  /// The names by which stages say that they read a log source.
  fileprivate func readNames(of logSource: LogSource) -> [String] {
    switch self {
    case .logSource: []
    case .dataset, .source, .product: [logSource.category, logSource.product, logSource.service].compactMap(\.self)
    case .table, .logType: [logSource.service].compactMap(\.self)
    }
  }
}

/// What log sources are called, in lower case.
private struct Names {
  enum Kind {
    /// A data set or table.
    case log
    case module
    case category
  }

  private(set) var logs: Set<String> = []
  private(set) var products: Set<String> = []
  /// The categories of each log.
  private(set) var categories: [String: Set<String>] = [:]
  /// The name of the log added last.
  private(set) var log = ""

  init() {}
  init(_ logSource: LogSource) { add(logSource) }

  mutating func add(_ logSource: LogSource) {
    let product = lowercasedASCII(logSource.product ?? "")
    log = lowercasedASCII(logSource.service ?? "\(product)*")
    logs.insert(log)
    products.insert(product)
    if let category = logSource.category { categories[log, default: []].insert(lowercasedASCII(category)) }
  }

  func holds(module: String) -> Bool { products.contains { LogSource.data(of: $0, mayHoldModule: module) } }
}

private struct Walk {
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

  let stages: [Stage]
  /// What stages call the log source.
  let names: Set<String>
  let naming: LogNaming
  /// What tests call the log source, and all log sources of the rule; nil if none names any.
  let own: Names?
  let all: Names
  private var known: [Int: Part] = [:]

  init(stages: [Stage], names: Set<String>, naming: LogNaming, own: Names?, all: Names) {
    (self.stages, self.names, self.naming, self.own, self.all) = (stages, names, naming, own, all)
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
      guard let own, let kind = naming.names(inField: test.field), let isTrue = truth(of: test, kind, own) else {
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
  private func truth(of test: Test, _ kind: Names.Kind, _ own: Names) -> Bool? {
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
    case .module: (isOwn, isOfOthers) = (own.holds(module: value), all.holds(module: value))
    case .category:
      isOwn = own.categories[own.log]?.contains(value) ?? false
      isOfOthers = all.categories[own.log]?.contains(value) ?? false
    }
    return isOwn ? true : isOfOthers ? false : nil
  }
}
