package import Diagnostics

/// How a correlation relates the matches of other rules (Sigma Correlation Rules Specification 2.1.0).
package struct Correlation: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case eventCount = "event_count"
    case valueCount = "value_count"
    case temporal
    case temporalOrdered = "temporal_ordered"
    case valueSum = "value_sum"
    case valueAverage = "value_avg"
    case valuePercentile = "value_percentile"
  }

  /// An alias of a field and the field that it stands for in each rule.
  package struct Alias: Hashable, Sendable {
    package var name: String
    /// By rule id or name, in the order of the file.
    package var fields: [(rule: String, field: String)]

    package init(name: String, fields: [(rule: String, field: String)]) {
      self.name = name
      self.fields = fields
    }

    package static func == (left: Alias, right: Alias) -> Bool {
      left.name == right.name && left.fields.elementsEqual(right.fields, by: ==)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  package var kind: Kind
  package var rules: [RuleReference]
  package var aliases: [Alias]
  package var groupBy: [String]
  /// As written: `10m`.
  package var timespan: String?
  /// As one line: `gte 100`, `gt 100 and lte 200`, or a temporal condition's text.
  package var condition: String?
  /// The fields whose values are counted or summed up.
  package var fields: [String]
  /// Whether the rules that it names also stand alone.
  package var generate: Bool

  package init(
    kind: Kind, rules: [RuleReference], aliases: [Alias] = [], groupBy: [String] = [], timespan: String? = nil,
    condition: String? = nil, fields: [String] = [], generate: Bool = false
  ) {
    self.kind = kind
    self.rules = rules
    self.aliases = aliases
    self.groupBy = groupBy
    self.timespan = timespan
    self.condition = condition
    self.fields = fields
    self.generate = generate
  }
}

/// Names another rule by its id or its name.
package struct RuleReference: Hashable, Sendable {
  package var target: String
  package var position: SourcePosition

  package init(_ target: String, position: SourcePosition) {
    self.target = target
    self.position = position
  }
}

/// Which rules a filter tunes (Sigma Filters Specification 2.1.0).
package enum FilterScope: Hashable, Sendable {
  /// Those named; the filter's log source must be theirs.
  case rules([RuleReference])
  /// All rules of its log source.
  case any
}

/// A tie to another rule (Sigma Specification 2.1.0, “Identification”).
package struct RelatedRule: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case derived, obsolete, merged, renamed, similar
    case other(String)

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

    /// As a reader would say it of the other rule: `derived from`.
    package var words: String {
      switch self {
      case .derived: "derived from"
      case .obsolete: "replaces"
      case .merged: "merged from"
      case .renamed: "renamed from"
      case .similar: "similar to"
      case .other(let text): text
      }
    }

    /// As a reader would say it of a rule that states this tie: `origin of`.
    package var reverseWords: String {
      switch self {
      case .derived: "origin of"
      case .obsolete: "replaced by"
      case .merged: "merged into"
      case .renamed: "renamed to"
      case .similar: "similar to"
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
