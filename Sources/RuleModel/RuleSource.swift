package import Diagnostics

/// Where a rule stands: a file, and in it a document.
package struct RuleSource: Sendable {
  /// Below the given path, with `/`; the collection's name stands before it where there are several.
  package var path: String
  /// As the user would open it: the given path and ``path`` below it.
  package var file: String
  /// The file's bytes as they are, the documents beside the rule's own included.
  package var body: [UInt8]
  /// The 1-based number of the rule's document in the file.
  package var document: Int
  /// How many documents the file has.
  package var documents: Int
  package var position: SourcePosition

  package init(
    path: String, file: String, body: [UInt8], document: Int = 1, documents: Int = 1,
    position: SourcePosition = SourcePosition(line: 1, column: 1)
  ) {
    self.path = path
    self.file = file
    self.body = body
    self.document = document
    self.documents = documents
    self.position = position
  }

  /// The path's last part without its extension.
  package var stem: String {
    let name = fileName
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The path's last part.
  package var fileName: String {
    // By bytes: a slash and an accent that follows it are one character.
    path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? path
  }
}
