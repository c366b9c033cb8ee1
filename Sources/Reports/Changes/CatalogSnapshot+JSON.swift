package import Analysis
import Attack
import Checks
import Diagnostics
package import Documents
import RuleModel

extension CatalogSnapshot {
  /// Reads a `catalog.json` of format 1 or 2. It doesn't contain how conditions and selections join their tests: format
  /// 2 has a digest of a rule's logic, format 1 has nothing.
  ///
  /// - Throws: if it isn't one, or a rule in it lacks what every rule has.
  package init(parsingJSON bytes: [UInt8]) throws(DocumentError) {
    guard let root = try parseJSON(bytes, limits: .catalog), root.kind == .mapping, let rules = root["rules"]
    else { throw DocumentError(.catalogFile, at: SourcePosition(line: 1, column: 1), notACatalog) }
    guard let format = root["format"]?.text, ["1", "2"].contains(format) else {
      throw DocumentError(.catalogFile, at: root["format"]?.position ?? root.position, notACatalog)
    }
    var entries: [Entry] = []
    let nodes = rules.items.map(RuleNode.init)
    // A file without any was perhaps made by a version that doesn't know them.
    let hasSimulations = nodes.contains { $0["simulations"] != nil }
    for node in nodes { entries.append(try Entry(node, hasSimulations: hasSimulations)) }
    let attack = root["attack"].map(RuleNode.init)
    self.init(
      entries: entries.sorted { $0.key < $1.key },
      findings: root["diagnostics"]?.items.compactMap(Diagnostic.init(readingJSON:)) ?? [],
      attack: attack?["version"]?.text.map { AttackVersion(domain: attack?["domain"]?.text ?? "", version: $0) },
      hasLogic: format != "1",
      collected: root["telemetry"].map { ($0["events"]?.items ?? []).compactMap(KeptCollection.init) })
  }
}

private let notACatalog =
  "this isn't a catalog.json of format 1 or 2; give one that 'ruledex build' made, or a folder of rules"

extension DocumentLimits {
  /// Enough for a hundred thousand rules.
  fileprivate static let catalog = DocumentLimits(bytes: 1 << 30, depth: 16)
}

extension Event {
  fileprivate init?(_ node: Node) {
    guard let provider = node["provider"]?.text, let name = node["event"]?.text else { return nil }
    self.init(provider: provider, name: name)
  }
}

extension KeptPlace {
  fileprivate init?(_ node: Node) {
    guard let file = node["file"]?.text else { return nil }
    self.init(file: file, line: node["line"]?.text.flatMap(Int.init))
  }
}

extension KeptCollection {
  fileprivate init?(_ node: Node) {
    guard let event = Event(node), let share = node["collected"]?.text.flatMap(CollectedShare.init) else { return nil }
    self.init(event: event, share: share, places: node["sources"]?.items.compactMap(KeptPlace.init) ?? [])
  }
}

extension KeptVisibility {
  fileprivate init?(_ rule: RuleNode) {
    guard let state = rule["state"]?.text.flatMap(State.init) else { return nil }
    let why = rule["visibility"]
    self.init(
      state: state, missing: why?["missing"]?.items.compactMap(Event.init) ?? [],
      hiding: why?["hiding"]?.items.compactMap { node in
        KeptPlace(node).map { Hiding(place: $0, words: node["test"]?.text ?? "") }
      } ?? [], more: why?["more"]?.text.flatMap { Int($0) } ?? 0)
  }
}

/// A rule's record; its members are looked up by name.
private struct RuleNode {
  let node: Node
  private let members: [ArraySlice<UInt8>: Node]

  init(_ node: Node) {
    self.node = node
    members = Dictionary(node.entries.map { ($0.key.bytes, $0.value) }, uniquingKeysWith: { $1 })
  }

  subscript(_ key: String) -> Node? { members[ArraySlice(key.utf8)] }

  func text(_ key: String) -> [String] { self[key]?.text.map { [$0] } ?? [] }

  func texts(_ key: String) -> [String] { self[key]?.items.compactMap(\.text) ?? [] }
}

