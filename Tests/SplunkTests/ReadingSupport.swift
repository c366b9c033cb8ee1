import Diagnostics
import DialectReading
import RuleModel
import Splunk
import Testing

/// Reads a file of Splunk's; nil where it has no rule.
func readSplunk(_ text: String, path: String = "rule.yml", context: DialectContext = DialectContext()) throws
  -> Reading?
{
  let document = try SourceDocument(SourceFile(path: path, bytes: Array(text.utf8)))
  guard DialectReader.splunk.recognises(document) else { return nil }
  return DialectReader.splunk.read(document, context)
}

/// The rules of a file.
func readRules(_ text: String, path: String = "rule.yml", context: DialectContext = DialectContext()) throws -> [Rule] {
  try #require(try readSplunk(text, path: path, context: context)).rules.map { Rule($0) }
}

/// What a file defines.
func definitions(_ text: String, path: String = "macro.yml") throws -> [Companion] {
  let document = try SourceDocument(SourceFile(path: path, bytes: Array(text.utf8)))
  return DialectReader.splunk.companions?.definitions(document) ?? []
}

/// A context in which files define these.
func context(_ files: [(text: String, path: String)]) throws -> DialectContext {
  var all: [Companion.Name: [PlacedCompanion]] = [:]
  for (text, path) in files {
    for companion in try definitions(text, path: path) {
      all[companion.name, default: []].append(PlacedCompanion(companion, path: path, source: path))
    }
  }
  let found = all
  return DialectContext(companions: Companions(file: { _ in nil }, paths: { _ in [] }, named: { found[$0] ?? [] }))
}
