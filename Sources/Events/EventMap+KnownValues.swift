package import RuleModel

extension EventMap {
  /// Values that an event's fields always have: for example the `EventType` of a registry event, by which log sources
  /// distinguish it from the provider's other events.
  package func knownValues(of event: Event) -> [LogSourceEvents.Condition] { distinctions[event] ?? [] }

  /// The same for the event as rules of a log source reach it: `registry_add` covers only created objects.
  package func knownValues(of event: Event, in logSource: LogSource, dialect: Dialect = .sigma)
    -> [LogSourceEvents.Condition]
  { knownValues(of: event, at: targets(of: logSource, dialect, holding: event)) }

  /// The same for a rule with several log sources: if more than one of them holds the event, the values known in each
  /// case.
  package func knownValues(of event: Event, in logSources: [LogSource], dialect: Dialect = .sigma)
    -> [LogSourceEvents.Condition]
  {
    let held = logSources.map { targets(of: $0, dialect, holding: event) }.filter { !$0.isEmpty }
    return held.count == 1 ? knownValues(of: event, at: held[0]) : knownValues(of: event)
  }

  /// - Parameter targets: those of a log source that are the event.
  private func knownValues(
    of event: Event, at targets: [LogSourceEvents.Target]
  ) -> [LogSourceEvents.Condition] {
    var result = knownValues(of: event)
    // An event that is listed twice can be reached in two ways.
    guard targets.count == 1 else { return result }
    for condition in targets[0].when {
      if let index = result.firstIndex(where: { $0.field == condition.field }) {
        result[index] = condition
      } else {
        result.append(condition)
      }
    }
    return result
  }

  /// A log source's targets that are an event; of all log sources that a name with stars stands for.
  func targets(of logSource: LogSource, _ dialect: Dialect, holding event: Event) -> [LogSourceEvents.Target] {
    entries(for: logSource, dialect: dialect).flatMap(\.targets).filter { $0.isEvent(event) }
  }

  /// For each event, the fields whose values distinguish it from another event of its provider in the same log source.
  static func distinctions(of logSources: [LogSourceEvents]) -> [Event: [LogSourceEvents.Condition]] {
    var result: [Event: [LogSourceEvents.Condition]] = [:]
    // Collectors use the taxonomy's field names.
    for targets in logSources.lazy.filter(\.isInTaxonomy).map(\.targets) {
      for (index, target) in targets.enumerated() {
        guard case .event(let name) = target.extent else { continue }
        for condition in target.when {
          let isShared = targets.indices.contains { other in
            other != index && targets[other].provider == target.provider
              && targets[other].when.contains { $0.field == condition.field }
          }
          guard isShared else { continue }
          let event = Event(provider: target.provider, name: name)
          var known = result[event] ?? []
          if let place = known.firstIndex(where: { $0.field == condition.field }) {
            known[place].values += condition.values.filter { !known[place].values.contains($0) }
          } else {
            known.append(condition)
          }
          result[event] = known
        }
      }
    }
    return result
  }
}

extension LogSourceEvents.Target {
  fileprivate func isEvent(_ event: Event) -> Bool { extent == .event(event.name) && provider == event.provider }
}
