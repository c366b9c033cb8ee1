import Files

/// What others put into a site: everything that its manifest doesn't list. It may contain only regular files.
struct ForeignContent {
  /// Files, links and anything else that isn't a folder.
  private var files: Set<RelativePath> = []
  /// All folders, each after its parent, with the status they had before anything in them was examined; nil for the
  /// site itself.
  private var folders: [(path: RelativePath?, status: FileStatus)] = []
  /// What the manifest lists, and the manifest itself.
  let ours: Set<RelativePath>
  /// The folders that contain files we wrote.
  let ourFolders: Set<RelativePath>
  /// The path of the site, for messages.
  private let output: String

  /// The empty content of a site that doesn't exist yet.
  init(output: String) { (ours, ourFolders, self.output) = ([], [], output) }

  /// - Throws: if something can't be read, or can't be replaced.
  init(of site: StandingSite, output: String) throws(PublishError) {
    let paths = site.manifest?.paths ?? []
    ours = Set(paths).union([RelativePath(FolderManifest.name, in: nil)])
    ourFolders = ForeignContent.folders(of: paths)
    self.output = output
    try look(into: site.folder, at: nil)
  }

  private static func folders(of paths: [RelativePath]) -> Set<RelativePath> {
    var folders: Set<RelativePath> = []
    for path in paths {
      var next = path.folder
      while let folder = next, folders.insert(folder).inserted { next = folder.folder }
    }
    return folders
  }

  private mutating func look(into folder: borrowing Folder, at path: RelativePath?) throws(PublishError) {
    let shown = shown(path)
    folders.append((path, try at(shown) { () throws(FileError) in try folder.status() }))
    guard try at(shown, { () throws(FileError) in try folder.isChangeable() }) else {
      throw PublishError(
        path: shown, message: "files can't be removed from the folder; make it writable, or name another output folder"
      )
    }
    for entry in try at(shown, { () throws(FileError) in try folder.entries() }) {
      let path = RelativePath(entry.name, in: path)
      switch entry.kind {
      case .folder:
        let inner = try at(self.shown(path)) { () throws(FileError) in try folder.folder(entry.name) }
        guard !inner.isMountPoint else {
          throw PublishError(
            path: self.shown(path),
            message:
              "the folder is a mount point and can\'t be kept; unmount it, or name another output folder"
          )
        }
        try look(into: inner, at: path)
      case .file where ours.contains(path): break
      default: files.insert(path)
      }
    }
  }

  // MARK: Into the new site

  /// Links all of it into the new site, and gives folders that remain their owners, groups and modes.
  ///
  /// - Parameter manifest: the new site's manifest.
  func carry(
    from old: borrowing Folder, into new: borrowing Folder, _ manifest: FolderManifest
  ) throws(PublishError) {
    let pages = Set(manifest.paths)
    for case (let path?, _) in folders where !ourFolders.contains(path) {
      if pages.contains(path) { throw isInTheWay(path) }
      do throws(FileError) { _ = try new.madeFolder(path) } catch { throw cannotBeKept(path, error) }
    }
    for path in files {
      if pages.contains(path) { throw isInTheWay(path) }
      do throws(FileError) { try link(path, from: old, into: new) } catch { throw cannotBeKept(path, error) }
    }
    // Innermost first, since creating something in a folder changes its time, and its mode may forbid changes.
    for (path, status) in folders.reversed() { try keepAttributes(status, of: path, in: new) }
  }

  private func link(
    _ path: RelativePath, from old: borrowing Folder, into new: borrowing Folder
  ) throws(FileError) {
    let old = try old.folder(path.folder)
    let new = try new.madeFolder(path.folder)
    do throws(FileError) {
      try old.link(path.name, into: new)
    } catch .exists {
      // It is from an earlier round, or something else.
      guard try old.status(of: path.name)?.identity == new.status(of: path.name)?.identity else { throw .exists }
    }
  }

  private func keepAttributes(
    _ status: FileStatus, of path: RelativePath?, in site: borrowing Folder
  ) throws(PublishError) {
    do throws(FileError) {
      let folder = try site.folder(path)
      try folder.takeAttributes(of: status)
      if let path, !ourFolders.contains(path) { try folder.takeTimes(of: status) }
    } catch  where path != nil && [.missing, .notFolder].contains(error) {
      // A page of ours that no longer exists.
    } catch {
      throw PublishError(
        path: shown(path),
        message: "the owner, group and mode of the folder can't be kept (\(error.reason)); build as its owner, or name "
          + "another output folder")
    }
  }

  /// Checks that the new site holds each file of its manifest and what others had put into the old one, and nothing
  /// else.
  func check(_ site: borrowing Folder, _ manifest: FolderManifest) throws(PublishError) {
    let pages = Set(manifest.paths).union([RelativePath(FolderManifest.name, in: nil)])
    var missing = pages
    try check(site, at: nil, pages: pages, missing: &missing)
    if let path = missing.min() {
      throw PublishError(path: shown(path), message: "the file disappeared from the new site; build it again")
    }
  }

  private func check(
    _ folder: borrowing Folder, at path: RelativePath?, pages: Set<RelativePath>, missing: inout Set<RelativePath>
  ) throws(PublishError) {
    for entry in try at(shown(path), { () throws(FileError) in try folder.entries() }) {
      let path = RelativePath(entry.name, in: path)
      if entry.kind == .folder {
        let inner = try at(shown(path)) { () throws(FileError) in try folder.folder(entry.name) }
        try check(inner, at: path, pages: pages, missing: &missing)
      } else if entry.kind == .file, pages.contains(path) {
        missing.remove(path)
      } else if !files.contains(path) {
        throw PublishError(path: shown(path), message: "another program put this into the new site; build it again")
      }
    }
  }

  // MARK: Messages

  private func shown(_ path: RelativePath?) -> String { path.map { output + "/" + $0.text } ?? output }

  private func isInTheWay(_ path: RelativePath) -> PublishError {
    PublishError(path: shown(path), message: "it isn't from ruledex but is in the place of a page; move it")
  }

  private func cannotBeKept(_ path: RelativePath, _ error: FileError) -> PublishError {
    if [.exists, .notFolder, .isLink].contains(error) { return isInTheWay(path) }
    return PublishError(
      path: shown(path),
      message: "it isn't from ruledex and can't be carried over (\(error.reason)); move it out of the site")
  }
}
