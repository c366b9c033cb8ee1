import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Reads one Elastic document into a rule.
struct RuleReader: MetadataReader {
  let document: Node
  let values: [String: Node]
  let context: DialectContext
  var rule: RuleDraft
  /// The indices that the rule reads besides those that its queries name.
  var indices: [String] = []
  /// What the rule's queries read, in order.
  var queries: [ReadQuery] = []

  /// - Parameter others: keys used if the rule lacks them. Kibana's saved objects have the keys of exports in camel case.
  init(_ document: Node, _ others: Node? = nil, source: RuleSource, in context: DialectContext) {
    self.document = document
    self.context = context
    var values: [String: Node] = [:]
    for (key, value) in (others?.entries ?? []) + document.entries {
      if let name = key.text { values[snakeCased(name)] = value }
    }
    self.values = values
    rule = RuleDraft(
      key: RuleKey(dialect: .elastic, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  /// A rule of the detection engine.
  ///
  /// - Parameter isExported: whether it was exported from Kibana.
  consuming func detectionRule(isExported: Bool) -> RuleDraft {
    readMetadata(id: "rule_id", isUUID: !isExported, notes: ["note", "setup"])
    rule.level = named("severity", .ruleLevel, [Level.low, .medium, .high, .critical])
    rule.raisesSignal = values["building_block_type"].map { !$0.isNull } ?? false
    readThreats()
    let match = readDetection()
    readLogSources()
    rule.body = isForwarder ? .forwarder(match) : .detection(match)
    readFacts()
    return rule
  }

  /// Each of its queries becomes a separate stage.
  consuming func hunt() -> RuleDraft {
    readMetadata(id: "uuid", notes: ["notes"])
    for node in list("mitre") {
      if let id = node.text { rule.attackTags.append(AttackTag(id, at: node.span)) }
    }
    rule.body = .hunt(readHuntQueries())
    readLogSources()
    readFacts()
    return rule
  }

  /// Elastic Defend runs it on the endpoint, on its own events.
  consuming func endpointRule() -> RuleDraft {
    readMetadata(id: "id", notes: [])
    readThreats()
    rule.body = .detection(readQuery(in: .eql))
    readLogSources(ofProduct: "endpoint")
    readFacts()
    return rule
  }
}

/// `risk_score` for `riskScore`.
private func snakeCased(_ name: String) -> String {
  guard name.utf8.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return name }
  return String(
    name.unicodeScalars.flatMap { scalar -> [Character] in
      guard ("A"..."Z").contains(scalar) else { return [Character(scalar)] }
      return ["_", Character(scalar.properties.lowercaseMapping)]
    })
}
