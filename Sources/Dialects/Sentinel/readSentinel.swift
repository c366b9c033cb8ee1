import DialectReading
import Documents
import RuleModel

/// Reads the rules of a file of Sentinel's: of a template, each of its analytics rules and hunting queries.
///
/// Nothing of a rule is refused that can be shown: what is malformed gives a finding, and the rest of the rule is kept.
///
/// - Parameter source: of the file; each rule gets its number in it, and its place.
func readSentinel(_ documents: [Node], from source: RuleSource, in context: DialectContext) -> Reading {
  let found = documents.flatMap { SentinelRule.all(in: $0) }
  let rules = found.enumerated().map { index, rule in
    var place = source
    place.document = index + 1
    place.documents = found.count
    place.position = rule.node.position
    return RuleReader(rule, source: place, in: context).read()
  }
  return Reading(
    content: rules.isEmpty ? .notARule(reason: "no document is an analytics rule or a query") : .rules, rules: rules)
}
