package import Diagnostics

/// Where a rule is: a file, and a document in that file.
package struct RuleSource: Sendable {
  package var file: SourceFile
  /// The 1-based number of the rule's document in the file.
  package var document: Int
  /// How many documents the file has.
  package var documents: Int
  package var position: SourcePosition

  package init(
    in file: SourceFile, document: Int = 1, documents: Int = 1,
    position: SourcePosition = SourcePosition(line: 1, column: 1)
  ) {
    self.file = file
    self.document = document
    self.documents = documents
    self.position = position
  }

  /// The file's path below the given path, with `/`, prefixed with the collection's name if there are several.
  package var path: String { file.source }

  /// The file's bytes unchanged, including any other documents.
  package var body: [UInt8] { file.bytes ?? [] }

  /// The last path component without its extension.
  package var stem: String {
    let name = fileName
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The last path component.
  package var fileName: String { file.name }

  package var location: SourceLocation { SourceLocation(file, at: position) }
}
