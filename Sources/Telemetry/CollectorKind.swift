import Diagnostics
import XML

/// The collector that a file belongs to, recognised by its extension and content: `xml` for Sysmon or event forwarding,
/// `rules` for auditd, `pol` or `reg` for policy, `csv` for an audit policy or for events.
///
/// - Parameter facts: the data by which an audit policy is recognised.
/// - Returns: nil for any other file.
package func collectorKind(of bytes: [UInt8], path: String, facts: CollectorFacts) -> TelemetrySource.Kind? {
  let name = path.lowercased()
  if name.hasSuffix(".xml") { return kind(ofXML: bytes, path: name) }
  if name.hasSuffix(".rules") {
    // Other programs use this extension as well, for languages in which auditd's reader would find many errors.
    var reader = AuditRuleReader(facts: facts.auditd)
    reader.read(SourceFile(path: path, bytes: bytes))
    return !reader.rules.isEmpty && reader.diagnostics.isEmpty ? .auditd : nil
  }
  if name.hasSuffix(".pol") || name.hasSuffix(".reg") {
    var findings: [Diagnostic] = []
    let policy = RegistryPolicy(
      parsing: bytes, of: SourceFile(path: path), facts: facts.policy, into: &findings)
    // Exported for whatever other reason, a registry says nothing about events.
    return name.hasSuffix(".pol") && policy != nil || policy?.values.isEmpty == false ? .policy : nil
  }
  if name.hasSuffix(".csv") { return kind(ofCSV: bytes, path: path, facts: facts) }
  return nil
}

private func kind(ofXML bytes: [UInt8], path: String) -> TelemetrySource.Kind? {
  guard let document = try? XMLDocument(parsing: bytes, path: path) else { return nil }
  switch document.root().name {
  case "Subscription", "QueryList": return .wef
  case "GPO", "Rsop": return .policy
  // Both kinds have the same schema; only the names that people give to the files distinguish them.
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
