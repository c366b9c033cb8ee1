package import Analysis
package import Attack
package import RuleModel

/// `ruledex coverage --format json` and `xml`, format 1: totals, then a row for each dialect's language, tactic, technique, event and log source.
///
/// With a scope in the configuration, totals, tactics and techniques are those in scope, which `scope` names; `all` has the totals of
/// everything, and `outOfScope` and `accepted` list the rest. `thin` says what little holds a technique up, and `logSources` which of several log
/// sources that ATT&CK names its rules read.
///
/// - Parameters:
///   - target: what the review covers, if not everything.
///   - key: gives a rule's key.
package func coverageReport(
  _ review: CoverageReview, _ depth: DepthReview, matrix: AttackMatrix, target: AttackTarget? = nil,
  key: @escaping (RuleID) -> RuleKey, as format: RecordFormat
) -> [UInt8] {
  CoverageReport(review: review, depth: depth, matrix: matrix, target: target, key: key).bytes(as: format)
}

private struct CoverageReport: RecordReport {
  static let element = "coverage"

  let review: CoverageReview
  let depth: DepthReview
  let matrix: AttackMatrix
  let target: AttackTarget?
  let key: (RuleID) -> RuleKey

  func write<Record: RecordWriter & ~Copyable>(to record: inout Record) {
    record.number("format", 1)
    record.write(matrix)
    record.write(target)
    record.newLine()
    record.counts("totals", element: "totals") { review.totals.named }
    record.list(
      .around("dialects", "dialect"), review.dialects.flatMap { row in row.languages.map { (row.dialect, $0) } }
    ) {
      entry, record in
      let (dialect, row) = entry
      record.text(MemberName(json: "dialect", xml: "name"), dialect.rawValue)
      record.text("language", row.language?.rawValue ?? dialect.rawValue)
      record.number("rules", row.rules)
      record.number("leaves", row.leaves)
      record.number("tests", row.tests)
      record.number("noTests", row.noTests)
      record.number("opaque", row.opaque)
    }
    record.list(.around("tactics", "tactic"), review.tactics) { row, record in
      record.text("id", row.tactic.id.description)
      record.text("name", row.tactic.name)
      record.number("techniques", row.techniques)
      record.number("covered", row.covered)
      record.number("rules", row.rules)
    }
    record.list(.around("techniques", "technique"), review.inScope) { row, record in
      record.text("id", row.technique.id.description)
      record.text("name", row.technique.name)
      record.texts(.plain("tactics", "tactic"), attribute: "id", row.technique.tactics.sorted().map(\.description))
      record.number("rules", row.rules.count)
      record.number("ownRules", row.ownRules)
      record.text("state", row.state.rawValue)
      record.text("reason", row.reason)
      record.writeOrigin(of: row.technique.id, in: target)
      record.texts(.plain("ruleKeys", "rule"), attribute: "key", row.rules.lazy.map { key($0).description })
      record.write(depth.techniques[row.technique.id])
    }
    record.list(.around("events", "event"), review.events) { row, record in
      record.write(row.event)
      record.number("rules", row.rules)
      record.text("state", row.state.rawValue)
    }
    record.list(.around("logsources", "logsource"), review.logSources) { row, record in
      record.write(row.logSource)
      record.number("rules", row.rules)
    }
    record.writeScope(of: review)
  }
}

extension CoverageReview.Totals {
  /// The counts with their names in the format, in its order.
  var named: [(name: String, count: Int)] {
    [
      ("rules", rules), ("counted", counted), ("techniques", techniques), ("covered", covered), ("runs", runs),
      ("partly", partly), ("blind", blind),
    ]
  }
}
