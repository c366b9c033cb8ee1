import Diagnostics
import DialectReading
import Elastic
import RuleModel
import Testing

/// Reads a file of Elastic's; nil where it is none.
func readElastic(_ text: String, path: String = "rule.toml", context: DialectContext = DialectContext()) throws
  -> Reading?
{
  let document = try SourceDocument(SourceFile(path: path, bytes: Array(text.utf8)))
  guard DialectReader.elastic.recognises(document) else { return nil }
  return DialectReader.elastic.read(document, context)
}

/// The only rule of a file.
func readRule(_ text: String, path: String = "rule.toml") throws -> Rule {
  let rules = try #require(try readElastic(text, path: path)).rules
  try #require(rules.count == 1)
  return Rule(rules[0])
}

/// A rule of the detection engine with some lines of its own; its query is in EQL where they don't say otherwise.
func readRule(lines: String) throws -> Rule {
  let isOther = lines.contains("type = ")
  return try readRule(
    """
    [rule]
    name = "Rule"
    rule_id = "3805c3dc-f82c-4f8d-891e-63c24d3102b0"
    severity = "high"
    \(isOther ? "" : "type = \"eql\"")
    \(lines)

    """)
}
