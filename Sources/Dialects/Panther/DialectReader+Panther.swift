package import DialectReading
import Documents
import QueryLanguages
import RuleModel

extension DialectReader {
  package static let panther = DialectReader(
    .panther, extensions: ["yaml", "yml"], companionExtensions: ["py"], version: 4, format: "YAML",
    recognises: { document in
      document.nodes(as: .yaml).contains { AnalysisType(of: $0)?.isRule ?? false }
    },
    companions: PantherCompanions.reader,
    read: { document, context in
      readPanther(document.nodes(as: .yaml), from: RuleSource(in: document.file), in: context)
    },
    colouring: { text, first, _ in
      YAMLColouring.lines(of: text, from: first).colouringQueries(
        under: Set(PantherCompanions.queryKeys), SQL.dataLake.grammar)
    },
    edit: { source, edits, _ in editScalars(of: source, edits, as: .yaml) })
}

/// Reads the rules of one of Panther's files.
///
/// Any part of a rule that can be shown is kept: what is malformed is reported as a finding.
func readPanther(_ documents: [Node], from source: RuleSource, in context: DialectContext) -> Reading {
  var rules: [RuleDraft] = []
  for (index, document) in documents.enumerated() {
    guard let type = AnalysisType(of: document), type.isRule else { continue }
    var place = source
    place.document = index + 1
    place.documents = documents.count
    place.position = document.position
    rules.append(RuleReader(document, type, source: place, in: context).read())
  }
  let hasOnlyCorrelations = !rules.isEmpty && rules.allSatisfy { $0.body.ruleClass == .correlation }
  return Reading(
    content: rules.isEmpty
      ? .notARule(reason: "no document is a rule or a query") : hasOnlyCorrelations ? .correlations : .rules,
    rules: rules)
}
