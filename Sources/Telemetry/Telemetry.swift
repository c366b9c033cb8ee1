package import Diagnostics
package import Events
package import RuleModel

/// What is collected of each event, by which files, and what their filters let through.
package struct Telemetry: Sendable {
  /// All problems in the files, in order of location.
  package private(set) var diagnostics: [Diagnostic] = []

  private let map: EventMap
  private let facts: CollectorFacts
  private var statements = StatementTable()
  private var sysmon: [SysmonConfiguration] = []
  private var policies: [AuditPolicy] = []
  private var auditRules: AuditRuleSet?
  private var queries: [SubscriptionQuery] = []
  private var lacking: LackingFields
  /// Files that can't be read, so that what they say about an event isn't known.
  private var unread: [TelemetrySource] = []
  /// The channels that subscriptions read, in lower case.
  private var channels: Set<String> = []

  /// - Parameters:
  ///   - contents: each file that the telemetry file names; without bytes if it can't be read.
  package init(
    _ file: TelemetryFile, contents: [(reference: TelemetryFile.Reference, file: SourceFile)],
    facts: CollectorFacts, map: EventMap
  ) {
    (self.map, self.facts) = (map, facts)
    lacking = LackingFields(file.missingFields, facts: facts, map: map)
    var registryPolicies: [RegistryPolicy] = []
    var found: [Diagnostic] = []
    for statement in file.statements { add(statement, kind: .statement, into: &found) }
    var rules = AuditRuleReader(facts: facts.auditd)
    var auditFile: SourceFile?
    for (reference, file) in contents {
      let source = TelemetrySource(reference.kind, at: SourceLocation(file))
      guard let bytes = file.bytes else {
        unread.append(source)
        continue
      }
      switch reference.kind {
      case .statement, .missingFields: break
      case .policy:
        if let policy = RegistryPolicy(parsing: bytes, of: file, facts: facts.policy, into: &found) {
          registryPolicies.append(policy)
        } else {
          unread.append(source)
        }
      case .csv:
        guard let statements = collectedStatements(inCSV: bytes, of: file, into: &found) else {
          unread.append(source)
          continue
        }
        for statement in statements { add(statement, kind: .csv, into: &found) }
      case .sysmon, .sysmonLinux:
        var reader = SysmonReader(file: file, kind: reference.kind, facts: facts.sysmon, map: map)
        if let configuration = reader.read(bytes) { sysmon.append(configuration) } else { unread.append(source) }
        found += reader.diagnostics
      case .wef:
        var reader = SubscriptionReader(file: file, map: map)
        if let own = reader.read(bytes) { queries += own } else { unread.append(source) }
        found += reader.diagnostics
      case .auditPolicy:
        if let policy = AuditPolicy(parsing: bytes, of: file, facts: facts.auditPolicy, into: &found) {
          policies.append(policy)
        } else {
          unread.append(source)
        }
      case .auditd:
        auditFile = auditFile ?? file
        if reference.isFolder {
          // All files of a reference follow one another, and are read with the first.
          let files = contents.filter { $0.reference == reference && $0.file.bytes != nil }.map(\.file)
          if files.first == file { rules.read(folder: files) }
        } else {
          rules.read(file)
        }
      }
    }
    if let auditFile {
      auditRules = AuditRuleSet(
        rules: rules.rules, disabled: rules.disabled, facts: facts.auditd, location: SourceLocation(auditFile))
    }
    unread += file.unread + rules.unread.map { TelemetrySource(.auditd, at: SourceLocation($0)) }
    lacking.add(registryPolicies, unread: unread.filter { $0.kind == .policy }, facts.policy)
    found += lacking.diagnostics
    channels = Set(queries.flatMap(\.selects).map(\.channelKey))
    diagnostics = (found + rules.diagnostics).sortedOnce()
  }

  /// Resolves the names of a statement. An unknown one is reported, and the events that were probably meant count as
  /// partly collected.
  private mutating func add(
    _ statement: TelemetryFile.Statement, kind: TelemetrySource.Kind, into diagnostics: inout [Diagnostic]
  ) {
    let source = TelemetrySource(kind, at: statement.location)
    func report(_ message: String, severity: Diagnostic.Severity = .warning) {
      diagnostics.append(Diagnostic(.telemetryProvider, at: statement.location, severity: severity, message))
    }
    func add(_ subject: StatementTable.Statement.Subject, doubt: String?) {
      statements.append(StatementTable.Statement(source: source, subject: subject, doubt: statement.doubt ?? doubt))
    }
    switch statement.subject {
    case .provider(let name, let events):
      let known = map.provider(named: name)
      var named: [NamePattern]?
      var meant: [NamePattern] = []
      if let events {
        (named, meant) = look(up: events, of: known, report: report)
      }
      add(.provider(known?.name ?? name, events: named), doubt: nil)
      if let known, !meant.isEmpty {
        add(.provider(known.name, events: meant), doubt: "events of \(known.name)")
      }
      guard !map.knows(provider: name) else { return }
      let near = nearestName(to: name, in: map.providers.map(\.name))
      report(
        "the event map has no provider '\(shortened(name))'; "
          + (near.map { "did you mean '\($0)'?" } ?? "add it to an event map of your own"))
      if let near { add(.provider(near, events: events), doubt: "provider \(shortened(name))") }
    case .logSource(let logSource):
      let entries = entries(of: logSource)
      for entry in entries { add(.logSource(entry), doubt: nil) }
      guard entries.isEmpty else { return }
      let near = map.events(for: logSource, stages: []).unmapped.first?.nearest
      report(
        "the event map doesn't know the log source '\(logSource)'; "
          + (near.map { "did you mean '\($0)'?" } ?? "add it to an event map of your own"))
      for entry in near.map(entries(of:)) ?? [] { add(.logSource(entry), doubt: "log source \(logSource)") }
    }
  }

  /// A product on its own represents all of its log sources.
  private func entries(of logSource: LogSource) -> [LogSourceEvents] {
    let isProduct = logSource.category == nil && logSource.service == nil
    let named =
      map.entry(for: logSource) ?? map.entry(for: logSource, dialect: .elastic)
      ?? map.entry(for: logSource, dialect: .kusto)
    return [named].compactMap(\.self) + (isProduct ? map.entries(within: logSource) : [])
  }

  /// - Returns: the events by their names in the map, and those that unknown names were probably meant to be.
  private func look(
    up events: [NamePattern], of provider: Provider?, report: (String, Diagnostic.Severity) -> Void
  ) -> (named: [NamePattern], meant: [NamePattern]) {
    var (named, meant): ([NamePattern], [NamePattern]) = ([], [])
    for pattern in events {
      // An audit record may be named by its number, which is one of its aliases.
      let event = provider?.event(named: pattern.text)
      named.append(event.flatMap { NamePattern($0.name) } ?? pattern)
      guard let provider, !provider.events.isEmpty, event == nil,
        !provider.events.contains(where: { pattern.matches($0.name) })
      else { continue }
      let hasNumbers = provider.events.allSatisfy { Int($0.name) != nil }
      if hasNumbers, pattern.isLiteral, !isPlainNumber(pattern.text) {
        report(
          "the events of \(provider.name) are numbers, and '\(shortened(pattern.text))' isn't one; write a number or a range such as 7-11",
          .warning)
        meant += [NamePattern("*")].compactMap { $0 }
        continue
      }
      let near = hasNumbers ? nil : nearestName(to: pattern.text, in: provider.events.map(\.name))
      report(
        "the event map has no event '\(shortened(pattern.text))' of \(provider.name), so that it counts only for rules that name it so"
          + (near.map { "; did you mean '\($0)'?" } ?? ""), .note)
      if let near = near.flatMap({ NamePattern($0) }) { meant.append(near) }
    }
    return (named, meant)
  }
}

