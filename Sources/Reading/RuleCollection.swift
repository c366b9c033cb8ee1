package import Diagnostics
package import DialectReading
package import Documents
package import Files
package import RuleModel
package import Text

/// Folders and files of rules, and which of them are included.
package struct CatalogRequest: Sendable {
  package struct Root: Hashable, Sendable {
    /// A folder or a file.
    package var path: String
    /// The prefix of its rules' sources if there are several roots.
    package var name: String

    package init(path: String, name: String? = nil) {
      self.path = path
      self.name = name ?? lastPart(of: path)
    }
  }

  package var roots: [Root]
  package var include: [Glob]
  package var exclude: [Glob]
  /// The fields of rules that hold notes for readers.
  package var noteFields: [String]
  package var limits: ReadingLimits
  package var readers: DialectReaders
  /// How many files are read at a time.
  package var jobs: Int

  package init(
    roots: [Root], include: [Glob] = [], exclude: [Glob] = [], noteFields: [String] = [],
    limits: ReadingLimits = .standard, readers: DialectReaders = .standard, jobs: Int
  ) {
    self.noteFields = noteFields
    self.limits = limits
    self.readers = readers
    self.roots = roots
    self.include = include
    self.exclude = exclude
    self.jobs = max(1, jobs)
  }
}

extension CatalogRequest {
  /// The prefix of the sources below a root.
  func prefix(of root: Root) -> String { roots.count > 1 ? root.name + "/" : "" }

  /// Adds to a digest everything that reading these rules, and the notes beside them, depends on.
  package func add(to digest: inout StatusDigest) {
    let filter = PathFilter(include: include, exclude: exclude)
    for root in roots {
      FolderWalk(of: root.path, prefix: prefix(of: root), filter: filter, readers: readers).add(to: &digest)
    }
  }
}

/// All rules that were found, and what was found in each file.
package struct RuleCollection: Sendable {
  package struct File: Hashable, Sendable {
    /// See ``RuleSource/path``.
    package var path: String
    package var content: FileContent
  }

  /// The readers that read it.
  package let readers: DialectReaders

  /// By key, in UTF-8 byte order; keys are unique.
  package var rules: [Rule]
  /// By root, then path.
  package var files: [File]
  /// Those of files; a rule holds its own.
  package var diagnostics: [Diagnostic]

  /// A note for each folder that was skipped because it is a site made by Ruledex, in the order of the walk.
  package var sites: [Diagnostic] = []

  /// The folders that were searched: what to watch for changes.
  package var folders: [SystemPath] = []

  /// The names that sources start with; empty if there is a single root.
  package var collectionNames: [String] = []

  package var tally: FileTally { FileTally(files.lazy.map(\.content)) }
}
