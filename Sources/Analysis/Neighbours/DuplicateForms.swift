import RuleModel

/// What a correlation or filter does, and to which rules.
private struct NamedRules: Hashable {
  private let logic: UInt64
  /// The rules in the catalog, sorted; nil for a name without a rule.
  private let rules: [RuleID?]

  /// nil for a rule of another class, and for one without anything to compare.
  init?(of number: RuleID, in rules: RuleColumn<Rule>, _ references: RuleReferences) {
    let rule = rules[number]
    let named: [RuleID?]
    switch rule.ruleClass {
    case .correlation: named = references.correlated[number]
    case .filter:
      guard rule.hasTests else { return nil }
      named = references.filtered[number].rules
    case .detection, .hunt, .forwarder, .enrichment: return nil
    }
    if named.isEmpty && rule.ruleClass == .correlation { return nil }
    logic = rule.logicDigest()
    self.rules = Set(named).sorted { left, right in
      guard let left else { return right != nil }
      return right.map { left < $0 } ?? false
    }
  }
}

extension Rule {
  fileprivate var hasTests: Bool {
    var hasTests = false
    forEachTest { _, _ in hasTests = true }
    return hasTests
  }
}

/// Finds duplicate rules: those that match the same events for the same reason, however they are written.
///
/// Two rules are duplicates if all of these are the same:
/// - their tests, both indicators and exclusions;
/// - their logic as in ``Rule/logic``, but with the names by which fields are compared: the condition, and how matches
///   are counted;
/// - the logs that they read: category, product and service, ignoring case, or else the events that they read, if any.
///
/// Correlations and filters have no tests of their own: they are duplicates if their logic is the same and they name
/// the same rules of the catalog.
struct DuplicateForms {
  /// For each rule, a number shared by all rules with the same tests; nil if no other rule has them.
  private var groupOfRule: RuleColumn<Int32?>
  /// Each in display order.
  private var groups: [[RuleID]] = []
  /// For each rule in a group, everything that must be the same except the logs.
  private var logic: [RuleID: UInt64] = [:]
  private let logs: ReadLogs

  /// - Parameter order: each rule's rank.
  init(
    of rules: RuleColumn<Rule>, naming references: RuleReferences, logs: ReadLogs, indicators: IndicatorTable,
    exclusions: IndicatorTable, _ tests: WeightedTests, order: RuleColumn<Int32>
  ) {
    self.logs = logs
    groupOfRule = RuleColumn(repeating: nil, count: rules.count)
    var interner = ByteInterner()
    var members: [[RuleID]] = []
    var key: [UInt8] = []
    for (rule, own) in tests.ofRule.pairs where !own.isEmpty {
      key.removeAll(keepingCapacity: true)
      for test in own { withUnsafeBytes(of: UInt32(test.index).littleEndian) { key += $0 } }
      let number = interner.intern(key)
      if number == members.count { members.append([]) }
      members[number].append(rule)
    }
    var naming: [NamedRules: [RuleID]] = [:]
    for rule in rules.indices where tests.ofRule[rule].isEmpty {
      if let named = NamedRules(of: rule, in: rules, references) { naming[named, default: []].append(rule) }
    }
    groups = (members + naming.values).filter { $0.count > 1 }.map { $0.sorted { order[$0] < order[$1] } }
    for (group, members) in groups.enumerated() {
      for rule in members {
        groupOfRule[rule] = Int32(group)
        var names: [String: String] = [:]
        for entry in indicators.entries[rule] + exclusions.entries[rule] {
          if let field = entry.test.field, let name = entry.canonical { names[field] = name }
        }
        logic[rule] = rules[rule].logicDigest { [names] in names[$0] ?? $0 }
      }
    }
  }

  /// Each rule's position among itself and its duplicates, from 0.
  ///
  /// - Parameter count: the number of all rules.
  func places(ofAll count: Int) -> RuleColumn<Int> {
    struct Form: Hashable {
      var logic: UInt64?
      var logs: ReadLogs.OfRule
    }
    var places = RuleColumn<Int>(repeating: 0, count: count)
    for group in groups {
      var counts: [Form: Int] = [:]
      for rule in group {
        let form = Form(logic: logic[rule], logs: logs[rule])
        places[rule] = counts[form, default: 0]
        counts[form, default: 0] += 1
      }
    }
    return places
  }

  /// The rules with the same tests, including the rule itself, in display order; empty if there are no others.
  func rulesOfSameTests(as rule: RuleID) -> [RuleID] { groupOfRule[rule].map { groups[Int($0)] } ?? [] }

  /// - Precondition: the two have the same tests.
  func areDuplicates(_ left: RuleID, _ right: RuleID) -> Bool {
    logic[left] == logic[right] && logs.areSame(left, right)
  }
}
