import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Reads the rules of a file of Elastic's: one for each document that is one.
///
/// What else an export of Kibana's holds, such as exception lists and its summary, is left out. Nothing of a rule is refused that can be
/// shown: what is malformed gives a finding, and the rest of the rule is kept.
///
/// - Parameter source: of the file; each rule gets its document's number and place.
func readElastic(_ documents: [Node], from source: RuleSource, in context: DialectContext) -> Reading {
  var rules: [RuleDraft] = []
  for (index, document) in documents.enumerated() {
    var place = source
    place.document = index + 1
    place.documents = documents.count
    place.position = document.position
    switch ElasticDocument(document) {
    case .rule(let rule, let metadata):
      rules.append(RuleReader(rule, metadata, source: place, in: context).detectionRule(isExported: metadata == nil))
    case .hunt(let hunt): rules.append(RuleReader(hunt, source: place, in: context).hunt())
    case .endpoint(let rule, let document):
      rules.append(RuleReader(rule, document, source: place, in: context).endpointRule())
    case nil: continue
    }
  }
  return Reading(content: rules.isEmpty ? .notARule(reason: "no document is a rule or a hunt") : .rules, rules: rules)
}
