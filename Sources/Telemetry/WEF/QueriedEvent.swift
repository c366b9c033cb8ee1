import Events
import RuleModel
import Text

/// One kind of event, with what a query can know about it in advance.
struct QueriedEvent {
  let name: String
  /// As spelt in the map.
  let provider: String
  /// The channels that the provider writes to, in lower case.
  let channels: [String]
  /// Its data fields, in order; nil if they aren't known.
  let fields: [String]?
  let map: EventMap

  init(_ event: Event, in map: EventMap) {
    name = event.name
    provider = event.provider
    channels = map.provider(named: event.provider)?.channels.map(lowercasedASCII) ?? []
    fields = map.fields(of: event)
    self.map = map
  }
}
