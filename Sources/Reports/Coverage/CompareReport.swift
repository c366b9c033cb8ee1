package import Analysis
package import Attack
import RuleModel

/// `ruledex gaps --compare --format json` and `xml`, format 1: the targets with how much of each is covered, what they
/// have in common, and a row for each technique, those of most targets first.
package func compareReport(
  _ comparison: TargetComparison, matrix: AttackMatrix, as format: RecordFormat
) -> [UInt8] {
  CompareReport(comparison: comparison, matrix: matrix).bytes(as: format)
}

private struct CompareReport: RecordReport {
  static let element = "comparison"

  let comparison: TargetComparison
  let matrix: AttackMatrix

  func write<Record: RecordWriter & ~Copyable>(to record: inout Record) {
    record.number("format", 1)
    record.write(matrix)
    record.list(.around("targets", "target"), comparison.columns) { column, record in
      record.text("title", column.target.title)
      record.write(column.tally, hasTelemetry: comparison.hasTelemetry)
    }
    record.newLine()
    record.record("shared") { $0.write(comparison.shared, hasTelemetry: comparison.hasTelemetry) }
    record.list(.around("techniques", "technique"), comparison.rows) { row, record in
      record.text("id", row.technique.technique.id.description)
      record.text("name", row.technique.technique.name)
      record.texts(
        .plain("tactics", "tactic"), attribute: "id", row.technique.technique.tactics.sorted().map(\.description))
      record.number("rules", row.technique.rules.count)
      record.text("state", row.technique.state.rawValue)
      record.text("reason", row.technique.reason)
      let origins = zip(comparison.columns, row.origins).compactMap { column, origin in origin.map { (column, $0) } }
      record.records(.plain("targets", "target"), origins) { entry, record in
        record.text("title", entry.0.target.title)
        record.text("via", entry.1.kind.rawValue)
        record.texts(.plain("from", "from"), attribute: "name", entry.1.names)
      }
    }
  }
}

extension RecordWriter where Self: ~Copyable {
  fileprivate mutating func write(_ tally: TechniqueTally, hasTelemetry: Bool) {
    number("techniques", tally.techniques)
    number("covered", tally.covered)
    if hasTelemetry {
      number("runs", tally.runs)
      number("partly", tally.partly)
      number("blind", tally.blind)
    }
    number("none", tally.uncovered)
  }
}
