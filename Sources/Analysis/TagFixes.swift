package import Attack
package import Diagnostics
package import RuleModel
import Text

/// The changes that update the tags of rules to a version of ATT&CK, file by file.
package struct TagFixes: Sendable {
  /// A tag to change.
  package struct Fix: Hashable, Sendable {
    package var position: SourcePosition
    /// The name as written, without the namespace.
    package var written: String
    package var change: TagChange
    /// The check that reported it.
    package var check: CheckID
  }

  package struct File: Sendable {
    package var file: SourceFile
    package var dialect: Dialect
    /// In file order, one for each position.
    package var fixes: [Fix]
  }

  /// The files that have a fix, by path.
  package let files: [File]
  /// The findings on tags that are no longer valid but can't be changed automatically, sorted by location.
  package let undecided: [Diagnostic]

  package init(of index: CatalogIndex, attack: AttackMatrix) {
    var dialects: [SourceFile: Dialect] = [:]
    for number in index.rules.indices where !index.attack[number].findings.isEmpty {
      dialects[index.rules[number].source.file] = index.rules[number].key.dialect
    }
    // This covers all rules in such files, because documents that build on each other share tags.
    var places: [SourceLocation: Place] = [:]
    for number in index.rules.indices where dialects[index.rules[number].source.file] != nil {
      let (file, tags) = (index.rules[number].source.file, index.rules[number].attackTags)
      for (tag, succession) in zip(tags, attack.successions(of: tags)) {
        places[SourceLocation(file, at: tag.span), default: Place(written: tag.written)]
          .successions.insert(succession)
      }
    }
    let findings = index.attack.flatMap(\.findings).sortedOnce()
    let checks = Dictionary(findings.map { ($0.location, $0.id) }, uniquingKeysWith: { first, _ in first })
    var fixes: [SourceFile: [Fix]] = [:]
    var undecided: Set<SourceLocation> = []
    for (location, place) in places {
      switch place.succession {
      case .none: continue
      case .undecided: undecided.insert(location)
      case .certain(let change):
        guard let position = location.position, let check = checks[location] else { continue }
        fixes[location.file, default: []].append(
          Fix(position: position, written: place.written, change: change, check: check))
      }
    }
    files = fixes.compactMap { file, fixes in
      dialects[file].map { File(file: file, dialect: $0, fixes: fixes.sorted { $0.position < $1.position }) }
    }.sorted { inByteOrder($0.file.path, $1.file.path) }
    self.undecided = findings.filter { undecided.contains($0.location) }
  }
}

/// A tag in a file; several rules may share it.
private struct Place {
  var written: String
  /// What the rules that share it need it to become.
  var successions: Set<TagSuccession> = []

  init(written: String) { self.written = written }

  /// The change to make; undecided if rules need different changes.
  var succession: TagSuccession { successions.first.flatMap { successions.count == 1 ? $0 : nil } ?? .undecided }
}
