import RuleModel

/// Finds what is tuned by filters that name no rules (`rules: any`): the detections whose log source theirs covers.
///
/// Rules with the same log sources form a group, and groups are found by each of the names that cover their log
/// sources, so the time grows with the number of rules, not with the number of pairs.
struct LogSourceFilters {
  /// For each filter, the detections that it tunes, by key.
  private(set) var tuned: [RuleID: ListedRules] = [:]
  /// For each detection, the filters that tune it, by key.
  private(set) var filters: [RuleID: ListedRules] = [:]

  init(of rules: RuleColumn<Rule>) {
    let filters = rules.indices.filter { rules[$0].filter == .any && !rules[$0].logSources.isEmpty }
    if filters.isEmpty { return }
    let detections = RuleGroups(rules.indices.filter { rules[$0].ruleClass == .detection }, of: rules)
    var groupsByName: [LogSourceNames: [Int]] = [:]
    for (number, group) in detections.all.enumerated() {
      for name in Set(group.logSources.flatMap(\.covering)) { groupsByName[name, default: []].append(number) }
    }
    var filtersOfGroup = [[ArraySlice<RuleID>]](repeating: [], count: detections.all.count)
    for filter in RuleGroups(filters, of: rules).all {
      let lists = filter.logSources.compactMap { groupsByName[$0] }
      let found = lists.count == 1 ? lists[0] : Set(lists.joined()).sorted()
      let tuned = ListedRules(firstOf: found.map { detections.all[$0].rules[...] })
      for index in filter.rules { self.tuned[index] = tuned }
      for group in found { filtersOfGroup[group].append(filter.rules[...]) }
    }
    for (group, lists) in zip(detections.all, filtersOfGroup) where !lists.isEmpty {
      let listed = ListedRules(firstOf: lists)
      for index in group.rules { self.filters[index] = listed }
    }
  }

  /// Whether a filter with one list of log sources applies to a rule with the other. A filter or rule with several log
  /// sources is treated like one for each of them.
  static func cover(_ own: [LogSource], _ others: [LogSource]) -> Bool {
    if own.isEmpty { return true }
    let names = Set(own.map(LogSourceNames.init))
    return (others.isEmpty ? [LogSource()] : others).contains { other in
      LogSourceNames(other).covering.contains(where: names.contains)
    }
  }
}

extension ListedRules {
  /// - Parameter lists: each ascending, with no rule in more than one list.
  fileprivate init(firstOf lists: [ArraySlice<RuleID>]) {
    self.init(
      Array(lists.flatMap { $0.prefix(ListedRules.limit) }.sorted().prefix(ListedRules.limit)),
      count: lists.reduce(0) { $0 + $1.count })
  }
}

/// The names of a log source, ignoring case.
private struct LogSourceNames: Hashable {
  var category: String?
  var product: String?
  var service: String?

  init(_ logSource: LogSource) {
    category = logSource.category?.lowercased()
    product = logSource.product?.lowercased()
    service = logSource.service?.lowercased()
  }

  /// Itself, and all log sources with only some of its names: those that cover it.
  var covering: [LogSourceNames] {
    let parts: [WritableKeyPath<LogSourceNames, String?>] = [\.category, \.product, \.service]
    return parts.reduce(into: [self]) { names, part in
      names += names.filter { $0[keyPath: part] != nil }.map { name in
        var name = name
        name[keyPath: part] = nil
        return name
      }
    }
  }
}

/// Groups of rules with the same log sources.
private struct RuleGroups {
  /// With ascending rules.
  private(set) var all: [(logSources: Set<LogSourceNames>, rules: [RuleID])] = []

  init(_ indices: [RuleID], of rules: RuleColumn<Rule>) {
    var known: [Set<LogSourceNames>: Int] = [:]
    for index in indices {
      let own = rules[index].logSources
      let names = Set((own.isEmpty ? [LogSource()] : own).map(LogSourceNames.init))
      if let number = known[names] {
        all[number].rules.append(index)
      } else {
        known[names] = all.count
        all.append((names, [index]))
      }
    }
  }
}
