import Diagnostics
import DialectReading
import RuleModel
import Text

/// What the files of a folder define for rules to refer to by name.
struct CompanionIndex: Sendable {
  private var found: [Companion.Name: [PlacedCompanion]] = [:]
  /// A finding for each name with a second meaning.
  private(set) var diagnostics: [Diagnostic] = []

  /// Adds what a file defines. Files are added in the order of their paths.
  mutating func add(_ companions: [Companion], in file: FoundFile) {
    for companion in companions {
      let place = PlacedCompanion(companion, path: file.relativePath, source: file.source)
      if companion.name.kind.hasUniqueNames, let first = found[companion.name]?.first,
        first.companion.values != companion.values
      {
        let name = companion.name
        diagnostics.append(
          Diagnostic(
            .companionDuplicate, at: SourceLocation(file.holding(nil), at: companion.position),
            "the \(name.kind.name) '\(shortened(name.text))' is also defined differently in '\(first.source)', line "
              + "\(first.companion.position.line); each rule uses the nearest one, so rename or remove one of them"))
      }
      found[companion.name, default: []].append(place)
    }
  }

  subscript(name: Companion.Name) -> [PlacedCompanion] { found[name] ?? [] }
}
