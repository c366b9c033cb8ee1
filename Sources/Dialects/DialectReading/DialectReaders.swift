package import RuleModel
import Text

/// The dialects that are read, in the order in which they are asked: the first that recognises a file reads it.
package struct DialectReaders: Sendable {
  package var all: [DialectReader]

  package init(_ all: [DialectReader]) { self.all = all }

  /// Whether a path is of a file that may hold rules.
  package func mayRead(_ path: String) -> Bool { all.contains { hasExtension(path, $0.extensions) } }

  /// Whether a path is of a file that rules may need and that holds none.
  package func mayAccompany(_ path: String) -> Bool { all.contains { hasExtension(path, $0.companionExtensions) } }

  /// The one that reads a file; nil where none recognises it. Only those are asked whose files have its extension.
  package func reader(recognising document: SourceDocument) -> DialectReader? {
    all.first { hasExtension(document.file.path, $0.extensions) && $0.recognises(document) }
  }

  package func reader(of dialect: Dialect) -> DialectReader? { all.first { $0.dialect == dialect } }

  /// As messages name them: `Sigma`, `Sigma or Splunk`.
  package var names: String { inWords(all.map(\.dialect.label)) }

  /// What their rules are written in: `YAML`, `YAML or TOML`.
  package var formats: String {
    inWords(all.flatMap { $0.format.split(separator: " or ").map(String.init) })
  }

  /// Where the notes on a file of rules are: beside it, under its stem; nil for another file.
  ///
  /// - Parameter path: of a file, whether it is there or not.
  package func noteFile(beside path: String) -> String? { mayRead(path) ? withoutExtension(path) + ".md" : nil }

  private func inWords(_ names: [String]) -> String {
    var distinct: [String] = []
    for name in names where !distinct.contains(name) { distinct.append(name) }
    guard distinct.count > 1, let last = distinct.popLast() else { return distinct.first ?? "" }
    return distinct.joined(separator: ", ") + " or " + last
  }
}
