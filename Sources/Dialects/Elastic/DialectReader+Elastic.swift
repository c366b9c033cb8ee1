package import DialectReading
import Documents
import RuleModel
import Text

extension DialectReader {
  package static let elastic = DialectReader(
    .elastic, extensions: ["toml", "ndjson", "json"], version: 1, format: "TOML or NDJSON",
    recognises: { document in documents(of: document).contains { ElasticDocument($0) != nil } },
    read: { document, context in readElastic(documents(of: document), from: RuleSource(in: document.file), in: context)
    },
    colouring: { TOMLColouring.lines(of: $0, from: $1) }, edit: { edit($0, $1) })

  /// The documents of a file: of JSON each value, and each item of one that is a list.
  private static func documents(of document: SourceDocument) -> [Node] {
    document.nodes(as: hasExtension(document.file.path, ["toml"]) ? .toml : .json)
      .flatMap { $0.kind == .sequence ? $0.items : [$0] }
  }

  /// An export of Kibana's begins with a brace, which no TOML does.
  private static func edit(_ source: [UInt8], _ edits: [ScalarEdit]) -> EditedText {
    editScalars(of: source, edits, as: source.first == UInt8(ascii: "{") ? .json : .toml)
  }
}
