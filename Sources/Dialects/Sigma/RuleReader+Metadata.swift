import Diagnostics
import DialectReading
import Documents
import RuleModel

/// What a document says about itself (Sigma Specification 2.1.0, “Components”): everything except its sections.
extension RuleReader {
  mutating func readMetadata() {
    let title = text("title")
    rule.title = title ?? rule.source.stem
    let mistyped = reportMistypedKeys()
    if values["title"]?.text ?? "" == "", values["title"]?.kind ?? .scalar == .scalar, !mistyped.contains("title") {
      report(
        .ruleTitle, at: values["title"] ?? document,
        "the rule has no title; add one, as the file's name is shown instead")
    }
    if let title, let node = values["title"], title.unicodeScalars.count > RuleReader.maximalTitle {
      report(
        .ruleTitle, at: node,
        "the title has \(title.unicodeScalars.count) characters, and engines take at most \(RuleReader.maximalTitle); shorten it"
      )
    }
    rule.id = text("id")
    rule.idPosition = values["id"]?.position
    if let id = rule.id, let node = values["id"], !isUUID(id) {
      report(.ruleID, at: node, "the id '\(shortened(id))' isn't a UUID; write one, such as a random one (version 4)")
    }
    rule.name = text("name")
    rule.description = text("description")
    rule.status = named("status", .ruleStatus, Status.allCases)
    rule.level = named("level", .ruleLevel, Level.allCases)
    rule.date = date("date")
    rule.modified = date("modified")
    rule.authors =
      (values["author"].map { $0.kind == .sequence ? texts("author") : authors(in: text("author") ?? "") }) ?? []
    rule.references = references("references") + references("reference")
    rule.falsePositives = texts("falsepositives")
    // These aren't used, but a form that engines refuse is still reported.
    for key in ["taxonomy", "license"] { _ = text(key) }
    for key in ["scope", "fields"] { _ = texts(key) }
    readTags()
    readRelated()
    readSimulations()
    for field in context.noteFields { readNote(in: field, limit: context.limits.noteBytes) }
  }

  /// To engines, a key that isn't spelled as in the specification, in lower case, is a custom field. Sections are
  /// checked separately.
  ///
  /// - Returns: the keys that are missing because they were mistyped.
  private mutating func reportMistypedKeys() -> Set<String> {
    var missing: Set<String> = []
    for (key, _) in document.entries {
      guard let name = key.text, !RuleReader.isKnown(name), !context.noteFields.contains(name),
        let meant = RuleReader.keys.first(where: { values[$0] == nil && isSlip(name, of: $0) }), meant != "logsource"
      else { continue }
      report(.ruleField, at: key, "the key '\(shortened(name))' isn't read; did you mean '\(meant)'?")
      missing.insert(meant)
    }
    return missing
  }

  private static func isKnown(_ name: String) -> Bool {
    keys.contains(name) || ["detection", "correlation", "filter", "reference"].contains(name)
  }

  /// The limit in Sigma Specification 2.1.0, “Title”.
  private static let maximalTitle = 256

  /// The keys of the specification for rules, correlations and filters, and `simulation`.
  private static let keys = [
    "title", "id", "name", "related", "taxonomy", "status", "description", "license", "references", "author", "date",
    "modified", "tags", "logsource", "fields", "falsepositives", "level", "scope", "generate", "simulation",
  ]

  private mutating func readTags() {
    for node in list("tags") {
      guard let tag = node.text, !node.isNull else {
        report(.ruleField, at: node, "a tag must be a text; write a namespace, a dot and a name")
        continue
      }
      rule.tags.append(tag)
      guard let dot = tag.firstIndex(of: "."), dot != tag.startIndex, tag.index(after: dot) != tag.endIndex else {
        report(.sigmaTag, at: node, "the tag '\(shortened(tag))' has no namespace; write one and a dot before the name")
        continue
      }
      let name = String(tag[tag.index(after: dot)...])
      let namespace = tag[..<dot].lowercased()
      if namespace == "attack" {
        rule.attackTags.append(AttackTag(name, at: node.span))
      } else if isSlip(namespace, of: "attack") || TechniqueID(name) != nil {
        report(
          .sigmaTag, at: node, severity: .warning,
          "the tag '\(shortened(tag))' is outside of ATT&CK; did you mean 'attack.\(shortened(name))'?")
      }
    }
  }

  private mutating func readRelated() {
    for node in list("related") {
      guard let id = node["id"]?.text, !id.isEmpty else {
        report(.ruleField, at: node, "a related rule needs an id and a type; add them")
        continue
      }
      rule.related.append(RelatedRule(kind: relatedKind(of: node), id: id, position: node.position))
    }
  }

  /// How an entry is related; if it doesn't say, it is at least similar.
  private mutating func relatedKind(of entry: Node) -> RelatedRule.Kind {
    let choice = "write one of \(RelatedRule.Kind.names.joined(separator: ", "))"
    guard let node = entry["type"], let written = node.text, !written.isEmpty, !node.isNull else {
      report(.ruleRelated, at: entry["type"] ?? entry, severity: .warning, "the related rule has no type; \(choice)")
      return .similar
    }
    let kind = RelatedRule.Kind(written)
    if case .other = kind {
      let near = nearestName(to: written, in: RelatedRule.Kind.names).map { "did you mean '\($0)'?" }
      report(
        .ruleRelated, at: node, severity: .warning,
        "the related type '\(shortened(written))' is unknown; \(near ?? choice)")
    }
    return kind
  }

  private func authors(in text: String) -> [String] {
    var authors: [String] = []
    var depth = 0
    var current = ""
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      if character == ",", depth == 0 {
        authors.append(current[...].trimmed())
        current = ""
      } else {
        current.append(character)
      }
    }
    authors.append(current[...].trimmed())
    return authors.filter { !$0.isEmpty }
  }
}
