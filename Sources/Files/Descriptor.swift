import Glibc

/// Owns an open file.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ open: () -> Int32) throws(FileError) { number = try checked(open) }

  deinit { close(number) }

  /// Closes it, and throws where the system says only then that something couldn't be written.
  consuming func closeAfterWriting() throws(FileError) {
    let result = close(number)
    let code = errno
    discard self
    if result != 0, code != EINTR { throw FileError(code: code) }
  }

  /// All that is to be read until its end.
  func readAll() throws(FileError) -> [UInt8] {
    // One byte more than it has shows its end without reading again.
    let step = max(1 << 12, try status(of: number).size + 1)
    var bytes: [UInt8] = []
    while true {
      var failure: FileError?
      let chunk = [UInt8](unsafeUninitializedCapacity: min(step, 1 << 24)) { buffer, count in
        do throws(FileError) {
          count = try checked { read(number, buffer.baseAddress, buffer.count) }
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    }
  }

  func writeAll(_ bytes: [UInt8]) throws(FileError) { try Files.writeAll(bytes, to: number) }

  /// Whether these bytes and no others are to be read until its end.
  func holds(_ bytes: [UInt8]) throws(FileError) -> Bool {
    var (start, isSame) = (0, true)
    var failure: FileError?
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      bytes.withUnsafeBytes { bytes in
        do throws(FileError) {
          while isSame, start < bytes.count {
            let count = try checked { read(number, buffer.baseAddress, buffer.count) }
            if count == 0 { break }
            // Whole runs at once: byte by byte, comparing was a good part of a build that changes nothing.
            if count <= bytes.count - start, let found = buffer.baseAddress, let expected = bytes.baseAddress {
              isSame = memcmp(found, expected + start, count) == 0
            } else {
              isSame = false
            }
            start += count
          }
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
    return isSame && start == bytes.count
  }
}

/// Writes all of it, in as many steps as the system wants.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(FileError) {
  var start = 0
  while start < bytes.count {
    do throws(FileError) {
      let count = try checked {
        bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start) }
      }
      // Nothing written and no reason given would go on for ever.
      if count == 0 { throw FileError(code: EIO) }
      start += count
    } catch .wouldBlock {
      // A pipe that another program has set not to wait: we do.
      var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = try checked { poll(&ready, 1, -1) }
    }
  }
}

/// Writes to what is there, at its end where it has one: a pipe or a device, or what a link in `/dev` leads to.
package func writeAll(_ bytes: [UInt8], toDevice path: String) throws(FileError) {
  let device = try Descriptor { open(path, O_WRONLY | O_APPEND | O_CLOEXEC) }
  try device.writeAll(bytes)
  try device.closeAfterWriting()
}

/// The bytes of a file that a path leads to, over links too; of a pipe, all that comes.
package func contents(of path: String) throws(FileError) -> [UInt8] {
  try Descriptor { open(path, O_RDONLY | O_CLOEXEC) }.readAll()
}

/// The bytes of a regular file; nil where nothing has the path, or a link or something else has.
package func contents(ofFile path: [CChar]) throws(FileError) -> [UInt8]? {
  do throws(FileError) {
    let file = try Descriptor { open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    guard try status(of: file.number).kind == .file else { return nil }
    return try file.readAll()
  } catch  where [.missing, .notFolder, .isLink, .isSocket].contains(error) {
    return nil
  }
}

/// The path without links and relative parts, absolute.
package func realPath(of path: String) throws(FileError) -> [UInt8] {
  guard let resolved = realpath(path, nil) else { throw FileError(code: errno) }
  defer { free(resolved) }
  return UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map(UInt8.init(bitPattern:))
}

/// Opens what a program expects to be open, where it was started without: a file opened later would else get the number of
/// standard output, and results would be written into it. Output that was closed can still not be written.
package func reserveStandardDescriptors() {
  for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 && errno == EBADF {
    // The lowest number that is free: just this one.
    _ = open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY)
  }
}
