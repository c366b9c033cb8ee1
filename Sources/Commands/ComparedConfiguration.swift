import Diagnostics
import Files
import Reading
import Text

/// A side of a comparison that is a configuration: the rules that it names, as they are now or as they were at a Git
/// revision.
///
/// The knowledge (ATT&CK, event maps and field maps) always comes from the current configuration, so that a comparison
/// shows what changed in the rules. The telemetry is that of the configuration, and at a revision that of the revision if
/// it has the file. The other inputs of a site (templates, kept files, other people's rules) aren't read and may be
/// missing.
struct ComparedConfiguration {
  /// The options that name the current configuration.
  let options: ReadingOptions

  /// Whether a path is that of a configuration: this is decided by its name, since a rule file may have any content.
  func isNamed(by path: String) -> Bool {
    path == options.configurationPath || lastPart(of: path) == "ruledex.yml"
  }

  /// The rules that a configuration file names now.
  func catalog(of path: String, _ terminal: Terminal) async throws(InputError) -> LoadedCatalog {
    let configuration = try LoadedCatalog.configuration(at: path)
    return try await LoadedCatalog.load(selectedBy: configuration, options, terminal: terminal)
  }

  /// The rules that it named at a revision; if the revision doesn't have the file, those that it names now, as they
  /// were then.
  ///
  /// - Parameters:
  ///   - revision: all files of the revision, with the configuration's path among them.
  ///   - now: the current configuration file, which is used if the revision has none.
  func catalog(
    at revision: borrowing GitRevision, or now: String, _ terminal: Terminal
  ) async throws(InputError) -> LoadedCatalog {
    let (tree, place) = (revision.path + "/", revision.place)
    // An unusable one counts as missing: otherwise a fix for it couldn't pass.
    let isThere = await Result.of { () throws(InputError) in try LoadedCatalog.configuration(at: tree + place) }
    let file = if case .success = isThere { tree + place } else { now }
    // The path from the repository's root, and from the folder of the current configuration.
    var configuration = try LoadedCatalog.configuration(at: file, folder: Text.folder(of: place))
    let here = try LoadedCatalog.configuration(at: file, folder: Text.folder(of: now))
    configuration.paths = zip(configuration.paths, here.paths).map { inner, outer in
      guard let path = pathInside(inner.path) else { return outer }
      makeFolders(path, below: tree)
      return CatalogRequest.Root(path: tree + path, name: inner.name)
    }
    func kept(_ path: String?) -> String? {
      path.flatMap(pathInside).map { tree + $0 }.flatMap { exists($0) ? $0 : nil }
    }
    configuration.techniqueNotes = kept(configuration.techniqueNotes)
    configuration.eventNotes = kept(configuration.eventNotes)
    configuration.telemetry = kept(configuration.telemetry) ?? here.telemetry
    configuration.folder = tree + Text.folder(of: place)
    return try await LoadedCatalog.load(selectedBy: configuration, options, terminal: terminal)
  }

  /// A path from the repository's root with `.` and `..` resolved; nil if it leads out of the repository.
  private func pathInside(_ path: String) -> String? {
    path.hasPrefix("/") ? nil : pathWithoutDots(path)
  }

  /// Creates folders of rules that the revision doesn't have, empty, so that the other roots keep their names.
  private func makeFolders(_ path: String, below tree: String) {
    var made = tree
    for name in path.split(separator: "/") {
      made += name
      // A failure shows when the folder is read.
      try? makeFolder(SystemPath(made), permissions: 0o700)
      made += "/"
    }
  }
}
