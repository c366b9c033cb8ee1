extension Rule {
  /// What a rule does, with what only rules that do it have.
  package enum Body: Hashable, Sendable {
    /// It raises an alert.
    case detection(Match)
    /// It raises nothing until somebody runs it.
    case hunt(Match)
    /// It passes on an alert that another product has raised.
    case forwarder(Match)
    /// It gathers context and raises nothing.
    case enrichment(Match)
    /// It relates matches of other rules; nil where the file doesn't say how.
    case correlation(Correlation?)
    /// It excludes what other rules would match: of which rules; nil where the file doesn't say.
    case filter(FilterScope?, Match)
  }

  package var ruleClass: RuleClass { body.ruleClass }
  package var correlation: Correlation? { body.correlation }
  package var filter: FilterScope? { body.filter }
  package var match: Match? { body.match }
  /// What it counts matches by, and within which time.
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

/// How events that a rule's condition is about make it match.
package enum Match: Hashable, Sendable {
  /// Each event for which the condition holds.
  case single
  /// Several events, each for a part of the condition: Sigma 1's `near`, and its `timeframe`.
  case join(by: [String], within: String?)
  /// Several events one after the other, each for a stage.
  case sequence(by: [String], within: String?)
  /// The first event in a time whose fields have these values together.
  case newTerms(of: [String], within: String?)
  /// Anomalies that a model finds, by its names: no test says what it looks for.
  case model([String])
  /// So many events, or values of theirs.
  ///
  /// - Parameters:
  ///   - count: what follows the pipe of an old Sigma condition: `count() by src_ip > 10`.
  ///   - joinsEvents: whether one event need not match all of the condition.
  case threshold(_ count: String, by: [String], within: String?, joinsEvents: Bool)

  /// Whether parts of the condition are about different events, and one event need not match them all.
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

  /// What is counted, and how often.
  package var aggregation: String? {
    if case .threshold(let count, _, _, _) = self { count } else { nil }
  }
}
