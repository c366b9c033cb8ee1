import Diagnostics
package import Files

/// Writes a site, all or nothing: the new one is made beside the old one and replaces it in one step.
///
/// The folder must be new, empty, or have our manifest; otherwise we refuse. Files that others put into it stay in it.
/// Files that haven't changed are linked into the new site, and so keep their times; if nothing has changed, nothing is
/// touched at all.
package final class Publisher: Sendable {
  /// What was done with a file.
  package enum Outcome: Sendable {
    case written, unchanged
  }

  private let place: OutputPlace
  /// The site that was there at the start.
  private let standing: StandingSite?
  private let staging: StagingFolder

  /// - Parameter output: the site's folder.
  /// - Throws: if the folder holds something that isn't ours, or its parent isn't writable.
  package init(output: String) throws(PublishError) {
    let place = try OutputPlace(resolving: output)
    StagingFolder.removeLeftovers(of: place)
    standing = try place.standingSite()
    staging = try StagingFolder.made(in: place, replacing: standing)
    self.place = place
  }

  /// Writes a file into the new site, unless the old one already has it. May be called from several threads, once for
  /// each path.
  package func add(_ file: SiteFile) throws(PublishError) -> Outcome {
    let path = try relative(file.path)
    if let standing, standing.holds(file, at: path) { return .unchanged }
    try at(place.path + "/" + file.path) { () throws(FileError) in try staging.site.create(path, holding: file.bytes) }
    return .written
  }

  /// Replaces the old site with the new one.
  ///
  /// - Parameter files: all files that were added, and what was done with them.
  /// - Returns: the folder that is now the site.
  @discardableResult
  package func commit(_ files: [(path: String, outcome: Outcome)]) throws(PublishError) -> FileStatus.Identity {
    var (paths, unchanged): ([RelativePath], [RelativePath]) = ([], [])
    for file in files {
      let path = try relative(file.path)
      paths.append(path)
      if file.outcome == .unchanged { unchanged.append(path) }
    }
    let manifest = FolderManifest(paths: paths)
    if unchanged.count == files.count, let standing, standing.manifest == manifest {
      cancel()
      return standing.status.identity
    }
    let identity = try at(place.path) { () throws(FileError) in try staging.site.status().identity }
    try takeOver(unchanged.sorted())
    try at(place.path) { () throws(FileError) in
      try staging.site.create(FolderManifest.name, holding: manifest.serialized())
    }
    try replace(with: manifest)
    return identity
  }

  /// Cancels the build: the old site stays as it is.
  package func cancel() { removeStaging() }

  /// What can't be removed now is removed by the next build.
  private func removeStaging() { try? staging.remove(from: place) }

  private func relative(_ path: String) throws(PublishError) -> RelativePath {
    guard let relative = RelativePath(path), relative != RelativePath(FolderManifest.name, in: nil) else {
      throw PublishError(
        path: place.path + "/" + path, message: "a site can't have a file with this name; rename the rule")
    }
    return relative
  }

  /// Links what hasn't changed into the new site.
  ///
  /// - Parameter unchanged: sorted, so that files of a folder are together.
  private func takeOver(_ unchanged: [RelativePath]) throws(PublishError) {
    guard let standing, !unchanged.isEmpty else { return }
    let overtaken = PublishError(
      path: place.path, message: "another build has changed the site in the meantime; build it again")
    guard try place.status()?.identity == standing.status.identity else { throw overtaken }
    var rest = unchanged[...]
    while let first = rest.first {
      let folder = first.folder
      let names = rest.prefix { $0.folder == folder }
      do throws(FileError) {
        let old = try standing.folder.folder(folder)
        let new = try staging.site.madeFolder(folder)
        for path in names { try Publisher.link(path.name, from: old, into: new) }
      } catch .missing {
        throw overtaken
      } catch {
        throw PublishError(path: place.path + "/" + first.text, error)
      }
      rest = rest.dropFirst(names.count)
    }
  }

  private static func link(
    _ name: FileName, from old: borrowing Folder, into new: borrowing Folder
  ) throws(FileError) {
    do throws(FileError) {
      try old.link(name, into: new)
    } catch  where error != .missing {
      // The file system has no hard links, or the file has too many.
      try old.copy(name, into: new)
    }
  }

  private func replace(with manifest: FolderManifest) throws(PublishError) {
    // Nearly always once. Each further round means that something took the output's place at that moment.
    for _ in 0..<16 {
      guard let old = try place.standingSite() else {
        try ForeignContent(output: place.path).check(staging.site, manifest)
        do throws(FileError) {
          try staging.moveIn(place)
        } catch  where [.exists, .notEmpty].contains(error) {
          continue
        } catch {
          throw PublishError(path: place.path, error)
        }
        return removeStaging()
      }
      // Held until the new site is in place, so that two concurrent builds neither wait for each other nor mix.
      let lock = try at(place.path) { () throws(FileError) in
        try LockedFile.taken(FolderManifest.name, in: old.folder)
      }
      guard try place.status()?.identity == old.status.identity else { continue }
      if lock == nil, old.manifest != nil {
        throw PublishError(path: place.path, message: "another build is replacing the site right now; build it again")
      }
      let foreign = try ForeignContent(of: old, output: place.path)
      try foreign.carry(from: old.folder, into: staging.site, manifest)
      try foreign.check(staging.site, manifest)
      do throws(FileError) {
        guard try staging.exchange(with: old, in: place) else { continue }
      } catch .busy {
        throw place.isMountPoint
      } catch {
        throw PublishError(path: place.path, error)
      }
      return try clear(old, foreign, manifest)
    }
    throw PublishError(path: place.path, message: "other programs keep changing the folder; build it again")
  }
}

extension Publisher {
  /// Removes the old site after the exchange. What others have put into it in the meantime moves to the new one.
  private func clear(_ old: StandingSite, _ foreign: ForeignContent, _ manifest: FolderManifest) throws(PublishError) {
    do throws(FileError) {
      let removal = OldSiteRemoval(foreign, newPages: manifest)
      if try removal.empty(old.folder, into: staging.site) { return removeStaging() }
    } catch {
      // What is left may belong to the user, who has to remove it.
      let path = (try? staging.leave(in: place)) ?? place.path
      throw PublishError(
        path: path, message: "the new site is in place, but the old one can't be removed (\(error.reason)); remove it")
    }
    let path = try at(place.path) { () throws(FileError) in try staging.leave(in: place) }
    throw PublishError(
      path: path,
      message:
        "the new site is in place; files that were put in the place of pages during the build are here; move them")
  }
}
