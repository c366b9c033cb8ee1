import Diagnostics
import DialectReading
import Documents
import RuleModel

/// What a rule says about itself.
extension RuleReader {
  mutating func readMetadata() {
    // In a template, `name` is the name of the resource.
    let title = wholeText("displayName") ?? (isResource ? nil : text("name")) ?? text("title")
    rule.title = title.map(withoutQuotes) ?? rule.source.stem
    if title == nil {
      report(
        .ruleTitle, at: document,
        "the rule has no name; add '\(isResource ? "displayName" : "name")', as the file's is shown instead")
    }
    readID()
    rule.description = (wholeText("description") ?? tag("description")).map(withoutQuotes)
    rule.status = text("status").flatMap { RuleReader.statuses[$0.lowercased()] }
    if written.form != .savedSearch {
      rule.level = named("severity", .ruleLevel, [Level.informational, .low, .medium, .high])
    }
    rule.isDisabled = ["enabled", "isEnabled"].contains { values[$0]?.boolean == false }
    rule.modified = day("lastModifiedDateTime") ?? day("lastModifiedUtc")
    rule.authors = authors()
    rule.references = references("references")
    rule.falsePositives = texts("falsePositives")
    if written.form != .savedSearch { rule.tags = list("tags").compactMap(\.text) }
    readNotes(in: ["recommendedActions"] + context.noteFields, limit: context.limits.noteBytes)
  }

  /// The text of a key, which in a template may come from an expression.
  private mutating func wholeText(_ key: String) -> String? {
    guard let node = values[key], let made = written.template?.text(of: node) else { return text(key) }
    return String(decoding: made.bytes, as: UTF8.self)[...].trimmed()
  }

  private var isResource: Bool { written.form == .resource || written.form == .savedSearch }

  private mutating func readID() {
    guard isResource else {
      rule.id = text("id")
      rule.idPosition = values["id"]?.position
      if let id = rule.id, let node = values["id"], !isUUID(id) {
        report(.ruleID, at: node, "the id '\(shortened(id))' isn't a UUID; write one, such as a random one (version 4)")
      }
      return
    }
    // `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/0b6b…')]`
    for key in ["name", "id"] {
      guard let node = values[key], let id = node.text.flatMap(uuid) else { continue }
      (rule.id, rule.idPosition) = (id, node.position)
      return
    }
  }

  private func uuid(in text: String) -> String? {
    text.split { !$0.isHexDigit && $0 != "-" }.map(String.init).first(where: isUUID)
  }

  /// Texts of older rules contain quotes of their own.
  private func withoutQuotes(_ text: String) -> String {
    guard text.utf8.count > 1, let first = text.first, first == text.last, first == "'" || first == "\"" else {
      return text
    }
    return text.dropFirst().dropLast().trimmed()
  }

  private static let statuses: [String: Status] = [
    "available": .stable, "production": .stable, "experimental": .experimental, "deprecated": .deprecated,
  ]

  /// The day of a timestamp.
  private mutating func day(_ key: String) -> CalendarDate? {
    guard let written = text(key) else { return nil }
    return CalendarDate(dayOf: written)
  }

  private mutating func authors() -> [String] {
    let named = values["metadata"]?["author"]?["name"]?.text
    return named.map { [$0] } ?? texts("author")
  }

  /// The metadata of a saved search is a list of names and values.
  private func tag(_ name: String) -> String? {
    guard written.form == .savedSearch else { return nil }
    return values["tags"]?.items.first { $0["name"]?.text?.lowercased() == name }?["value"]?.text
  }

  private func tagNode(_ name: String) -> Node? {
    guard written.form == .savedSearch else { return nil }
    return values["tags"]?.items.first { $0["name"]?.text?.lowercased() == name }?["value"]
  }

  // MARK: ATT&CK

  mutating func readAttack() {
    for key in ["tactics", "category"] where key == "tactics" || written.form == .customDetection {
      for node in attackNodes(key) { addTactics(node) }
    }
    for key in ["relevantTechniques", "techniques", "subTechniques", "mitreTechniques"] {
      for node in attackNodes(key) {
        for name in names(in: node) { rule.add(AttackTag(name, at: node.span)) }
      }
    }
  }

  /// The items of a list, each of which may refer to a value of the template.
  private mutating func attackNodes(_ key: String) -> [Node] {
    let nodes = list(key) + [tagNode(key)].compactMap { $0 }
    guard let template = written.template else { return nodes }
    return nodes.map(template.value(of:)).flatMap { $0.kind == .sequence ? $0.items : [$0] }
  }

  /// A tactic's name without spaces: `InitialAccess`.
  private mutating func addTactics(_ node: Node) {
    for name in names(in: node) where !RuleReader.otherCategories.contains(name.lowercased()) {
      var tag = AttackTag(shortName(ofTactic: name), at: node.span)
      tag.written = name
      rule.add(tag)
    }
  }

  private func names(in node: Node) -> [String] {
    (node.text ?? "").split(separator: ",").map { $0.trimmed() }.filter { !$0.isEmpty }
  }

  private func shortName(ofTactic name: String) -> String {
    var short = ""
    for character in name {
      if character == " " || character == "_" || character == "-" {
        short += "-"
      } else {
        if character.isUppercase, let last = short.last, last != "-" { short += "-" }
        short += character.lowercased()
      }
    }
    return short
  }

  /// Categories of Defender alerts that aren't tactics, in lower case.
  private static let otherCategories: Set = [
    "malware", "ransomware", "suspiciousactivity", "unwantedsoftware", "exploit", "general", "none", "unknown",
    "trojan", "backdoor", "socialengineering", "credentialstealing", "remoteaccesstrojan", "rootkit",
    "documentexploit", "enterprisepolicy", "webexploit", "webfingerprinting", "networkscan", "installation",
    "weaponization", "delivery", "exploitation", "commandandcontroltools",
  ]
}
