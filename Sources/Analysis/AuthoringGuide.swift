import Diagnostics
package import Events
package import RuleModel
import Text

/// What some rules have in common: useful to know before writing another rule like them.
package struct AuthoringGuide: Sendable {
  /// An event, and how many of the rules read it.
  package struct EventUse: Hashable, Sendable {
    package var event: MappedEvent
    package var rules: Int
  }

  /// A field, and how many of the rules test it.
  package struct TestedField: Sendable {
    /// The name by which fields are compared; nil for a search of the whole event.
    package var name: String?
    package var rules: Int
    /// How many rules in the whole catalog test it.
    package var catalog: Int
    /// The kinds of comparison, each with how many of the rules use it; most common first.
    package var kinds: [(kind: TestKind, rules: Int)]
    /// What the most rules look for in it; at most three.
    package var values: [SharedTest]
  }

  /// A test that two or more of the rules share.
  package struct SharedTest: Sendable {
    /// As the first of the rules writes it.
    package var entry: IndicatorTable.Entry
    package var rules: Int
    /// How many rules in the whole catalog share it.
    package var catalog: Int
  }

  /// Most rules first, then by provider and event.
  package let events: [EventUse]
  /// Most characteristic first: those that many of these rules test, and few others. Ties by name.
  package let fields: [TestedField]
  /// What the rules look for; most rules first, then those that are rare in the catalog, then by field, kind and value.
  package let indicators: [SharedTest]
  /// What they exclude, in the same order.
  package let exclusions: [SharedTest]

  /// - Parameters:
  ///   - rules: unique.
  ///   - fields: the fields of the index's indicators.
  package init(of rules: [RuleID], in index: CatalogIndex, fields: FieldCounts) {
    events = eventUses(of: rules.lazy.map { index.events[$0] })
    let looked = Uses(of: rules, in: index.indicators)
    indicators = looked.shared(in: index.indicators)
    exclusions = Uses(of: rules, in: index.exclusions).shared(in: index.exclusions)
    self.fields = testedFields(of: rules, looked, in: index.indicators, fields)
  }
}

/// The events that rules read, from each rule's resolution; most rules first, then by provider and event.
func eventUses(of resolutions: some Sequence<EventResolution>) -> [AuthoringGuide.EventUse] {
  var uses: [Event: AuthoringGuide.EventUse] = [:]
  for resolution in resolutions {
    for mapped in resolution.events {
      uses[mapped.event, default: AuthoringGuide.EventUse(event: mapped, rules: 0)].rules += 1
    }
  }
  return uses.values.sorted { left, right in
    left.rules != right.rules ? left.rules > right.rules : left.event.event < right.event.event
  }
}

/// The tests that at least two of some rules look for, or exclude; most rules first, then the rarest in the catalog,
/// then by field, kind and value.
///
/// - Parameter rules: unique.
package func sharedTests(of rules: [RuleID], in table: IndicatorTable) -> [AuthoringGuide.SharedTest] {
  Uses(of: rules, in: table).shared(in: table)
}

/// How many of some rules have each indicator, or exclusion, in a table.
private struct Uses {
  /// Where a test is written first.
  struct Place {
    var rule: RuleID
    var entry: Int
  }

  var byIndicator: [IndicatorID: (rules: Int, first: Place)] = [:]

  init(of rules: [RuleID], in table: IndicatorTable) {
    for rule in rules {
      var seen: Set<IndicatorID> = []
      for (entry, value) in table.entries[rule].enumerated() where seen.insert(value.id).inserted {
        byIndicator[value.id, default: (0, Place(rule: rule, entry: entry))].rules += 1
      }
    }
  }

  func shared(in table: IndicatorTable) -> [AuthoringGuide.SharedTest] {
    byIndicator.filter { $0.value.rules > 1 }.map { id, use in
      AuthoringGuide.SharedTest(
        entry: table.entries[use.first.rule][use.first.entry], rules: use.rules, catalog: table.ruleCounts[id])
    }
    .sorted { left, right in
      if left.rules != right.rules { return left.rules > right.rules }
      if left.catalog != right.catalog { return left.catalog < right.catalog }
      return left.entry.test.precedes(right.entry.test)
    }
  }
}

private func testedFields(
  of rules: [RuleID], _ uses: Uses, in table: IndicatorTable, _ fields: FieldCounts
) -> [AuthoringGuide.TestedField] {
  struct Use {
    var rules = 0
    var lastRule: RuleID?
    var kinds: [TestKind: (rules: Int, last: RuleID?)] = [:]
    var indicators: Set<IndicatorID> = []
  }
  var byField: [Int: Use] = [:]
  for rule in rules {
    for entry in table.entries[rule] {
      let field = fields.ofIndicator[entry.id]
      var use = byField.removeValue(forKey: field) ?? Use()
      if use.lastRule != rule {
        use.lastRule = rule
        use.rules += 1
      }
      let kind = use.kinds[entry.test.kind] ?? (0, nil)
      if kind.last != rule { use.kinds[entry.test.kind] = (kind.rules + 1, rule) }
      use.indicators.insert(entry.id)
      byField[field] = use
    }
  }
  return byField.map { field, use in
    AuthoringGuide.TestedField(
      name: fields.names[field], rules: use.rules, catalog: fields.ruleCounts[field],
      kinds: use.kinds.map { (kind: $0, rules: $1.rules) }.sorted { left, right in
        left.rules != right.rules ? left.rules > right.rules : left.kind.rawValue < right.kind.rawValue
      },
      values: commonest(use.indicators, uses, in: table))
  }
  .sorted { left, right in
    // Compares rules times their share of all rules that test the field, in integers, so that the order is the same
    // everywhere.
    let (one, other) = (left.rules * left.rules * right.catalog, right.rules * right.rules * left.catalog)
    if one != other { return one > other }
    return inByteOrder(left.name ?? "", right.name ?? "")
  }
}

/// The three tests that the most rules share; in a tie, the rarest in the catalog, then the one found first.
private func commonest(_ indicators: Set<IndicatorID>, _ uses: Uses, in table: IndicatorTable) -> [AuthoringGuide
  .SharedTest]
{
  let ranked = indicators.map { (id: $0, rules: uses.byIndicator[$0]?.rules ?? 0, catalog: table.ruleCounts[$0]) }
  let first = ranked.sorted { left, right in
    if left.rules != right.rules { return left.rules > right.rules }
    return left.catalog != right.catalog ? left.catalog < right.catalog : left.id < right.id
  }
  return first.prefix(3).compactMap { ranked in
    uses.byIndicator[ranked.id].map { use in
      AuthoringGuide.SharedTest(
        entry: table.entries[use.first.rule][use.first.entry], rules: use.rules, catalog: ranked.catalog)
    }
  }
}
