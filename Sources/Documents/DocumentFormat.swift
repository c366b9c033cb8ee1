/// What trees of nodes are written in.
package enum DocumentFormat: Hashable, Sendable {
  case yaml
  /// One value after another, as one on each line (NDJSON).
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

/// Reads a text into one node for each document of it.
///
/// - Throws: the first fault, with its place.
package func parse(
  _ text: RepairedText, as format: DocumentFormat, limits: DocumentLimits = .standard
) throws(DocumentError) -> [Node] {
  switch format {
  case .yaml: try parseYAML(text.bytes, replaced: text.replaced, limits: limits)
  case .json: try parseJSONLines(text.bytes, replaced: text.replaced, limits: limits)
  case .toml: try parseTOML(text.bytes, replaced: text.replaced, limits: limits).map { [$0] } ?? []
  }
}
