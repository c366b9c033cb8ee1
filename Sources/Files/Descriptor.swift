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

  /// All bytes until its end.
  func readAll() throws(FileError) -> [UInt8] {
    // One byte more than it has reaches its end.
    let step = min(max(1 << 12, try status(of: number).size + 1), 1 << 24)
    var bytes = try read(upTo: step)
    var isAtEnd = bytes.count < step
    while !isAtEnd {
      let chunk = try read(upTo: step)
      bytes += chunk
      isAtEnd = chunk.count < step
    }
    return bytes
  }

  /// So many bytes, or fewer where its end comes first.
  func read(upTo capacity: Int) throws(FileError) -> [UInt8] {
    try bytes(capacity) { buffer, count throws(FileError) in
      while count < capacity {
        let got = try read(into: buffer, from: count)
        if got == 0 { return }
        count += got
      }
    }
  }

  /// What one call gives.
  func readOnce(upTo capacity: Int) throws(FileError) -> [UInt8] {
    try bytes(capacity) { buffer, count throws(FileError) in count = try read(into: buffer, from: 0) }
  }

  private func read(into buffer: UnsafeMutableBufferPointer<UInt8>, from start: Int) throws(FileError) -> Int {
    try checked { Glibc.read(number, buffer.baseAddress.map { $0 + start }, buffer.count - start) }
  }

  private func bytes(
    _ capacity: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>, inout Int) throws(FileError) -> Void
  ) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      do throws(FileError) { try fill(buffer, &count) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
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
            let count = try checked { Glibc.read(number, buffer.baseAddress, buffer.count) }
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
func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(FileError) {
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
