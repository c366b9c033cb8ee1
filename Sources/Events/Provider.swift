import Text

/// Who writes log records: a Windows provider, a cloud service, a log file.
package struct Provider: Hashable, Sendable {
  /// The source's own name: `Microsoft-Windows-Sysmon`, `AWS-iam`.
  package var name: String
  /// What it is, in a few words.
  package var title: String?
  /// Other names, and patterns of names, that records or rules give it.
  package var aliases: [NamePattern] = []
  /// Windows channels that it writes to.
  package var channels: [String] = []
  /// Whether it represents any product of a kind: any web server.
  package var isGeneric = false
  package var requirements: [Requirement] = []
  /// Names and ranges of numbers of events of which nothing else is known.
  package var others: [NamePattern] = []
  /// Whether ``events`` and ``others`` have all that it writes.
  package var isComplete = false
  /// Numbers in their order, then names in UTF-8 byte order.
  package private(set) var events: [EventDescription] = []
  /// Names and aliases in lower case.
  private var eventIndices: [String: Int] = [:]

  init(name: String) { self.name = name }

  /// The event of that name or alias, whatever its case.
  package func event(named name: String) -> EventDescription? {
    eventIndices[name].map { events[$0] } ?? eventIndices[lowercasedASCII(name)].map { events[$0] }
  }

  /// Whether an event of that name is known to be there.
  package func lists(_ name: String) -> Bool { event(named: name) != nil || others.contains { $0.matches(name) } }

  /// Adds events; one that is there already is replaced.
  mutating func add(_ added: [EventDescription]) {
    guard !added.isEmpty else { return }
    if !events.isEmpty {
      let replaced = Set(added.map(\.name))
      events.removeAll { replaced.contains($0.name) }
    }
    events = (events + added).map { (order: EventNameOrder($0.name), event: $0) }
      .sorted { $0.order < $1.order }.map(\.event)
    eventIndices = [:]
    eventIndices.reserveCapacity(events.count)
    for (index, event) in events.enumerated() {
      for name in [event.name] + event.aliases { eventIndices[lowercasedASCII(name)] = index }
    }
  }
}

/// What is known of one of a provider's events.
package struct EventDescription: Hashable, Sendable {
  package var name: String
  package var title: String?
  /// Other names of it: the number of an audit record.
  package var aliases: [String] = []
  /// The names of its data fields in their order; empty where they aren't known.
  package var fields: [String] = []
}

/// Something that must be turned on before events are recorded.
package struct Requirement: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A subcategory of Windows' audit policy, as `auditpol` names it.
    case auditPolicy
    /// A Windows channel that is off by default.
    case channel
    /// An audit entry (SACL) on the object that is to be watched.
    case sacl
    /// Any other setting, policy or licence, in words.
    case setting
    /// A version of the system or the product.
    case version
  }

  package var kind: Kind
  package var text: String
  /// The events that it is for; empty for all of the provider's.
  package var events: [NamePattern] = []
  /// The fields that are empty without it; empty where the events are missing altogether.
  package var fields: [String] = []

  package func concerns(_ event: String) -> Bool { events.isEmpty || events.contains { $0.matches(event) } }
}
