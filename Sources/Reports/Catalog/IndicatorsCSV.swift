package import Analysis
import RuleModel

/// `indicators.csv`: what the rules of a catalog look for, each once, with how many rules share it. Cells are written
/// as ``CSVWriter`` describes.
///
/// Columns: `field` (empty if the whole event is searched), `kind`, `value`, `modifiers` (separated by spaces),
/// `corpus` (how many rules have it) and how many of these are of each dialect. A test that rules spell in several ways
/// is shown as in the first of them by key, with its field under the name that is compared. Rows are in the order of
/// `catalog.json`: by field, kind, value and modifiers, in UTF-8 bytes.
package func indicatorsCSV(_ index: CatalogIndex) -> [UInt8] {
  let table = index.indicators
  var csv = CSVWriter()
  csv.row(["field", "kind", "value", "modifiers", "corpus"] + table.dialects.map(\.rawValue))
  var dialectCounts = [Int](repeating: 0, count: table.dialects.count)
  for entry in firstEntries(of: table) {
    csv.cell(entry.comparedField ?? "")
    csv.cell(entry.test.kind.rawValue)
    csv.cell(entry.test.value)
    csv.cell(entry.test.modifiers.isEmpty ? "" : entry.test.modifiers.names.joined(separator: " "))
    csv.cell(table.ruleCounts[entry.id])
    for at in dialectCounts.indices { dialectCounts[at] = 0 }
    for (dialect, count) in table.counts(of: entry.id) {
      if let at = table.dialects.firstIndex(of: dialect) { dialectCounts[at] = count }
    }
    for count in dialectCounts { csv.cell(count) }
    csv.endRow()
  }
  return csv.bytes
}

/// Each indicator as written by the first rule that has it, in the order of the rows.
private func firstEntries(of table: IndicatorTable) -> [IndicatorTable.Entry] {
  var seen = IndicatorColumn<Bool>(repeating: false, count: table.ruleCounts.count)
  var entries: [(key: [UInt8], entry: IndicatorTable.Entry)] = []
  entries.reserveCapacity(table.ruleCounts.count)
  for entry in table.entries.joined() where !seen[entry.id] {
    seen[entry.id] = true
    entries.append((sortKey(of: entry), entry))
  }
  return entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.entry)
}

/// Bytes that sort like the rows: a zero ends each part. To keep zeros out of the parts, their bytes are raised by one,
/// since UTF-8 doesn't use the highest.
private func sortKey(of entry: IndicatorTable.Entry) -> [UInt8] {
  var key: [UInt8] = []
  key.reserveCapacity(96)
  let modifiers = entry.test.modifiers.names.joined(separator: "|")
  for part in [entry.comparedField.map { "=" + $0 } ?? "", entry.test.kind.rawValue, entry.test.value, modifiers] {
    for byte in part.utf8 { key.append(byte + 1) }
    key.append(0)
  }
  return key
}
