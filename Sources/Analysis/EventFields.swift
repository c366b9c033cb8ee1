import Diagnostics
package import RuleModel
import Text

/// What the rules that read an event test in each of its fields.
package struct EventFields: Sendable {
  /// A field of an event.
  package struct Known: Sendable {
    /// The event's name for it.
    package var name: String
    /// The name by which fields are compared.
    package var canonical: String

    package init(name: String, canonical: String? = nil) {
      self.name = name
      self.canonical = canonical ?? name
    }
  }

  /// What rules test in one field.
  package struct Use: Sendable {
    /// The event's name for it; for a field that the event isn't known to have, the name by which fields are compared;
    /// nil for a search of the whole event.
    package var name: String?
    /// The name by which fields are compared.
    package var canonical: String?
    /// How many of the rules test it, in what they look for or in what they exclude.
    package var rules = 0
    /// How many of the rules use it to exclude something.
    package var excludingRules = 0
    /// How many values the rules look for, and how many they exclude.
    package var values = 0
    package var excludedValues = 0
    /// What the most rules look for in it; at most three.
    package var commonest: [AuthoringGuide.SharedTest] = []
  }

  /// The event's fields in order, including those that no rule tests.
  package let own: [Use]
  /// Other fields that the rules test: a search of the whole event first, then most rules first, then by name.
  package let others: [Use]

  /// - Parameters:
  ///   - rules: unique.
  ///   - known: the event's fields in order; empty if they aren't known.
  package init(of rules: [RuleID], in index: CatalogIndex, known: [Known]) {
    var tally = Tally(known)
    for rule in rules {
      for entry in index.indicators.entries[rule] { tally.look(entry, rule) }
      for entry in index.exclusions.entries[rule] { tally.exclude(entry, rule) }
    }
    let uses = tally.uses(ruleCounts: index.indicators.ruleCounts)
    own = Array(uses.prefix(known.count))
    others = uses.dropFirst(known.count).sorted { left, right in
      if left.rules != right.rules { return left.rules > right.rules }
      guard let one = left.name, let other = right.name else { return left.name == nil && right.name != nil }
      return inByteOrder(one, other)
    }
  }
}

private struct Tally {
  private struct Field {
    var use: EventFields.Use
    var lastRule: RuleID?
    var lastExcluding: RuleID?
    /// How many of the rules look for each value, and the last one that does.
    var values: [IndicatorID: (rules: Int, first: IndicatorTable.Entry, last: RuleID)] = [:]
    var excluded: Set<IndicatorID> = []
  }

  private var fields: [Field]
  private var numbers: [String?: Int] = [:]

  init(_ known: [EventFields.Known]) {
    fields = known.map { Field(use: EventFields.Use(name: $0.name, canonical: $0.canonical)) }
    for (number, field) in known.enumerated() where numbers[field.canonical] == nil {
      numbers[field.canonical] = number
    }
    // In a rule that also reads other events, fields are compared by the name as written.
    for (number, field) in known.enumerated() where numbers[field.name] == nil { numbers[field.name] = number }
  }

  mutating func look(_ entry: IndicatorTable.Entry, _ rule: RuleID) {
    let field = number(of: entry.comparedField)
    count(rule, in: field)
    if fields[field].values[entry.id]?.last != rule {
      fields[field].values[entry.id, default: (0, entry, rule)].rules += 1
      fields[field].values[entry.id]?.last = rule
    }
  }

  mutating func exclude(_ entry: IndicatorTable.Entry, _ rule: RuleID) {
    let field = number(of: entry.comparedField)
    count(rule, in: field)
    if fields[field].lastExcluding != rule {
      fields[field].lastExcluding = rule
      fields[field].use.excludingRules += 1
    }
    fields[field].excluded.insert(entry.id)
  }

  private mutating func count(_ rule: RuleID, in field: Int) {
    if fields[field].lastRule != rule {
      fields[field].lastRule = rule
      fields[field].use.rules += 1
    }
  }

  private mutating func number(of name: String?) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = fields.count
    fields.append(Field(use: EventFields.Use(name: name, canonical: name)))
    return fields.count - 1
  }

  func uses(ruleCounts: IndicatorColumn<Int>) -> [EventFields.Use] {
    fields.map { field in
      var use = field.use
      (use.values, use.excludedValues) = (field.values.count, field.excluded.count)
      use.commonest = commonest(field.values, ruleCounts)
      return use
    }
  }
}

/// The three values that the most rules look for; in a tie, the rarest in the catalog, then the one found first. This
/// is a single pass, because a field can have thousands of values.
private func commonest(
  _ values: [IndicatorID: (rules: Int, first: IndicatorTable.Entry, last: RuleID)], _ ruleCounts: IndicatorColumn<Int>
) -> [AuthoringGuide.SharedTest] {
  typealias Candidate = (rules: Int, catalog: Int, id: IndicatorID)
  var first: [Candidate] = []
  func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.rules != right.rules { return left.rules > right.rules }
    return left.catalog != right.catalog ? left.catalog < right.catalog : left.id < right.id
  }
  for (id, value) in values {
    let candidate = (rules: value.rules, catalog: ruleCounts[id], id: id)
    if first.count == 3, !precedes(candidate, first[2]) { continue }
    first.insert(candidate, at: first.firstIndex { precedes(candidate, $0) } ?? first.count)
    if first.count > 3 { first.removeLast() }
  }
  return first.compactMap { candidate in
    values[candidate.id].map {
      AuthoringGuide.SharedTest(entry: $0.first, rules: $0.rules, catalog: candidate.catalog)
    }
  }
}
