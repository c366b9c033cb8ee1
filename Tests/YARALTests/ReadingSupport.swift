import Diagnostics
import DialectReading
import RuleModel
import Testing
import YARAL

/// Reads a file of YARA-L rules; nil if it isn't one.
func readYARAL(_ text: String, path: String = "rule.yaral", context: DialectContext = DialectContext()) throws
  -> Reading?
{
  let document = try SourceDocument(SourceFile(path: path, bytes: Array(text.utf8)))
  guard DialectReader.yaral.recognises(document) else { return nil }
  return DialectReader.yaral.read(document, context)
}

/// The rules of a file.
func readRules(_ text: String, path: String = "rule.yaral") throws -> [Rule] {
  try #require(try readYARAL(text, path: path)).rules.map { Rule($0) }
}

/// A rule with these entries and conditions.
func rule(meta: String = "", events: String = #"$e.metadata.event_type = "USER_LOGIN""#) throws -> Rule {
  try #require(
    try readRules("rule sign_in {\n  meta:\n\(meta)\n  events:\n\(events)\n  condition:\n    $e\n}\n").first)
}

extension Rule {
  var words: [String] { findings.map(\.description) }
}
