/// The format of a document.
package enum DocumentFormat: Hashable, Sendable {
  case yaml
  /// A sequence of values, such as one on each line (NDJSON).
  case json
  case toml

  package var label: String {
    switch self {
    case .yaml: "YAML"
    case .json: "JSON"
    case .toml: "TOML"
    }
  }
}

/// Parses a text into one node for each of its documents.
///
/// - Throws: the first error, with its position.
package func parse(
  _ text: RepairedText, as format: DocumentFormat, limits: DocumentLimits = .standard
) throws(DocumentError) -> [Node] {
  switch format {
  case .yaml: try parseYAML(text.bytes, replaced: text.replaced, limits: limits)
  case .json: try parseJSONLines(text.bytes, replaced: text.replaced, limits: limits)
  case .toml: try parseTOML(text.bytes, replaced: text.replaced, limits: limits).map { [$0] } ?? []
  }
}
