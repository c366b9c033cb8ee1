import Files

/// Clears away the old site after the new one has taken its place.
struct OldSiteRemoval {
  private let foreign: ForeignContent
  private let newPages: Set<RelativePath>

  init(_ foreign: ForeignContent, newPages: FolderManifest) {
    self.foreign = foreign
    self.newPages = Set(newPages.paths)
  }

  /// Removes what we wrote, and what is already linked into the new site. Anything else was put there after we looked,
  /// and is moved into the new site.
  ///
  /// - Returns: whether nothing is left in it.
  func empty(
    _ folder: borrowing Folder, into site: borrowing Folder, at path: RelativePath? = nil
  ) throws(FileError) -> Bool {
    try folder.openToOwner()
    var isEmpty = true
    for entry in try folder.entries() {
      let path = RelativePath(entry.name, in: path)
      if entry.kind == .file, foreign.ours.contains(path) {
        try folder.removeFile(entry.name)
      } else if entry.kind == .folder, try isFolder(path, in: site) {
        if try empty(folder.folder(entry.name), into: site, at: path) {
          try folder.removeFolder(entry.name)
        } else {
          isEmpty = false
        }
      } else if try !remove(entry, from: folder, into: site, at: path) {
        isEmpty = false
      }
    }
    return isEmpty
  }

  /// Whether a folder is ours, or the new site has a folder of the same name.
  private func isFolder(_ path: RelativePath, in site: borrowing Folder) throws(FileError) -> Bool {
    if foreign.ourFolders.contains(path) { return true }
    return try site.status(of: path)?.kind == .folder
  }

  /// - Returns: whether it has been removed from the old site.
  private func remove(
    _ entry: Folder.Entry, from folder: borrowing Folder, into site: borrowing Folder, at path: RelativePath
  ) throws(FileError) -> Bool {
    if let new = try site.status(of: path) {
      if try folder.status(of: entry.name)?.identity == new.identity {
        try folder.removeFile(entry.name)
        return true
      }
      // The new site has a page or folder of ours there; what is left is a file that someone saved under its name.
      if newPages.contains(path) || new.kind == .folder || entry.kind == .folder { return false }
    }
    try folder.move(entry.name, into: site.madeFolder(path.folder), as: entry.name)
    return true
  }
}
