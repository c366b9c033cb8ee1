package import Documents
package import RuleModel
import Text

/// All that is known of a dialect: how its rules are recognised, read, shown and edited. Everything that needs one of these asks the list
/// of readers, so that adding a dialect is adding a reader.
package struct DialectReader: Sendable {
  package var dialect: Dialect
  /// Of files that may hold its rules, in lower case without the dot. Its content decides whether a file does.
  package var extensions: Set<String>
  /// Of files that hold no rule and that its rules may need, such as the Python beside a rule of YAML.
  package var companionExtensions: Set<String>
  /// Another number where the reader makes something else of a file than before, so that nothing is kept that an older one read.
  package var version: Int
  /// What its rules are written in, as pages name it: `YAML`.
  package var format: String
  package var recognises: @Sendable (SourceDocument) -> Bool
  package var read: @Sendable (SourceDocument, DialectContext) -> Reading
  /// Splits a rule's text into lines and the parts that are shown differently.
  ///
  /// - Parameter first: the number of the text's first line.
  package var colouring: @Sendable (_ text: String, _ first: Int) -> [BodyLine]
  /// Changes scalars of a file and no other byte of it; nil for a dialect whose files aren't edited.
  package var edit: (@Sendable (_ source: [UInt8], _ edits: [ScalarEdit]) -> EditedText)?

  package init(
    _ dialect: Dialect, extensions: Set<String>, companionExtensions: Set<String> = [], version: Int, format: String,
    recognises: @escaping @Sendable (SourceDocument) -> Bool,
    read: @escaping @Sendable (SourceDocument, DialectContext) -> Reading,
    colouring: @escaping @Sendable (_ text: String, _ first: Int) -> [BodyLine] = BodyLine.plain,
    edit: (@Sendable (_ source: [UInt8], _ edits: [ScalarEdit]) -> EditedText)? = nil
  ) {
    self.dialect = dialect
    self.extensions = extensions
    self.companionExtensions = companionExtensions
    self.version = version
    self.format = format
    self.recognises = recognises
    self.read = read
    self.colouring = colouring
    self.edit = edit
  }
}

extension DialectReader {
  /// What one of its files is written in, where its dialect has several formats.
  package func format(of path: String) -> String {
    DialectReader.formatNames.first { hasExtension(path, $0.extensions) }?.name ?? format
  }

  private static let formatNames: [(name: String, extensions: Set<String>)] = [
    ("JSON", ["json"]), ("NDJSON", ["ndjson"]), ("TOML", ["toml"]), ("YAML", ["yaml", "yml"]),
  ]
}
