package import Diagnostics
package import RuleModel

/// A technique that may stay uncovered, as its team decided, with its sub-techniques.
package struct AcceptedGap: Hashable, Sendable {
  /// An active one; a revoked id counts for its replacement.
  package var technique: TechniqueID
  package var reason: String
  /// The last day on which it is accepted; nil for no end.
  package var until: CalendarDate?
  /// Who decided it, or looks after it.
  package var owner: String?
  /// Its entry in the configuration.
  package var location: SourceLocation
  /// Whether its date has passed; nil if it has a date and no day was given to compare it with.
  package var isOver: Bool?

  init(
    _ technique: TechniqueID, _ acceptance: ScopeDefinition.Acceptance, at location: SourceLocation,
    on day: CalendarDate?
  ) {
    (self.technique, self.location) = (technique, location)
    (reason, until, owner) = (acceptance.reason, acceptance.until, acceptance.owner)
    isOver = acceptance.until.map { until in day.map { until < $0 } } ?? false
  }

  /// `accepted until 2027-03-31 by SOC: no sensor on that network`.
  package var words: String {
    let end = until.map { " until \($0)" } ?? ""
    return "accepted\(end)\(owner.map { " by \($0)" } ?? ""): \(reason)"
  }

  /// What its date means, as far as it is known: `passed`, `open` until then, `unchecked` without a day to compare it with.
  package var verdict: String {
    switch isOver {
    case true?: "passed"
    case false?: "open"
    case nil: "unchecked"
    }
  }
}
