import CZlib

/// Whether bytes start as gzip does (RFC 1952, section 2.3.1).
func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

/// Unpacks gzip, of one member or several.
///
/// - Parameters:
///   - packed: at most 4 GiB, which is what zlib counts to.
///   - limit: in bytes, so that a small file can't fill the memory; reading stops soon after it.
func gunzip(_ packed: [UInt8], limit: Int) throws(ImportError) -> [UInt8] {
  var stream = z_stream()
  let gzipOnly = 16 + MAX_WBITS
  guard inflateInit2_(&stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw ImportError("zlib can't be started; free some memory and try again")
  }
  defer { inflateEnd(&stream) }
  var output: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  let failure = packed.withUnsafeBufferPointer { packed -> ImportError? in
    // zlib's old interface lacks the const; it only reads.
    stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
    stream.avail_in = uInt(packed.count)
    while true {
      let (status, count) = chunk.withUnsafeMutableBufferPointer { room in
        stream.next_out = room.baseAddress
        stream.avail_out = uInt(room.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, room.count - Int(stream.avail_out))
      }
      output += chunk[..<count]
      if output.count > limit { return nil }
      switch status {
      case Z_OK: continue
      case Z_STREAM_END where stream.avail_in > 0: inflateReset(&stream)
      case Z_STREAM_END: return nil
      case Z_BUF_ERROR: return ImportError("the gzip data ends too early; download the file again")
      default: return ImportError("the gzip data is damaged; download the file again")
      }
    }
  }
  if let failure { throw failure }
  return output
}
