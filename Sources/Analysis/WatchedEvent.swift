import Diagnostics
package import Events
package import RuleModel
import Text

/// An event, and the rules of a catalog that read it.
package struct WatchedEvent: Sendable {
  package var event: MappedEvent
  /// Ascending.
  package var rules: [RuleID]
}

/// How many events the rules of a catalog read. Reading everything from a provider (`*`) counts for the provider, but
/// not as an event.
package struct ReadEventCounts: Hashable, Sendable {
  package var events: Int
  package var providers: Int

  package init(_ watched: [WatchedEvent]) {
    events = watched.count { !$0.event.event.isAny }
    providers = Set(watched.map(\.event.event.provider)).count
  }
}

/// The events that rules read, including any event of a provider (`*`): sorted by provider in UTF-8 byte order, then in
/// the order in which a provider's events are listed.
///
/// - Parameter resolutions: the events that each rule reads.
package func watchedEvents(in resolutions: RuleColumn<EventResolution>) -> [WatchedEvent] {
  var numbers: [Event: Int] = [:]
  var watched: [WatchedEvent] = []
  for (rule, resolution) in resolutions.pairs {
    for mapped in resolution.events {
      if let known = numbers[mapped.event] {
        if watched[known].rules.last != rule { watched[known].rules.append(rule) }
      } else {
        numbers[mapped.event] = watched.count
        watched.append(WatchedEvent(event: mapped, rules: [rule]))
      }
    }
  }
  let order = watched.map { (provider: $0.event.event.provider, name: EventNameOrder($0.event.event.name)) }
  return watched.indices.sorted { left, right in
    let (one, other) = (order[left], order[right])
    return one.provider == other.provider
      ? one.name < other.name : inByteOrder(one.provider, other.provider)
  }
  .map { watched[$0] }
}
