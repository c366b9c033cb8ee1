package import Diagnostics
package import Events
package import RuleModel

/// What is collected of each event, by which files, and what their filters let through.
package struct Telemetry: Sendable {
  /// All that is wrong with the files, in the order of places.
  package private(set) var diagnostics: [Diagnostic] = []

  private let map: EventMap
  private var statements = StatementTable()
  private var sysmon: [SysmonConfiguration] = []
  private var policies: [AuditPolicy] = []
  private var auditRules: AuditRuleSet?
  private var queries: [SubscriptionQuery] = []
  /// The channels that a subscription reads, in lower case.
  private var channels: Set<String> = []

  /// - Parameters:
  ///   - contents: the bytes of each file that the telemetry file names; those that can't be read are left out.
  ///   - path: of the telemetry file, as messages are to name it.
  package init(
    _ file: TelemetryFile, contents: [(reference: TelemetryFile.Reference, path: String, bytes: [UInt8])],
    facts: CollectorFacts, map: EventMap
  ) {
    self.map = map
    var found: [Diagnostic] = []
    for statement in file.statements { add(statement, kind: .statement, into: &found) }
    var rules = AuditRuleReader(facts: facts.auditd)
    var auditPath: String?
    for (reference, path, bytes) in contents {
      switch reference.kind {
      case .statement: break
      case .csv:
        for statement in collectedStatements(inCSV: bytes, path: path, into: &found) {
          add(statement, kind: .csv, into: &found)
        }
      case .sysmon, .sysmonLinux:
        var reader = SysmonReader(path: path, kind: reference.kind, facts: facts.sysmon, map: map)
        if let configuration = reader.read(bytes) { sysmon.append(configuration) }
        found += reader.diagnostics
      case .wef:
        var reader = SubscriptionReader(path: path, map: map)
        queries += reader.read(bytes)
        found += reader.diagnostics
      case .auditPolicy:
        if let policy = AuditPolicy(parsing: bytes, path: path, facts: facts.auditPolicy, into: &found) {
          policies.append(policy)
        }
      case .auditd:
        auditPath = auditPath ?? path
        if reference.isFolder {
          // All of its files stand behind one another, and are read with the first.
          let files = contents.filter { $0.reference == reference }
          if files.first?.path == path { rules.read(folder: files.map { ($0.bytes, $0.path) }) }
        } else {
          rules.read(bytes, path: path)
        }
      }
    }
    if let auditPath {
      auditRules = AuditRuleSet(
        rules: rules.rules, disabled: rules.disabled, facts: facts.auditd, location: SourceLocation(path: auditPath))
    }
    channels = Set(queries.flatMap(\.selects).map(\.channelKey))
    diagnostics = (found + rules.diagnostics).sortedOnce()
  }

  private mutating func add(
    _ statement: TelemetryFile.Statement, kind: TelemetrySource.Kind, into diagnostics: inout [Diagnostic]
  ) {
    let source = TelemetrySource(kind, at: statement.location)
    switch statement.subject {
    case .provider(let name, let events):
      if !map.knows(provider: name) {
        let names = map.providers.map(\.name)
        let near = nearestName(to: name, in: names).map { "did you mean '\($0)'?" }
        diagnostics.append(
          Diagnostic(
            .telemetryProvider, at: statement.location,
            "the event map knows no provider '\(name)'; \(near ?? "add it to an event map of your own")"))
      }
      let known = map.provider(named: name)
      let named = events?.map { pattern in
        // An audit record may be named by its number, which is another name of it.
        let event = known?.event(named: pattern.text)
        let isKnown = event != nil || known?.events.contains { pattern.matches($0.name) } ?? true
        if let known, !known.events.isEmpty, !isKnown {
          let near = nearestName(to: pattern.text, in: known.events.map(\.name)).map { "; did you mean '\($0)'?" }
          diagnostics.append(
            Diagnostic(
              .telemetryProvider, at: statement.location, severity: .note,
              "the event map knows no event '\(shortened(pattern.text))' of \(known.name), so that it counts only for rules that name it so"
                + (near ?? "")))
        }
        return event.flatMap { NamePattern($0.name) } ?? pattern
      }
      statements.append(
        StatementTable.Statement(source: source, subject: .provider(known?.name ?? name, events: named)))
    case .logSource(let logSource):
      guard let entry = map.entry(for: logSource) else {
        let first = map.events(for: logSource, stages: []).unmapped.first
        let near = first?.nearest.map { "did you mean '\($0)'?" }
        diagnostics.append(
          Diagnostic(
            .telemetryProvider, at: statement.location,
            "the event map doesn't know the log source '\(logSource)'; "
              + (near ?? "add it to an event map of your own")))
        return
      }
      statements.append(StatementTable.Statement(source: source, subject: .logSource(entry)))
    }
  }
}

