import RuleModel

/// What the first bytes of a raster picture say: its format, and its size in pixels.
struct RasterHeader: Hashable {
  var kind: NotePicture.Kind
  var size: NotePicture.Size

  /// nil for bytes that are no PNG, JPEG, GIF or WebP, or that end before the size.
  init?(of bytes: [UInt8]) {
    let found =
      RasterHeader.png(bytes) ?? RasterHeader.gif(bytes) ?? RasterHeader.webP(bytes) ?? RasterHeader.jpeg(bytes)
    guard let (kind, width, height) = found, width > 0, height > 0 else { return nil }
    (self.kind, size) = (kind, NotePicture.Size(width: width, height: height))
  }

  private typealias Found = (kind: NotePicture.Kind, width: Int, height: Int)

  /// PNG specification, third edition, sections 5.2 and 11.2.1.
  private static func png(_ bytes: [UInt8]) -> Found? {
    let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    guard bytes.count >= 24, bytes.starts(with: start), bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
    return (.png, bigEndian(bytes[16..<20]), bigEndian(bytes[20..<24]))
  }

  /// GIF89a specification, sections 17 and 18.
  private static func gif(_ bytes: [UInt8]) -> Found? {
    guard bytes.count >= 10, bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) else { return nil }
    return (.gif, littleEndian(bytes[6..<8]), littleEndian(bytes[8..<10]))
  }

  /// RFC 9649, sections 2.4 to 2.7; RFC 6386, section 9.1.
  private static func webP(_ bytes: [UInt8]) -> Found? {
    guard bytes.count >= 30, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) else {
      return nil
    }
    switch String(decoding: bytes[12..<16], as: UTF8.self) {
    case "VP8 " where bytes[23..<26].elementsEqual([0x9D, 0x01, 0x2A]):
      return (.webp, littleEndian(bytes[26..<28]) & 0x3FFF, littleEndian(bytes[28..<30]) & 0x3FFF)
    case "VP8L" where bytes[20] == 0x2F:
      let bits = littleEndian(bytes[21..<25])
      return (.webp, bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    case "VP8X": return (.webp, littleEndian(bytes[24..<27]) + 1, littleEndian(bytes[27..<30]) + 1)
    default: return nil
    }
  }

  /// ITU-T T.81, annex B: the size is in the frame's header, after other segments.
  private static func jpeg(_ bytes: [UInt8]) -> Found? {
    guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
    var at = 2
    while at + 9 <= bytes.count, bytes[at] == 0xFF {
      let marker = bytes[at + 1]
      switch marker {
      // A byte that fills up.
      case 0xFF: at += 1
      // Segments without a length.
      case 0x01, 0xD0...0xD7: at += 2
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        return (.jpeg, bigEndian(bytes[(at + 7)..<(at + 9)]), bigEndian(bytes[(at + 5)..<(at + 7)]))
      case 0xD9, 0xDA: return nil
      default: at += 2 + max(2, bigEndian(bytes[(at + 2)..<(at + 4)]))
      }
    }
    return nil
  }

  private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
  private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
