import Diagnostics
import Events
import RuleModel
import Text

/// Which fields events come without: as `missing-fields` says, and as group policy decides.
struct LackingFields: Sendable {
  /// Fields of a provider's events.
  private struct Entry: Sendable {
    var provider: String
    var events: [NamePattern]?
    /// Doubtful if it isn't known whether the field is missing.
    var clause: FilterClause

    init(provider: String, events: [NamePattern]?, clause: FilterClause, isDoubtful: Bool) {
      self.provider = lowercasedASCII(provider)
      self.events = events
      self.clause = isDoubtful ? clause.doubtful : clause
    }
  }

  private var entries: [Entry] = []
  private let parts: [String: [String]]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ missing: [MissingFields], facts: CollectorFacts, map: EventMap) {
    parts = facts.fieldParts
    for entry in missing {
      let known = map.provider(named: entry.provider)
      if known == nil {
        let near = nearestName(to: entry.provider, in: map.providers.map(\.name))
        diagnostics.append(
          Diagnostic(
            .telemetryProvider, at: entry.location,
            "the event map has no provider '\(shortened(entry.provider))'; "
              + (near.map { "did you mean '\($0)'?" } ?? "add it to an event map of your own")))
      }
      for field in entry.fields { add(field, of: entry, known, map) }
    }
  }

  private mutating func add(
    _ field: MissingFields.Field, of entry: MissingFields, _ provider: Provider?, _ map: EventMap
  ) {
    let name = provider?.name ?? entry.provider
    func append(_ field: String, at location: SourceLocation, isDoubtful: Bool) {
      entries.append(
        Entry(
          provider: name, events: entry.events,
          clause: FilterClause(condition(on: field), at: location, text: field), isDoubtful: isDoubtful))
    }
    append(field.name, at: field.location, isDoubtful: false)
    guard let provider, let near = nearField(to: field.name, of: provider, entry.events, map) else { return }
    diagnostics.append(
      Diagnostic(
        .telemetryField, at: field.location,
        "the event map has no field '\(shortened(field.name))' of \(name)\(words(entry.events)); did you mean '\(near)'?"
      ))
    append(near, at: field.location, isDoubtful: true)
  }

  private func words(_ events: [NamePattern]?) -> String {
    events.map { " " + $0.map(\.text).joined(separator: ", ") } ?? ""
  }

  /// The field that was probably meant, if the events' fields are known and none has the name.
  private func nearField(
    to name: String, of provider: Provider, _ events: [NamePattern]?, _ map: EventMap
  ) -> String? {
    var known: Set<String> = []
    for event in provider.events where events?.contains(where: { $0.matches(event.name) }) ?? true {
      guard let fields = map.fields(of: Event(provider: provider.name, name: event.name)) else { return nil }
      known.formUnion(fields)
    }
    if known.contains(where: { lowercasedASCII($0) == lowercasedASCII(name) }) || isPart(name) { return nil }
    return nearestName(to: name, in: known.sorted())
  }

  private func isPart(_ name: String) -> Bool {
    parts.values.contains { $0.contains { lowercasedASCII($0) == lowercasedASCII(name) } }
  }

  /// That a field has a value, or what is computed from it has one.
  private func condition(on field: String) -> Predicate {
    let own = parts.first { lowercasedASCII($0.key) == lowercasedASCII(field) }?.value ?? []
    return .disjunction(([field] + own).map { .test(Test(field: $0, kind: .exists, value: "true")) })
  }

  /// Adds what the policies decide. If a file says nothing about a setting, Windows' default holds. Files that differ are
  /// about different hosts, and one that can't be read may be about any.
  mutating func add(_ policies: [RegistryPolicy], unread: [TelemetrySource], _ facts: PolicyFacts) {
    guard !policies.isEmpty || !unread.isEmpty else { return }
    for setting in facts.settings {
      let found = policies.map { (policy: $0, value: $0.values[setting.value]) }
      let isOn = found.contains { $0.value?.isOn == true }
      // A policy that says nothing doesn't contradict one that does.
      let off = found.first { $0.value?.isOn == false } ?? (isOn ? nil : found.first { $0.value == nil })
      let doubt = found.first { $0.value.map { $0.isOn == nil } ?? false }
      for field in setting.fields {
        let place: (location: SourceLocation, why: String)
        if let doubt, let value = doubt.value {
          place = (value.location, "\(setting.value) isn't understood")
        } else if let off {
          place = (
            off.value?.location ?? off.policy.location, "\(setting.value) \(off.value == nil ? "isn't set" : "is off")"
          )
        } else if let source = unread.first {
          place = (source.location, "the policy can't be read")
        } else {
          continue
        }
        entries.append(
          Entry(
            provider: setting.provider, events: setting.events,
            clause: FilterClause(condition(on: field), at: place.location, text: "\(field), as \(place.why)"),
            isDoubtful: doubt != nil || isOn || !unread.isEmpty))
      }
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// What leaves fields of an event empty; nil if nothing does.
  func filter(of event: Event) -> EventFilter? {
    if event.isAny { return nil }
    let provider = lowercasedASCII(event.provider)
    let own = entries.filter { entry in
      entry.provider == provider && entry.events?.contains { $0.matches(event.name) } ?? true
    }
    guard let first = own.first else { return nil }
    var filter = EventFilter(source: TelemetrySource(.missingFields, at: first.clause.location))
    filter.lacks = own.map(\.clause)
    return filter
  }
}
