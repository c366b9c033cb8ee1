package import DialectReading
import Documents
import QueryLanguages
import RuleModel
import Text

extension DialectReader {
  package static let sentinel = DialectReader(
    .kusto, extensions: jsonExtensions.union(["yaml", "yml"]), version: 2, format: "YAML or JSON",
    recognises: { document in documents(of: document).contains { !SentinelRule.all(in: $0).isEmpty } },
    read: { document, context in readSentinel(documents(of: document), from: RuleSource(in: document.file), in: context)
    },
    colouring: { text, first, _ in
      YAMLColouring.lines(of: text, from: first).colouringQueries(under: ["query", "queryText"], Kusto.grammar)
    }, edit: { edit($0, $1, as: format(of: $2)) })

  private static func documents(of document: SourceDocument) -> [Node] {
    document.nodes(as: format(of: document.file.path))
  }

  private static func format(of path: String) -> DocumentFormat {
    hasExtension(path, jsonExtensions) ? .json : .yaml
  }

  /// Only ids are written: Sentinel has spellings of its own for the names of tactics.
  private static func edit(_ source: [UInt8], _ edits: [ScalarEdit], as format: DocumentFormat) -> EditedText {
    func isID(_ edit: ScalarEdit) -> Bool {
      if case .ending(let text) = edit.change {
        text.utf8.last.map { (0x30...0x39).contains($0) } ?? false
      } else {
        true
      }
    }
    var text = editScalars(of: source, edits.filter(isID), as: format)
    text.refused += edits.filter { !isID($0) }.map { ($0, "a tactic's name is spelled differently in Sentinel") }
    return text
  }
}
