import Analysis
import Attack

/// `coverage.csv`: the active techniques and sub-techniques of ATT&CK, by id, with how many rules cover each; those without any too.
/// Cells are as ``CSVWriter`` says.
///
/// Columns: `technique`, `name`, `tactics` (ids in matrix order, separated by spaces), `rules` (that count: detections that are neither
/// deprecated nor unsupported; its own and its sub-techniques', each once), `ownRules` (of these, those that name exactly it), `allRules`
/// (those that don't count, too), and `state`: `covered` where a rule counts, else `none`; where it is known what is collected, `runs`,
/// `partly` or `blind` instead, and `covered` only where nothing can be said of the rules.
package func coverageCSV(_ content: ReportContent) -> [UInt8] {
  let states = Dictionary(
    content.coverage.techniques.map { ($0.technique.id, $0.state) }, uniquingKeysWith: { first, _ in first })
  var csv = CSVWriter()
  csv.row(["technique", "name", "tactics", "rules", "ownRules", "allRules", "state"])
  for (technique, rules) in zip(content.matrix.techniques, content.index.techniques.techniques) where technique.isActive
  {
    csv.cell(technique.id.description)
    csv.cell(technique.name)
    csv.cell(technique.tactics.map(\.description).joined(separator: " "))
    for count in [rules.counted, rules.ownCounted, rules.all.count] { csv.cell(count) }
    csv.cell((states[technique.id] ?? .none).rawValue)
    csv.endRow()
  }
  return csv.bytes
}
