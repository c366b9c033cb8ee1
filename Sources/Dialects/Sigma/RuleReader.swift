import DialectReading
import Documents
import RuleModel

/// Reads one Sigma document into a rule.
struct RuleReader: MetadataReader {
  let document: Node
  let values: [String: Node]
  let context: SigmaContext
  var rule: RuleDraft

  init(_ document: Node, source: RuleSource, in context: SigmaContext) {
    self.context = context
    self.document = document
    values = document.valuesByKey
    rule = RuleDraft(key: RuleKey(dialect: .sigma, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
    for (key, _) in document.entries where key.kind != .scalar {
      report(.ruleField, at: key, "a key must be a text; what is under it is left out")
    }
  }

  consuming func rule(kind: SigmaKind) -> RuleDraft {
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
}
