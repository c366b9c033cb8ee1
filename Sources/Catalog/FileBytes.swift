import Documents
import Glibc

/// What a file holds, and by what it is known again; ``FileIdentity/init(settled:)`` says when it can't be.
struct FileContents {
  var bytes: [UInt8]
  var identity: FileIdentity?
}

/// Reads a file that is regular and within the limit; never waits for a pipe.
///
/// - Parameter limit: in bytes.
/// - Throws: why it can't be read, as a fault of the whole file.
func contents(of file: FoundFile, limit: Int) throws(DocumentError) -> FileContents {
  func fault(_ message: String) -> DocumentError { DocumentError(.fileUnreadable, at: nil, message) }
  let descriptor = open(file.osPath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else { throw fault("\(reason(errno)); allow reading it or exclude it") }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw fault("it is no regular file any more; look what replaced it")
  }
  guard status.st_size <= limit else {
    throw DocumentError(
      .fileTooLarge, at: nil,
      "the file has \(status.st_size) bytes, more than the \(limit) that are read; split it or exclude it")
  }
  let identity = FileIdentity(settled: status)
  // One byte more tells a file that grows meanwhile from one that ends here.
  let capacity = Int(status.st_size) + 1
  var failure: Int32 = 0
  let content = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    while count < capacity {
      let got = read(descriptor, buffer.baseAddress.map { $0 + count }, capacity - count)
      if got < 0 && errno == EINTR { continue }
      if got < 0 { failure = errno }
      if got <= 0 { return }
      count += got
    }
  }
  if failure != 0 { throw fault("\(reason(failure)); check the disk") }
  if content.count == capacity { throw fault("the file grows while it is read; try again") }
  return FileContents(bytes: content, identity: identity)
}
