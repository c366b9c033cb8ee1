package import DialectReading
import Documents
import RuleModel

extension DialectReader {
  package static let sigma = DialectReader(
    .sigma, extensions: ["yml", "yaml"], version: 2, format: "YAML",
    recognises: { $0.nodes(as: .yaml).contains(where: isSigma) },
    read: { document, context in
      readSigma(
        document.nodes(as: .yaml), from: RuleSource(in: document.file), noteFields: context.noteFields,
        limits: context.limits)
    },
    colouring: { text, first, _ in YAMLColouring.lines(of: text, from: first, definitions: definitions) },
    edit: { source, edits, _ in editScalars(of: source, edits, as: .yaml) })

  /// The search identifiers of a rule and of a filter.
  private static let definitions = YAMLColouring.Definitions(
    in: ["detection", "filter"], except: ["condition", "timeframe", "rules"])
}
