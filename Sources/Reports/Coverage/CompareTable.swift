package import Analysis
import Attack
import RuleModel

/// A comparison of targets as a table of plain text: for the terminal and for CSV. A technique's cell under a target is
/// its state, and how it came in if the target doesn't use it itself.
///
/// - Parameter absent: the cell of a target that doesn't have the technique.
package func compareTable(_ comparison: TargetComparison, absent: String) -> TextTable {
  TextTable(
    head: ["technique", "name"] + comparison.columns.map(\.target.title) + ["rules"],
    numbers: [2 + comparison.columns.count],
    rows: comparison.rows.map { row in
      let technique = row.technique
      let cells = row.origins.map { $0.map { "\(technique.state.rawValue)\($0.route)" } ?? absent }
      return [technique.technique.id.description, technique.technique.name] + cells + ["\(technique.rules.count)"]
    })
}

/// How much of each target is covered, a line each, and what they have in common.
package func compareSummary(_ comparison: TargetComparison) -> [String] {
  func words(_ tally: TechniqueTally) -> String { tally.words(hasTelemetry: comparison.hasTelemetry) }
  return comparison.columns.map { "\($0.target.title): \(words($0.tally))" } + [
    "in common: \(words(comparison.shared))"
  ]
}

/// `ruledex gaps --compare --format markdown`: to paste into a ticket. Text from elsewhere is escaped.
package func compareMarkdown(_ comparison: TargetComparison) -> [UInt8] {
  var markdown = MarkdownWriter()
  markdown.heading(1, "Coverage compared")
  markdown.list(compareSummary(comparison).map { [.text($0)] })
  markdown.table(compareTable(comparison, absent: "-"))
  return markdown.bytes
}

extension AttackTarget.Origin {
  /// ` by its software`; nothing for what the target uses itself, or lists.
  fileprivate var route: String {
    switch kind {
    case .listed, .itself: ""
    case .campaigns, .software: " \(kind.words)"
    }
  }
}
