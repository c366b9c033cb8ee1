package import Files
import Text

/// A site as it is on the disk, by what the system says of its files without looking into them.
package struct PublishedSite {
  /// Where it is, without links: what records of it are known by.
  package let path: String
  /// The folder, whatever its name.
  package let identity: FileStatus.Identity
  /// How many files it has.
  package let files: Int
  /// Changes with each change of one of its files or folders, made by anybody.
  package let digest: UInt64

  /// - Parameter output: the site's folder.
  /// - Returns: nil where no site of ours is there, or it changed so recently that another change might leave the same digest.
  package init?(at output: String) {
    guard let place = try? realPath(of: SystemPath(output)), let folder = try? Folder(resolved: place).folder(nil),
      let bytes = (try? folder.contents(of: FolderManifest.name)) ?? nil,
      let manifest = FolderManifest(parsing: bytes), let status = try? folder.status()
    else { return nil }
    identity = status.identity
    path = place.text
    files = manifest.paths.count
    var digest = StatusDigest()
    digest.add(place)
    var known: Set<RelativePath> = []
    for path in manifest.paths {
      // Each folder, so that a link in its place is noticed, and what was put into it or taken away.
      var above = path.folder
      while let folder = above, known.insert(folder).inserted { above = folder.folder }
    }
    digest.add(RelativePath(FolderManifest.name, in: nil), in: folder)
    for path in known.sorted() { digest.add(path, in: folder) }
    for path in manifest.paths { digest.add(path, in: folder) }
    guard digest.isSettled else { return nil }
    self.digest = digest.value
  }
}
