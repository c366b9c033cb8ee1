package import Files
import Text

/// A site as it is on disk, judged by the status of its files without reading them.
package struct PublishedSite {
  /// Its path without links, which identifies records about it.
  package let path: String
  /// Identifies the folder, whatever its name.
  package let identity: FileStatus.Identity
  /// The number of its files.
  package let files: Int
  /// Changes whenever anyone changes one of its files or folders.
  package let digest: UInt64

  /// - Parameter output: the site's folder.
  /// - Returns: nil if there is no site of ours, or it changed so recently that another change might give the same
  ///   digest.
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
      // Each folder is included, so that a link in its place is noticed, and so are additions and removals in it.
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
