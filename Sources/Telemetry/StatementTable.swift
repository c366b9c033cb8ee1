import Events
import RuleModel
import Text

/// Statements about what is collected, indexed by providers and events, so that an event isn't compared with each
/// statement.
struct StatementTable: Sendable {
  struct Statement: Sendable {
    enum Subject: Sendable {
      case provider(String, events: [NamePattern]?)
      case logSource(LogSourceEvents)
    }

    var source: TelemetrySource
    var subject: Subject
    /// The part that isn't understood.
    var doubt: String?

    var filter: EventFilter {
      doubt.map { EventFilter(source: source, unclear: $0) } ?? EventFilter(source: source)
    }
  }

  /// The statements on one provider, by their indices in ``all``.
  private struct OfProvider {
    var all: [Int] = []
    var byEvent: [String: [Int]] = [:]
    /// Statements with more than plain event names.
    var others: [Int] = []
  }

  /// In the order in which they were made.
  private(set) var all: [Statement] = []
  private var byProvider: [String: OfProvider] = [:]
  private var ofLogSources: [Int] = []

  mutating func append(_ statement: Statement) {
    let place = all.count
    all.append(statement)
    switch statement.subject {
    case .logSource: ofLogSources.append(place)
    case .provider(let name, let events):
      var known = byProvider[lowercasedASCII(name)] ?? OfProvider()
      known.all.append(place)
      for event in events ?? [] where event.isLiteral {
        known.byEvent[lowercasedASCII(event.text), default: []].append(place)
      }
      if events?.allSatisfy(\.isLiteral) != true { known.others.append(place) }
      byProvider[lowercasedASCII(name)] = known
    }
  }

  /// The statements on an event, or on all of its provider's.
  func statements(on event: Event, in map: EventMap) -> [Statement] {
    var places = ofLogSources.filter { place in
      guard case .logSource(let source) = all[place].subject else { return false }
      return source.holds(event, in: map)
    }
    if let known = byProvider[lowercasedASCII(event.provider)] {
      places += event.isAny ? known.all : known.byEvent[lowercasedASCII(event.name)] ?? []
      if !event.isAny {
        places += known.others.filter { place in
          guard case .provider(_, let events) = all[place].subject else { return false }
          return events?.contains { $0.matches(event.name) } ?? true
        }
      }
    }
    return Set(places).sorted().map { all[$0] }
  }
}
