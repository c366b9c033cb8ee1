import Files

/// Where the site goes: a name in a folder. The path that the user gave is resolved once, here, so it may contain
/// links; beside and below the output, no links are followed.
struct OutputPlace: ~Copyable, Sendable {
  /// As the user gave it.
  let path: String
  let parent: Folder
  let name: FileName
  /// The path of the parent, to name what is beside the output.
  private let parentPath: SystemPath

  /// Creates the folders above the output.
  init(resolving path: String) throws(PublishError) {
    self.path = path
    guard let (folder, name) = try OutputPlace.resolved(path).parts else {
      throw PublishError(path: path, message: "the folder itself can't be replaced; name a folder inside it")
    }
    parent = try at(path) { () throws(FileError) in try Folder(resolved: folder) }
    self.name = name
    parentPath = folder
  }

  /// The path to show for something beside the output.
  func path(beside name: FileName) -> String { parentPath.appending(name).text }

  /// The absolute path without links.
  private static func resolved(_ path: String) throws(PublishError) -> SystemPath {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    do throws(FileError) {
      return try realPath(of: SystemPath(bytes))
    } catch .missing {
      // The folders above exist or are created; nothing has this name in them yet.
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

  /// The status of what is at the output's place; nil if nothing is.
  func status() throws(PublishError) -> FileStatus? {
    try at(path) { () throws(FileError) in try parent.status(of: name) }
  }

  /// The site or empty folder that is there; nil if nothing is.
  ///
  /// - Throws: if something is there that isn't ours to replace.
  func standingSite() throws(PublishError) -> StandingSite? {
    guard let status = try status() else { return nil }
    switch status.kind {
    case .folder: break
    case .link:
      // A link that leads anywhere would have been resolved.
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
