package import DialectReading
import Documents
import RuleModel
import Text

extension DialectReader {
  package static let elastic = DialectReader(
    .elastic, extensions: jsonExtensions.union(["toml", "ndjson"]), version: 3, format: "TOML or NDJSON",
    recognises: { document in documents(of: document).contains { ElasticDocument($0) != nil } },
    read: { document, context in readElastic(documents(of: document), from: RuleSource(in: document.file), in: context)
    },
    colouring: { text, first, path in
      format(of: path) == .toml ? TOMLColouring.lines(of: text, from: first) : BodyLine.plain(text, first)
    }, edit: { editScalars(of: $0, $1, as: format(of: $2)) })

  /// The documents of a file; in JSON, each value, each item of a value that is a list, and each item of an answer of
  /// Kibana's “find rules”.
  private static func documents(of document: SourceDocument) -> [Node] {
    document.nodes(as: format(of: document.file.path))
      .flatMap { node in
        if node.kind == .sequence { return node.items }
        if node["page"] != nil, let found = node["data"], found.kind == .sequence { return found.items }
        return [node]
      }
  }

  private static func format(of path: String) -> DocumentFormat { hasExtension(path, ["toml"]) ? .toml : .json }
}
