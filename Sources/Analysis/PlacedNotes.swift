import Attack
import Events
package import RuleModel

/// Notes from separate folders, each with its subject.
package struct PlacedNotes: Sendable {
  package private(set) var techniques: [TechniqueID: Note] = [:]
  /// Notes on providers are listed under their event `*`.
  package private(set) var events: [Event: Note] = [:]
  /// Notes on subjects that the catalog doesn't have.
  package private(set) var unplaced: [(note: Note, subject: Subject)] = []

  /// The subject of a folder's notes.
  package enum Subject: Sendable {
    /// A technique in this version of ATT&CK.
    case technique(version: String)
    case event
  }

  /// - Parameter events: the events of the rules.
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

/// The events that have pages, by the name of a note on them: those that rules read, their equivalents, and their
/// providers.
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

/// A path with its components written as in rules' addresses, since event names may contain characters that file names
/// can't.
private func normal(_ path: String) -> String {
  path.split(separator: "/").map { RuleKey.slug(ofStem: String($0)) }.joined(separator: "/")
}
