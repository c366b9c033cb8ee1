package import Diagnostics
package import RuleModel
package import Telemetry

/// Exclusions of a rule that can't work, because its events come without the field that they look into: what they should
/// leave out, the rule finds.
package struct DeadExclusion: Hashable, Sendable {
  /// The events without the field, in order.
  package var events: [Event]
  /// What says that the field is missing.
  package var clause: FilterClause
  /// The rule's own tests, in its order.
  package var tests: [Test]

  /// Where the field is said to be missing.
  package var location: SourceLocation { clause.location }
}

extension [DeadExclusion] {
  /// Those of one place and the same tests, for all their events together; in order of location.
  var joined: [DeadExclusion] {
    var result: [DeadExclusion] = []
    for one in self {
      if let index = result.firstIndex(where: { $0.clause == one.clause && $0.tests == one.tests }) {
        result[index].events = Set(result[index].events + one.events).sorted()
      } else {
        result.append(one)
      }
    }
    return result.sorted { $0.location < $1.location }
  }
}
