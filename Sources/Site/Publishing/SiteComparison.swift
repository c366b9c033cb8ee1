import Files

/// Compares the expected site with the one on disk: `build --check`.
package final class SiteComparison: Sendable {
  /// nil if there is no folder.
  private let folder: Folder?

  package init(output: String) {
    do throws(FileError) {
      // The folder itself must be opened for reading, too.
      folder = try Folder(resolved: try realPath(of: SystemPath(output))).folder(nil)
    } catch {
      folder = nil
    }
  }

  /// Whether the file exists with exactly these bytes. May be called from several threads.
  package func isCurrent(_ file: SiteFile) -> Bool {
    guard let path = RelativePath(file.path) else { return false }
    return (try? folder?.holds(file.bytes, at: path)) ?? false
  }

  /// The files of an earlier build that no longer belong to the site, sorted.
  package func leftovers(besides paths: [String]) -> [String] {
    guard let bytes = (try? folder?.contents(of: FolderManifest.name)) ?? nil,
      let manifest = FolderManifest(parsing: bytes)
    else { return [] }
    let current = Set(paths.compactMap { RelativePath($0) })
    return manifest.paths.filter { !current.contains($0) && isThere($0) }.map(\.text)
  }

  private func isThere(_ path: RelativePath) -> Bool { ((try? folder?.status(of: path)) ?? nil) != nil }
}
