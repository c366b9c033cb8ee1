package import DialectReading
import Documents
import QueryLanguages
import RuleModel

extension DialectReader {
  package static let yaral = DialectReader(
    .yaral, extensions: ["yaral", "yara-l", "yara", "yar"], version: 1, format: "YARA-L",
    recognises: { !YARALRule.all(of: $0).isEmpty }, read: { readYARALFile($0, in: $1) },
    colouring: { text, first, _ in YARALColouring.lines(of: text, from: first) },
    edit: { source, edits, _ in editYARAL(source, edits) })
}
