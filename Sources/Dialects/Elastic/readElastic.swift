import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Reads the rules of an Elastic file: one for each document that is a rule.
///
/// Anything else in a Kibana export, such as exception lists and the summary, is left out. Any part of a rule that can
/// be shown is kept: what is malformed is reported as a finding.
///
/// - Parameter source: the source of the file; each rule gets its document's number and position.
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
    case .alert(let parameters, let attributes):
      rules.append(RuleReader(parameters, attributes, source: place, in: context).detectionRule(isExported: true))
    case .hunt(let hunt): rules.append(RuleReader(hunt, source: place, in: context).hunt())
    case .endpoint(let rule, let document):
      rules.append(RuleReader(rule, document, source: place, in: context).endpointRule())
    case nil: continue
    }
  }
  return Reading(content: rules.isEmpty ? .notARule(reason: "no document is a rule or a hunt") : .rules, rules: rules)
}
