import DialectReading
import Documents
import RuleModel

/// Reads one Sentinel or Defender rule.
struct RuleReader: MetadataReader {
  let written: SentinelRule
  let document: Node
  let values: [String: Node]
  let context: DialectContext
  var rule: RuleDraft

  init(_ written: SentinelRule, source: RuleSource, in context: DialectContext) {
    self.written = written
    document = written.node
    self.context = context
    var values: [String: Node] = [:]
    for part in [written.node] + written.parts {
      for (key, value) in part.entries {
        guard let name = key.text.map(SentinelRule.spelling), values[name] == nil else { continue }
        values[name] = written.template?.value(of: value) ?? value
      }
    }
    self.values = values
    rule = RuleDraft(key: RuleKey(dialect: .kusto, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  consuming func read() -> RuleDraft {
    readMetadata()
    readAttack()
    let kind = kind()
    if let kind, !kind.hasQuery {
      rule.body = kind == .incidentCreation ? .forwarder(.single) : .detection(.model([rule.title]))
    } else {
      let match = readQuery()
      rule.body =
        !raisesAlerts(kind) ? .hunt(match) : isForwarder ? .forwarder(match) : .detection(match)
    }
    readFacts(kind)
    return rule
  }

  private mutating func kind() -> SentinelKind? {
    guard written.form != .savedSearch, let name = text("kind"), let node = values["kind"] else { return nil }
    if let kind = SentinelKind(named: name) { return kind }
    report(
      .sentinelKind, at: node,
      "the kind '\(name)' is unknown; write one of \(SentinelKind.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }

  /// Whether it runs by itself and gives its alerts a severity; if not, someone has to run it.
  private func raisesAlerts(_ kind: SentinelKind?) -> Bool {
    let runs = ["queryFrequency", "schedule"].contains { values[$0].map { !$0.isNull } ?? false }
    return written.form != .savedSearch && (runs || kind != nil) && values["severity"].map { !$0.isNull } ?? false
  }

  /// Whether it reads only alerts of other products.
  private var isForwarder: Bool {
    !rule.logSources.isEmpty
      && rule.logSources.allSatisfy { RuleReader.alertTables.contains($0.service?.lowercased() ?? "") }
  }

  private static let alertTables: Set = ["securityalert", "securityincident", "alertinfo", "alertevidence"]
}
