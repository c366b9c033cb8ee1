package import Diagnostics
package import Documents
import Text

/// Files beside those of rules, in the folder that was given: they are asked for by their paths below it.
package struct Companions: Sendable {
  /// The file at a path; nil where there is none that can be read.
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

/// What a reader asked of a file's companions, and a digest of the answer: as long as that is the same, so is what was read.
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

/// What a reader is given beside its document. It records what it gave: a reading depends on the file, on that, and on the reader's version.
package final class DialectContext {
  /// Fields of rules that hold notes for their readers.
  package let noteFields: [String]
  package let limits: ReadingLimits
  private let folder: String
  private let companions: Companions
  /// In the order asked, each once.
  package private(set) var accesses: [CompanionAccess] = []
  private var known: Set<CompanionAccess> = []

  /// - Parameter path: the document's, below the folder that was given.
  package init(
    noteFields: [String] = [], limits: ReadingLimits = .standard, path: String = "", companions: Companions = .none
  ) {
    self.noteFields = noteFields
    self.limits = limits
    self.companions = companions
    folder = Text.folder(of: path)
  }

  /// The file at a path from the document's folder, or with a slash at its start from the folder that was given; nil where there is none,
  /// or the path leads out of it.
  package func companion(at path: String) -> SourceFile? {
    guard let path = pathWithoutDots(path.hasPrefix("/") ? path : folder + path), !path.isEmpty else { return nil }
    let file = companions.file(path)
    record(CompanionAccess(.file(path), digest: CompanionAccess.digest(of: file)))
    return file
  }

  /// All files of an extension in the folder that was given, in the order of their paths.
  ///
  /// - Parameter name: in lower case without the dot.
  package func companions(withExtension name: String) -> [SourceFile] {
    let paths = companions.paths(name)
    record(CompanionAccess(.paths(name), digest: CompanionAccess.digest(of: paths)))
    return paths.compactMap { companion(at: "/" + $0) }
  }

  private func record(_ access: CompanionAccess) {
    if known.insert(access).inserted { accesses.append(access) }
  }
}
