import Files

/// The folder at the output's place: a site of ours, or an empty folder.
final class StandingSite: Sendable {
  let folder: Folder
  let status: FileStatus
  /// nil if the folder is empty.
  let manifest: FolderManifest?
  /// The path of the folder, for messages.
  private let path: String

  /// - Throws: if the folder is neither.
  init(_ folder: consuming Folder, at path: String) throws(PublishError) {
    let bytes: [UInt8]?
    let isEmpty: Bool
    do throws(FileError) {
      status = try folder.status()
      bytes = try folder.contents(of: FolderManifest.name)
      isEmpty = try folder.entries().isEmpty
    } catch {
      throw PublishError(path: path, error)
    }
    manifest = bytes.flatMap(FolderManifest.init(parsing:))
    self.folder = folder
    self.path = path
    guard manifest != nil || isEmpty else {
      throw PublishError(
        path: path,
        message: bytes == nil
          ? "the folder holds files that are not from ruledex; name a new or an empty folder"
          : "its \(FolderManifest.name.text) isn't one that ruledex wrote; restore it, or name a new or an empty folder"
      )
    }
  }

  /// Whether it has the file with exactly these bytes.
  func holds(_ file: SiteFile, at path: RelativePath) -> Bool {
    // A file that can't be read is written again.
    manifest != nil && (try? folder.holds(file.bytes, at: path)) == true
  }
}
