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

  /// The documents of a file; in JSON, each value, and each item of a value that is a list.
  private static func documents(of document: SourceDocument) -> [Node] {
    document.nodes(as: hasExtension(document.file.path, ["toml"]) ? .toml : .json)
      .flatMap { $0.kind == .sequence ? $0.items : [$0] }
  }

  private static func edit(_ source: [UInt8], _ edits: [ScalarEdit]) -> EditedText {
    editScalars(of: source, edits, as: isJSON(source) ? .json : .toml)
  }

  /// Whether a file is a Kibana export: it begins with an object, or with a list of objects, as no TOML does.
  static func isJSON(_ text: some Sequence<UInt8>) -> Bool {
    var marks = text.lazy.filter { $0 > UInt8(ascii: " ") && $0 < 0x80 }.makeIterator()
    let first = marks.next()
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") && marks.next() == UInt8(ascii: "{")
  }
}
