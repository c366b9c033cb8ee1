import Analysis
import Attack
import Text

// What a review measures coverage by, and what it leaves out, in each format.

extension RecordWriter where Self: ~Copyable {
  /// `scope`, `all`, `outOfScope` and `accepted`; nothing if the configuration has no scope.
  mutating func writeScope(of review: CoverageReview) {
    guard let agreed = review.agreed else { return }
    newLine()
    record("scope") { record in
      record.text("title", agreed.title ?? "all of ATT&CK")
      record.number("techniques", review.totals.techniques)
    }
    newLine()
    counts("all", element: "all") { review.allTotals.named }
    list(.around("outOfScope", "technique"), review.outOfScope) { entry, record in
      record.text("id", entry.row.technique.id.description)
      record.text("name", entry.row.technique.name)
      record.text("because", entry.exclusion.name)
      record.text("reason", entry.exclusion.words)
      record.number("rules", entry.row.rules.count)
      record.text("state", entry.row.state.rawValue)
    }
    list(.around("accepted", "gap"), review.acceptedGaps) { entry, record in
      let gap = entry.gap
      record.text("technique", gap.technique.description)
      record.text("reason", gap.reason)
      record.text("until", gap.until?.description)
      record.text("owner", gap.owner)
      record.text("date", gap.verdict)
      record.records(.plain("techniques", "technique"), entry.rows) { row, record in
        record.text("id", row.technique.id.description)
        record.text("name", row.technique.name)
        record.number("rules", row.rules.count)
        record.text("state", row.state.rawValue)
      }
    }
  }

  /// `thin`, the reasons for which a technique is thin, and `logSources`, if ATT&CK names several.
  mutating func write(_ depth: DepthReview.Depth?) {
    guard let depth else { return }
    words("thin") { depth.thin.map(\.name) }
    guard depth.sources.count > 1 else { return }
    records(.plain("logSources", "logSource"), depth.sources) { source, record in
      record.text("name", source.source.name)
      record.text("channel", source.source.channel)
      record.text("component", source.source.component.name)
      record.flag("collected", source.isCollected)
      record.number("rules", source.rules)
      record.text("state", source.state)
    }
  }
}

/// The techniques that a review leaves out, with the reason for each, accepted ones last.
func scopeTable(_ review: CoverageReview) -> TextTable {
  func row(_ row: CoverageReview.TechniqueRow, _ exclusion: Scope.Exclusion) -> [String] {
    [row.technique.id.description, row.technique.name, "\(row.rules.count)", row.state.rawValue, exclusion.words]
  }
  let accepted = review.acceptedGaps.flatMap { $0.rows }.compactMap { row in row.exclusion.map { (row, $0) } }
  return TextTable(
    head: ["technique", "name", "rules", "state", "because"], numbers: [2],
    rows: (review.outOfScope.map { ($0.row, $0.exclusion) } + accepted).map(row))
}

/// The accepted gaps, with what became of each: of a technique with rules, its state.
func acceptedTable(_ review: CoverageReview, _ matrix: AttackMatrix) -> TextTable {
  TextTable(
    head: ["technique", "name", "state", "reason", "until", "owner", "date", "sub-techniques"], numbers: [7],
    rows: review.acceptedGaps.map { entry in
      let gap = entry.gap
      return [
        gap.technique.description, matrix.technique(gap.technique)?.name ?? "",
        entry.own?.state.rawValue ?? "out of scope", gap.reason, gap.until?.description ?? "", gap.owner ?? "",
        gap.until == nil ? "" : gap.verdict, "\(entry.subtechniques)",
      ]
    })
}

extension CoverageReview {
  /// `; in all, 312 of 697 are covered (44.8 %) and 210 run (30.1 %)`; empty if the scope is everything.
  package var allWords: String {
    guard agreed != nil else { return "" }
    let all = allTotals
    func share(_ count: Int, _ one: String, _ many: String, of whole: String = "") -> String {
      "\(count)\(whole) \(count == 1 ? one : many) (\(percent(count, of: all.techniques)))"
    }
    return "; in all, \(share(all.covered, "is covered", "are covered", of: " of \(all.techniques)"))"
      + (hasTelemetry ? " and \(share(all.runs, "runs", "run"))" : "")
  }

  /// `; in all, 385 of 697`: the uncovered techniques; empty if the scope is everything.
  var allGapWords: String {
    guard agreed != nil else { return "" }
    let all = allTotals
    return "; in all, \(all.techniques - all.covered + all.blind) of \(all.techniques)"
  }

  /// `Scope: Windows; 210 techniques out of scope, 3 accepted, 1 of the accepted gaps past its date`; nil without a scope.
  package var scopeWords: String? {
    guard let agreed else { return nil }
    let accepted = techniques.count { $0.exclusion?.acceptance != nil }
    let over = agreed.accepted.count { $0.isOver == true }
    var parts = ["\(counted(outOfScope.count, "technique")) out of scope", "\(accepted) accepted"]
    if over > 0 { parts.append("\(counted(over, "accepted gap")) past \(over == 1 ? "its" : "their") date") }
    return "Scope: \(agreed.title ?? "all of ATT&CK"); \(parts.joined(separator: ", "))"
  }
}
