import Diagnostics
import DialectReading
import Documents
import RuleModel

/// What a rule says about itself.
extension RuleReader {
  mutating func readMetadata() {
    let title = text("DisplayName") ?? text(type.idKey)
    rule.title = title ?? rule.source.stem
    if title == nil {
      report(.ruleTitle, at: document, "the rule has no 'DisplayName'; add one, as the file's name is shown instead")
    }
    rule.id = text(type.idKey)
    rule.idPosition = values[type.idKey]?.position
    rule.description = text("Description")
    rule.status = text("Status").flatMap { RuleReader.statuses[$0.lowercased()] }
    rule.level = level()
    rule.isDisabled = values["Enabled"]?.boolean == false
    rule.raisesSignal = values["CreateAlert"]?.boolean == false
    rule.references = references("Reference").filter { !$0.isEmpty }
    rule.tags = texts("Tags")
    for field in ["Runbook"] + context.noteFields where !isBlank(field) {
      readNote(in: field, limit: context.limits.noteBytes)
    }
  }

  private func isBlank(_ field: String) -> Bool {
    values[field].map { $0.kind == .scalar && $0.bytes.allSatisfy { $0 <= UInt8(ascii: " ") } } ?? true
  }

  private static let statuses: [String: Status] = [
    "stable": .stable, "production": .stable, "available": .stable, "experimental": .experimental,
    "beta": .experimental,
    "test": .test, "deprecated": .deprecated,
  ]

  private mutating func level() -> Level? {
    if text("Severity")?.lowercased() == "info" { return .informational }
    return named("Severity", .ruleLevel, [Level.informational, .low, .medium, .high, .critical])
  }

  // MARK: Logs

  /// The types of logs or of resources that it reads.
  mutating func readLogTypes() {
    var seen: Set<String> = []
    for key in ["LogTypes", "ResourceTypes"] {
      // Some types of resources have the name of a type of log.
      let category = key == "ResourceTypes" ? "resource" : nil
      for name in texts(key) where seen.insert(name).inserted {
        rule.logSources.append(LogSource(category: category, service: name))
      }
      if rule.logSourcePosition == nil, let node = values[key] { rule.logSourcePosition = node.items.first?.position }
    }
  }

  // MARK: ATT&CK

  /// `Reports: MITRE ATT&CK: [TA0005:T1562.001]`
  mutating func readReports() {
    guard let reports = values["Reports"], let node = reports["MITRE ATT&CK"], !node.isNull else { return }
    let entries = node.kind == .scalar ? [node] : node.items
    var known: Set<String> = []
    for entry in entries {
      guard let text = entry.text else { continue }
      let places = TextPlaces(of: entry)
      var offset = 0
      for part in text.split(separator: ":", omittingEmptySubsequences: false) {
        defer { offset += part.utf8.count + 1 }
        let id = part.trimmed()
        guard !id.isEmpty else { continue }
        let start = offset + part.prefix { $0 == " " }.utf8.count
        let span = places.span(ofBytes: start..<start + id.utf8.count)
        let tag = AttackTag(id, at: span)
        if case .tacticName = tag.target {
          rule.findings.append(
            Diagnostic(
              .pantherReport, at: SourceLocation(rule.source.file, at: span),
              "'\(shortened(id))' isn't the id of a tactic or a technique; write it as in TA0005:T1562.001"))
          continue
        }
        if known.insert(id.uppercased()).inserted { rule.attackTags.append(tag) }
      }
    }
  }
}
