import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel

extension YARALRule {
  /// The rules of a file, which is divided once.
  static func all(of document: SourceDocument) -> [YARALRule] { document.made { all(in: $0.text) } }
}

/// Reads the rules of a file. Those that describe files, in YARA, are left out, and a finding says so.
///
/// Any part of a rule that can be shown is kept: what is malformed is reported as a finding.
func readYARALFile(_ document: SourceDocument, in context: DialectContext) -> Reading {
  let bytes = document.text
  let lines = document.lines
  var (found, others) = ([YARALRule](), [YARALRule]())
  for rule in YARALRule.all(of: document) {
    if rule.describesFiles(in: bytes) { others.append(rule) } else { found.append(rule) }
  }
  var reading = Reading(content: found.isEmpty ? .notARule(reason: "a YARA rule, which describes files") : .rules)
  for other in others {
    reading.diagnostics.append(
      Diagnostic(
        .yaralFile, at: SourceLocation(document.file, at: lines.position(ofOffset: other.nameSpan.lowerBound)),
        "'\(shortened(other.name))' is a YARA rule, which describes files and looks for no events; exclude it, or write it in YARA-L"
      ))
  }
  for (index, rule) in found.enumerated() {
    let source = RuleSource(
      in: document.file, document: index + 1, documents: found.count,
      position: lines.position(ofOffset: rule.span.lowerBound))
    reading.rules.append(RuleReader(rule, in: bytes, lines, source: source, context: context).read())
  }
  return reading
}
