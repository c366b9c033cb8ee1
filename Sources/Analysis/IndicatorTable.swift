package import RuleModel
import Text

/// What rules look for, or exclude, with how many rules of the catalog share each test.
///
/// Two tests are the same if their field, kind, modifiers and value are. Values are compared by their Unicode scalars
/// in lower case, or unchanged if the kind is `regex` or `cased` is set. Fields are compared by their canonical names.
/// A rule that writes a test with several names of its field has an entry for each, and counts once.
package struct IndicatorTable: Sendable {
  /// One test of one rule under one name of its field, as the rule writes it first.
  package struct Entry: Sendable {
    package var test: Test
    /// The field's canonical name, if it differs.
    package var canonical: String?
    /// What is compared: equal for equal tests.
    package var id: IndicatorID

    /// The name by which fields are compared.
    package var comparedField: String? { canonical ?? test.field }
  }

  /// The entries of each rule, sorted by field (absent first), kind, value and modifiers, in UTF-8 byte order.
  package let entries: RuleColumn<[Entry]>
  /// How many rules have each indicator.
  package let ruleCounts: IndicatorColumn<Int>
  /// The dialects for which indicators are counted.
  package let dialects: [Dialect]
  private let dialectCounts: [UInt32]

  /// How many rules of each dialect have an indicator; dialects with none are left out.
  package func counts(of id: IndicatorID) -> [(dialect: Dialect, rules: Int)] {
    dialects.enumerated().compactMap { index, dialect in
      let count = Int(dialectCounts[id.index * dialects.count + index])
      return count > 0 ? (dialect, count) : nil
    }
  }

  /// What a rule looks for, or excludes, each once, in the order of its entries.
  package func ids(of rule: RuleID) -> [IndicatorID] { entries[rule].map(\.id).distinct() }

  /// The rules that have each indicator, ascending.
  package func rulesByIndicator() -> IndicatorColumn<[RuleID]> {
    var rules = IndicatorColumn<[RuleID]>(repeating: [], count: ruleCounts.count)
    for id in rules.indices { rules[id].reserveCapacity(ruleCounts[id]) }
    for (rule, entries) in entries.pairs {
      for entry in entries where rules[entry.id].last != rule { rules[entry.id].append(rule) }
    }
    return rules
  }
}

extension IndicatorTable {
  /// As ``rulesByIndicator()``, but only for indicators that at least two rules have; empty for the others.
  package func rulesBySharedIndicator() -> IndicatorColumn<[RuleID]> {
    var rules = [[RuleID]](repeating: [], count: ruleCounts.count)
    for (number, entries) in entries.values.enumerated() {
      for entry in entries where ruleCounts[entry.id] > 1 && rules[entry.id.index].last != RuleID(number) {
        rules[entry.id.index].append(RuleID(number))
      }
    }
    return IndicatorColumn(rules)
  }

  /// - Parameters:
  ///   - rules: by key.
  ///   - tests: the tests of each rule.
  init(of rules: RuleColumn<Rule>, tests: RuleColumn<OwnTests>) {
    var interner = ByteInterner()
    var ruleCounts: [Int] = []
    var dialectCounts: [UInt32] = []
    let dialects = Dialect.all(of: rules)
    entries = RuleColumn(
      zip(rules.values, tests.values).map { rule, tests in
        if tests.items.isEmpty { return [] }
        let dialect = dialects.firstIndex(of: rule.key.dialect) ?? 0
        var entries = tests.items.map { Entry(test: $0.test, canonical: $0.canonical, id: IndicatorID(0)) }
        let ids = (0..<tests.identities.count).map { number in
          let id = tests.identities.withBytes(number) { interner.intern($0, hash: tests.identities.hashes[number]) }
          if id == ruleCounts.count {
            ruleCounts.append(0)
            dialectCounts.append(contentsOf: repeatElement(0, count: dialects.count))
          }
          ruleCounts[id] += 1
          dialectCounts[id * dialects.count + dialect] += 1
          return IndicatorID(id)
        }
        for (place, number) in tests.numbers.enumerated() { entries[place].id = ids[Int(number)] }
        return entries
      })
    self.ruleCounts = IndicatorColumn(ruleCounts)
    self.dialects = dialects
    self.dialectCounts = dialectCounts
  }
}
