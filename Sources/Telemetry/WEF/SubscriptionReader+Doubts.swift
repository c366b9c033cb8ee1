import Diagnostics
import Events
import QueryLanguages
import RuleModel
import XML

extension SubscriptionReader {
  /// Reports tests that no event can meet, and tests that can't be answered.
  mutating func reportDoubts(of part: SubscriptionQuery.Part, in element: XMLElement) {
    let held = eventsHeld(by: part)
    let taken = held.filter { part.query.mayTake($0, channel: part.channelKey) }
    var doubts = QueryDoubts()
    let events = taken.isEmpty ? held : taken
    for event in events {
      _ = part.query.predicate(for: event, channel: part.channelKey, doubts: &doubts)
    }
    let fields = Set(events.flatMap { $0.fields ?? [] })
    let knowsAllData = taken.allSatisfy { $0.fields != nil }
    for (offset, kind) in doubts.kinds.sorted(by: { $0.key < $1.key }) where !doubts.answered.contains(offset) {
      let position = element.position(ofTextByte: offset)
      switch kind {
      case .element(let name, let parent):
        warn(.wefQuery, at: position, message(of: name, in: parent, fields: fields))
      case .data(let name) where !taken.isEmpty:
        let near = nearestName(to: name, in: fields.sorted())
        let message = "no event that the query can take is known to have data named '\(name.shortened)'; "
        if near != nil || knowsAllData {
          warn(.wefQuery, at: position, message + (near.map { "did you mean '\($0)'?" } ?? "correct the name"))
        } else {
          note(.wefQuery, at: position, message + "correct the name, or add it to an event map of your own")
        }
      case .unknownData(let name) where !taken.isEmpty:
        note(
          .wefQuery, at: position,
          "it isn't known whether these events have data named '\(name.shortened)'; add their fields to an event map of your own"
        )
      case .data, .unknownData: break
      case .provider(let name):
        let near = nearestName(to: name, in: map.providers.map(\.name)).map { "did you mean '\($0)'?" }
        let message = "the event map has no provider '\(name.shortened)'; "
        if let near {
          warn(.telemetryProvider, at: position, message + near)
        } else {
          note(.telemetryProvider, at: position, message + "add it to an event map of your own")
        }
      case .unknown(let what):
        note(.wefQuery, at: position, "it isn't known \(what), so that it counts as collected in part")
      }
    }
  }

  /// The known events of the channel; if there are none, an event about which nothing is known.
  private func eventsHeld(by part: SubscriptionQuery.Part) -> [QueriedEvent] {
    var result: [QueriedEvent] = []
    for provider in map.providers {
      guard part.holding(of: QueriedEvent(Event(provider: provider.name, name: "*"), in: map)) != .no else { continue }
      result += provider.events.map { QueriedEvent(Event(provider: provider.name, name: $0.name), in: map) }
    }
    return result.isEmpty ? [QueriedEvent(Event(provider: part.providers.min() ?? "", name: "*"), in: map)] : result
  }

  private func message(of name: String, in parent: EventElement, fields: Set<String>) -> String {
    if parent == .root {
      return "a query begins with '*' or 'Event', not '\(name.shortened)'; write *[System[…]] and *[EventData[…]]"
    }
    let start = "no event has '\(name.shortened)' in \(parent.words); "
    if parent == .eventData, fields.contains(name) { return start + "write Data[@Name='\(name)']" }
    if let near = nearestName(to: name, in: parent.names) { return start + "did you mean '\(near)'?" }
    return start + (parent.names.isEmpty ? "remove it" : "there are \(parent.names.joined(separator: ", "))")
  }
}