extension Telemetry {
  /// Whether nothing is collected according to the files.
  package var isEmpty: Bool {
    statements.all.isEmpty && sysmon.isEmpty && policies.isEmpty && auditRules == nil && queries.isEmpty
      && unread.isEmpty
  }

  /// Whether fields of collected events may be missing.
  package var isMissingFields: Bool { !lacking.isEmpty || !sysmon.isEmpty || auditRules != nil }

  /// How an event is collected.
  ///
  /// - Whatever records a provider's events (a Sysmon configuration, an audit policy, audit rules) decides whether they
  ///   exist, however they are delivered. Several configurations apply to several groups of hosts.
  /// - Events are delivered as `collected` or a CSV says, by a subscription, or, if no subscription reads the
  ///   provider's channels, in an unspecified way: the recorder's file is then sufficient.
  /// - An event `*` is collected as far as any of its provider's known events is.
  /// - Events that an unreadable file may cover are neither certainly collected nor certainly missing.
  package func collection(of event: Event) -> EventCollection {
    if event.isAny { return collectionOfAny(of: event) }
    var result = EventCollection(recorders: recorders(of: event))
    for statement in statements.statements(on: event, in: map) {
      result.ways.append(statement.filter)
    }
    let queried = QueriedEvent(event, in: map)
    result.ways += queries.compactMap { $0.filter(for: queried) } + unreadWays(of: queried)
    let isForwarded = queried.channels.contains(where: channels.contains)
    if !isForwarded { result.ways += result.recorders.map { EventFilter(source: $0.source) } }
    result.lacking = lacking.filter(of: event)
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
    return result + unread.filter { mayRecord($0.kind, event) }.map(EventFilter.init(unread:))
  }