extension Telemetry {
  /// Whether nothing at all is said to be collected.
  package var isEmpty: Bool {
    statements.all.isEmpty && sysmon.isEmpty && policies.isEmpty && auditRules == nil && queries.isEmpty
  }

  /// How an event is collected.
  ///
  /// - What records a provider's events (a Sysmon configuration, an audit policy, audit rules) decides whether there are
  ///   any, whoever brings them. Several configurations are of several groups of hosts.
  /// - They come by what `collected` or a CSV says, by a subscription, or, where no subscription reads the provider's
  ///   channels, by what isn't told: a recorder's file then speaks for itself.
  /// - An event `*` comes as far as one of its provider's known events does.
  package func collection(of event: Event) -> EventCollection {
    if event.isAny { return collectionOfAny(of: event) }
    var result = EventCollection(recorders: recorders(of: event))
    for statement in statements.statements(on: event, in: map) {
      result.ways.append(EventFilter(source: statement.source))
    }
    let queried = QueriedEvent(event, in: map)
    result.ways += queries.compactMap { $0.filter(for: queried) }
    let isForwarded = queried.channels.contains(where: channels.contains)
    if !isForwarded { result.ways += result.recorders.map { EventFilter(source: $0.source) } }
    return result
  }

  private func recorders(of event: Event) -> [EventFilter] {
    var result: [EventFilter] = []
    for configuration in sysmon where configuration.provider == event.provider {
      if let filter = configuration.filters[event.name] { result.append(filter) }
    }
    result += policies.compactMap { $0.filter(for: event, in: map) }
    if let auditRules, auditRules.provider == event.provider, let filter = auditRules.filter(for: event) {
      result.append(filter)
    }
    return result
  }

  private func collectionOfAny(of event: Event) -> EventCollection {
    var result = EventCollection()
    for statement in statements.statements(on: event, in: map) {
      if case .provider(_, .some) = statement.subject {
        let text = "only some events of \(event.provider)"
        result.ways.append(
          EventFilter(
            source: statement.source,
            keeps: [FilterClause(.opaque(text), at: statement.source.location, text: text)]))
      } else {
        result.ways.append(EventFilter(source: statement.source))
      }
    }
    guard result.ways.isEmpty, let provider = map.provider(named: event.provider) else { return result }
    for known in provider.events {
      let collection = collection(of: Event(provider: event.provider, name: known.name))
      guard collection.isCollected, let source = collection.sources.first else { continue }
      let text = "only some events of \(event.provider)"
      result.ways = [
        EventFilter(source: source, keeps: [FilterClause(.opaque(text), at: source.location, text: text)])
      ]
      break
    }
    return result
  }

  /// All events that the event map or the files name, whether or not they are collected, sorted.
  package func knownEvents() -> [Event] {
    var candidates: Set<Event> = []
    for provider in map.providers {
      for event in provider.events { candidates.insert(Event(provider: provider.name, name: event.name)) }
    }
    for statement in statements.all {
      guard case .provider(let name, let events?) = statement.subject else { continue }
      for event in events where event.isLiteral { candidates.insert(Event(provider: name, name: event.text)) }
    }
    for query in queries {
      for part in query.selects {
        for provider in part.query.providers {
          let provider = map.provider(named: provider)?.name ?? provider
          for range in part.query.eventNumbers where range.count <= 1024 {
            for number in range { candidates.insert(Event(provider: provider, name: String(number))) }
          }
        }
      }
    }
    return candidates.sorted()
  }
}
