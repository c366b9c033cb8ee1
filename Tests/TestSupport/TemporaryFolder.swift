import Glibc

/// A folder of a test's own, which goes with the value.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/ruledex-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { preconditionFailure("no temporary folder can be made") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { TemporaryFolder.remove(Array(path.utf8)) }

  /// A path below the folder.
  public func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes a file, and the folders above it.
  public func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  public func write(_ bytes: [UInt8], to name: String) {
    makeFolders(above: name)
    guard let file = fopen(self(name), "w") else { preconditionFailure("\(name) can't be written") }
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, bytes.count, file) }
    fclose(file)
  }

  /// Whether a path whose bytes needn't be text leads to something.
  public func exists(bytes name: [UInt8]) -> Bool {
    access(TemporaryFolder.cString(Array((path + "/").utf8) + name), F_OK) == 0
  }

  /// Writes a file whose name isn't text.
  public func write(_ text: String, toBytes name: [UInt8]) {
    guard let file = fopen(TemporaryFolder.cString(Array((path + "/").utf8) + name), "w") else {
      preconditionFailure("the file can't be written")
    }
    fputs(text, file)
    fclose(file)
  }

  public func makeFolder(_ name: String) { makeFolders(above: name + "/x") }

  public func makeLink(_ name: String, to target: String) {
    makeFolders(above: name)
    symlink(target, self(name))
  }

  public func rename(_ name: String, to new: String) { _ = Glibc.rename(self(name), self(new)) }

  public func makePipe(_ name: String) {
    makeFolders(above: name)
    mkfifo(self(name), 0o600)
  }

  /// The text of a file; nil where there is none.
  public func read(_ name: String) -> String? {
    TemporaryFolder.bytes(of: self(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  public func exists(_ name: String) -> Bool { access(self(name), F_OK) == 0 }

  /// The time of the last change and the number of the inode.
  public func identity(of name: String) -> [Int] {
    var status = stat()
    guard lstat(self(name), &status) == 0 else { return [] }
    return [Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
  }

  /// What the system knows of a file or a folder that its user cares for: mode, owner, group, and when it was changed last.
  public func attributes(of name: String) -> [Int] {
    var status = stat()
    guard lstat(self(name), &status) == 0 else { return [] }
    return [
      Int(status.st_mode), Int(status.st_uid), Int(status.st_gid), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
    ]
  }

  /// What a folder holds, sorted, hidden names included.
  public func names(in name: String = "") -> [String] { TemporaryFolder.names(in: self(name)) }

  private static func names(in folder: String) -> [String] {
    entries(of: Array(folder.utf8)).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  /// As bytes, since names needn't be UTF-8.
  private static func entries(of folder: [UInt8]) -> [[UInt8]] {
    guard let stream = opendir(cString(folder)) else { return [] }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      names.append(withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) })
    }
    return names.filter { $0 != Array(".".utf8) && $0 != Array("..".utf8) }
  }

  private static func cString(_ path: [UInt8]) -> [CChar] { path.map(CChar.init(bitPattern:)) + [0] }

  /// All files below a folder by their paths in it, with what they hold; links and pipes left out.
  public func contents(of name: String = "") -> [String: [UInt8]] {
    TemporaryFolder.contents(of: name.isEmpty ? path : self(name))
  }

  public static func contents(of folder: String) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    forEachFile(in: folder, below: "") { contents[$0] = bytes(of: folder + "/" + $0) }
    return contents
  }

  private static func forEachFile(in folder: String, below relative: String, _ body: (String) -> Void) {
    for name in names(in: folder + "/" + relative) {
      let path = relative.isEmpty ? name : relative + "/" + name
      var status = stat()
      guard lstat(folder + "/" + path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { forEachFile(in: folder, below: path, body) }
      if status.st_mode & S_IFMT == S_IFREG { body(path) }
    }
  }

  public static func bytes(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  private func makeFolders(above name: String) {
    var current = path
    // By bytes: a slash and an accent after it are one character.
    for part in name.utf8.split(separator: UInt8(ascii: "/")).dropLast() {
      current += "/" + String(decoding: part, as: UTF8.self)
      mkdir(current, 0o700)
    }
  }

  private static func remove(_ path: [UInt8]) {
    var status = stat()
    guard lstat(cString(path), &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(cString(path))
      return
    }
    for name in entries(of: path) { remove(path + [UInt8(ascii: "/")] + name) }
    rmdir(cString(path))
  }
}