  /// Whether a configuration of this kind can affect the event.
  private func mayRecord(_ kind: TelemetrySource.Kind, _ event: Event) -> Bool {
    switch kind {
    case .sysmon, .sysmonLinux:
      facts.sysmon.providers[kind] == event.provider && !facts.sysmon.unfiltered.contains(event.name)
    case .auditPolicy:
      facts.auditPolicy.provider == event.provider
        && map.requirements(of: event).contains { $0.kind == .auditPolicy }
    case .auditd:
      facts.auditd.provider == event.provider
        && (facts.auditd.records[event.name] != nil || facts.auditd.unasked.contains(event.name))
    case .statement, .csv, .wef, .policy, .missingFields: false
    }
  }

  private func unreadWays(of event: QueriedEvent) -> [EventFilter] {
    unread.filter { source in
      switch source.kind {
      case .statement, .csv: true
      case .wef: !event.channels.isEmpty
      case .sysmon, .sysmonLinux, .auditd, .auditPolicy, .policy, .missingFields: false
      }
    }
    .map(EventFilter.init(unread:))
  }

  private func collectionOfAny(of event: Event) -> EventCollection {
    var result = EventCollection()
    for statement in statements.statements(on: event, in: map) {
      if case .provider(_, .some) = statement.subject {
        let text = "only some events of \(event.provider)"
        result.ways.append(EventFilter(source: statement.source, unclear: statement.doubt ?? text))
      } else {
        result.ways.append(statement.filter)
      }
    }
    result.ways += unreadWays(of: QueriedEvent(event, in: map))
    guard result.ways.isEmpty, let provider = map.provider(named: event.provider) else { return result }
    for known in provider.events {
      let collection = collection(of: Event(provider: event.provider, name: known.name))
      guard collection.isCollected, let source = collection.sources.first else { continue }
      result.ways = [EventFilter(source: source, unclear: "only some events of \(event.provider)")]
      break
    }
    return result
  }

  /// All events named in the event map or the files, whether or not they are collected, sorted.
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

/// Whether a text is a number in the form used for events: digits, without leading zeros.
private func isPlainNumber(_ text: String) -> Bool {
  text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    && (text == "0" || text.utf8.first != UInt8(ascii: "0"))
}
