/// A part of a rule that can change. The raw values are the output contract's.
package enum RulePart: String, Hashable, Sendable, CaseIterable {
  case id, title, description, status, level
  case ruleClass = "class"
  case logSource = "logsource"
  /// How the condition joins what it names.
  case condition
  /// What the rule looks for, and what it leaves out.
  case values, exclusions
  /// How a selection joins its tests, where the tests are the same.
  case selections
  /// What an old condition counts, and what it compares the count with.
  case aggregation
  /// Within which time matches are counted or related, and what they have in common.
  case timespan, groupBy
  /// A correlation's type, rules and condition.
  case correlation
  /// Whose values a correlation counts, what fields are called in each of its rules, and whether these rules also raise alerts.
  case fields, aliases, generate
  /// Which rules a filter tunes.
  case scope
  /// The logic, where it can't be said which part of it.
  case logic
  case techniques, tactics, events, tags
  case authors, date, modified, references, falsePositives

  /// Those that are the same wherever the logic is, however it is written.
  static let ofLogic: Set<RulePart> = [
    .condition, .selections, .aggregation, .timespan, .groupBy, .correlation, .fields, .aliases, .generate, .scope,
    .logic,
  ]

  /// Those that a `catalog.json` of format 1 has of no rule. Besides, it lacks the tests of filters, and by what and within which time an
  /// old condition counts.
  package static let absentInFormat1: [RulePart] = [
    .condition, .selections, .aggregation, .fields, .aliases, .generate,
  ]
}
