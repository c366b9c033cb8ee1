import Files

/// Where the site is to be: a name in a folder. The path that the user gave is resolved once, here, so that it may lead over links;
/// beside and below the output, none is followed.
struct OutputPlace: ~Copyable, Sendable {
  /// As the user gave it.
  let path: String
  let parent: Folder
  let name: FileName
  /// Where the parent is, to name what is beside the output.
  private let parentPath: SystemPath

  /// Makes the folders above the output.
  init(resolving path: String) throws(PublishError) {
    self.path = path
    guard let (folder, name) = try OutputPlace.resolved(path).parts else {
      throw PublishError(path: path, message: "the folder itself can't be replaced; name a folder inside it")
    }
    parent = try at(path) { () throws(FileError) in try Folder(resolved: folder) }
    self.name = name
    parentPath = folder
  }

  /// How something beside the output is shown.
  func path(beside name: FileName) -> String { parentPath.appending(name).text }

  /// The absolute path without links.
  private static func resolved(_ path: String) throws(PublishError) -> SystemPath {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    do throws(FileError) {
      return try realPath(of: SystemPath(bytes))
    } catch .missing {
      // The folders above are there, or are made; the name in them has nothing yet.
      let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
      guard let name = FileName(slash.map { bytes[($0 + 1)...] } ?? bytes[...]) else {
        throw PublishError(
          path: path,
          message: "the path ends in '.' or '..' below a folder that doesn't exist; name the new folder itself")
      }
      let above = slash.map { SystemPath(bytes[...$0]) } ?? SystemPath(".")
      let parent = try at(path) { () throws(FileError) in
        try makeFolders(above)
        return try realPath(of: above)
      }
      return parent.appending(name)
    } catch {
      throw PublishError(path: path, error)
    }
  }

  /// What is at the output's place; nil where nothing is.
  func status() throws(PublishError) -> FileStatus? {
    try at(path) { () throws(FileError) in try parent.status(of: name) }
  }

  /// The site that is there, or the empty folder; nil where nothing is.
  ///
  /// - Throws: where something is there that isn't ours to replace.
  func standingSite() throws(PublishError) -> StandingSite? {
    guard let status = try status() else { return nil }
    switch status.kind {
    case .folder: break
    case .link:
      // It would have been resolved if it led anywhere.
      throw PublishError(path: path, message: "the link is broken; remove it or restore its target")
    default: throw PublishError(path: path, message: "it isn't a folder; name another one")
    }
    let folder = try at(path) { () throws(FileError) in try parent.folder(name) }
    guard !folder.isMountPoint else { throw isMountPoint }
    return try StandingSite(folder, at: path)
  }

  var isMountPoint: PublishError {
    let inside = path.hasSuffix("/") ? path + "site" : path + "/site"
    return PublishError(
      path: path,
      message:
        "the folder is a mount point and can\'t be replaced; name a folder inside it, such as \(inside)"
    )
  }
}
