package import Diagnostics
package import Documents
package import RuleModel
import Text

/// Files beside those of rules, in the folder that was given, requested by their paths below it.
package struct Companions: Sendable {
  /// The file at a path; nil if there is none that can be read.
  package var file: @Sendable (_ path: String) -> SourceFile?
  /// The paths of all files with an extension, sorted.
  package var paths: @Sendable (_ extension: String) -> [String]
  /// All companions with a name, sorted by path.
  package var named: @Sendable (_ name: Companion.Name) -> [PlacedCompanion]

  package init(
    file: @escaping @Sendable (_ path: String) -> SourceFile?,
    paths: @escaping @Sendable (_ extension: String) -> [String],
    named: @escaping @Sendable (_ name: Companion.Name) -> [PlacedCompanion] = { _ in [] }
  ) {
    self.file = file
    self.paths = paths
    self.named = named
  }

  package static let none = Companions(file: { _ in nil }, paths: { _ in [] })
}

/// A companion that was found, and where.
package struct PlacedCompanion: Hashable, Sendable {
  package let companion: Companion
  /// Its file's path, relative to the folder that was given.
  package let path: String
  /// Its file's path as published; see ``RuleSource/path``.
  package let source: String
  /// Of all of these.
  fileprivate let digest: UInt64

  package init(_ companion: Companion, path: String, source: String) {
    self.companion = companion
    self.path = path
    self.source = source
    var digest = StableDigest()
    digest.add([path, source, companion.name.text])
    for (part, values) in companion.values.sorted(by: { inByteOrder($0.key, $1.key) }) {
      digest.add(part)
      digest.add(values)
    }
    self.digest = digest.value
  }
}

/// What a reader requested of a file's companions, and a digest of the answer: as long as the answer is the same, what
/// was read is still valid.
package struct CompanionAccess: Hashable, Sendable {
  package enum Question: Hashable, Sendable {
    case file(String)
    /// The paths with an extension.
    case paths(String)
    /// What has a name.
    case named(Companion.Name)
  }

  package var question: Question
  package var digest: UInt64

  package init(_ question: Question, of companions: Companions) {
    self.question = question
    switch question {
    case .file(let path): digest = CompanionAccess.digest(of: companions.file(path))
    case .paths(let name): digest = CompanionAccess.digest(of: companions.paths(name))
    case .named(let name): digest = CompanionAccess.digest(of: companions.named(name))
    }
  }

  fileprivate init(_ question: Question, digest: UInt64) { (self.question, self.digest) = (question, digest) }

  fileprivate static func digest(of file: SourceFile?) -> UInt64 {
    guard let file else { return 0 }
    var digest = StableDigest()
    digest.add(file.source)
    digest.add(bytes: file.bytes ?? [])
    return digest.value
  }

  fileprivate static func digest(of paths: [String]) -> UInt64 {
    var digest = StableDigest()
    digest.add(paths)
    return digest.value
  }

  fileprivate static func digest(of companions: [PlacedCompanion]) -> UInt64 {
    guard !companions.isEmpty else { return 0 }
    var digest = StableDigest()
    for found in companions { digest.add(found.digest) }
    return digest.value
  }
}

/// What a reader gets besides its document. It records what it provided: a reading depends on the file, on these
/// answers, and on the reader's version.
package final class DialectContext {
  /// The fields of rules that hold notes for readers.
  package let noteFields: [String]
  package let limits: ReadingLimits
  private let folder: String
  private let companions: Companions
  /// In the order requested, each once.
  package private(set) var accesses: [CompanionAccess] = []
  private var known: Set<CompanionAccess> = []

  /// - Parameter path: the document's path, relative to the folder that was given.
  package init(
    noteFields: [String] = [], limits: ReadingLimits = .standard, path: String = "", companions: Companions = .none
  ) {
    self.noteFields = noteFields
    self.limits = limits
    self.companions = companions
    folder = Text.folder(of: path)
  }

  /// The file at a path relative to the document's folder or, with a leading slash, to the folder that was given; nil
  /// if there is none, or the path leads out of that folder.
  package func companion(at path: String) -> SourceFile? {
    guard let path = pathWithoutDots(path.hasPrefix("/") ? path : folder + path), !path.isEmpty else { return nil }
    let file = companions.file(path)
    record(CompanionAccess(.file(path), digest: CompanionAccess.digest(of: file)))
    return file
  }

  /// All files with an extension in the folder that was given, sorted by path.
  ///
  /// - Parameter name: the extension in lower case, without the dot.
  package func companions(withExtension name: String) -> [SourceFile] {
    let paths = companions.paths(name)
    record(CompanionAccess(.paths(name), digest: CompanionAccess.digest(of: paths)))
    return paths.compactMap { companion(at: "/" + $0) }
  }

  /// What a rule refers to by name: the one whose folder is nearest to the rule's, or else the first by path; nil if
  /// nothing has that name.
  package func companion(_ kind: Companion.Kind, named name: String) -> PlacedCompanion? {
    companions(kind, named: name).first
  }

  /// Everything of a kind with a name, in the order of ``companion(_:named:)``.
  package func companions(_ kind: Companion.Kind, named name: String) -> [PlacedCompanion] {
    let name = Companion.Name(kind, name)
    let found = companions.named(name)
    record(CompanionAccess(.named(name), digest: CompanionAccess.digest(of: found)))
    guard found.count > 1 else { return found }
    return found.enumerated().map { ($1, nearness: sharedFolders(with: $1.path), place: $0) }
      .sorted { ($1.nearness, $0.place) < ($0.nearness, $1.place) }.map(\.0)
  }

  /// How many folders a path has in common with the document's, from the outermost.
  private func sharedFolders(with path: String) -> Int {
    let slash = UInt8(ascii: "/")
    return zip(folder.utf8, Text.folder(of: path).utf8).prefix { $0 == $1 }.count { $0.0 == slash }
  }

  private func record(_ access: CompanionAccess) {
    if known.insert(access).inserted { accesses.append(access) }
  }
}
