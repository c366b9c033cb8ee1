package import DialectReading
import Documents
import QueryLanguages
import RuleModel
import Text

extension DialectReader {
  package static let yaral = DialectReader(
    .yaral, extensions: ["yaral", "yara-l", "yl2", "yara", "yar"], rareExtensions: ["", "txt"],
    checksPerFolder: [.yaralFile], version: 2, format: "YARA-L", recognises: { recognises($0) },
    read: { readYARALFile($0, in: $1) },
    colouring: { text, first, _ in YARALColouring.lines(of: text, from: first) },
    edit: { source, edits, _ in editYARAL(source, edits) })

  /// In a text of any kind, only a rule with the sections that every rule needs is one.
  private static func recognises(_ document: SourceDocument) -> Bool {
    let rules = YARALRule.all(of: document)
    guard yaral.rareExtensions.contains(pathExtension(of: document.file.path)) else { return !rules.isEmpty }
    return rules.contains { $0.section("events") != nil && $0.section("condition") != nil }
  }
}
