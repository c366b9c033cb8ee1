package import Diagnostics

/// Checks on the search for files.
extension CheckID {
  package static let fileUnreadable = CheckID(
    "file-unreadable", .error,
    "The file or folder could not be read. Check that it exists and that you may read it.")
  package static let fileNotRegular = CheckID(
    "file-not-regular", .warning,
    "Pipes, sockets and devices are never opened. Remove it from the folder, or leave it out with `exclude`.")
  package static let linkOutside = CheckID(
    "link-outside", .warning,
    "The link leads out of the given folder and is not followed. Give its target as a path of its own.")
  package static let linkDangling = CheckID(
    "link-dangling", .warning,
    "The link leads nowhere. Remove it, or restore what it pointed at.")
  package static let folderCycle = CheckID(
    "folder-cycle", .warning,
    "The link leads back to a folder above it and is not followed. Remove it.")
  package static let siteFolder = CheckID(
    "site-folder", .note,
    "The folder is a site that Ruledex made, with copies of rules, and isn't read. If it holds rules of your own, remove its `.ruledex-manifest.json`."
  )
  package static let companionDuplicate = CheckID(
    "companion-duplicate", .warning,
    "Two files define different things of one kind and name, such as a macro. Each rule uses the one whose folder is nearest to its own. Rename or remove one of them."
  )
  package static let configuration = CheckID(
    "configuration", .error,
    "The configuration is malformed. See the README for its keys.")
}
