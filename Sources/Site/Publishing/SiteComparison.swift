/// Compares what a site should be with what stands on the disk: `build --check`.
package struct SiteComparison: Sendable {
  private let output: String

  package init(output: String) {
    self.output = output.count > 1 && output.hasSuffix("/") ? String(output.dropLast()) : output
  }

  /// Whether a file stands there with just these bytes. May be called from several threads.
  package func isCurrent(_ file: SiteFile) -> Bool { FileSystem.holds(file.bytes, at: output + "/" + file.path) }

  /// The files of an earlier build that no longer belong to the site, sorted.
  package func leftovers(besides paths: [String]) -> [String] {
    let manifest = FileSystem.read(output + "/" + Manifest.name).flatMap(Manifest.init(parsing:))
    let current = Set(paths)
    return (manifest?.paths ?? []).filter { !current.contains($0) && FileSystem.exists(output + "/" + $0) }
  }
}
