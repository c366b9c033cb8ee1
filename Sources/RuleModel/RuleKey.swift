import Diagnostics
import Text

/// What names a rule in the catalog, its addresses and its reports: `<dialect>/<slug>`.
package struct RuleKey: Hashable, Sendable {
  package var dialect: Dialect
  /// Of the bytes `A-Z a-z 0-9 . _ -` only.
  package var slug: String

  package init(dialect: Dialect, slug: String) {
    self.dialect = dialect
    self.slug = slug
  }

  /// So many bytes may a name have that becomes a folder's.
  package static let longestSlug = 255

  /// The slug of a file's stem: every byte outside `A-Z a-z 0-9 . _ -` is replaced by `-`.
  package static func slug(ofStem stem: String) -> String {
    let bytes = stem.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        byte
      default: UInt8(ascii: "-")
      }
    }
    // A name that is no UTF-8 is longer as text than it was on the disk.
    let slug = String(decoding: bytes.prefix(longestSlug), as: UTF8.self)
    // Their list is beside the rules' folders.
    if slug.lowercased() == "index.html" { return slug.replacing(".", with: "-") }
    // `.` and `..` would be folders of the site, not names in it.
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
