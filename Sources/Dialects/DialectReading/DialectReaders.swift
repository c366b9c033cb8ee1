package import RuleModel
import Text

/// The dialects that can be read, in the order in which they are asked: the first that recognises a file reads it.
package struct DialectReaders: Sendable {
  package var all: [DialectReader]

  package init(_ all: [DialectReader]) { self.all = all }

  /// Whether a file at this path may hold rules.
  package func mayRead(_ path: String) -> Bool { all.contains { hasExtension(path, $0.extensions) } }

  /// Whether a file at this path holds no rules but may be needed by them.
  package func mayAccompany(_ path: String) -> Bool { all.contains { hasExtension(path, $0.companionExtensions) } }

  /// The reader for a file; nil if none recognises it. Only readers with the file's extension are asked.
  package func reader(recognising document: SourceDocument) -> DialectReader? {
    all.first { hasExtension(document.file.path, $0.extensions) && $0.recognises(document) }
  }

  /// What a document without rules defines for others, as the first reader sees it that finds anything.
  package func definitions(in document: SourceDocument) -> [Companion] {
    for reader in all where hasExtension(document.file.path, reader.extensions) {
      if let found = reader.companions?.definitions(document), !found.isEmpty { return found }
    }
    return []
  }

  /// Whether a file evidently holds rules that may refer to companions by name; see
  /// ``CompanionReader/definesNothing``.
  package func definesNothing(_ text: [UInt8], at path: String) -> Bool {
    all.contains { reader in
      guard let companions = reader.companions else { return false }
      return hasExtension(path, reader.extensions) && companions.definesNothing(text, path)
    }
  }

  package func reader(of dialect: Dialect) -> DialectReader? { all.first { $0.dialect == dialect } }

  /// The names of the dialects, as in messages: `Sigma`, `Sigma or Splunk`.
  package var names: String { inWords(all.map(\.dialect.label)) }

  /// The formats of their rules: `YAML`, `YAML or TOML`.
  package var formats: String {
    inWords(all.flatMap { $0.format.split(separator: " or ").map(String.init) })
  }

  /// The path of the notes on a file of rules: beside it, with its stem; nil for another file.
  ///
  /// - Parameter path: the path of a file, which doesn't need to exist.
  package func noteFile(beside path: String) -> String? { mayRead(path) ? withoutExtension(path) + ".md" : nil }

  private func inWords(_ names: [String]) -> String { listed(names.distinct(), "or") }
}
