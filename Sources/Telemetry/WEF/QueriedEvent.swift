import Events
import RuleModel
import Text

/// One kind of event, as far as a query can know it beforehand.
struct QueriedEvent {
  let name: String
  /// As the map spells it.
  let provider: String
  /// The channels that the provider writes to, in lower case.
  let channels: [String]
  /// Its data fields, in their order; nil where they aren't known.
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
