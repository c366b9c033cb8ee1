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
  private let all: LogSourceNames

  init(of stages: [Stage], _ logSources: [LogSource], naming: LogNaming) {
    (self.stages, self.logSources, self.naming) = (stages, logSources, naming)
    guard naming != .logSource else {
      (hasReads, hasNames, all) = (false, false, LogSourceNames())
      return
    }
    hasReads = stages.contains { !$0.reads.isEmpty }
    var hasNames = false
    if logSources.count > 1 {
      stages.forEachTest { test, _ in if naming.names(inField: test.field) != nil { hasNames = true } }
    }
    self.hasNames = hasNames
    all = hasNames ? LogSourceNames(logSources) : LogSourceNames()
  }

  /// The stages as far as they concern a log source; nil if no event of it can match.
  func stages(of logSource: LogSource) -> [Stage]? {
    let names = naming.readNames(of: logSource)
    guard hasNames || hasReads && !names.isEmpty else { return stages }
    var walk = OwnLogicWalk(
      stages: stages, names: Set(names.map(lowercasedASCII)), naming: naming, own: hasNames ? logSource : nil, all: all)
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
  /// The names by which stages say that they read a log source.
  fileprivate func readNames(of logSource: LogSource) -> [String] {
    switch self {
    case .logSource: []
    case .dataset, .source, .product: [logSource.category, logSource.product, logSource.service].compactMap(\.self)
    case .table, .logType: [logSource.service].compactMap(\.self)
    }
  }
}
