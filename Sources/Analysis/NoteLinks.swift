package import RuleModel
import Text

/// The targets of links in notes that aren't web addresses: from the file of a note to the file of a rule or of another
/// note, relative to where these files are.
package struct NoteLinks: Sendable {
  /// The target of a link.
  package enum Target: Hashable, Sendable {
    /// A heading of the note itself, as written in the link.
    case heading(String)
    case rule(RuleID)
    case technique(TechniqueID)
    case event(Event)
  }

  /// By the files' normalised paths without extensions.
  private let rules: [String: RuleID]
  private let notes: [String: Target]
  /// The extensions of possible link targets.
  private let extensions: Set<String>

  /// - Parameter notes: notes from separate folders.
  init(of rules: RuleColumn<Rule>, _ notes: PlacedNotes) {
    var byPath: [String: RuleID] = [:]
    // This is only needed if there are notes.
    let hasNotes = !notes.techniques.isEmpty || !notes.events.isEmpty || rules.contains { !$0.notes.isEmpty }
    for number in rules.indices where hasNotes {
      // A link to a file with several rules leads to the first.
      let path = normalPath(rules[number].source.file.path)
      if byPath[path] == nil { byPath[path] = number }
    }
    self.rules = byPath
    extensions = Set(hasNotes ? rules.map { pathExtension(of: $0.source.path) } : []).union(["md"])
    var targets: [String: Target] = [:]
    for (id, note) in notes.techniques { targets[normalPath(note.file.path)] = .technique(id) }
    for (event, note) in notes.events { targets[normalPath(note.file.path)] = .event(event) }
    self.notes = targets
  }

  /// - Returns: nil if the target isn't shown on the site.
  package func target(of destination: String, in note: Note) -> Target? {
    let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first.map({ percentDecoded($0) }) else { return nil }
    if path.isEmpty { return parts.count > 1 ? .heading(percentDecoded(parts[1])) : nil }
    guard hasExtension(path, extensions) else { return nil }
    let folder = Text.folder(of: note.file.path)
    let target = normalPath(folder + path)
    return rules[target].map(Target.rule) ?? notes[target]
  }
}

/// A path without its extension, with `.` and `..` resolved as far as possible.
private func normalPath(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
  }
  if let last = parts.last, let dot = last.lastIndex(of: "."), dot != last.startIndex {
    parts[parts.count - 1] = last[..<dot]
  }
  return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
}
