import Diagnostics
import Text

/// Identifies a rule in the catalog, in addresses and in reports: `<dialect>/<slug>`.
package struct RuleKey: Hashable, Sendable {
  package var dialect: Dialect
  /// Only the bytes `A-Z a-z 0-9 . _ -`.
  package var slug: String

  package init(dialect: Dialect, slug: String) {
    self.dialect = dialect
    self.slug = slug
  }

  /// The maximum length in bytes, since slugs become folder names.
  package static let longestSlug = 255

  /// The slug for a file's stem: every byte outside `A-Z a-z 0-9 . _ -` is replaced by `-`.
  package static func slug(ofStem stem: String) -> String {
    let bytes = stem.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        byte
      default: UInt8(ascii: "-")
      }
    }
    // A file name that isn't valid UTF-8 is longer as text than on disk.
    let slug = String(decoding: bytes.prefix(longestSlug), as: UTF8.self)
    // `index.html` is already taken: it is the list of the rules, in the same folder.
    if slug.lowercased() == "index.html" { return slug.replacing(".", with: "-") }
    // `.` and `..` would refer to folders of the site.
    return slug.allSatisfy { $0 == "." } ? "rule" + slug.map { _ in "-" }.joined() : slug
  }
}

extension RuleKey: Comparable, CustomStringConvertible {
  package var description: String { "\(dialect.rawValue)/\(slug)" }

  /// In UTF-8 byte order of the whole key.
  package static func < (left: RuleKey, right: RuleKey) -> Bool {
    if left.dialect != right.dialect { return left.dialect.rawValue < right.dialect.rawValue }
    return inByteOrder(left.slug, right.slug)
  }
}
