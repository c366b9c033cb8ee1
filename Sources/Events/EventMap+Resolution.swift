package import RuleModel

extension EventMap {
  /// The events that can show what a rule looks for.
  package func events(for rule: Rule) -> EventResolution { events(for: rule.logSource, stages: rule.stages) }

  /// The same of its parts; none, and nothing to say, without a log source.
  ///
  /// - Parameter stages: a rule's; the first is its condition. Without any, the log source alone decides.
  package func events(for logSource: LogSource, stages: [Stage]) -> EventResolution {
    if logSource.isEmpty { return EventResolution() }
    guard let source = entry(for: logSource) else {
      return EventResolution(unmapped: UnmappedLogSource(logSource: logSource, nearest: nearest(to: logSource)))
    }
    let ways = alternatives(of: stages, fields: source.fields)
    for leniency in Leniency.allCases {
      let reached = ReachedEvents(of: source, by: ways, leniency: leniency, in: self)
      guard !reached.isEmpty else { continue }
      return EventResolution(
        events: reached.events(in: self), narrowings: reached.narrowings(strictIsEmpty: leniency > .strict, in: self))
    }
    return EventResolution()
  }
}
