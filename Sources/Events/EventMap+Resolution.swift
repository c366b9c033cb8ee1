package import RuleModel

extension EventMap {
  /// The events in which a rule's activity can show.
  package func events(for rule: Rule) -> EventResolution {
    let own = events(for: rule, stages: rule.stages)
    guard let sample = rule.sampleEvents, !rule.stages.isEmpty, own.events.allSatisfy(\.event.isAny) else { return own }
    // Where its logic names no event, the events that it is meant to match do.
    var stages = rule.stages
    stages[0].predicate = .all([stages[0].predicate, sample])
    let sampled = events(for: rule, stages: stages)
    return sampled.events.contains { !$0.event.isAny } ? sampled : own
  }

  private func events(for rule: Rule, stages: [Stage]) -> EventResolution {
    func events(_ logSources: [LogSource]) -> EventResolution {
      self.events(
        for: logSources, dialect: rule.key.dialect, stages: stages, joinsEvents: rule.match?.joinsEvents ?? false)
    }
    let named = events(rule.logSources)
    guard !rule.queryLogSources.isEmpty, named.unmapped.count == rule.logSources.count else { return named }
    let read = events(rule.queryLogSources)
    return read.unmapped.count < rule.queryLogSources.count ? read : named
  }

  /// The same for the parts of a rule; empty without a log source. For several log sources, the events of all.
  ///
  /// - Parameters:
  ///   - dialect: the dialect of the log sources' names.
  ///   - stages: a rule's stages; the first is its condition. Without any, only the log sources count.
  ///   - joinsEvents: whether different events may match different parts of the condition.
  package func events(
    for logSources: [LogSource], dialect: Dialect = .sigma, stages: [Stage], joinsEvents: Bool = false
  ) -> EventResolution {
    let logic = OwnLogic(of: stages, logSources, naming: LogNaming(dialect))
    let own = logSources.map(logic.stages)
    // A rule that asks for logs that it doesn't read.
    let isForeign = own.allSatisfy { $0 == nil }
    let parts = zip(logSources, own).map { source, own in
      guard let stages = isForeign ? stages : own else { return EventResolution() }
      return events(for: source, dialect: dialect, ownStages: stages, joinsEvents: joinsEvents)
    }
    guard parts.count > 1 else { return parts.first ?? EventResolution() }
    guard LogNaming(dialect) == .dataset, !joinsEvents else { return EventResolution(joining: parts, in: self) }
    let meant = withoutFamilies(parts, of: logSources) { part in
      own[part].map { namesNumberedEvent(of: logSources[part], dialect, $0) } ?? false
    }
    return EventResolution(joining: meant, in: self)
  }

  /// Elastic's rules name families of indices, often all that Kibana lists by default. Where a rule asks for a numbered
  /// event of one of them, it doesn't mean a family of which it asks for none.
  private func withoutFamilies(
    _ parts: [EventResolution], of logSources: [LogSource], asks: (Int) -> Bool
  ) -> [EventResolution] {
    let others = parts.indices.filter { part in
      logSources[part].category == nil && logSources[part].service == nil
        && parts[part].events.allSatisfy(\.event.isAny)
    }
    guard !others.isEmpty, parts.indices.contains(where: { !others.contains($0) && asks($0) }) else { return parts }
    var kept = parts
    for part in others { kept[part].events = [] }
    return kept
  }

  /// Whether each way to match names an event of a log source by its number.
  private func namesNumberedEvent(of logSource: LogSource, _ dialect: Dialect, _ stages: [Stage]) -> Bool {
    entries(for: logSource, dialect: dialect).contains { source in
      let ways = alternatives(of: stages, joinsEvents: false, fields: source.fields)
      return ways.allSatisfy { way in
        guard let name = source.eventName(in: way, of: source.provider(in: way, self), self), name.isExact else {
          return false
        }
        return Int(name.text) != nil
      }
    }
  }

  /// The same for the parts of a rule with a single log source.
  package func events(
    for logSource: LogSource, dialect: Dialect = .sigma, stages: [Stage], joinsEvents: Bool = false
  ) -> EventResolution {
    events(for: [logSource], dialect: dialect, stages: stages, joinsEvents: joinsEvents)
  }

  /// - Parameter stages: the rule's stages as far as they concern the log source.
  private func events(
    for logSource: LogSource, dialect: Dialect, ownStages stages: [Stage], joinsEvents: Bool
  ) -> EventResolution {
    if logSource.isEmpty { return EventResolution() }
    let naming = LogNaming(dialect)
    let sources = entries(for: logSource, dialect: dialect)
    guard !sources.isEmpty else {
      return EventResolution(unmapped: [
        UnmappedLogSource(logSource: logSource, naming: naming, nearest: nearest(to: logSource, naming: naming))
      ])
    }
    let parts = sources.map { source in
      let ways = source.withNamedEvents(alternatives(of: stages, joinsEvents: joinsEvents, fields: source.fields), self)
      let namesEvent =
        sources.count > 1 && ways.contains { source.eventName(in: $0, of: source.provider(in: $0, self), self) != nil }
      return (namesEvent, events(of: source, logSource, by: ways, in: stages))
    }
    if parts.count == 1 { return parts[0].1 }
    // Where the rule names an event of some of these logs, it doesn't mean the others.
    let named = parts.filter { namesEvent, part in namesEvent && part.events.contains { !$0.event.isAny } }
    return EventResolution(joining: (named.isEmpty ? parts : named).map(\.1), in: self).asOfOneLogSource
  }

  /// - Parameter source: the map's entry for the log source.
  private func events(
    of source: LogSourceEvents, _ logSource: LogSource, by ways: Set<Alternative>, in stages: [Stage]
  ) -> EventResolution {
    for leniency in Leniency.allCases {
      let reached = ReachedEvents(of: source, by: ways, leniency: leniency, in: self)
      guard !reached.isEmpty else { continue }
      return EventResolution(
        events: reached.events(in: self), narrowings: reached.narrowings(strictIsEmpty: leniency > .strict, in: self),
        unlisted: reached.unlisted(in: self).map {
          UnlistedEvent(event: $0, position: source.place(ofPin: $0.name, in: stages))
        })
    }
    return EventResolution(
      contradiction: source.isRuledOut(by: ways, self)
        ? Contradiction(of: stages, ways, with: source, logSource) : nil)
  }
}
