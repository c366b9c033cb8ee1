/// A part of a rule that can change. The raw values are part of the output format.
package enum RulePart: String, Hashable, Sendable, CaseIterable {
  case id, title, description, status, level
  case ruleClass = "class"
  case logSource = "logsource"
  /// How the condition combines what it names.
  case condition
  /// What the rule looks for, and what it excludes.
  case values, exclusions
  /// How a selection combines its tests, if the tests are the same.
  case selections
  /// What an old condition counts, and what the count is compared with.
  case aggregation
  /// The time within which matches are counted or related, and the fields that they are grouped by.
  case timespan, groupBy
  /// A correlation's type, rules and condition.
  case correlation
  /// The fields whose values a correlation counts, the names of fields in each of its rules, and whether these rules
  /// also raise alerts.
  case fields, aliases, generate
  /// Which rules a filter tunes.
  case scope
  /// The logic, if it isn't known which part of it.
  case logic
  case techniques, tactics, events, tags
  case authors, date, modified, references, falsePositives

  /// Parts that are equal whenever the logic is, however it is written.
  static let ofLogic: Set<RulePart> = [
    .condition, .selections, .aggregation, .timespan, .groupBy, .correlation, .fields, .aliases, .generate, .scope,
    .logic,
  ]

  /// Parts that decide what a rule detects, and where.
  static let ofDetection: Set<RulePart> = ofLogic.union([.logSource, .values, .exclusions, .events])

  /// Parts that a `catalog.json` of format 1 has for no rule. It also lacks the tests of filters, and the grouping and
  /// time window of old conditions that count.
  package static let absentInFormat1: [RulePart] = [
    .condition, .selections, .aggregation, .fields, .aliases, .generate,
  ]
}
