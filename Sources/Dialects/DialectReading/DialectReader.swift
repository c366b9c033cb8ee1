package import Diagnostics
package import Documents
package import RuleModel
import Text

/// Everything known about a dialect: how its rules are recognised, read, shown and edited. Code that needs any of this
/// asks the list of readers, so adding a dialect means adding a reader.
package struct DialectReader: Sendable {
  package var dialect: Dialect
  /// The extensions of files that may hold its rules, in lower case without the dot. The content decides whether a file
  /// does.
  package var extensions: Set<String>
  /// The extensions of files that rarely hold its rules, such as `txt`; empty for files without one. Nothing is said
  /// about such a file unless it is recognised.
  package var rareExtensions: Set<String>
  /// The extensions of files that hold no rules but may be needed by them, such as the Python file beside a YAML rule.
  package var companionExtensions: Set<String>
  /// Checks that would report every file of a folder, so that the first one's finding is enough.
  package var checksPerFolder: Set<CheckID>
  /// Changes whenever the reader interprets files differently than before, so that cached readings of older versions
  /// aren't used.
  package var version: Int
  /// The format of its rules, as pages name it: `YAML`.
  package var format: String
  package var recognises: @Sendable (SourceDocument) -> Bool
  /// How its companions are found; nil if its rules don't refer to any by name.
  package var companions: CompanionReader?
  package var read: @Sendable (SourceDocument, DialectContext) -> Reading
  /// Splits a rule's text into lines, and these into the parts that are shown differently.
  ///
  /// - Parameters:
  ///   - first: the number of the text's first line.
  ///   - path: the file's, whose extension tells its format.
  package var colouring: @Sendable (_ text: String, _ first: Int, _ path: String) -> [BodyLine]
  /// Changes scalars in a file and leaves all other bytes as they are; nil for a dialect whose files aren't edited.
  ///
  /// - Parameter path: the file's, whose extension tells its format.
  package var edit: (@Sendable (_ source: [UInt8], _ edits: [ScalarEdit], _ path: String) -> EditedText)?

  package init(
    _ dialect: Dialect, extensions: Set<String>, rareExtensions: Set<String> = [],
    companionExtensions: Set<String> = [], checksPerFolder: Set<CheckID> = [], version: Int, format: String,
    recognises: @escaping @Sendable (SourceDocument) -> Bool, companions: CompanionReader? = nil,
    read: @escaping @Sendable (SourceDocument, DialectContext) -> Reading,
    colouring: @escaping @Sendable (_ text: String, _ first: Int, _ path: String) -> [BodyLine] = { text, first, _ in
      BodyLine.plain(text, first)
    }, edit: (@Sendable (_ source: [UInt8], _ edits: [ScalarEdit], _ path: String) -> EditedText)? = nil
  ) {
    self.dialect = dialect
    self.extensions = extensions
    self.rareExtensions = rareExtensions
    self.checksPerFolder = checksPerFolder
    self.companionExtensions = companionExtensions
    self.version = version
    self.format = format
    self.recognises = recognises
    self.companions = companions
    self.read = {
      var reading = read($0, $1)
      for index in reading.rules.indices { reading.rules[index].digestWords() }
      return reading
    }
    self.colouring = colouring
    self.edit = edit
  }
}

extension DialectReader {
  /// Whether a file at this path may hold rules, or holds them rarely.
  func asks(about path: String) -> Bool {
    hasExtension(path, extensions) || rareExtensions.contains(pathExtension(of: path))
  }
}

/// Finds what a dialect's rules refer to by name. Such rules are read after all other files.
package struct CompanionReader: Sendable {
  /// What a document defines; empty for most.
  package var definitions: @Sendable (SourceDocument) -> [Companion]
  /// Whether a file evidently holds rules and defines nothing, so that it needn't be parsed before its turn. Called for
  /// every file, so that it must be fast.
  package var definesNothing: @Sendable (_ text: [UInt8], _ path: String) -> Bool

  package init(
    definitions: @escaping @Sendable (SourceDocument) -> [Companion],
    definesNothing: @escaping @Sendable (_ text: [UInt8], _ path: String) -> Bool = { _, _ in false }
  ) {
    self.definitions = definitions
    self.definesNothing = definesNothing
  }
}

extension DialectReader {
  /// The format of one of its files, if the dialect has several.
  package func format(of path: String) -> String {
    DialectReader.formatNames.first { hasExtension(path, $0.extensions) }?.name ?? format
  }

  /// Whether nothing of a file can be read if a part of it is broken.
  static func isParsedWhole(_ path: String) -> Bool {
    formatNames.contains { $0.isParsedWhole && hasExtension(path, $0.extensions) }
  }

  /// The extensions of files with a single value of JSON, which may have comments.
  package static let jsonExtensions: Set = ["json", "jsonc"]

  private static let formatNames: [(name: String, extensions: Set<String>, isParsedWhole: Bool)] = [
    (".conf", ["conf"], false), ("JSON", jsonExtensions, true), ("NDJSON", ["ndjson"], true),
    ("TOML", ["toml"], true), ("YAML", ["yaml", "yml"], true),
  ]
}
