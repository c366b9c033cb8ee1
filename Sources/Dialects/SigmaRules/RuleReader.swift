import Diagnostics
import Documents
import Markdown
import RuleModel

/// Reads one Sigma document into a rule.
struct RuleReader {
  private let document: Node
  private let values: [String: Node]
  private let context: SigmaContext
  private var rule: Rule

  init(_ document: Node, source: RuleSource, in context: SigmaContext) {
    self.context = context
    self.document = document
    var values: [String: Node] = [:]
    for (key, value) in document.entries { if let name = key.text { values[name] = value } }
    self.values = values
    rule = Rule(key: RuleKey(dialect: .sigma, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
    for (key, _) in document.entries where key.kind != .scalar {
      report(.ruleField, at: key, "a key must be a text; what is under it is left out")
    }
  }

  consuming func rule(kind: SigmaKind) -> Rule {
    readMetadata()
    readLogSource(isNeeded: kind == .rule)
    reportOtherSections(than: kind)
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
    let capitalKeys = reportCapitalKeys()
    if values["title"]?.text ?? "" == "", values["title"]?.kind ?? .scalar == .scalar, !capitalKeys.contains("title") {
      report(.ruleTitle, at: values["title"] ?? document, "the rule has no title; add one, the file's name stands in")
    }
    rule.id = text("id")
    rule.idPosition = values["id"]?.position
    if let id = rule.id, let node = values["id"], !isUUID(id) {
      report(.ruleID, at: node, "the id '\(shortened(id))' isn't a UUID; write one, such as a random one (version 4)")
    }
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
    for field in context.noteFields { readNote(in: field) }
  }

  /// The keys are in small letters, and what is written otherwise is a field of one's own to all engines.
  ///
  /// - Returns: the keys that are missing so.
  private mutating func reportCapitalKeys() -> Set<String> {
    var missing: Set<String> = []
    for (key, _) in document.entries {
      guard let name = key.text, name.utf8.contains(where: isCapital) else { continue }
      let known = name.lowercased()
      if RuleReader.keys.contains(known), values[known] == nil {
        report(.ruleField, at: key, "the key '\(shortened(name))' isn't read; did you mean '\(known)'?")
        missing.insert(known)
      }
    }
    return missing
  }

  /// Those of the specification for rules, correlations and filters that have metadata; sections are looked for by themselves.
  private static let keys: Set<String> = [
    "title", "id", "name", "related", "taxonomy", "status", "description", "license", "references", "author", "date",
    "modified", "tags", "logsource", "fields", "falsepositives", "level", "scope", "generate",
  ]

  /// Sigma allows fields of one's own. A list is shown as one.
  private mutating func readNote(in field: String) {
    guard let node = values[field], !node.isNull else { return }
    let texts = texts(field)
    guard !texts.isEmpty else { return }
    var blocks: [[NoteBlock]] = []
    for text in texts {
      let (note, findings) = Markdown.readNote(
        Array(text.utf8), origin: .field(field), path: rule.source.path, file: rule.source.file,
        position: node.position, limit: context.limits.noteBytes)
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
      rule.related.append(RelatedRule(kind: relatedKind(of: node), id: id, position: node.position))
    }
  }

  /// How an entry is related; where it doesn't say, it is similar at least.
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

  private mutating func readLogSource(isNeeded: Bool) {
    guard let node = values["logsource"] else {
      if isNeeded {
        report(.sigmaLogSource, at: document, "the rule has no 'logsource'; add a category, product or service")
      }
      return
    }
    var reader = LogSourceReader(path: rule.source.file)
    rule.logSourcePosition = node.position
    rule.logSources = reader.logSources(in: node)
    rule.findings += reader.findings
  }

  // MARK: Sections

  private mutating func readDetection() {
    guard let detection = values["detection"], detection.kind == .mapping else {
      let near = values["detection"] == nil ? nearestName(to: "detection", in: values.keys.sorted()) : nil
      report(
        .sigmaDetection, at: values["detection"] ?? near.flatMap { values[$0] } ?? document,
        near.map { "the rule has no 'detection'; did you mean '\($0)'?" }
          ?? "the detection must be a map of search identifiers and a condition; write one")
      return
    }
    if detection.entries.isEmpty {
      report(.sigmaDetection, at: detection, "the detection is empty; write search identifiers and a condition")
      return
    }
    if let timeframe = detection["timeframe"] {
      rule.timeWindow = timeframe.isNull ? nil : timeframe.text
      if let window = rule.timeWindow {
        if !isTimespan(window) {
          report(
            .ruleField, at: timeframe,
            "'\(shortened(window))' isn't a valid timeframe; write a whole number above 0 and s, m, h or d, such as 10m"
          )
        }
      } else {
        report(.ruleField, at: timeframe, "the timeframe must be a number and a unit, such as 10m; it is left out")
      }
    }
    readStages(of: detection, reserved: ["condition", "timeframe"])
    // Within a time, Sigma 1 relates events: `selection1 and selection2` need not be one.
    if rule.timeWindow != nil, !rule.stages.isEmpty { rule.stages[0].joinsEvents = true }
  }

  /// Engines read one section of a document, and by none of its keys does it say that it has others.
  private mutating func reportOtherSections(than kind: SigmaKind) {
    let own =
      switch kind {
      case .correlation: "correlation"
      case .filter: "filter"
      case .rule: values["correlation"] == nil ? "detection" : "correlation"
      }
    for name in ["detection", "filter"] where name != own {
      // Some rules have a field of their own by the name of filter.
      guard let section = values[name], own == "correlation" || name == "detection" else { continue }
      report(
        SigmaDocument.id(of: own), at: section,
        "the document has both '\(name)' and '\(own)', of which engines read the \(own) alone; "
          + "move one of them to a document of its own")
    }
  }

  /// A correlation's or a filter's section; nil, and reported, where it isn't a map.
  private mutating func section(_ name: String) -> Node? {
    let id = SigmaDocument.id(of: name)
    guard let node = values[name] else {
      if let key = SigmaDocument.nearKey(to: name, in: document) {
        report(id, at: key, "no rule has a section '\(shortened(key.text ?? ""))'; did you mean '\(name)'?")
      }
      return nil
    }
    guard node.kind == .mapping else {
      report(id, at: node, "the section '\(name)' must be a map; write keys and values")
      return nil
    }
    return node
  }

  private mutating func readFilter() {
    rule.ruleClass = .filter
    guard let filter = section("filter") else { return }
    if values["logsource"] == nil {
      report(.sigmaFilter, at: document, "the filter has no log source; add the one of the rules that it tunes")
    }
    rule.filter = filterScope(of: filter)
    if let condition = filter["condition"], condition.kind == .sequence {
      report(
        .sigmaFilter, at: condition, severity: .warning,
        "engines take one text as a filter's condition; join the list with 'or'")
    }
    readStages(of: filter, reserved: ["condition", "rules"])
  }

  private mutating func filterScope(of filter: Node) -> FilterScope {
    let node = filter["rules"]
    guard let node, !node.isNull, node.kind != .sequence || !node.items.isEmpty else {
      report(
        .sigmaFilter, at: node ?? filter, "the filter names no rules; add 'rules' with their ids or names, or 'any'")
      return .rules([])
    }
    return node.text?.lowercased() == "any" ? .any : .rules(references(in: node, .sigmaFilter))
  }

  private mutating func readStages(of section: Node, reserved: Set<String>) {
    guard let condition = section["condition"] else {
      let name = rule.ruleClass.rawValue
      if let stray = values["condition"] {
        report(.sigmaCondition, at: stray, "the condition is outside '\(name)'; indent it, so that it belongs there")
      } else {
        report(.sigmaCondition, at: section, "the \(name) has no 'condition'; add one")
      }
      return
    }
    var reader = ConditionReader(
      detection: section, reserved: reserved, path: rule.source.file, limits: context.limits, work: context.work)
    rule.stages = reader.stages(of: condition)
    rule.findings += reader.findings
    rule.groupBy = reader.aggregations.flatMap(\.groupBy)
    // What `near` names stands in the tree.
    let counts = reader.aggregations.filter { $0.near == nil }.map(\.text)
    rule.aggregation = counts.isEmpty ? nil : counts.joined(separator: "; ")
  }

  private mutating func readCorrelation() {
    rule.ruleClass = .correlation
    guard let section = section("correlation") else { return }
    let rules = section["rules"].map { $0.isNull ? [] : references(in: $0, .sigmaCorrelation) } ?? []
    var reader = CorrelationReader(section, path: rule.source.file)
    var correlation = reader.correlation(of: rules)
    // The specification's schema has it beside the section, its text and pySigma in it.
    if let node = values["generate"], reader.readFlag(node, "generate") { correlation.generate = true }
    rule.findings += reader.findings
    rule.groupBy = correlation.groupBy
    rule.timeWindow = correlation.timespan
    rule.correlation = correlation
  }

  /// One rule's id or name, or a list of them.
  private mutating func references(in node: Node, _ id: DiagnosticID) -> [RuleReference] {
    let nodes = node.kind == .sequence ? node.items : [node]
    return nodes.compactMap { node in
      guard let target = node.text, !target.isEmpty, !node.isNull else {
        report(id, at: node, "'rules' takes ids or names of rules; write one, or a list of them")
        return nil
      }
      return RuleReference(target, position: node.position)
    }
  }

  // MARK: Values

  private mutating func report(
    _ id: DiagnosticID, at node: Node, severity: Diagnostic.Severity? = nil, _ message: String
  ) {
    rule.findings.append(
      Diagnostic(
        id, at: SourceLocation(path: rule.source.file, position: node.position), severity: severity, message))
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
      if trimmed.isEmpty { report(.ruleField, at: node, "an entry of '\(key)' is empty; write a text or remove it") }
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

private func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

/// Whether a text is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 (RFC 9562, section 4), in either case.
private func isUUID(_ text: String) -> Bool {
  let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  return groups.map(\.count) == [8, 4, 4, 4, 12]
    && groups.joined().allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
}
