import Diagnostics
import XML

/// Which collector a file is of, as its name's end and what it holds tell: `xml` of Sysmon or of event forwarding, `rules` of auditd,
/// `csv` of an audit policy or of events.
///
/// - Parameter facts: by which an audit policy is told.
/// - Returns: nil for all other files.
package func collectorKind(of bytes: [UInt8], path: String, facts: CollectorFacts) -> TelemetrySource.Kind? {
  let name = path.lowercased()
  if name.hasSuffix(".xml") { return kind(ofXML: bytes, path: name) }
  if name.hasSuffix(".rules") {
    // Others write rules into such files as well, in languages of which auditd's reader finds much to say.
    var reader = AuditRuleReader(facts: facts.auditd)
    reader.read(SourceFile(path: path, bytes: bytes))
    return !reader.rules.isEmpty && reader.diagnostics.isEmpty ? .auditd : nil
  }
  if name.hasSuffix(".csv") { return kind(ofCSV: bytes, path: path, facts: facts) }
  return nil
}

private func kind(ofXML bytes: [UInt8], path: String) -> TelemetrySource.Kind? {
  guard let document = try? XMLDocument(parsing: bytes, path: path) else { return nil }
  switch document.root().name {
  case "Subscription", "QueryList": return .wef
  // The two kinds have one schema; only people's names for the files tell them apart.
  case "Sysmon": return path.contains("linux") ? .sysmonLinux : .sysmon
  default: return nil
  }
}

private func kind(ofCSV bytes: [UInt8], path: String, facts: CollectorFacts) -> TelemetrySource.Kind? {
  guard let table = try? CSVTable(parsing: textOfWindows(bytes)), let head = table.rows.first else { return nil }
  let names = head.cells.map { $0.text.inOneLine.lowercased() }
  if names.contains("provider"), names.contains("event") { return .csv }
  var findings: [Diagnostic] = []
  let policy = AuditPolicy(
    parsing: bytes, of: SourceFile(path: path), facts: facts.auditPolicy, into: &findings)
  return policy == nil ? nil : .auditPolicy
}
