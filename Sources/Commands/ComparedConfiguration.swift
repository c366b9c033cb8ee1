import Diagnostics
import Files
import Reading
import Text

/// A side of a comparison that is a configuration: the rules that it names, as they are now or as they were at a revision of Git.
///
/// What rules mean (ATT&CK, maps of events and fields) is always taken from the configuration of now, so that a comparison shows what
/// changed in the rules. What a site is made from beside its rules (telemetry, templates, kept files, rules of others) isn't asked for:
/// it may be missing.
struct ComparedConfiguration {
  /// The configuration of now, which `options` name.
  let options: ReadingOptions

  /// Whether a path names a configuration: by its name, since a rule's file may have any content.
  func isNamed(by path: String) -> Bool {
    path == options.configurationPath || lastPart(of: path) == "ruledex.yml"
  }

  /// The rules as a configuration's file names them now.
  func catalog(of path: String, _ terminal: Terminal) async throws(InputError) -> LoadedCatalog {
    let configuration = try LoadedCatalog.configuration(at: path)
    return try await LoadedCatalog.load(selectedBy: configuration, options, terminal: terminal)
  }

  /// The rules that it named at a revision; where the revision doesn't have it, those that it names now, as they were then.
  ///
  /// - Parameters:
  ///   - revision: all files of it, and the configuration's place among them.
  ///   - now: the configuration's file as it is now, which is taken where the revision has none.
  func catalog(
    at revision: borrowing GitRevision, or now: String, _ terminal: Terminal
  ) async throws(InputError) -> LoadedCatalog {
    let (tree, place) = (revision.path + "/", revision.place)
    // One that can't be used is as good as none: what fixes it must pass.
    let isThere = await Result.of { () throws(InputError) in try LoadedCatalog.configuration(at: tree + place) }
    let file = if case .success = isThere { tree + place } else { now }
    // As seen from the repository's root, and from the folder of the configuration of now.
    var configuration = try LoadedCatalog.configuration(at: file, folder: Text.folder(of: place))
    let here = try LoadedCatalog.configuration(at: file, folder: Text.folder(of: now))
    configuration.paths = zip(configuration.paths, here.paths).map { inner, outer in
      guard let path = pathInside(inner.path) else { return outer }
      makeFolders(path, below: tree)
      return CatalogRequest.Root(path: tree + path, name: inner.name)
    }
    func notes(_ path: String?) -> String? {
      path.flatMap(pathInside).map { tree + $0 }.flatMap { exists($0) ? $0 : nil }
    }
    configuration.techniqueNotes = notes(configuration.techniqueNotes)
    configuration.eventNotes = notes(configuration.eventNotes)
    configuration.folder = tree + Text.folder(of: place)
    return try await LoadedCatalog.load(selectedBy: configuration, options, terminal: terminal)
  }

  /// A path from the repository's root without `.` and `..`; nil where it leads out of the repository.
  private func pathInside(_ path: String) -> String? {
    path.hasPrefix("/") ? nil : pathWithoutDots(path)
  }

  /// A folder of rules that the revision doesn't have is an empty one, so that the others keep the names of several.
  private func makeFolders(_ path: String, below tree: String) {
    var made = tree
    for name in path.split(separator: "/") {
      made += name
      // What can't be made shows when it is read.
      try? makeFolder(SystemPath(made), permissions: 0o700)
      made += "/"
    }
  }
}
