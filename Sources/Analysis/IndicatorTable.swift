import Diagnostics
package import RuleModel
import Text

/// What rules look for, or leave out, and how many rules of the catalog share each of it.
///
/// Two tests are the same when field, kind and modifiers are, and the value is; values are compared by their Unicode scalars in
/// lower case, as they are where the kind is `regex` or `cased` is set. Fields are compared by their canonical names.
package struct IndicatorTable: Sendable {
  /// One test of one rule, as the rule first writes it.
  package struct Entry: Sendable {
    package var test: Test
    /// The field's name after the field map, where that is another one.
    package var canonical: String?
    /// What is compared: the same for tests that are the same.
    package var id: IndicatorID

    /// The name by which fields are compared.
    package var comparedField: String? { canonical ?? test.field }
  }

  /// The entries of each rule, sorted by field (absent first), kind, value and modifiers, in UTF-8 byte order.
  package let entries: RuleColumn<[Entry]>
  /// How many rules have each indicator.
  package let ruleCounts: IndicatorColumn<Int>
  /// Those that indicators are counted for.
  package let dialects: [Dialect]
  private let dialectCounts: [UInt32]

  /// How many rules of each dialect have an indicator; dialects with none are left out.
  package func counts(of id: IndicatorID) -> [(dialect: Dialect, rules: Int)] {
    dialects.enumerated().compactMap { index, dialect in
      let count = Int(dialectCounts[id.index * dialects.count + index])
      return count > 0 ? (dialect, count) : nil
    }
  }

  /// The rules that have each indicator, ascending.
  package func rulesByIndicator() -> IndicatorColumn<[RuleID]> {
    var rules = IndicatorColumn<[RuleID]>(repeating: [], count: ruleCounts.count)
    for id in rules.indices { rules[id].reserveCapacity(ruleCounts[id]) }
    for (rule, entries) in entries.pairs {
      for entry in entries { rules[entry.id].append(rule) }
    }
    return rules
  }
}

extension IndicatorTable {
  /// - Parameters:
  ///   - negated: whether the tests under an odd number of `not` are taken (exclusions), or the others (indicators).
  ///   - canonicalField: a field's name after the field map, for a rule; nil where it is the same.
  package init(
    of rules: RuleColumn<Rule>, negated: Bool, canonicalField: (_ field: String, _ rule: RuleID) -> String?
  ) {
    var interner = ByteInterner()
    var ruleCounts = IndicatorColumn<Int>()
    var dialectCounts: [UInt32] = []
    var lastRule = IndicatorColumn<RuleID?>()
    var key: [UInt8] = []
    let dialects = Dialect.all(of: rules)
    entries = rules.mapPlaces { index in
      // Correlations have none of their own, and filters count with the rules that they tune.
      if rules[index].ruleClass == .correlation || rules[index].ruleClass == .filter { return [] }
      let dialect = dialects.firstIndex(of: rules[index].key.dialect)
      var entries: [Entry] = []
      rules[index].forEachTest { test, isNegated in
        guard isNegated == negated else { return }
        let canonical = test.field.flatMap { canonicalField($0, index) }
        test.appendIdentity(field: canonical ?? test.field, to: &key)
        let id = IndicatorID(interner.intern(key))
        key.removeAll(keepingCapacity: true)
        if id == ruleCounts.endIndex {
          ruleCounts.append(0)
          lastRule.append(nil)
          dialectCounts.append(contentsOf: repeatElement(0, count: dialects.count))
        }
        guard lastRule[id] != index else { return }
        lastRule[id] = index
        ruleCounts[id] += 1
        if let dialect { dialectCounts[id.index * dialects.count + dialect] += 1 }
        entries.append(Entry(test: test, canonical: canonical, id: id))
      }
      return entries.sorted { $0.test.precedes($1.test) }
    }
    self.ruleCounts = ruleCounts
    self.dialects = dialects
    self.dialectCounts = dialectCounts
  }
}

extension Test {
  /// Appends bytes that are equal for tests that are the same.
  ///
  /// - Parameter field: the name by which it is compared.
  func appendIdentity(field: String?, to bytes: inout [UInt8]) {
    if let field {
      bytes.append(1)
      bytes += field.utf8
    }
    // A byte that UTF-8 never has ends the name.
    bytes.append(0xFF)
    bytes += kind.rawValue.utf8
    bytes.append(0xFF)
    withUnsafeBytes(of: modifiers.rawValue.littleEndian) { bytes += $0 }
    if isCaseSensitive {
      bytes += value.utf8
    } else {
      value.appendLowercased(to: &bytes)
    }
  }

  /// In the order of the reports: field (absent first), kind, value, modifiers, by UTF-8 bytes.
  func precedes(_ other: Test) -> Bool {
    switch (field, other.field) {
    case (nil, .some): return true
    case (.some, nil): return false
    case (let left?, let right?):
      let order = byteOrder(left, right)
      if order != 0 { return order < 0 }
    case (nil, nil): break
    }
    if kind != other.kind { return kind.rawValue < other.kind.rawValue }
    let order = byteOrder(value, other.value)
    if order != 0 { return order < 0 }
    return modifiers.names.joined(separator: "|") < other.modifiers.names.joined(separator: "|")
  }
}
