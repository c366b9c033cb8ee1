package import Diagnostics
package import Documents
import Text

/// Files beside those of rules, in the folder that was given, requested by their paths below it.
package struct Companions: Sendable {
  /// The file at a path; nil if there is none that can be read.
  package var file: @Sendable (_ path: String) -> SourceFile?
  /// The paths of all files with an extension, sorted.
  package var paths: @Sendable (_ extension: String) -> [String]

  package init(
    file: @escaping @Sendable (_ path: String) -> SourceFile?,
    paths: @escaping @Sendable (_ extension: String) -> [String]
  ) {
    self.file = file
    self.paths = paths
  }

  package static let none = Companions(file: { _ in nil }, paths: { _ in [] })
}

/// What a reader requested of a file's companions, and a digest of the answer: as long as the answer is the same, what
/// was read is still valid.
package struct CompanionAccess: Hashable, Sendable {
  package enum Question: Hashable, Sendable {
    case file(String)
    /// The paths with an extension.
    case paths(String)
  }

  package var question: Question
  package var digest: UInt64

  package init(_ question: Question, of companions: Companions) {
    self.question = question
    switch question {
    case .file(let path): digest = CompanionAccess.digest(of: companions.file(path))
    case .paths(let name): digest = CompanionAccess.digest(of: companions.paths(name))
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

  private func record(_ access: CompanionAccess) {
    if known.insert(access).inserted { accesses.append(access) }
  }
}
