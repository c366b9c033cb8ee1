import Files

/// A folder beside the output in which the new site is made, and the old one removed.
///
/// It has an unpredictable name, is created by us alone, and holds a file that stays locked while the build runs and
/// that says whose it is. If a later build finds that file unlocked and marked, the build that made it was killed, and
/// the folder is removed.
struct StagingFolder: ~Copyable, Sendable {
  /// The names of its contents: the locked file, the site, and, on file systems that can't exchange names, the old
  /// site.
  private static let lock = FileName(".ruledex-staging")
  private static let site = FileName("site")
  private static let old = FileName("old")
  /// The content of the locked file. It includes the folder's number, so no copy of it matches, not even one in a
  /// repository.
  private static func mark(of folder: borrowing Folder) throws(FileError) -> [UInt8] {
    Array("A build of ruledex makes a site in folder \(try folder.status().number).\n".utf8)
  }

  private let folder: Folder
  private let name: FileName
  private let lockedFile: LockedFile
  /// Where the new site is made; the handle remains valid when the site moves to its place.
  let site: Folder

  private init(_ folder: consuming Folder, name: FileName, _ lock: consuming LockedFile, site: consuming Folder) {
    self.name = name
    self.folder = folder
    lockedFile = lock
    self.site = site
  }

  /// - Parameter standing: the site that the new one replaces.
  static func made(
    in place: borrowing OutputPlace, replacing standing: StandingSite?
  ) throws(PublishError) -> StagingFolder {
    let name = FileName(randomAfter: prefix(of: place))
    try at(place.path(beside: name)) { () throws(FileError) in try place.parent.makeFolder(name, permissions: 0o700) }
    do throws(FileError) {
      let folder = try place.parent.folder(name)
      let lockedFile = try LockedFile.created(lock, in: folder)
      try lockedFile.write(mark(of: folder))
      try folder.makeFolder(StagingFolder.site)
      let site = try folder.folder(StagingFolder.site)
      // Done now, so that new files get the group that the folder passes on, and so that errors show early.
      if let standing { try site.takeAttributes(of: standing.status, writable: true) }
      return StagingFolder(folder, name: name, lockedFile, site: site)
    } catch {
      try? remove(name, from: place)
      guard error.isUnsupported else { throw PublishError(path: place.path, error) }
      throw PublishError(
        path: place.path,
        message:
          "the file system doesn't support locks (flock), which builds need to recognize each other; build on another one and copy the site"
      )
    }
  }

  /// `.site.ruledex-`
  private static func prefix(of place: borrowing OutputPlace) -> FileName {
    // Hidden, so that no walk over rules finds it. It contains a dot and no slash, so it is a valid name.
    FileName(Array(".".utf8) + place.name.bytes.prefix(200) + Array(".ruledex-".utf8))!
  }

  /// Moves the new site to the output's name, which nothing has yet.
  ///
  /// - Throws: ``FileError/notEmpty`` or ``FileError/exists`` if something has appeared there.
  func moveIn(_ place: borrowing OutputPlace) throws(FileError) {
    try folder.move(StagingFolder.site, into: place.parent, as: place.name)
  }

  /// Exchanges the new site and the old one.
  ///
  /// - Parameter old: the site that is expected to be replaced.
  /// - Returns: whether it was; otherwise something else had taken its place, and has been put back.
  func exchange(with old: StandingSite, in place: borrowing OutputPlace) throws(FileError) -> Bool {
    do throws(FileError) {
      try folder.exchange(StagingFolder.site, with: place.name, in: place.parent)
    } catch  where error.isUnsupported {
      return try stepAside(old, in: place)
    }
    if try folder.status(of: StagingFolder.site)?.identity == old.status.identity { return true }
    try folder.exchange(StagingFolder.site, with: place.name, in: place.parent)
    return false
  }

  /// For file systems that can't exchange names: the old site is moved aside for a moment. A build that is killed at
  /// that moment leaves it here, and the next one puts it back.
  private func stepAside(_ old: StandingSite, in place: borrowing OutputPlace) throws(FileError) -> Bool {
    try place.parent.move(place.name, into: folder, as: StagingFolder.old)
    do throws(FileError) {
      guard try folder.status(of: StagingFolder.old)?.identity == old.status.identity else { throw .exists }
      try moveIn(place)
      return true
    } catch {
      try folder.move(StagingFolder.old, into: place.parent, as: place.name)
      if error == .exists || error == .notEmpty { return false }
      throw error
    }
  }

  /// Removes it with all its contents, unless it was left to the user. By then the new site, if in place, is no longer
  /// in it.
  func remove(from place: borrowing OutputPlace) throws(FileError) {
    if try lockedFile.isEmpty() { return }
    try StagingFolder.remove(name, from: place)
  }

  private static func remove(_ name: FileName, from place: borrowing OutputPlace) throws(FileError) {
    let folder = try place.parent.folder(name)
    // The file is removed last: if the build is killed here, the folder can still be recognised.
    try folder.removeAll(but: lock)
    do throws(FileError) { try folder.removeFile(lock) } catch .missing {}
    try place.parent.removeFolder(name)
  }

  /// Leaves it to the user, so that no later build removes it.
  ///
  /// - Returns: the path of the old site in it.
  func leave(in place: borrowing OutputPlace) throws(FileError) -> String {
    try lockedFile.clear()
    let hasExchanged = try folder.status(of: StagingFolder.site) != nil
    return place.path(beside: name) + "/" + (hasExchanged ? StagingFolder.site : StagingFolder.old).text
  }

  // MARK: Leftovers

  /// Removes what killed builds left behind. Anything that can't be opened, lacks our mark or is in use stays.
  static func removeLeftovers(of place: borrowing OutputPlace) {
    let prefix = prefix(of: place).bytes
    guard let entries = try? place.parent.entries() else { return }
    for entry in entries where entry.kind == .folder && entry.name.bytes.starts(with: prefix) {
      try? removeLeftover(entry.name, of: place)
    }
  }

  private static func removeLeftover(_ name: FileName, of place: borrowing OutputPlace) throws(FileError) {
    let folder = try place.parent.folder(name)
    // First the lock, then the mark: a folder that is just being made has no mark yet.
    guard let lockedFile = try LockedFile.taken(lock, in: folder), try lockedFile.contents() == mark(of: folder) else {
      return
    }
    if try folder.status(of: old)?.kind == .folder, try place.parent.status(of: place.name) == nil {
      try folder.move(old, into: place.parent, as: place.name)
    }
    try remove(name, from: place)
  }
}
