import Glibc

/// A folder below the system's folder for temporary files, which is removed with the value.
package struct ScratchFolder: ~Copyable {
  package let path: SystemPath

  /// Where such folders are made: `TMPDIR`, or `/tmp`.
  package static var parent: String {
    environmentVariable("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }

  package init() throws(FileError) {
    // mkdtemp(3) replaces the six letters at the end, so that nothing has the name yet.
    let placeholder = String(repeating: "X", count: 6)
    var template = Array("\(ScratchFolder.parent)/ruledex-\(placeholder)".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(code: errno) }
    path = SystemPath(template.dropLast().map(UInt8.init(bitPattern:)))
  }

  // What can't be removed is the system's to clear.
  deinit { try? removeTree(path) }
}
