import Diagnostics
import Events
import Text

/// Reads a CSV of collected events: the columns `provider` and `event`, in any order and among others if the first line
/// names them, otherwise only these two. No event, or `*`, means all of the provider's.
///
/// A row that isn't understood is reported, and its provider's events count as partly collected.
///
/// - Returns: nil if the file isn't a table at all.
func collectedStatements(
  inCSV bytes: [UInt8], of file: SourceFile, into diagnostics: inout [Diagnostic]
) -> [TelemetryFile.Statement]? {
  let table: CSVTable
  do throws(CSVError) {
    table = try CSVTable(parsing: bytes)
  } catch {
    diagnostics.append(
      Diagnostic(error.id, at: SourceLocation(file, at: error.position), error.message))
    return nil
  }
  func report(_ id: CheckID, _ position: SourcePosition, _ message: String) {
    diagnostics.append(
      Diagnostic(id, at: SourceLocation(file, at: position), severity: .warning, message))
  }
  for fault in table.faults { report(fault.id, fault.position, fault.message) }
  let head = table.rows.first?.cells.map { $0.text.inOneLine.lowercased() } ?? []
  let (provider, event) = (head.firstIndex(of: "provider") ?? 0, head.firstIndex(of: "event") ?? 1)
  let hasHead = head.contains("provider")
  let lacksEvents = hasHead && !head.contains("event")
  if lacksEvents, let first = table.rows.first?.cells.first {
    report(.csvSyntax, first.position, "the first line has no column 'event'; add it")
  }
  return table.rows.dropFirst(hasHead ? 1 : 0).compactMap { row in
    let cells = row.cells
    guard let first = cells.first else { return nil }
    let name = cells.indices.contains(provider) ? cells[provider].text.inOneLine : ""
    func doubtful() -> TelemetryFile.Statement? {
      guard !name.isEmpty else { return nil }
      return TelemetryFile.Statement(
        subject: .provider(name, events: nil), location: SourceLocation(file, at: cells[provider].position),
        doubt: shortened(cells.map(\.text).joined(separator: ",").inOneLine))
    }
    if row.isFaulty || lacksEvents { return doubtful() }
    // Without a header line, a single cell is a provider with all of its events.
    guard hasHead ? cells.count == head.count : cells.count <= 2, !name.isEmpty else {
      report(
        .csvSyntax, first.position,
        "the line has \(counted(cells.count, "cell")); write a provider and an event"
          + (hasHead ? ", and as many cells as the first line has" : ""))
      return doubtful()
    }
    let events = cells.indices.contains(event) ? cells[event].text.inOneLine : ""
    if let range = turnedRange(events) {
      report(.csvSyntax, cells[event].position, "the range '\(shortened(events))' runs backwards; write '\(range)'")
      return doubtful()
    }
    guard let pattern = NamePattern(events) else {
      report(.csvSyntax, cells[event].position, "'\(shortened(events))' isn't a valid event; correct it")
      return doubtful()
    }
    return TelemetryFile.Statement(
      subject: .provider(name, events: events.isEmpty || events == "*" ? nil : [pattern]),
      location: SourceLocation(file, at: cells[provider].position))
  }
}