extension CatalogSnapshot.Entry {
  /// - Parameter hasSimulations: whether the file says how to test rules.
  fileprivate init(_ rule: RuleNode, hasSimulations: Bool) throws(DocumentError) {
    guard let dialect = rule["dialect"]?.text.map(Dialect.init(rawValue:)), let slug = rule["slug"]?.text,
      let title = rule["title"]?.text, let source = rule["source"]?.text
    else {
      throw DocumentError(
        .catalogFile, at: rule.node.position, "the rule lacks its dialect, slug, title or source; make the file anew")
    }
    let attack = rule["attack"].map(RuleNode.init)
    let logSources = rule["logsources"]?.items ?? [rule["logsource"]].compactMap(\.self)
    let techniques = attack?.texts("techniques") ?? []
    let events = (rule["events"]?.items ?? []).compactMap(Event.init)
    let status = rule["status"]?.text.flatMap(Status.init(rawValue:))
    let isDetection = rule["class"]?.text == RuleClass.detection.rawValue
    let key = RuleKey(dialect: dialect, slug: slug)
    let tags = rule.texts("tags")
    var texts: [RulePart: [String]] = [
      .id: rule.text("id"), .title: [title], .description: rule.text("description"),
      .status: rule.text("status"), .level: rule.text("level"), .ruleClass: rule.text("class"),
      .logSource: logSources.isEmpty
        ? logSourceTexts(nil, nil, nil)
        : logSources.flatMap { logSourceTexts($0["category"]?.text, $0["product"]?.text, $0["service"]?.text) },
      .techniques: techniques, .tactics: attack?.texts("tactics") ?? [],
      .events: events.map { "\($0.provider) \($0.name)" }, .tags: tags, .authors: rule.texts("authors"),
      .date: rule.text("date"), .modified: rule.text("modified"), .references: rule.texts("references"),
      .falsePositives: rule.texts("falsePositives"),
    ]
    if let logic = rule["logic"]?.text { texts[.logic] = [logic] }
    if hasSimulations {
      texts[.simulations] = (rule["simulations"]?.items ?? []).map {
        simulationText($0["collection"]?.text, $0["name"]?.text, $0["technique"]?.text, $0["id"]?.text)
      }
    }
    var related: [String]? = []
    switch rule["class"]?.text {
    case RuleClass.correlation.rawValue:
      let correlation = rule["correlation"].map(RuleNode.init)
      texts.merge(correlationTexts(correlation)) { $1 }
      related = correlation?.texts("rules") ?? []
    case RuleClass.filter.rawValue:
      // Its tests count for the rules that it tunes, and aren't listed with it.
      texts[.scope] = []
      related = rule["filter"]?["count"] == nil ? rule["filter"].map { RuleNode($0).texts("rules") } ?? [] : nil
    default:
      texts[.values] = (rule["indicators"]?.items ?? []).map(testText)
      texts[.exclusions] = (rule["exclusions"]?.items ?? []).map(testText)
    }
    self.init(
      key: key, id: rule["id"]?.text, title: title, source: source,
      // A blind rule without an event can never match.
      isCounted: rule["counted"]?.text == "true"
        || isDetection && status?.isRetired != true && rule["disabled"]?.text != "true"
          && rule["logic"]?.text != Rule.noLogic
          && !(rule["state"]?.text == "blind" && events.isEmpty),
      techniques: techniques.compactMap { TechniqueID($0) },
      events: events, visibility: KeptVisibility(rule),
      parts: RuleParts(
        RuleParts.Kept(texts: texts, related: related, attackTags: attackTags(dialect, tags: tags, attack))))
  }
}

/// What a correlation says; what format 1 lacks stays unknown.
private func correlationTexts(_ correlation: RuleNode?) -> [RulePart: [String]] {
  guard let correlation else { return [.correlation: []] }
  let type = correlation["type"]?.text ?? ""
  var texts: [RulePart: [String]] = [
    .correlation: [type, canonicalCondition(correlation["condition"]?.text ?? "", ofType: type)],
    .timespan: correlation.text("timespan"), .groupBy: canonicalNames(correlation.texts("groupBy")),
  ]
  if correlation["fields"] != nil { texts[.fields] = canonicalNames(correlation.texts("fields")) }
  if let generate = correlation["generate"]?.text { texts[.generate] = [generate] }
  if let aliases = correlation["aliases"] {
    texts[.aliases] = aliasTexts(
      aliases.items.map { node in
        let fields = (node["fields"]?.items ?? []).map { field in
          (rule: field["rule"]?.text ?? "", field: field["field"]?.text ?? "")
        }
        return (name: node["name"]?.text ?? "", fields: fields)
      })
  }
  return texts
}

/// What a rule says about ATT&CK: in Sigma the tags, in the other dialects keys of their own, for which the file has
/// the mapped result.
private func attackTags(_ dialect: Dialect, tags: [String], _ attack: RuleNode?) -> [AttackTag] {
  let position = SourcePosition(line: 1, column: 1)
  guard dialect != .sigma else {
    return tags.compactMap { tag in
      guard tag.utf8.count > 7, tag.prefix(7).lowercased() == "attack." else { return nil }
      return AttackTag(String(tag.dropFirst(7)), at: SourceSpan(position))
    }
  }
  let names = ["tactics", "techniques", "unknown"].flatMap { attack?.texts($0) ?? [] }
  return names.map { AttackTag($0, at: SourceSpan(position)) }
}

private func testText(_ node: Node) -> String {
  let test = RuleNode(node)
  return testText(
    field: test["field"]?.text, kind: test["kind"]?.text ?? "", value: test["value"]?.text ?? "",
    modifiers: test.texts("modifiers"))
}
