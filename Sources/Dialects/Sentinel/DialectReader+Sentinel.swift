package import DialectReading
import Documents
import QueryLanguages
import RuleModel
import Text

extension DialectReader {
  package static let sentinel = DialectReader(
    .kusto, extensions: ["yaml", "yml", "json"], version: 1, format: "YAML or JSON",
    recognises: { document in documents(of: document).contains { !SentinelRule.all(in: $0).isEmpty } },
    read: { document, context in readSentinel(documents(of: document), from: RuleSource(in: document.file), in: context)
    },
    colouring: {
      YAMLColouring.lines(of: $0, from: $1).colouringQueries(under: ["query", "queryText"], Kusto.grammar)
    }, edit: { edit($0, $1) })

  private static func documents(of document: SourceDocument) -> [Node] {
    document.nodes(as: hasExtension(document.file.path, ["json"]) ? .json : .yaml)
  }

  /// A template begins with a bracket, which a YAML rule never does. Only ids are written: Sentinel has spellings of its own for the
  /// names of tactics.
  private static func edit(_ source: [UInt8], _ edits: [ScalarEdit]) -> EditedText {
    let first = source.first { $0 > UInt8(ascii: " ") && $0 < 0x80 }
    func isID(_ edit: ScalarEdit) -> Bool {
      if case .ending(let text) = edit.change {
        text.utf8.last.map { (0x30...0x39).contains($0) } ?? false
      } else {
        true
      }
    }
    var text = editScalars(
      of: source, edits.filter(isID), as: first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .yaml)
    text.refused += edits.filter { !isID($0) }.map { ($0, "a tactic's name is spelled differently in Sentinel") }
    return text
  }
}
