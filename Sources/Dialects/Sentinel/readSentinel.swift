import DialectReading
import Documents
import RuleModel

/// Reads the rules of a Sentinel file; in a template, each of its analytics rules and hunting queries.
///
/// Any part of a rule that can be shown is kept: what is malformed is reported as a finding.
///
/// - Parameter source: the source of the file; each rule gets its number and position in it.
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
