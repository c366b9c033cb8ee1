import Diagnostics
package import RuleModel
import Text

/// How the rules of a catalog use a field, by its canonical name.
package struct FieldUse: Sendable {
  /// A value with which rules compare the field in one particular way.
  package struct Value: Sendable {
    /// As the first rule writes it.
    package var test: Test
    /// Its id in the table of indicators, or of exclusions.
    package var id: IndicatorID
    /// How many rules have it.
    package var rules: Int
    /// The first of them.
    package var firstRule: RuleID
  }

  /// A name that some rules use for the field.
  package struct OtherName: Equatable, Sendable {
    package var name: String
    /// These rules, ascending.
    package var rules: [RuleID]
  }

  /// All values of a field, whether looked for or excluded, each counted once.
  package struct Totals: Equatable, Sendable {
    package var values = 0
    /// How many of them occur in only one rule, in whatever role.
    package var ofOneRule = 0
    package var kinds: [TestKind: Int] = [:]
  }

  /// The canonical name; nil for a search of the whole event.
  package var name: String?
  /// Other names that rules use for the field, sorted by UTF-8 bytes.
  package var otherNames: [OtherName]
  /// The rules that look for a value in the field, ascending.
  package var rules: [RuleID]
  /// The rules that exclude a value.
  package var excludingRules: [RuleID]
  /// What rules look for, most shared first; ties by value, kind and modifiers.
  package var values: [Value]
  /// What they exclude, in the same order.
  package var excludedValues: [Value]
}

/// All fields that rules test: a search of the whole event first, then by name in UTF-8 byte order.
package func fieldUses(indicators: IndicatorTable, exclusions: IndicatorTable) -> [FieldUse] {
  var numbers: [String?: Int] = [:]
  var uses: [FieldUse] = []
  func add(
    _ table: IndicatorTable, _ values: WritableKeyPath<FieldUse, [FieldUse.Value]>,
    _ rules: WritableKeyPath<FieldUse, [RuleID]>
  ) {
    var isSeen = IndicatorColumn<Bool>(repeating: false, count: table.ruleCounts.count)
    for (rule, entries) in table.entries.pairs {
      var last: (field: String?, use: Int)?
      for entry in entries {
        let use: Int
        // Entries with the same field are adjacent.
        if let last, last.field == entry.comparedField {
          use = last.use
        } else {
          use = numbers[entry.comparedField] ?? uses.count
          if use == uses.count {
            numbers[entry.comparedField] = use
            uses.append(
              FieldUse(
                name: entry.comparedField, otherNames: [], rules: [], excludingRules: [], values: [],
                excludedValues: []))
          }
          last = (entry.comparedField, use)
        }
        if uses[use][keyPath: rules].last != rule { uses[use][keyPath: rules].append(rule) }
        if entry.canonical != nil, let written = entry.test.field { uses[use].addOtherName(written, of: rule) }
        if isSeen[entry.id] { continue }
        isSeen[entry.id] = true
        uses[use][keyPath: values].append(
          FieldUse.Value(
            test: entry.test, id: entry.id, rules: table.ruleCounts[entry.id], firstRule: rule))
      }
    }
  }
  add(indicators, \.values, \.rules)
  add(exclusions, \.excludedValues, \.excludingRules)
  for use in uses.indices {
    uses[use].values.sort { $0.precedes($1) }
    uses[use].excludedValues.sort { $0.precedes($1) }
    uses[use].otherNames.sort { inByteOrder($0.name, $1.name) }
    for name in uses[use].otherNames.indices {
      // Rules that look for a value were added before those that exclude one, so sort again.
      uses[use].otherNames[name].rules = Set(uses[use].otherNames[name].rules).sorted()
    }
  }
  return uses.sorted { left, right in
    guard let first = left.name, let second = right.name else { return left.name == nil && right.name != nil }
    return inByteOrder(first, second)
  }
}

/// The values of a field that rules share.
package struct SharedValues: Sendable {
  /// The canonical name; nil for a search of the whole event.
  package var name: String?
  /// See ``FieldUse``.
  package var values: [FieldUse.Value] = []
  package var excludedValues: [FieldUse.Value] = []
}

/// The values in ``fieldUses(indicators:exclusions:)`` that several rules share, for all fields in the same order.
package func sharedValues(indicators: IndicatorTable, exclusions: IndicatorTable) -> [SharedValues] {
  var numbers: [String?: Int] = [:]
  var fields: [SharedValues] = []
  func add(_ table: IndicatorTable, _ values: WritableKeyPath<SharedValues, [FieldUse.Value]>) {
    var isSeen = [Bool](repeating: false, count: table.ruleCounts.count)
    for (number, entries) in table.entries.values.enumerated() {
      var last: (field: String?, number: Int)?
      for entry in entries {
        if last == nil || last?.field != entry.comparedField {
          let field = numbers[entry.comparedField] ?? fields.count
          if field == fields.count {
            numbers[entry.comparedField] = field
            fields.append(SharedValues(name: entry.comparedField))
          }
          last = (entry.comparedField, field)
        }
        guard let last, !isSeen[entry.id.index], table.ruleCounts[entry.id] > 1 else { continue }
        isSeen[entry.id.index] = true
        fields[last.number][keyPath: values].append(
          FieldUse.Value(
            test: entry.test, id: entry.id, rules: table.ruleCounts[entry.id], firstRule: RuleID(number)))
      }
    }
  }
  add(indicators, \.values)
  add(exclusions, \.excludedValues)
  for field in fields.indices {
    fields[field].values.sort { $0.precedes($1) }
    fields[field].excludedValues.sort { $0.precedes($1) }
  }
  return fields.sorted { left, right in
    guard let first = left.name, let second = right.name else { return left.name == nil && right.name != nil }
    return inByteOrder(first, second)
  }
}

extension FieldUse {
  fileprivate mutating func addOtherName(_ name: String, of rule: RuleID) {
    if let index = otherNames.firstIndex(where: { $0.name == name }) {
      if otherNames[index].rules.last != rule { otherNames[index].rules.append(rule) }
    } else {
      otherNames.append(OtherName(name: name, rules: [rule]))
    }
  }

  /// A value that one rule looks for and another excludes counts as one value of two rules.
  package var totals: Totals {
    var totals = Totals()
    func add(_ value: Value, isOfOneRule: Bool) {
      totals.values += 1
      totals.kinds[value.test.kind, default: 0] += 1
      if isOfOneRule { totals.ofOneRule += 1 }
    }
    var excluded: [[UInt8]: Value] = [:]
    for value in excludedValues { excluded[value.identity] = value }
    for value in values {
      let other = excluded.isEmpty ? nil : excluded.removeValue(forKey: value.identity)
      let isShared = other.map { $0.rules > 1 || $0.firstRule != value.firstRule } ?? false
      add(value, isOfOneRule: value.rules == 1 && !isShared)
    }
    for value in excluded.values { add(value, isOfOneRule: value.rules == 1) }
    return totals
  }
}

extension FieldUse.Value {
  /// Bytes that are equal for equal values of a field.
  fileprivate var identity: [UInt8] {
    var bytes: [UInt8] = []
    test.appendIdentity(field: nil, to: &bytes)
    return bytes
  }

  fileprivate func precedes(_ other: FieldUse.Value) -> Bool {
    if rules != other.rules { return rules > other.rules }
    let order = byteOrder(test.value, other.test.value)
    if order != 0 { return order < 0 }
    if test.kind != other.test.kind { return test.kind.rawValue < other.test.kind.rawValue }
    return test.modifiers.rawValue < other.test.modifiers.rawValue
  }
}
