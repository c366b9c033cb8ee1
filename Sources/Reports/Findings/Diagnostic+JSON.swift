import Checks
package import Diagnostics
package import Documents

extension JSONWriter {
  /// The members of a finding, in an object that is open.
  package mutating func members(of diagnostic: Diagnostic, spelled spelling: PathSpelling) {
    string("file", spelling.path(of: diagnostic.location.file))
    if let position = diagnostic.location.position {
      number("line", Int(position.line))
      number("column", Int(position.column))
    }
    string("severity", diagnostic.severity.rawValue)
    string("id", diagnostic.id.name)
    string("message", diagnostic.message)
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
