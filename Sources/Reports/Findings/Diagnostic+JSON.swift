import Checks
package import Diagnostics
package import Documents

extension RecordWriter where Self: ~Copyable {
  /// The members of a finding.
  mutating func write(_ diagnostic: Diagnostic, spelled spelling: PathSpelling) {
    let position = diagnostic.location.position
    text("file", spelling.path(of: diagnostic.location.file))
    number("line", position.map { Int($0.line) })
    number("column", position.map { Int($0.column) })
    text("severity", diagnostic.severity.rawValue)
    text("id", diagnostic.id.name)
    content("message") { diagnostic.message }
  }
}

extension JSONWriter {
  /// The members of a finding, in an object that is already open.
  package mutating func members(of diagnostic: Diagnostic, spelled spelling: PathSpelling) {
    write(diagnostic, spelled: spelling)
  }
}

extension Diagnostic {
  /// Reads what ``JSONWriter/members(of:spelled:)`` wrote; nil for anything else.
  package init?(readingJSON node: Node) {
    guard let path = node["file"]?.text, let id = node["id"]?.text.flatMap(CheckID.init(named:)),
      let message = node["message"]?.text
    else { return nil }
    func number(_ key: String) -> Int? { node[key]?.text.flatMap { Int($0) } }
    let position = number("line").flatMap { line in
      number("column").map { SourcePosition(line: line, column: $0) }
    }
    let severity = node["severity"]?.text.flatMap(Severity.init(rawValue:))
    self.init(id, at: SourceLocation(path: path, position: position), severity: severity, message)
  }
}
