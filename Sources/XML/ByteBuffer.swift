/// Bytes that grow at the end: what pages are rendered into. It is kept and reused, so that its memory is asked for
/// once.
///
/// The only place where memory is written by address: every write goes through ``reserve(_:)``, which checks the size.
@usableFromInline package struct ByteBuffer: ~Copyable {
  @usableFromInline package var start: UnsafeMutablePointer<UInt8>
  @usableFromInline package var capacity: Int
  /// How many bytes have been written.
  @usableFromInline package var length: Int

  /// - Parameter capacity: in bytes; it grows when more are written.
  package init(capacity: Int = 4096) {
    self.capacity = max(capacity, 16)
    start = .allocate(capacity: self.capacity)
    length = 0
  }

  deinit { start.deallocate() }

  @inlinable package var count: Int { length }

  /// A copy of what has been written.
  package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: length)) }

  /// Lends what has been written, for instance to write it to a file.
  package func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// Forgets what has been written and keeps the memory.
  package mutating func removeAll() { length = 0 }

  /// Makes room for more bytes, and gives the place where they go; ``length`` is for the caller to move on.
  @inlinable
  package mutating func reserve(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if more > capacity - length { grow(by: more) }
    return start + length
  }

  @usableFromInline
  package mutating func grow(by more: Int) {
    capacity = max(capacity * 2, length + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: length)
    start.deallocate()
    start = larger
  }

  @inlinable
  package mutating func append(_ byte: UInt8) {
    reserve(1).pointee = byte
    length += 1
  }

  @inlinable
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count).update(from: source, count: bytes.count)
    length += bytes.count
  }

  package mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { append($0) }
  }

  /// Appends the text as it is, without escapes.
  package mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append($0) }
  }

  /// Puts a byte before what is at an offset.
  package mutating func insert(_ byte: UInt8, at offset: Int) {
    precondition((0...length).contains(offset), "the offset is one of this buffer")
    _ = reserve(1)
    let place = start + offset
    (place + 1).update(from: place, count: length - offset)
    place.pointee = byte
    length += 1
  }

  /// The byte at an offset, or nil past the end.
  package func byte(at offset: Int) -> UInt8? { offset >= 0 && offset < length ? start[offset] : nil }
}
