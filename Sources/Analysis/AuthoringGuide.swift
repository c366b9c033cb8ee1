import Diagnostics
package import Events
package import RuleModel
import Text

/// What a number of rules have in common: what one wants to know before writing the next one beside them.
package struct AuthoringGuide: Sendable {
  /// An event, and how many of the rules watch it.
  package struct EventUse: Hashable, Sendable {
    package var event: MappedEvent
    package var rules: Int
  }

  /// A field, and how many of the rules test it.
  package struct TestedField: Sendable {
    /// The name by which fields are compared; nil for a search over the whole event.
    package var name: String?
    package var rules: Int
    /// How many rules of the whole catalogue test it.
    package var catalogue: Int
    /// How it is compared, with how many of the rules do so; the commonest first.
    package var kinds: [(kind: TestKind, rules: Int)]
    /// What most of the rules look for in it; three at most.
    package var values: [SharedTest]
  }

  /// A test that two or more of the rules share.
  package struct SharedTest: Sendable {
    /// As the first of the rules writes it.
    package var entry: IndicatorTable.Entry
    package var rules: Int
    /// How many rules of the whole catalogue share it.
    package var catalogue: Int
  }

  /// Most rules first, then by provider and event.
  package let events: [EventUse]
  /// The most telling first: those that many of the rules test, and few others. Ties by name.
  package let fields: [TestedField]
  /// What the rules look for; most rules first, then those that are rare in the catalogue, then by field, kind and value.
  package let indicators: [SharedTest]
  /// What they leave out, in the same order.
  package let exclusions: [SharedTest]

  /// - Parameters:
  ///   - rules: their indices, each once.
  ///   - fields: of the index's indicators.
  package init(of rules: [Int], in index: CatalogIndex, fields: FieldCounts) {
    events = eventUses(of: rules, in: index.events)
    let looked = Uses(of: rules, in: index.indicators)
    indicators = looked.shared(in: index.indicators)
    exclusions = Uses(of: rules, in: index.exclusions).shared(in: index.exclusions)
    self.fields = testedFields(of: rules, looked, in: index.indicators, fields)
  }
}

/// The events that some rules read; most rules first, then by provider and event.
func eventUses(of rules: [Int], in resolutions: [EventResolution]) -> [AuthoringGuide.EventUse] {
  var uses: [Event: AuthoringGuide.EventUse] = [:]
  for rule in rules {
    for mapped in resolutions[rule].events {
      uses[mapped.event, default: AuthoringGuide.EventUse(event: mapped, rules: 0)].rules += 1
    }
  }
  return uses.values.sorted { left, right in
    left.rules != right.rules ? left.rules > right.rules : left.event.event < right.event.event
  }
}

/// What two or more of some rules look for, or leave out; most rules first, then those that are rare in the catalogue, then by
/// field, kind and value.
///
/// - Parameter rules: their indices, each once.
package func sharedTests(of rules: [Int], in table: IndicatorTable) -> [AuthoringGuide.SharedTest] {
  Uses(of: rules, in: table).shared(in: table)
}

/// How many of some rules have each indicator, or exclusion, of a table.
private struct Uses {
  /// Where one of them is written.
  struct Place {
    var rule: Int
    var entry: Int
  }

  /// By the indicator's number.
  var byNumber: [Int: (rules: Int, first: Place)] = [:]

  init(of rules: [Int], in table: IndicatorTable) {
    for rule in rules {
      for (entry, value) in table.entries[rule].enumerated() {
        byNumber[value.number, default: (0, Place(rule: rule, entry: entry))].rules += 1
      }
    }
  }

  func shared(in table: IndicatorTable) -> [AuthoringGuide.SharedTest] {
    byNumber.filter { $0.value.rules > 1 }.map { number, use in
      AuthoringGuide.SharedTest(
        entry: table.entries[use.first.rule][use.first.entry], rules: use.rules, catalogue: table.ruleCounts[number])
    }
    .sorted { left, right in
      if left.rules != right.rules { return left.rules > right.rules }
      if left.catalogue != right.catalogue { return left.catalogue < right.catalogue }
      return left.entry.test.precedes(right.entry.test)
    }
  }
}

private func testedFields(
  of rules: [Int], _ uses: Uses, in table: IndicatorTable, _ fields: FieldCounts
) -> [AuthoringGuide.TestedField] {
  struct Use {
    var rules = 0
    var lastRule = -1
    var kinds: [TestKind: (rules: Int, last: Int)] = [:]
    var numbers: Set<Int> = []
  }
  var byField: [Int: Use] = [:]
  for rule in rules {
    for entry in table.entries[rule] {
      let field = fields.ofIndicator[entry.number]
      var use = byField.removeValue(forKey: field) ?? Use()
      if use.lastRule != rule {
        use.lastRule = rule
        use.rules += 1
      }
      let kind = use.kinds[entry.test.kind] ?? (0, -1)
      if kind.last != rule { use.kinds[entry.test.kind] = (kind.rules + 1, rule) }
      use.numbers.insert(entry.number)
      byField[field] = use
    }
  }
  return byField.map { field, use in
    AuthoringGuide.TestedField(
      name: fields.names[field], rules: use.rules, catalogue: fields.ruleCounts[field],
      kinds: use.kinds.map { (kind: $0, rules: $1.rules) }.sorted { left, right in
        left.rules != right.rules ? left.rules > right.rules : left.kind.rawValue < right.kind.rawValue
      },
      values: commonest(use.numbers, uses, in: table))
  }
  .sorted { left, right in
    // Rules times their share among all that test the field: whole numbers, so that the order is the same everywhere.
    let (one, other) = (left.rules * left.rules * right.catalogue, right.rules * right.rules * left.catalogue)
    if one != other { return one > other }
    return inByteOrder(left.name ?? "", right.name ?? "")
  }
}

/// The three tests that most rules share; ties in favour of what is rare in the catalogue, then of what it met first.
private func commonest(_ numbers: Set<Int>, _ uses: Uses, in table: IndicatorTable) -> [AuthoringGuide.SharedTest] {
  let ranked = numbers.map { (number: $0, rules: uses.byNumber[$0]?.rules ?? 0, catalogue: table.ruleCounts[$0]) }
  let first = ranked.sorted { left, right in
    if left.rules != right.rules { return left.rules > right.rules }
    return left.catalogue != right.catalogue ? left.catalogue < right.catalogue : left.number < right.number
  }
  return first.prefix(3).compactMap { ranked in
    uses.byNumber[ranked.number].map { use in
      AuthoringGuide.SharedTest(
        entry: table.entries[use.first.rule][use.first.entry], rules: use.rules, catalogue: ranked.catalogue)
    }
  }
}
