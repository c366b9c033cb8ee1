import RuleModel
import Testing

/// The smallest pictures of each format, byte by byte; what their pixels show doesn't matter.
enum SmallPictures {
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var kind: NotePicture.Kind
    var width: Int
    var height: Int
    var bytes: [UInt8]

    var testDescription: String { name }
  }

  static let png = png(width: 3, height: 2)

  /// As far as its header, which is all that is looked at.
  static func png(width: Int, height: Int) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) } }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + number(width)
      + number(height) + [8, 2, 0, 0, 0]
  }

  private static func webP(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP\(kind)".utf8) + [0, 0, 0, 0] + data + [0, 0, 0, 0, 0]
  }

  static let all: [Sample] = [
    Sample(name: "PNG", kind: .png, width: 3, height: 2, bytes: png),
    Sample(name: "GIF87a", kind: .gif, width: 258, height: 2, bytes: Array("GIF87a".utf8) + [2, 1, 2, 0, 0, 0, 0]),
    Sample(name: "GIF89a", kind: .gif, width: 3, height: 2, bytes: Array("GIF89a".utf8) + [3, 0, 2, 0, 0, 0, 0]),
    Sample(
      name: "JPEG", kind: .jpeg, width: 3, height: 2,
      bytes: [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xFF, 0xC0, 0, 17, 8, 0, 2, 0, 3, 3, 0]),
    Sample(
      name: "progressive JPEG", kind: .jpeg, width: 259, height: 2,
      bytes: [0xFF, 0xD8, 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xC2, 0, 17, 8, 0, 2, 1, 3, 3, 0]),
    Sample(
      name: "lossy WebP", kind: .webp, width: 3, height: 2,
      bytes: webP("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 3, 0, 2, 0x40])),
    // 14 bits each: the width less one, then the height less one.
    Sample(name: "lossless WebP", kind: .webp, width: 3, height: 2, bytes: webP("VP8L", [0x2F, 0x02, 0x40, 0, 0, 0])),
    Sample(
      name: "extended WebP", kind: .webp, width: 3, height: 2, bytes: webP("VP8X", [0, 0, 0, 0, 2, 0, 0, 1, 0, 0])),
    Sample(
      name: "SVG", kind: .svg, width: 30, height: 20,
      bytes: Array(#"<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20px"/>"#.utf8)),
    Sample(
      name: "SVG by its box", kind: .svg, width: 30, height: 20,
      bytes: Array(#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>"#.utf8)),
  ]
}
