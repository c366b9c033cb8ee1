package import Diagnostics
package import RuleModel
import Text

/// Why no event can match a rule: its log source has none of the events that the rule names, or the rule requires
/// contradictory values.
package struct Contradiction: Hashable, Sendable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    /// No event can meet all conditions on these fields.
    case excludeEachOther(fields: [String])
    /// The log source has none of the events that the rule names in these fields.
    case notOfLogSource(LogSource, fields: [String], has: [Event])
  }

  package var reason: Reason
  /// The position of the first test that names an event.
  package var position: SourcePosition?

  /// In words:
  /// `the log source 'category: process_creation, product: windows' has no event with the EventID that the rule asks for`.
  package var description: String {
    switch reason {
    case .excludeEachOther(let fields):
      return "no event can have all that the rule asks of \(listed(fields, "and"))"
    case .notOfLogSource(let logSource, let fields, let events):
      let shown = events.prefix(4).map(\.words) + (events.count > 4 ? ["\(events.count - 4) more"] : [])
      return
        "the log source '\(logSource)' has no event with the \(listed(fields, "and")) that the rule asks for, only "
        + listed(shown, "and")
    }
  }

  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    var location = location
    if let position { location.position = position }
    return Diagnostic(
      .eventContradiction, at: location,
      "\(self), so that the rule can never match; correct the values, the condition or the log source")
  }
}

/// An event that its provider doesn't have.
package struct UnlistedEvent: Hashable, Sendable {
  package var event: Event
  /// The position of the test that names it.
  package var position: SourcePosition?

  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    var location = location
    if let position { location.position = position }
    return Diagnostic(
      .eventUnknown, at: location,
      "\(event.provider) has no event \(event.name); correct the number, or name the provider that has it")
  }
}

extension Contradiction {
  /// - Parameter ways: the ways in which the rule could match, before taking the log source into account.
  init(of stages: [Stage], _ ways: Set<Alternative>, with source: LogSourceEvents, _ logSource: LogSource) {
    var fields: [String] = []
    var first: SourcePosition?
    stages.forEachTest { test, _ in
      guard let field = test.field, source.fields.entry(of: field)?.chooses == true else { return }
      if !fields.contains(field) { fields.append(field) }
      first = first.map { min($0, test.position) } ?? test.position
    }
    position = first
    let events = source.targets.flatMap { target -> [Event] in
      switch target.extent {
      case .event(let name): [Event(provider: target.provider, name: name)]
      case .pinned(let names) where source.listsPinnedOnly:
        names.patterns.map { Event(provider: target.provider, name: $0.text) }
      case .any, .pinned: []
      }
    }.sorted()
    reason =
      ways.isEmpty || events.isEmpty
      ? .excludeEachOther(fields: fields) : .notOfLogSource(logSource.withoutDefinition, fields: fields, has: events)
  }
}

extension LogSourceEvents {
  /// Whether a rule's conditions on the fields that name events and providers rule out everything in the log source.
  func isRuledOut(by ways: Set<Alternative>, _ map: EventMap) -> Bool {
    if ways.isEmpty { return true }
    return !targets.isEmpty
      && ways.allSatisfy { way in
        targets.allSatisfy { target in
          switch target.extent {
          case .event(let event): rulesOut(event, of: target.provider, in: way, map)
          // The entries list all its events.
          case .pinned where listsPinnedOnly: true
          case .any:
            rulesOut(provider: target.provider, in: way, map) || asksForNoEvent(of: target.provider, in: way, map)
          case .pinned(let names):
            rulesOut(provider: target.provider, in: way, map)
              || asksForNone(of: names, of: target.provider, in: way, map)
          }
        }
      }
  }

  /// The position of a value by which a rule names an event.
  func place(ofPin name: String, in stages: [Stage]) -> SourcePosition? {
    var place: SourcePosition?
    stages.forEachTest { test, negated in
      guard !negated, let field = test.field.flatMap(fields.entry(of:)), field.chooses else { return }
      let value = field.holdsNumbers ? withoutLeadingZeros(test.value) : test.value
      guard lowercasedASCII(value) == lowercasedASCII(name) else { return }
      place = place.map { min($0, test.position) } ?? test.position
    }
    return place
  }
}
