import Diagnostics
import DialectReading
import RuleModel
import Sentinel
import Testing

/// Reads a file of Sentinel's; nil where it is none.
func readSentinel(_ text: String, path: String = "rule.yaml", context: DialectContext = DialectContext()) throws
  -> Reading?
{
  let document = try SourceDocument(SourceFile(path: path, bytes: Array(text.utf8)))
  guard DialectReader.sentinel.recognises(document) else { return nil }
  return DialectReader.sentinel.read(document, context)
}

/// The rules of a file.
func readRules(_ text: String, path: String = "rule.yaml") throws -> [Rule] {
  try #require(try readSentinel(text, path: path)).rules.map { Rule($0) }
}
