import Checks
import Diagnostics
import Files
import Subprocess
import Text

/// The files at a Git revision, in a temporary folder that is deleted with this value: `git:REV` or `git:REV:path`.
///
/// It uses only Git's plumbing commands (`rev-parse`, `read-tree`, `checkout-index`), with an index of its own, so
/// neither the working tree nor its index is touched.
struct GitRevision: ~Copyable {
  private let temporary: ScratchFolder
  /// The requested folder or file; if everything was requested, the folder that contains everything.
  let path: String
  /// The requested path from the repository's root, without a trailing slash.
  let place: String

  /// Whether a command-line argument names a revision.
  static func isNamed(by argument: String) -> Bool { argument.hasPrefix("git:") }

  /// The path in an argument `git:REV:path`; nil if it has none.
  static func path(namedBy argument: String) -> String? {
    let parts = argument.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    return isNamed(by: argument) && parts.count == 3 ? String(parts[2]) : nil
  }

  private init(temporary: consuming ScratchFolder, path: String, place: String) {
    self.temporary = temporary
    self.path = path
    self.place = place
  }

  /// - Parameters:
  ///   - argument: `git:REV[:path]`; the path is relative to the repository's root.
  ///   - other: if no path is given, that of the other side: the same folder as it is now.
  ///   - isWhole: whether to check out all files of the revision, whether or not it has the path.
  /// - Throws: if Git, the revision or the path isn't found.
  static func checkedOut(
    _ argument: String, besides other: String?, isWhole: Bool = false
  ) async throws(InputError) -> GitRevision {
    let parts = argument.dropFirst("git:".count).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let revision = parts.first.map(String.init) ?? ""
    guard !revision.isEmpty, !revision.hasPrefix("-") else {
      throw InputError(.revision, at: argument, "no revision is named; write git:REV or git:REV:path, such as git:main")
    }
    let git = Git(folder: other.map { GitRevision.folder(of: $0) } ?? ".", argument: argument)
    let repository = try await git.line(
      ["rev-parse", "--absolute-git-dir"], "Git finds no readable repository in '\(git.folder)'")
    let inner: String
    if parts.count == 2 {
      inner = String(parts[1])
    } else if let other {
      inner = try await git.pathInRepository(of: other)
    } else {
      inner = ""
    }
    let trimmed = GitRevision.trimmed(inner)
    let object = try await git.line(
      ["rev-parse", "--verify", "--quiet", "\(revision)^{commit}"],
      "there is no revision '\(revision)'; fetch it, or check its name")
    if isWhole {
      let temporary = try temporaryFolder(for: argument)
      let root = temporary.path.text
      try await git.checkOut("\(object)^{tree}", of: repository, to: root, only: nil)
      return GitRevision(temporary: temporary, path: root + "/tree", place: trimmed)
    }
    let kind = try await git.line(
      ["cat-file", "-t", trimmed.isEmpty ? object : "\(object):\(trimmed)"],
      "'\(revision)' has no '\(trimmed)'; the path is relative to the repository's root")

    func tree(_ path: String) -> String { path.isEmpty ? "\(object)^{tree}" : "\(object):\(path)" }
    let temporary = try temporaryFolder(for: argument)
    let root = temporary.path.text
    let path: String
    if kind == "blob" {
      let parts = trimmed.split(separator: "/").map(String.init)
      path = root + "/tree/" + (parts.last ?? "")
      let parent = parts.dropLast().joined(separator: "/")
      try await git.checkOut(tree(parent), of: repository, to: root, only: parts.last)
    } else {
      path = root + "/tree"
      try await git.checkOut(tree(trimmed), of: repository, to: root, only: nil)
    }
    return GitRevision(temporary: temporary, path: path, place: trimmed)
  }

  private static func temporaryFolder(for argument: String) throws(InputError) -> ScratchFolder {
    do throws(FileError) {
      return try ScratchFolder()
    } catch {
      throw InputError(
        .revision, at: argument,
        "can't create a temporary folder in \(ScratchFolder.parent): \(error.reason); set TMPDIR")
    }
  }

  private static func folder(of path: String) -> String {
    if isFolder(path) { return path }
    let folder = Text.folder(of: path)
    return folder.isEmpty ? "." : folder
  }

  private static func trimmed(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}

/// Runs Git in a folder, on behalf of a command-line argument.
struct Git {
  let folder: String
  let argument: String

  /// The path relative to the repository's root; empty for the root.
  func pathInRepository(of path: String) async throws(InputError) -> String {
    let prefix = try await line(["rev-parse", "--show-prefix"], "'\(folder)' isn't in the repository")
    return isFolder(path) ? prefix : prefix + lastPart(of: path)
  }

  /// The first line of Git's output.
  ///
  /// - Parameter fault: the error message if it fails.
  func line(_ arguments: [String], _ fault: String) async throws(InputError) -> String {
    let (output, isFine) = try await run(arguments, index: nil)
    guard isFine else { throw InputError(.revision, at: argument, fault) }
    return String(output.prefix { $0 != "\n" })
  }

  /// Writes the files of a tree below `folder/tree`, as if that were the repository's working tree: inside the real
  /// one, Git would write only the files of the current folder.
  func checkOut(
    _ tree: String, of repository: String, to temporary: String, only file: String?
  ) async throws(InputError) {
    let index = temporary + "/index"
    do throws(FileError) {
      try makeFolder(SystemPath(temporary + "/tree"), permissions: 0o700)
    } catch {
      throw InputError(.revision, at: argument, "can't create a folder in \(temporary): \(error.reason); set TMPDIR")
    }
    let there = Git(folder: temporary + "/tree", argument: argument)
    let place = ["--git-dir=\(repository)", "--work-tree=."]
    let fault = InputError(.revision, at: argument, "Git couldn't read the files; see what 'git read-tree' reports")
    let names = file.map { ["--", $0] } ?? ["--all"]
    for arguments in [["read-tree", tree], ["checkout-index"] + names] {
      guard try await there.run(place + arguments, index: index).isFine else { throw fault }
    }
  }

  /// - Returns: Git's output, and whether it succeeded.
  /// - Throws: if Git can't be found.
  func run(_ arguments: [String], index: String? = nil) async throws(InputError) -> (output: String, isFine: Bool) {
    do {
      let environment: Environment = index.map { .inherit.updating(["GIT_INDEX_FILE": $0]) } ?? .inherit
      let result = try await Subprocess.run(
        .name("git"), arguments: Arguments(["-C", folder] + arguments), environment: environment,
        output: .string(limit: 1 << 20), error: .discarded)
      return (result.standardOutput, result.terminationStatus.isSuccess)
    } catch {
      throw InputError(.revision, at: argument, "Git can't be run; install it, or compare folders")
    }
  }
}
