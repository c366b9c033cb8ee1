import Diagnostics
import DialectReading
import Documents
import RuleModel

/// What a rule says about itself. Older forms have under `tags` what newer ones have beside it.
extension ContentReader {
  mutating func readMetadata() {
    rule.title = text("name") ?? rule.source.stem
    if values["name"] == nil {
      report(.ruleTitle, at: document, "the rule has no name; add 'name', as the file's is shown instead")
    }
    rule.id = text("id")
    rule.idPosition = values["id"]?.position
    if let id = rule.id, let node = values["id"], !isUUID(id) {
      report(.ruleID, at: node, "the id '\(shortened(id))' isn't a UUID; write one, such as a random one (version 4)")
    }
    rule.description = text("description")
    rule.status = text("status").flatMap { ContentReader.statuses[$0.lowercased()] }
    rule.level = riskScore.map(Level.init(riskScore:))
    rule.isDisabled = values["disabled"]?.boolean == true || values["enabled"]?.boolean == false
    rule.date = date("creation_date") ?? date("date")
    rule.modified = date("modification_date")
    rule.authors = texts("author").flatMap { $0.split(separator: ",") }.map { $0.trimmed() }.filter { !$0.isEmpty }
    rule.references = references("references")
    rule.falsePositives = texts("known_false_positives")
    readNotes(in: ["how_to_implement"] + context.noteFields, limit: context.limits.noteBytes)
  }

  private static let statuses: [String: Status] = [
    "production": .stable, "experimental": .experimental, "deprecated": .deprecated, "removed": .unsupported,
  ]

  /// A key's value, beside the tags or in them.
  private func value(_ key: String) -> Node? {
    let own = values[key] ?? values["tags"].flatMap { $0.kind == .mapping ? $0[key] : nil }
    return own.flatMap { $0.isNull ? nil : $0 }
  }

  private func strings(_ key: String) -> [String] {
    (value(key)?.itemsOrSelf ?? []).compactMap(\.text).filter { !$0.isEmpty }
  }

  /// The highest score of its risk objects, or the one that older forms have or imply.
  private var riskScore: Double? {
    let scores = (values["rba"]?["risk_objects"]?.items ?? []).compactMap { $0["score"]?.text.flatMap(Double.init) }
    if let highest = scores.max() { return highest }
    func number(_ key: String) -> Double? { value(key)?.text.flatMap(Double.init) }
    if let score = number("risk_score") { return score }
    guard let confidence = number("confidence"), let impact = number("impact") else { return nil }
    return (confidence * impact / 100).rounded()
  }

  mutating func readAttack() {
    guard let node = value("mitre_attack_id") else { return }
    for item in node.itemsOrSelf {
      guard let text = item.text?[...].trimmed(), !text.isEmpty else { continue }
      rule.add(AttackTag(text, at: item.span))
    }
  }

  mutating func readFacts() {
    if let score = riskScore { add("Risk score", [words(ofRiskScore: score)]) }
    add("Risk message", [values["rba"]?["message"]?.text ?? value("message")?.text ?? ""])
    add("Risk objects", (values["rba"]?["risk_objects"]?.items ?? []).compactMap(riskObject))
    add("Threat objects", (values["rba"]?["threat_objects"]?.items ?? []).compactMap(riskObject))
    add("Observables", (value("observable")?.items ?? []).compactMap(observable))
    add("Analytic stories", stories(strings("analytic_story")))
    add("Asset type", strings("asset_type"))
    add("Security domain", strings("security_domain"))
    add("Product", strings("product"))
    add("CVEs", strings("cve"))
    add("Drilldowns", (values["drilldown_searches"]?.items ?? []).compactMap { $0["name"]?.text })
    add("Tests", (values["tests"]?.items ?? []).compactMap { $0["name"]?.text })
    add("Version", strings("version"))
    let replacement = values["deprecation_info"]?["replacement_content"]?.items ?? []
    add("Replaced by", replacement.compactMap(\.text))
  }

  /// `dest (system, 64)`
  private func riskObject(_ node: Node) -> String? {
    guard let field = node["field"]?.text else { return nil }
    let details = ["type", "score"].compactMap { node[$0]?.text }
    return details.isEmpty ? field : "\(field) (\(details.joined(separator: ", ")))"
  }

  /// `dest (Hostname, Victim)`
  private func observable(_ node: Node) -> String? {
    guard let name = node["name"]?.text else { return nil }
    let details = [node["type"]?.text].compactMap { $0 } + (node["role"]?.items ?? []).compactMap(\.text)
    return details.isEmpty ? name : "\(name) (\(details.joined(separator: ", ")))"
  }
}
