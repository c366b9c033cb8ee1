import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Reads the rules of a Splunk file: those of security content, or the saved searches of an app.
///
/// Any part of a rule that can be shown is kept: what is malformed is reported as a finding.
func readSplunk(_ document: SplunkDocument, in file: SourceFile, _ context: DialectContext) -> Reading {
  var rules: [RuleDraft] = []
  var diagnostics: [Diagnostic] = []
  switch document {
  case .content(let documents):
    for (index, node) in documents.enumerated() where isRule(node) {
      let source = RuleSource(in: file, document: index + 1, documents: documents.count, position: node.position)
      rules.append(ContentReader(node, source: source, in: context).read())
    }
  case .configuration(let found):
    let searches = found.searches
    for (index, search) in searches.enumerated() {
      let source = RuleSource(in: file, document: index + 1, documents: searches.count, position: search.position)
      rules.append(StanzaReader(search, source: source, in: context).read())
    }
    diagnostics = found.unread.prefix(20).map { position in
      Diagnostic(
        .splunkStanza, at: SourceLocation(file, at: position),
        "the line is neither a stanza's name nor a setting; correct it, or end the line before it with a backslash")
    }
  }
  return Reading(
    content: rules.isEmpty ? .notARule(reason: "no document is a search with its description") : .rules, rules: rules,
    diagnostics: diagnostics)
}
