import Diagnostics
import Glibc

/// Writes a site, all or nothing: the new one is made beside the old one and takes its place in one step.
///
/// The folder is new, empty, or carries our manifest; else we refuse. What others put into it stays in it. Files that did not
/// change are linked into the new site, and so keep their times; where nothing changed, nothing is touched at all.
package struct Publisher: Sendable {
  /// What became of a file.
  package enum Outcome: Sendable {
    case written, unchanged
  }

  private let output: String
  /// Without links, since the folder itself changes its place.
  private let target: String
  private let staging: String
  private let manifest: Manifest?
  /// Which folder stood there at first.
  private let standing: FileSystem.Identity?

  /// - Parameter output: the site's folder.
  /// - Throws: where the folder holds what isn't ours, or can't be written beside.
  package init(output: String) throws(PublishError) {
    self.output = output
    let trimmed = output.count > 1 && output.hasSuffix("/") ? String(output.dropLast()) : output
    let target = FileSystem.resolved(trimmed)
    self.target = target
    let slash = FileSystem.lastSlash(target).map { target.utf8.index(after: $0) }
    let parent = slash.map { String(target[..<$0]) } ?? ""
    let name = slash.map { String(target[$0...]) } ?? target
    guard !name.isEmpty, name != ".", name != ".." else {
      throw PublishError(path: output, message: "the folder can't be replaced as a whole; name a folder below it")
    }
    let prefix = ".\(name).ruledex-"
    staging = "\(parent)\(prefix)\(getpid())"
    Publisher.removeLeftovers(in: parent.isEmpty ? "." : parent, prefix: prefix)
    standing = FileSystem.identity(of: target)
    manifest = Publisher.manifest(of: target)
    if FileSystem.exists(target) {
      guard FileSystem.isFolder(target) else {
        throw PublishError(path: output, message: "it is no folder; name another one")
      }
      guard manifest != nil || FileSystem.names(in: target).isEmpty else {
        throw PublishError(
          path: output, message: "the folder holds files that are not from ruledex; name a new or an empty folder")
      }
    }
    try FileSystem.makeFolders(staging)
  }

  /// Writes a file into the new site, unless the old one has it already. May be called from several threads, once for each path.
  package func add(_ file: SiteFile) throws(PublishError) -> Outcome {
    if manifest != nil, FileSystem.holds(file.bytes, at: target + "/" + file.path) { return .unchanged }
    try FileSystem.write(file.bytes, to: staging + "/" + file.path)
    return .written
  }

  /// Lets the new site take the old one's place.
  ///
  /// - Parameter files: all that were added, and what became of them.
  package func commit(_ files: [(path: String, outcome: Outcome)]) throws(PublishError) {
    let paths = files.map(\.path)
    let new = Manifest(paths: paths)
    let unchanged = files.filter { $0.outcome == .unchanged }.map(\.path)
    if unchanged.count == files.count, manifest?.paths == new.paths { return cancel() }
    try takeOver(unchanged)
    try FileSystem.write(new.serialized(), to: staging + "/" + Manifest.name)
    try replace(with: Set(paths))
  }

  /// - Parameter paths: those of the new site.
  private func replace(with paths: Set<String>) throws(PublishError) {
    guard FileSystem.exists(target) else {
      try FileSystem.makeParent(of: target)
      if try FileSystem.move(staging, to: target) { return }
      // Another build was quicker by a hair.
      return try replace(with: paths)
    }
    // Another build may have put its site there meanwhile.
    let standing = Publisher.manifest(of: target)
    let ours = Set(manifest?.paths ?? []).union(standing?.paths ?? []).union([Manifest.name])
    let foreign = FileSystem.files(below: target).filter { !ours.contains($0) }
    try carryOver(foreign, into: paths)
    if try !FileSystem.exchange(staging, target) {
      // A file system without exchange: the old site steps aside for an instant.
      let aside = staging + "-old"
      guard try FileSystem.move(target, to: aside) else {
        throw PublishError(path: aside, message: "the folder is in the way; remove it")
      }
      guard try FileSystem.move(staging, to: target) else {
        // Another build's site came into the gap. What others had put into the old one has its second name in ours.
        Publisher.remove(aside)
        return try replace(with: paths)
      }
      _ = try FileSystem.move(aside, to: staging)
    }
    // What stands in the staging folder now is the old site: ours goes, and what was carried over has its second name.
    for path in ours.union(foreign) { FileSystem.removeFile(staging + "/" + path) }
    FileSystem.removeEmptyFolders(staging)
  }

  private static func manifest(of folder: String) -> Manifest? {
    FileSystem.read(folder + "/" + Manifest.name).flatMap(Manifest.init(parsing:))
  }

  /// Gives up: the old site stays as it is.
  package func cancel() { Publisher.remove(staging) }

  /// Gives what did not change its second name in the new site.
  private func takeOver(_ unchanged: [String]) throws(PublishError) {
    guard unchanged.isEmpty || FileSystem.identity(of: target) == standing else {
      throw PublishError(path: output, message: "another build has changed the site meanwhile; build it again")
    }
    for path in unchanged {
      let (old, new) = (target + "/" + path, staging + "/" + path)
      if try !FileSystem.link(old, as: new) { try FileSystem.write(FileSystem.read(old) ?? [], to: new) }
    }
  }

  /// Takes what others put into the old site along.
  private func carryOver(_ foreign: [String], into paths: Set<String>) throws(PublishError) {
    for path in foreign {
      if paths.contains(path) {
        throw PublishError(
          path: output + "/" + path, message: "the file is not from ruledex and stands where a page belongs; move it")
      }
      guard try FileSystem.link(target + "/" + path, as: staging + "/" + path) else {
        throw PublishError(
          path: output + "/" + path,
          message: "the file is not from ruledex and can't be carried over; move it out of the site")
      }
    }
  }

  /// Removes what builds left that were killed. A build that still runs keeps its folder.
  private static func removeLeftovers(in parent: String, prefix: String) {
    for name in FileSystem.names(in: parent) where name.hasPrefix(prefix) {
      let number = name.dropFirst(prefix.count).prefix { $0.isNumber }
      guard let process = Int32(number), process != getpid() else { continue }
      if kill(process, 0) != 0, errno == ESRCH { remove(parent + "/" + name) }
    }
  }

  private static func remove(_ folder: String) {
    for path in FileSystem.files(below: folder) { FileSystem.removeFile(folder + "/" + path) }
    FileSystem.removeEmptyFolders(folder)
  }
}
