import Diagnostics
import Documents
import Markdown
import RuleModel

/// Reads one Sigma document into a rule.
struct RuleReader {
  private let document: Node
  private let values: [String: Node]
  private let noteFields: [String]
  private var rule: Rule

  init(_ document: Node, source: RuleSource, noteFields: [String]) {
    self.noteFields = noteFields
    self.document = document
    var values: [String: Node] = [:]
    for (key, value) in document.entries { values[key.text ?? ""] = value }
    self.values = values
    rule = Rule(key: RuleKey(dialect: .sigma, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  consuming func rule(kind: SigmaKind) -> Rule {
    readMetadata()
    readLogSource(isNeeded: kind == .rule)
    switch kind {
    case .rule: readDetection()
    case .correlation: readCorrelation()
    case .filter: readFilter()
    }
    return rule
  }

  // MARK: Metadata

  private mutating func readMetadata() {
    let title = text("title")
    rule.title = title ?? rule.source.stem
    if values["title"]?.text ?? "" == "" && values["title"]?.kind ?? .scalar == .scalar {
      report(.ruleTitle, at: values["title"] ?? document, "the rule has no title; add one, the file's name stands in")
    }
    rule.id = text("id")
    rule.idPosition = values["id"]?.position
    rule.name = text("name")
    rule.description = text("description")
    rule.license = text("license")
    rule.status = named("status", .ruleStatus, Status.allCases)
    rule.level = named("level", .ruleLevel, Level.allCases)
    rule.date = date("date")
    rule.modified = date("modified")
    rule.authors =
      (values["author"].map { $0.kind == .sequence ? texts("author") : authors(in: text("author") ?? "") }) ?? []
    rule.references = references("references") + references("reference")
    rule.falsePositives = texts("falsepositives")
    rule.fields = texts("fields")
    readTags()
    readRelated()
    for field in noteFields { readNote(in: field) }
  }

  /// Sigma allows fields of one's own. A list is shown as one.
  private mutating func readNote(in field: String) {
    guard let node = values[field], !node.isNull else { return }
    let texts = texts(field)
    guard !texts.isEmpty else { return }
    var blocks: [[NoteBlock]] = []
    for text in texts {
      let (note, findings) = Markdown.readNote(
        Array(text.utf8), origin: .field(field), path: rule.source.path, file: rule.source.file,
        position: node.position)
      blocks.append(note.blocks)
      rule.findings += findings
    }
    rule.notes.append(
      Note(
        origin: .field(field), path: rule.source.path, file: rule.source.file,
        blocks: node.kind == .sequence ? [.list(start: nil, isTight: true, items: blocks)] : blocks.flatMap(\.self)))
  }

  /// Addresses and texts; one with a scheme that no page may link to is told.
  private mutating func references(_ key: String) -> [String] {
    for node in list(key) {
      guard let text = node.text, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
        !text.utf8.contains(where: { $0 <= UInt8(ascii: " ") })
      else { continue }
      let scheme = text[..<colon].lowercased()
      let isScheme = scheme.first?.isLetter == true && scheme.utf8.allSatisfy(isSchemeByte)
      if isScheme, !["http", "https", "mailto"].contains(scheme) {
        report(
          .ruleReference, at: node,
          "'\(shortened(text))' is no http, https or mailto address and is shown as text; correct it")
      }
    }
    return texts(key)
  }

  private mutating func readTags() {
    for node in list("tags") {
      guard let tag = node.text else {
        report(.ruleField, at: node, "a tag is a text; write a namespace, a dot and a name")
        continue
      }
      rule.tags.append(tag)
      guard let dot = tag.firstIndex(of: "."), dot != tag.startIndex, tag.index(after: dot) != tag.endIndex else {
        report(.sigmaTag, at: node, "the tag '\(shortened(tag))' has no namespace; write one and a dot before the name")
        continue
      }
      if tag[..<dot].lowercased() == "attack" {
        rule.attackTags.append(AttackTag(String(tag[tag.index(after: dot)...]), position: node.position))
      }
    }
  }

  private mutating func readRelated() {
    for node in list("related") {
      guard let id = node["id"]?.text, !id.isEmpty else {
        report(.ruleField, at: node, "a related rule needs an id and a type; add them")
        continue
      }
      rule.related.append(
        RelatedRule(kind: RelatedRule.Kind(node["type"]?.text ?? "similar"), id: id, position: node.position))
    }
  }

  private mutating func readLogSource(isNeeded: Bool) {
    guard let node = values["logsource"] else {
      if isNeeded {
        report(.sigmaLogSource, at: document, "the rule has no 'logsource'; add a category, product or service")
      }
      return
    }
    func name(_ key: String) -> String? {
      guard let value = node[key], !value.isNull, let text = value.text, !text.isEmpty else { return nil }
      return text
    }
    rule.logSourcePosition = node.position
    rule.logSource = LogSource(
      category: name("category"), product: name("product"), service: name("service"), definition: name("definition"))
    if isNeeded, rule.logSource.isEmpty {
      report(.sigmaLogSource, at: node, "the log source names nothing; add a category, product or service")
    }
  }

  // MARK: Sections

  private mutating func readDetection() {
    guard let detection = values["detection"], detection.kind == .mapping else {
      let near = values["detection"] == nil ? nearestName(to: "detection", in: values.keys.sorted()) : nil
      report(
        .sigmaDetection, at: values["detection"] ?? near.flatMap { values[$0] } ?? document,
        near.map { "the rule has no 'detection'; is '\($0)' meant to be it?" }
          ?? "the detection must be a map of search identifiers and a condition; write one")
      return
    }
    rule.timeWindow = detection["timeframe"]?.text
    readStages(of: detection, reserved: ["condition", "timeframe"])
  }

  private mutating func readFilter() {
    rule.ruleClass = .filter
    guard let filter = values["filter"] else { return }
    if rule.logSource.isEmpty {
      report(.sigmaFilter, at: document, "the filter has no log source; add the one of the rules that it tunes")
    }
    if let rules = filter["rules"] {
      if rules.text?.lowercased() == "any" {
        rule.filter = .any
      } else {
        rule.filter = .rules(references(in: rules))
      }
    } else {
      rule.filter = .rules([])
      report(.sigmaFilter, at: filter, "the filter names no rules; add 'rules' with their ids, or 'any'")
    }
    readStages(of: filter, reserved: ["condition", "rules"])
  }

  private mutating func readStages(of section: Node, reserved: Set<String>) {
    guard let condition = section["condition"] else {
      report(.sigmaCondition, at: section, "the \(rule.ruleClass.rawValue) has no 'condition'; add one")
      return
    }
    var reader = ConditionReader(detection: section, reserved: reserved, path: rule.source.file)
    rule.stages = reader.stages(of: condition)
    rule.findings += reader.findings
    rule.groupBy = reader.aggregations.flatMap(\.groupBy)
    // What `near` names stands in the tree.
    let counts = reader.aggregations.filter { $0.near == nil }.map(\.text)
    rule.aggregation = counts.isEmpty ? nil : counts.joined(separator: "; ")
  }

  private mutating func readCorrelation() {
    rule.ruleClass = .correlation
    guard let node = values["correlation"] else { return }
    var reader = CorrelationReader(node, path: rule.source.file)
    rule.correlation = reader.correlation(references: node["rules"].map { references(in: $0) } ?? [])
    // The specification's schema has it beside the section, its text and pySigma in it.
    if text("generate")?.lowercased() == "true" { rule.correlation?.generate = true }
    rule.findings += reader.findings
    rule.groupBy = rule.correlation?.groupBy ?? []
    rule.timeWindow = rule.correlation?.timespan
  }

  private mutating func references(in node: Node) -> [RuleReference] {
    let nodes = node.kind == .sequence ? node.items : [node]
    return nodes.compactMap { node in
      guard let target = node.text, !target.isEmpty else {
        report(.ruleField, at: node, "a rule is named by its id or its name; write one of them")
        return nil
      }
      return RuleReference(target, position: node.position)
    }
  }

  // MARK: Values

  private mutating func report(_ id: DiagnosticID, at node: Node, _ message: String) {
    rule.findings.append(Diagnostic(id, at: SourceLocation(path: rule.source.file, position: node.position), message))
  }

  /// The text of a key, without the line end of a block; nil where it is absent or null.
  private mutating func text(_ key: String) -> String? {
    guard let node = values[key], !node.isNull else { return nil }
    guard let text = node.text else {
      report(.ruleField, at: node, "'\(key)' must be a text; it is left out")
      return nil
    }
    let trimmed = text[...].trimmed()
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The nodes of a list; a single value counts as a list of one.
  private mutating func list(_ key: String) -> [Node] {
    guard let node = values[key], !node.isNull else { return [] }
    switch node.kind {
    case .sequence: return node.items
    case .scalar: return [node]
    case .mapping:
      report(.ruleField, at: node, "'\(key)' must be a list; it is left out")
      return []
    }
  }

  private mutating func texts(_ key: String) -> [String] {
    list(key).compactMap { node in
      guard let text = node.text else {
        report(.ruleField, at: node, "an entry of '\(key)' must be a text; it is left out")
        return nil
      }
      let trimmed = text[...].trimmed()
      return trimmed.isEmpty ? nil : trimmed
    }
  }

  private mutating func named<Name: RawRepresentable<String>>(
    _ key: String, _ id: DiagnosticID, _ names: [Name]
  ) -> Name? {
    guard let written = text(key), let node = values[key] else { return nil }
    if let name = Name(rawValue: written.lowercased()) { return name }
    let near = nearestName(to: written, in: names.map(\.rawValue)).map { "did you mean '\($0)'?" }
    report(
      id, at: node,
      "the \(key) '\(shortened(written))' is unknown; "
        + (near ?? "write one of \(names.map(\.rawValue).joined(separator: ", "))"))
    return nil
  }

  private mutating func date(_ key: String) -> CalendarDate? {
    guard let written = text(key), let node = values[key] else { return nil }
    if let date = CalendarDate(written) { return date }
    report(.ruleDate, at: node, "'\(shortened(written))' under '\(key)' is no day of the calendar; write YYYY-MM-DD")
    return nil
  }

  /// Splits at commas, but not at those in parentheses.
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

/// Of a scheme but for its first letter (RFC 3986, section 3.1).
private func isSchemeByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
    UInt8(ascii: "-"),
    UInt8(ascii: "."):
    true
  default: false
  }
}
