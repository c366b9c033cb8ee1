package import Diagnostics
import Documents
package import Events
import RuleModel

/// An entry of `missing-fields`: fields that a provider's events come without.
package struct MissingFields: Hashable, Sendable {
  package var provider: String
  /// By name or number range; nil for all of the provider's.
  package var events: [NamePattern]?
  package var fields: [Field]
  package var location: SourceLocation

  package struct Field: Hashable, Sendable {
    package var name: String
    package var location: SourceLocation
  }
}

extension NodeReader {
  /// `{provider: Microsoft-Windows-Security-Auditing, event: 4688, fields: [CommandLine]}`
  mutating func missingFields(_ node: Node) -> MissingFields? {
    let parts = values(
      of: node, in: "an entry of 'missing-fields'", keys: ["provider", "event", "events", "fields"])
    guard let provider = parts["provider"], let fields = parts["fields"] else {
      if node.kind == .mapping { error(at: node, "an entry of 'missing-fields' needs a 'provider' and 'fields'") }
      return nil
    }
    if parts["event"] != nil, let events = parts["events"] {
      error(at: events, "an entry of 'missing-fields' has 'event' or 'events', not both; remove one")
    }
    guard let name = text(provider, in: "'provider'") else { return nil }
    let items = fields.kind == .sequence ? fields.items : [fields]
    var found: [MissingFields.Field] = []
    for item in items {
      if let name = text(item, in: "an item of 'fields'") {
        found.append(MissingFields.Field(name: name, location: location(of: item)))
      }
    }
    if fields.isNull || items.isEmpty { error(at: fields, "'fields' names none; write the fields that are missing") }
    return MissingFields(
      provider: name, events: (parts["event"] ?? parts["events"]).map { names($0) }, fields: found,
      location: location(of: node))
  }
}
