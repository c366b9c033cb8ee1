import Diagnostics
import Events
import Text

/// Reads a CSV of collected events: the columns `provider` and `event`, in any order and among others where the first
/// line names them, else these two alone. No event, or `*`, means all of the provider's.
func collectedStatements(
  inCSV bytes: [UInt8], path: String, into diagnostics: inout [Diagnostic]
) -> [TelemetryFile.Statement] {
  let table: CSVTable
  do throws(CSVError) {
    table = try CSVTable(parsing: bytes)
  } catch {
    diagnostics.append(
      Diagnostic(error.id, at: SourceLocation(path: path, position: error.position), error.message))
    return []
  }
  func place(_ cell: CSVTable.Cell) -> SourceLocation { SourceLocation(path: path, position: cell.position) }
  let head = table.rows.first?.map { $0.text.inOneLine.lowercased() } ?? []
  let (provider, event) = (head.firstIndex(of: "provider") ?? 0, head.firstIndex(of: "event") ?? 1)
  let hasHead = head.contains("provider")
  if hasHead, !head.contains("event"), let first = table.rows.first?.first {
    diagnostics.append(Diagnostic(.csvSyntax, at: place(first), "the first line names no column 'event'; add it"))
    return []
  }
  return table.rows.dropFirst(hasHead ? 1 : 0).compactMap { row in
    guard let first = row.first else { return nil }
    // Without a head, one cell is a provider with all of its events.
    guard hasHead ? row.count == head.count : row.count <= 2, !row[provider].text.inOneLine.isEmpty else {
      diagnostics.append(
        Diagnostic(
          .csvSyntax, at: place(first),
          "the line has \(counted(row.count, "cell")); write a provider and an event"
            + (hasHead ? ", and as many cells as the first line has" : "")))
      return nil
    }
    let name = row.indices.contains(event) ? row[event].text.inOneLine : ""
    guard let pattern = NamePattern(name) else {
      diagnostics.append(Diagnostic(.csvSyntax, at: place(row[event]), "'\(name)' names no event"))
      return nil
    }
    return TelemetryFile.Statement(
      subject: .provider(row[provider].text.inOneLine, events: name.isEmpty || name == "*" ? nil : [pattern]),
      location: place(row[provider]))
  }
}
