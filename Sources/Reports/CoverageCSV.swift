package import Analysis
package import Attack

/// `coverage.csv`: the active techniques and sub-techniques of ATT&CK, by id, with how many rules cover each; those without any too.
/// Cells are as ``CSVWriter`` says.
///
/// Columns: `technique`, `name`, `tactics` (ids in matrix order, parted by spaces), `rules` (that count: detections that are neither
/// deprecated nor unsupported; its own and its sub-techniques', each once), `ownRules` (of these, those that name exactly it), `allRules`
/// (those that don't count, too), and `state`: `covered` where a rule counts, else `none`.
package func coverageCSV(_ index: CatalogIndex, matrix: AttackMatrix) -> [UInt8] {
  var csv = CSVWriter()
  csv.row(["technique", "name", "tactics", "rules", "ownRules", "allRules", "state"])
  for (technique, rules) in zip(matrix.techniques, index.techniques.techniques) where technique.isActive {
    csv.cell(technique.id.description)
    csv.cell(technique.name)
    csv.cell(technique.tactics.map(\.description).joined(separator: " "))
    for count in [rules.counted, rules.ownCounted, rules.all.count] { csv.cell(count) }
    csv.cell(rules.isCovered ? "covered" : "none")
    csv.endRow()
  }
  return csv.bytes
}
