import Analysis
import Attack

/// `coverage.csv`: the active techniques and sub-techniques of ATT&CK, by id, with how many rules cover each, including
/// those without any. Cells are written as ``CSVWriter`` describes.
///
/// Columns: `technique`, `name`, `tactics` (ids in matrix order, separated by spaces), `rules` (counted rules:
/// detections that are neither deprecated nor unsupported; its own and its sub-techniques', each once), `ownRules` (of
/// these, the rules that name exactly this technique), `allRules` (including rules that don't count), and `state`:
/// `covered` if a rule counts, else `none`; with telemetry configured, `runs`, `partly` or `blind` instead, and
/// `covered` only if nothing can be said about the rules. With a scope in the configuration, a last column `scope` is empty for what is
/// in scope, and says of the rest why it isn't.
package func coverageCSV(_ content: ReportContent) -> [UInt8] {
  let rows = content.coverage.rowsByTechnique
  let agreed = content.coverage.agreed
  var csv = CSVWriter()
  csv.row(
    ["technique", "name", "tactics", "rules", "ownRules", "allRules", "state"] + (agreed == nil ? [] : ["scope"]))
  for (technique, rules) in zip(content.matrix.techniques, content.index.techniques.techniques) where technique.isActive
  {
    csv.cell(technique.id.description)
    csv.cell(technique.name)
    csv.cell(technique.tactics.map(\.description).joined(separator: " "))
    for count in [rules.counted, rules.ownCounted, rules.all.count] { csv.cell(count) }
    csv.cell((rows[technique.id]?.state ?? TechniqueState.none).rawValue)
    if let agreed { csv.cell(agreed.exclusion(of: technique.id)?.words ?? "") }
    csv.endRow()
  }
  return csv.bytes
}
