package import Diagnostics

/// How a correlation relates the matches of other rules (Sigma Correlation Rules Specification 2.1.0).
package struct Correlation: Hashable, Sendable {
  /// What the correlation counts, or in what order the matches must occur.
  package enum Kind: Hashable, Sendable {
    case eventCount, valueCount, temporal, temporalOrdered, valueSum, valueAverage, valuePercentile, valueMedian
    /// A type that isn't in the specification, as written.
    case other(String)
  }

  /// A comparison of a count with a number.
  package struct Comparison: Hashable, Sendable {
    /// Cases are in the order in which ``Correlation/condition`` lists them.
    package enum Operator: String, Hashable, Sendable, CaseIterable {
      case percentile, gt, gte, lt, lte, eq, neq
    }

    package var comparator: Operator
    /// As written.
    package var value: String

    package init(_ comparator: Operator, _ value: String) {
      self.comparator = comparator
      self.value = value
    }
  }

  /// What must hold for the correlation to match.
  package enum Criterion: Hashable, Sendable {
    /// Comparisons that must all hold; at least one, in the order of ``Comparison/Operator``.
    case comparisons([Comparison])
    /// Which of the rules must match: the text on one line; its logic, in which ``Predicate/stage(_:)`` is the index of
    /// a rule in `names`; and the rules that it names, each once.
    case expression(String, logic: Predicate, names: [RuleReference])
    /// A condition that can't be read as either, on one line.
    case unreadable(String)
  }

  /// A name for a field that has different names in the events of different rules.
  package struct Alias: Hashable, Sendable {
    /// The field's name in the events of one rule.
    package struct Field: Hashable, Sendable {
      package var name: String
      package var rule: RuleReference

      package init(_ name: String, of rule: RuleReference) {
        self.name = name
        self.rule = rule
      }
    }

    package var name: String
    /// In file order.
    package var fields: [Field]

    package init(name: String, fields: [Field]) {
      self.name = name
      self.fields = fields
    }
  }

  /// nil if not given.
  package var kind: Kind?
  /// The rules that it lists.
  package var rules: [RuleReference]
  package var aliases: [Alias]
  package var groupBy: [String]
  /// As written: `10m`.
  package var timespan: String?
  package var criterion: Criterion?
  /// The fields whose values are counted or aggregated.
  package var fields: [String]
  /// Whether the correlated rules also raise their own alerts.
  package var generate: Bool

  package init(
    kind: Kind?, rules: [RuleReference], aliases: [Alias] = [], groupBy: [String] = [], timespan: String? = nil,
    criterion: Criterion? = nil, fields: [String] = [], generate: Bool = false
  ) {
    self.kind = kind
    self.rules = rules
    self.aliases = aliases
    self.groupBy = groupBy
    self.timespan = timespan
    self.criterion = criterion
    self.fields = fields
    self.generate = generate
  }

  /// On one line: `gte 100`, `gt 100 and lte 200`, or the text of a temporal condition.
  package var condition: String? {
    switch criterion {
    case .comparisons(let comparisons):
      comparisons.map { "\($0.comparator.rawValue) \($0.value)" }.joined(separator: " and ")
    case .expression(let text, _, _), .unreadable(let text): text
    case nil: nil
    }
  }
}

extension Correlation.Kind: RawRepresentable {
  /// Those in the specification, and `value_median`, which engines support in addition.
  package static let known: [Correlation.Kind] = [
    .eventCount, .valueCount, .temporal, .temporalOrdered, .valueSum, .valueAverage, .valuePercentile, .valueMedian,
  ]

  /// - Parameter rawValue: in any case.
  package init(rawValue: String) {
    let name = rawValue.lowercased()
    self = Correlation.Kind.known.first { $0.rawValue == name } ?? .other(rawValue)
  }

  /// As written in rules: `event_count`.
  package var rawValue: String {
    switch self {
    case .eventCount: "event_count"
    case .valueCount: "value_count"
    case .temporal: "temporal"
    case .temporalOrdered: "temporal_ordered"
    case .valueSum: "value_sum"
    case .valueAverage: "value_avg"
    case .valuePercentile: "value_percentile"
    case .valueMedian: "value_median"
    case .other(let name): name
    }
  }

  /// Whether the matches of several rules must occur together, instead of being counted; nil if the type is unknown.
  package var isTemporal: Bool? {
    switch self {
    case .temporal, .temporalOrdered: true
    case .eventCount, .valueCount, .valueSum, .valueAverage, .valuePercentile, .valueMedian: false
    case .other: nil
    }
  }
}

/// A reference to another rule by its id or name.
package struct RuleReference: Hashable, Sendable {
  package var target: String
  package var span: SourceSpan

  package init(_ target: String, at span: SourceSpan) {
    self.target = target
    self.span = span
  }
}

/// Which rules a filter tunes (Sigma Filters Specification 2.1.0).
package enum FilterScope: Hashable, Sendable {
  /// The named rules; the filter's log source must match theirs.
  case rules([RuleReference])
  /// All rules with the filter's log source.
  case any
}

/// A relationship to another rule (Sigma Specification 2.1.0, “Identification”).
package struct RelatedRule: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case derived, obsolete, merged, renamed, similar
    /// The other is a query whose results the rule reads. Sigma has no such kind.
    case query
    case other(String)

    /// The names that the specification gives the kinds.
    package static let names = ["derived", "obsolete", "merged", "renamed", "similar"]

    package init(_ text: String) {
      switch text.lowercased() {
      case "derived": self = .derived
      case "obsolete", "obsoletes": self = .obsolete
      case "merged": self = .merged
      case "renamed": self = .renamed
      case "similar": self = .similar
      default: self = .other(text)
      }
    }

    /// How the other rule is related, in words: `derived from`.
    package var words: String {
      switch self {
      case .derived: "derived from"
      case .obsolete: "replaces"
      case .merged: "merged from"
      case .renamed: "renamed from"
      case .similar: "similar to"
      case .query: "runs"
      case .other(let text): text
      }
    }

    /// The inverse, in words: how this rule is related to one that declares the relationship, such as `origin of`.
    package var reverseWords: String {
      switch self {
      case .derived: "origin of"
      case .obsolete: "replaced by"
      case .merged: "merged into"
      case .renamed: "renamed to"
      case .similar: "similar to"
      case .query: "run by"
      case .other(let text): "named as \(text) by"
      }
    }
  }

  package var kind: Kind
  package var id: String
  package var position: SourcePosition

  package init(kind: Kind, id: String, position: SourcePosition) {
    self.kind = kind
    self.id = id
    self.position = position
  }
}
