import Text

/// A writer of log records: a Windows provider, a cloud service, a log file.
package struct Provider: Hashable, Sendable {
  /// The source's own name: `Microsoft-Windows-Sysmon`, `AWS-iam`.
  package var name: String
  /// A short description.
  package var title: String?
  /// Other names, and patterns of names, that records or rules use for it.
  package var aliases: [NamePattern] = []
  /// The Windows channels that it writes to.
  package var channels: [String] = []
  /// Whether it represents any product of a kind: any web server.
  package var isGeneric = false
  package var requirements: [Requirement] = []
  /// Names and number ranges of events about which nothing else is known.
  package var others: [NamePattern] = []
  /// Whether ``events`` and ``others`` contain everything that it writes.
  package var isComplete = false
  /// Numbers by value, then names in UTF-8 byte order.
  package private(set) var events: [EventDescription] = []
  /// Names and aliases in lower case.
  private var eventIndices: [String: Int] = [:]

  init(name: String) { self.name = name }

  /// The event with this name or alias, in any case.
  package func event(named name: String) -> EventDescription? {
    eventIndices[name].map { events[$0] } ?? eventIndices[lowercasedASCII(name)].map { events[$0] }
  }

  /// Whether an event with this name is known to exist.
  package func lists(_ name: String) -> Bool { event(named: name) != nil || others.contains { $0.matches(name) } }

  /// Adds events, replacing those that already exist.
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

/// What is known about one of a provider's events.
package struct EventDescription: Hashable, Sendable {
  package var name: String
  package var title: String?
  /// Its other names: the number of an audit record.
  package var aliases: [String] = []
  /// The names of its data fields, in order; empty if they aren't known.
  package var fields: [String] = []
}

/// Something that must be enabled before events are recorded.
package struct Requirement: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A subcategory of Windows' audit policy, as `auditpol` names it.
    case auditPolicy
    /// A Windows channel that is off by default.
    case channel
    /// An audit entry (SACL) on the object to be monitored.
    case sacl
    /// Any other setting, policy or licence, in words.
    case setting
    /// A version of the system or the product.
    case version
  }

  package var kind: Kind
  package var text: String
  /// The events that require it; empty for all of the provider's.
  package var events: [NamePattern] = []
  /// The fields that are empty without it; empty if the events are missing altogether.
  package var fields: [String] = []

  package func concerns(_ event: String) -> Bool { events.isEmpty || events.contains { $0.matches(event) } }
}
