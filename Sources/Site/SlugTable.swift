import RuleModel
import Text

/// Names of things as parts of addresses: unique, whatever the order of the names, on case-sensitive and
/// case-insensitive file systems.
struct SlugTable: Sendable {
  private let slugs: [String: String]

  /// - Parameter names: without duplicates.
  init(_ names: some Sequence<String>) {
    var byFolded: [String: [String]] = [:]
    for name in names { byFolded[SlugTable.plain(name).lowercased(), default: []].append(name) }
    slugs = byFolded.values.reduce(into: [:]) { slugs, sharing in
      for name in sharing {
        let plain = SlugTable.plain(name)
        slugs[name] = sharing.count == 1 ? plain : "\(plain)-\(stableHash(of: name))"
      }
    }
  }

  /// nil for a name that the table wasn't built with.
  subscript(name: String) -> String? { slugs[name] }

  /// Like slugs of rules, cut to a length that file systems accept; `*`, and a name of which nothing is left, get a
  /// word.
  private static func plain(_ name: String) -> String {
    if name == "*" { return "any" }
    let slug = String(RuleKey.slug(ofStem: name).prefix(120))
    return slug.utf8.allSatisfy { $0 == UInt8(ascii: "-") } || slug == "index.html" ? "name\(slug)" : slug
  }
}
