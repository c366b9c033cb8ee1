extension Rule {
  /// What a rule does, with the properties that only such rules have.
  package enum Body: Hashable, Sendable {
    /// It raises an alert.
    case detection(Match)
    /// It raises nothing until an analyst runs it.
    case hunt(Match)
    /// It forwards an alert that another product has raised.
    case forwarder(Match)
    /// It gathers context and raises nothing.
    case enrichment(Match)
    /// It correlates matches of other rules; nil if the file doesn't say how.
    case correlation(Correlation?)
    /// It excludes events from the matches of other rules; the scope is nil if the file doesn't give one.
    case filter(FilterScope?, Match)
  }

  package var ruleClass: RuleClass { body.ruleClass }
  package var correlation: Correlation? { body.correlation }
  package var filter: FilterScope? { body.filter }
  package var match: Match? { body.match }
  /// The fields by which matches are grouped, and the time window.
  package var groupBy: [String] { body.groupBy }
  package var timeWindow: String? { body.timeWindow }
}

extension Rule.Body {
  package var ruleClass: RuleClass {
    switch self {
    case .detection: .detection
    case .hunt: .hunt
    case .forwarder: .forwarder
    case .enrichment: .enrichment
    case .correlation: .correlation
    case .filter: .filter
    }
  }

  package var correlation: Correlation? {
    if case .correlation(let correlation) = self { correlation } else { nil }
  }

  package var filter: FilterScope? {
    if case .filter(let scope, _) = self { scope } else { nil }
  }

  /// How the rule's stages match; nil for a correlation, which has none.
  package var match: Match? {
    switch self {
    case .detection(let match), .hunt(let match), .forwarder(let match), .enrichment(let match), .filter(_, let match):
      match
    case .correlation: nil
    }
  }

  package var groupBy: [String] { correlation?.groupBy ?? match?.groupBy ?? [] }
  package var timeWindow: String? { correlation?.timespan ?? match?.timeWindow }
}

/// How events make a rule match.
package enum Match: Hashable, Sendable {
  /// Each event that meets the condition.
  case single
  /// Several events, each meeting part of the condition: Sigma 1's `near` and `timeframe`.
  case join(by: [String], within: String?)
  /// Several events in sequence, one for each stage.
  case sequence(by: [String], within: String?)
  /// The first event within a time window in which these fields have a new combination of values.
  case newTerms(of: [String], within: String?)
  /// Anomalies found by machine learning models, given by name; no test describes them.
  case model([String])
  /// A number of events, or of their values.
  ///
  /// - Parameters:
  ///   - count: what follows the pipe in an old Sigma condition: `count() by src_ip > 10`.
  ///   - joinsEvents: whether different events may meet different parts of the condition.
  case threshold(_ count: String, by: [String], within: String?, joinsEvents: Bool)

  /// Whether parts of the condition may be met by different events, so that no single event needs to meet them all.
  package var joinsEvents: Bool {
    switch self {
    case .single, .newTerms, .model: false
    case .join, .sequence: true
    case .threshold(_, _, _, let joinsEvents): joinsEvents
    }
  }

  package var groupBy: [String] {
    switch self {
    case .single, .newTerms, .model: []
    case .join(let fields, _), .sequence(let fields, _), .threshold(_, let fields, _, _): fields
    }
  }

  /// As written: `10m`.
  package var timeWindow: String? {
    switch self {
    case .single, .model: nil
    case .join(_, let time), .sequence(_, let time), .newTerms(_, let time), .threshold(_, _, let time, _): time
    }
  }

  /// What is counted, and the threshold.
  package var aggregation: String? {
    if case .threshold(let count, _, _, _) = self { count } else { nil }
  }
}
