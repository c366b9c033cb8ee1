import Attack
import Events
package import RuleModel

/// Notes from folders of their own, each with what it is on.
package struct PlacedNotes: Sendable {
  package private(set) var techniques: [TechniqueID: Note] = [:]
  /// Under the event `*` those on providers.
  package private(set) var events: [Event: Note] = [:]
  /// Notes on what the catalog doesn't have.
  package private(set) var unplaced: [(note: Note, subject: Subject)] = []

  /// What a folder's notes are on.
  package enum Subject: Sendable {
    /// Of that version of ATT&CK.
    case technique(version: String)
    case event
  }

  /// - Parameter events: of the rules.
  init(_ named: NamedNotes, matrix: AttackMatrix, events resolutions: RuleColumn<EventResolution>, map: EventMap) {
    for (name, note) in named.techniques {
      if let id = TechniqueID(name), matrix.technique(id) != nil {
        techniques[id] = note
      } else {
        unplaced.append((note, .technique(version: matrix.version)))
      }
    }
    guard !named.events.isEmpty else { return }
    let known = eventsByName(of: resolutions, map)
    for (name, note) in named.events {
      if let event = known[normal(name)] {
        events[event] = note
      } else {
        unplaced.append((note, .event))
      }
    }
  }
}

/// The events that have pages, by what a note on them is called: those that rules read, what is much the same, and their providers.
private func eventsByName(of resolutions: RuleColumn<EventResolution>, _ map: EventMap) -> [String: Event] {
  let read = Set(resolutions.flatMap { $0.events.map(\.event) })
  let events = read.union(read.flatMap { map.equivalents(of: $0).compactMap(\.second) })
  var names: [String: Event] = [:]
  for event in events.sorted() {
    let provider = RuleKey.slug(ofStem: event.provider)
    names[provider] = Event(provider: event.provider, name: "*")
    if !event.isAny { names[provider + "/" + RuleKey.slug(ofStem: event.name)] = event }
  }
  return names
}

/// A path whose parts are written as those of rules' addresses: names of events may hold what no file's name can.
private func normal(_ path: String) -> String {
  path.split(separator: "/").map { RuleKey.slug(ofStem: String($0)) }.joined(separator: "/")
}
