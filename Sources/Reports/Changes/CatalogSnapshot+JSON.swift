package import Analysis
import Diagnostics
package import Documents
import RuleModel

extension CatalogSnapshot {
  /// Reads a `catalog.json` of format 1. Conditions and selections aren't in it, and are not compared.
  ///
  /// - Throws: where it is none, or a rule in it lacks what every rule has.
  package init(parsingJSON bytes: [UInt8]) throws(DocumentError) {
    guard let root = try parseJSON(bytes, limits: .catalog), root.kind == .mapping, let rules = root["rules"]
    else { throw DocumentError(.catalogFile, at: SourcePosition(line: 1, column: 1), notACatalog) }
    guard root["format"]?.text == "1" else {
      throw DocumentError(.catalogFile, at: root["format"]?.position ?? root.position, notACatalog)
    }
    var entries: [Entry] = []
    for node in rules.items { entries.append(try Entry(RuleNode(node))) }
    self.init(
      entries: entries.sorted { $0.key < $1.key },
      findings: root["diagnostics"]?.items.compactMap(diagnostic) ?? [])
  }
}

private let notACatalog =
  "this is no catalog.json of format 1; give one that 'ruledex build' made, or a folder of rules"

extension DocumentLimits {
  /// A hundred thousand rules.
  fileprivate static let catalog = DocumentLimits(bytes: 1 << 30, depth: 16)
}

/// A rule's record, whose members are asked for by name.
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
  fileprivate init(_ rule: RuleNode) throws(DocumentError) {
    guard let dialect = rule["dialect"]?.text.flatMap(Dialect.init(rawValue:)), let slug = rule["slug"]?.text,
      let title = rule["title"]?.text, let source = rule["source"]?.text
    else {
      throw DocumentError(
        .catalogFile, at: rule.node.position, "the rule lacks its dialect, slug, title or source; make the file anew")
    }
    let attack = rule["attack"].map(RuleNode.init)
    let logSources = rule["logsources"]?.items ?? [rule["logsource"]].compactMap(\.self)
    let techniques = attack?.texts("techniques") ?? []
    let events = (rule["events"]?.items ?? []).compactMap { node -> Event? in
      guard let provider = node["provider"]?.text, let name = node["event"]?.text else { return nil }
      return Event(provider: provider, name: name)
    }
    let status = rule["status"]?.text.flatMap(Status.init(rawValue:))
    let isDetection = rule["class"]?.text == RuleClass.detection.rawValue
    let key = RuleKey(dialect: dialect, slug: slug)
    self.init(
      key: key, id: rule["id"]?.text, title: title, source: source,
      isCounted: isDetection && status?.isRetired != true, techniques: techniques.compactMap { TechniqueID($0) },
      events: events,
      parts: RuleParts([
        .key: ["\(key)"], .id: rule.text("id"), .title: [title], .description: rule.text("description"),
        .status: rule.text("status"), .level: rule.text("level"), .ruleClass: rule.text("class"),
        .logSource: logSources.isEmpty
          ? logSourceTexts(nil, nil, nil)
          : logSources.flatMap { logSourceTexts($0["category"]?.text, $0["product"]?.text, $0["service"]?.text) },
        .values: (rule["indicators"]?.items ?? []).map(testText),
        .exclusions: (rule["exclusions"]?.items ?? []).map(testText),
        .techniques: techniques, .tactics: attack?.texts("tactics") ?? [],
        .events: events.map { "\($0.provider) \($0.name)" }, .tags: rule.texts("tags"), .authors: rule.texts("authors"),
        .date: rule.text("date"), .modified: rule.text("modified"), .references: rule.texts("references"),
        .falsePositives: rule.texts("falsePositives"), .source: [source],
      ]))
  }
}

private func testText(_ node: Node) -> String {
  let test = RuleNode(node)
  return testText(
    field: test["field"]?.text, kind: test["kind"]?.text ?? "", value: test["value"]?.text ?? "",
    modifiers: test.texts("modifiers"))
}

private func diagnostic(_ node: Node) -> Diagnostic? {
  guard let path = node["file"]?.text, let id = node["id"]?.text.flatMap(DiagnosticID.init(rawValue:)),
    let message = node["message"]?.text
  else { return nil }
  return Diagnostic(id, at: SourceLocation(path: path), message)
}
