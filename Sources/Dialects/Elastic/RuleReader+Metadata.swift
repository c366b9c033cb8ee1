import Diagnostics
import DialectReading
import Documents
import RuleModel

/// What a document says about itself.
extension RuleReader {
  /// - Parameters:
  ///   - id: the key of the rule's id.
  ///   - isUUID: whether the id must be a UUID, as in repositories of rules; Kibana accepts any text.
  ///   - notes: keys that hold Markdown.
  mutating func readMetadata(id: String, isUUID: Bool = true, notes: [String]) {
    let title = text("name")
    rule.title = title ?? rule.source.stem
    if title == nil {
      report(
        .ruleTitle, at: values["name"] ?? document,
        "the rule has no 'name'; add one, as the file's name is shown instead")
    }
    rule.id = text(id)
    rule.idPosition = values[id]?.position
    if isUUID, let written = rule.id, let node = values[id], !DialectReading.isUUID(written) {
      report(
        .ruleID, at: node, "the id '\(shortened(written))' isn't a UUID; write one, such as a random one (version 4)")
    }
    rule.description = text("description")
    rule.status = values["maturity"]?.text.flatMap { RuleReader.statuses[$0.lowercased()] }
    rule.isDisabled = values["enabled"]?.boolean == false
    rule.date = date(["creation_date", "created_at"])
    rule.modified = date(["updated_date", "updated_at"])
    rule.authors = texts("author")
    rule.references = references("references") + references("reference")
    rule.falsePositives = texts("false_positives")
    rule.tags = texts("tags")
    for field in notes + context.noteFields.filter({ !notes.contains($0) }) where !isBlank(field) {
      readNote(in: field, limit: context.limits.noteBytes)
    }
  }

  /// Whether the field has an empty text, as if left empty on purpose.
  private func isBlank(_ field: String) -> Bool {
    values[field].map { $0.kind == .scalar && $0.bytes.allSatisfy { $0 <= UInt8(ascii: " ") } } ?? true
  }

  /// The repository's maturity levels as statuses.
  private static let statuses: [String: Status] = [
    "production": .stable, "experimental": .experimental, "deprecated": .deprecated,
  ]

  /// A day, or the day of a timestamp, as in Kibana's exports.
  private mutating func date(_ keys: [String]) -> CalendarDate? {
    for key in keys {
      guard let written = text(key) else { continue }
      if let time = written.firstIndex(of: "T"), let date = CalendarDate(String(written[..<time])) { return date }
      return date(key)
    }
    return nil
  }

  /// Techniques and tactics, each with the place of its id.
  mutating func readThreats() {
    for threat in list("threat") where threat["framework"]?.text.map({ $0 == "MITRE ATT&CK" }) ?? true {
      readThreat(threat["tactic"])
      for technique in items(of: threat, "technique") {
        readThreat(technique)
        for part in items(of: technique, "subtechnique") { readThreat(part) }
      }
    }
  }

  private mutating func readThreat(_ node: Node?) {
    guard let id = node?["id"], let written = id.text, !written.isEmpty else { return }
    rule.attackTags.append(AttackTag(written, at: id.span))
  }

  private func items(of node: Node, _ key: String) -> [Node] {
    guard let list = node[key] else { return [] }
    return list.kind == .sequence ? list.items : [list]
  }
}
