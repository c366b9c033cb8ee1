package import Diagnostics
import Documents
package import RuleModel
import Text

/// The events in which a rule's activity can show.
package struct EventResolution: Hashable, Sendable {
  /// By provider and event, without duplicates; empty if the log source is unknown.
  package var events: [MappedEvent] = []
  /// Events of the log source that this rule can't use, by event.
  package var narrowings: [Narrowing] = []
  /// The log sources that the event map doesn't know.
  package var unmapped: [UnmappedLogSource] = []
  /// Events that the rule names but their provider doesn't have, by event.
  package var unlisted: [UnlistedEvent] = []
  /// Why the rule can never match; nil if it can.
  package var contradiction: Contradiction?
  /// The resolution for each of the rule's log sources, in order; empty if it has at most one.
  package var ofLogSources: [EventResolution] = []

  package init(
    events: [MappedEvent] = [], narrowings: [Narrowing] = [], unmapped: [UnmappedLogSource] = [],
    unlisted: [UnlistedEvent] = [], contradiction: Contradiction? = nil
  ) {
    self.events = events
    self.narrowings = narrowings
    self.unmapped = unmapped
    self.unlisted = unlisted
    self.contradiction = contradiction
  }

  /// Joins what a rule reaches through several log sources.
  ///
  /// An event about which nothing is known doesn't count if another log source has one of the same name: with `EventID:
  /// [4697, 7045]` in the logs security and system, each log has one of them.
  init(joining parts: [EventResolution], in map: EventMap) {
    // Events that count in a log source only because there would be none otherwise don't count if another log source
    // has some.
    let parts = EventResolution.withoutSetAside(parts)
    let all = Set(parts.flatMap(\.events))
    let known = Set(all.lazy.filter { map.description(of: $0.event) != nil }.map(\.event.name))
    events = all.filter { !known.contains($0.event.name) || map.description(of: $0.event) != nil }
      .sorted { $0.event < $1.event }
    let reached = Set(events.map(\.event))
    narrowings = Set(parts.flatMap(\.narrowings)).filter { $0.isSetAside || !reached.contains($0.event) }
      .sorted { $0.event < $1.event }
    unmapped = parts.flatMap(\.unmapped)
    unlisted = parts.flatMap(\.unlisted).filter { reached.contains($0.event) }
    contradiction = parts.allSatisfy { $0.contradiction != nil } ? parts.first?.contradiction : nil
    ofLogSources = parts
  }
}

extension EventResolution {
  private static func withoutSetAside(_ parts: [EventResolution]) -> [EventResolution] {
    func setAside(_ part: EventResolution) -> Set<Event> { Set(part.narrowings.lazy.filter(\.isSetAside).map(\.event)) }
    let others = parts.filter { part in
      let aside = setAside(part)
      return part.events.contains { !$0.event.isAny && !aside.contains($0.event) }
    }
    guard !others.isEmpty else { return parts }
    return parts.map { part in
      var part = part
      let aside = setAside(part)
      part.events.removeAll { aside.contains($0.event) }
      for index in part.narrowings.indices { part.narrowings[index].isSetAside = false }
      return part
    }
  }

  /// The same for logs that have one name together.
  var asOfOneLogSource: EventResolution {
    var result = self
    result.ofLogSources = []
    return result
  }

  /// Problems with how the rule selects its events.
  ///
  /// - Parameter place: the location of the rule's log source.
  package func findings(at place: SourceLocation) -> [Diagnostic] {
    unmapped.map { $0.diagnostic(at: place) } + unlisted.map { $0.diagnostic(at: place) }
      + [contradiction].compactMap { $0?.diagnostic(at: place) }
  }
}

/// An event that a rule reaches.
package struct MappedEvent: Hashable, Sendable {
  package var event: Event
  /// Whether it is an API call or an audit-log operation.
  package var isOperation: Bool
  package var title: String?

  package init(event: Event, isOperation: Bool = false, title: String? = nil) {
    self.event = event
    self.isOperation = isOperation
    self.title = title
  }
}

/// Why an event of the log source doesn't count, or counts although the rule can't match it.
package struct Narrowing: Hashable, Sendable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    /// Every way to match needs all of these fields, which the event lacks.
    case lacks([String])
    /// Every way to match needs one of these fields or another, which the event lacks.
    case lacksOne(of: [String])
    /// The rule looks for values that the field never has in this event.
    case differs(field: String)
  }

  package var event: Event
  package var reason: Reason
  /// Whether the event still counts, because the rule would have none otherwise.
  package var isSetAside: Bool

  package init(event: Event, reason: Reason, isSetAside: Bool = false) {
    self.event = event
    self.reason = reason
    self.isSetAside = isSetAside
  }

  /// In words: `needs OriginalFileName, which Microsoft-Windows-Security-Auditing 4688 lacks`.
  package var description: String { words(on: "\(event.provider) \(event.name)", lacks: "lacks", has: "has") }

  /// In words, for several events with the same reason: `needs OriginalFileName, which they lack`.
  package var descriptionOfSeveral: String { words(on: "they", lacks: "lack", has: "have") }

  private func words(on events: String, lacks: String, has: String) -> String {
    switch reason {
    case .lacks(let fields): "needs \(listed(fields, "and")), which \(events) \(lacks)"
    case .lacksOne(let fields): "needs \(listed(fields, "or")), which \(events) \(lacks)"
    case .differs(let field): "looks for a value of \(field) that \(events) never \(has)"
    }
  }

  /// The finding on a rule all of whose events lack a field that it needs.
  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .eventNarrowed, at: location,
      "the rule \(self)" + (isSetAside ? "; no event of the log source can show it, test another field" : ""))
  }
}

/// A log source that the event map doesn't know.
package struct UnmappedLogSource: Hashable, Sendable {
  package var logSource: LogSource
  package var naming = LogNaming.logSource
  /// The known log source that was probably meant.
  package var nearest: LogSource?

  /// The event map entry, in YAML, that would add it; the provider's name is left for the user to fill in.
  package var entry: String {
    (["logsources:", "  - \(keys.joined(separator: "\n    "))", "    events:", "      - {provider: NAME}"])
      .joined(separator: "\n") + "\n"
  }

  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    let hint = nearest.map { "; did you mean '\(words($0))'? If not," } ?? ";"
    return Diagnostic(
      .logSourceUnmapped, at: location,
      "the event map doesn't know the \(noun) '\(words(logSource))'\(hint) add it to an event map of your own: "
        + "logsources: [{\(keys.joined(separator: ", ")), events: [{provider: NAME}]}]")
  }

  /// A rule may have only a category.
  private var noun: String {
    naming != .logSource && naming.names(of: logSource).isEmpty ? "event category" : naming.noun
  }

  /// The keys that identify this log source in an event map.
  private var keys: [String] {
    let name = yamlScalar(words(logSource))
    guard let key = naming.key else {
      return [("category", logSource.category), ("product", logSource.product), ("service", logSource.service)]
        .compactMap { key, value in value.map { "\(key): \(yamlScalar($0))" } }
    }
    return naming.names(of: logSource).isEmpty ? ["eventCategory: \(name)"] : ["\(key): [\(name)]"]
  }

  /// As its dialect writes it: `product: okta, service: okta`, `okta.system`.
  private func words(_ logSource: LogSource) -> String {
    naming == .logSource
      ? logSource.description : naming.names(of: logSource).first ?? logSource.category ?? logSource.description
  }
}
