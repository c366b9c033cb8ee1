package import Analysis
package import Attack

/// What a coverage review can be listed by.
package enum CoverageDimension: String, Sendable, CaseIterable {
  case technique, tactic, event, logsource, dialect
  /// The techniques that the configuration's scope leaves out.
  case scope
}

/// A review as a table of plain text: for the terminal and for CSV.
///
/// - Returns: a header and rows with as many cells; counts are numbers. `runs`, `partly` and `blind` are included only
///   with telemetry, and the share then counts what runs, even if partly blind, as on the coverage page.
package func coverageTable(
  _ review: CoverageReview, by dimension: CoverageDimension, target: AttackTarget? = nil
) -> TextTable {
  switch dimension {
  case .technique: techniques(review).with(origins: target, of: review.inScope.map(\.technique.id))
  case .scope: scopeTable(review)
  case .tactic: tactics(review)
  case .event:
    TextTable(
      head: ["provider", "event", "rules", "state"], numbers: [2],
      rows: review.events.map { [$0.event.provider, $0.event.name, "\($0.rules)", $0.state.rawValue] })
  case .logsource:
    TextTable(
      head: ["category", "product", "service", "rules"], numbers: [3],
      rows: review.logSources.map { row in
        [row.logSource.category, row.logSource.product, row.logSource.service].map { $0 ?? "" } + ["\(row.rules)"]
      })
  case .dialect:
    TextTable(
      head: ["dialect", "rules", "counted", "covered", "only here", "understood"], numbers: [1, 2, 3, 4, 5],
      rows: review.dialects.map { row in
        [
          row.dialect.label, "\(row.rules)", "\(row.counted)", "\(row.covered)", "\(row.onlyHere.count)",
          percent(row.allLanguages.understood, of: row.allLanguages.leaves),
        ]
      })
  }
}

private func techniques(_ review: CoverageReview) -> TextTable {
  TextTable(
    head: ["technique", "name", "rules", "ownRules", "state", "reason"], numbers: [2, 3],
    rows: review.inScope.map { row in
      [
        row.technique.id.description, row.technique.name, "\(row.rules.count)", "\(row.ownRules)", row.state.rawValue,
        row.reason,
      ]
    })
}

private func tactics(_ review: CoverageReview) -> TextTable {
  let telemetry = review.hasTelemetry
  return TextTable(
    head: ["tactic", "name", "techniques", "covered"] + (telemetry ? ["runs", "partly", "blind"] : []) + [
      "share", "rules",
    ],
    numbers: Set(2...(telemetry ? 8 : 5)),
    rows: review.tactics.map { row in
      let states = telemetry ? ["\(row.runs)", "\(row.partly)", "\(row.blind)"] : []
      return [
        row.tactic.id.description, row.tactic.name, "\(row.techniques)", "\(row.covered)",
      ] + states + [
        percent(telemetry ? row.runs + row.partly : row.covered, of: row.techniques), "\(row.rules)",
      ]
    })
}
