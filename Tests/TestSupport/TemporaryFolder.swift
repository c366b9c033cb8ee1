import Glibc

/// A folder of a test's own, which goes with the value.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/ruledex-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { preconditionFailure("no temporary folder can be made") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { TemporaryFolder.remove(path) }

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

  public func makeFolder(_ name: String) { makeFolders(above: name + "/x") }

  public func makeLink(_ name: String, to target: String) {
    makeFolders(above: name)
    symlink(target, self(name))
  }

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

  /// What a folder holds, sorted, hidden names included.
  public func names(in name: String = "") -> [String] {
    guard let stream = opendir(self(name)) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
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
    for part in name.split(separator: "/").dropLast() {
      current += "/" + part
      mkdir(current, 0o700)
    }
  }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      closedir(stream)
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
