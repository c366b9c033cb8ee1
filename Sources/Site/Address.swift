import RuleModel
import Templates

/// The location of a page: its path from the site's root, with `index.html` written out.
struct Address: Hashable, Sendable {
  /// The path's components, the file name last; unencoded.
  var parts: [String]

  var path: String { parts.joined(separator: "/") }

  static let home = Address(parts: ["index.html"])
  static let rules = Address(parts: ["rules", "index.html"])
  static let catalogJSON = Address(parts: ["catalog.json"])
  static let catalogXML = Address(parts: ["catalog.xml"])
  static let feed = Address(parts: ["feed.xml"])
  static let styleSheet = Address(parts: ["assets", "style.css"])
  static let attackLicence = Address(parts: ["assets", SiteBuilder.attackLicence])
  static let script = Address(parts: ["assets", "site.js"])

  static let search = Address(parts: ["search.html"])
  static func asset(_ name: String) -> Address { Address(parts: ["assets", name]) }

  /// The list of rules of a dialect, or of all dialects.
  ///
  /// - Parameter part: 1 for the list's first page, 2 and up for its continuations, whose paths can't clash with a
  ///   rule's folder.
  static func rules(of dialect: Dialect?, part: Int = 1) -> Address {
    if part > 1 { return Address(parts: ["rules", "\(dialect?.rawValue ?? "all")-\(part).html"]) }
    return Address(parts: ["rules"] + [dialect?.rawValue].compactMap { $0 } + ["index.html"])
  }
  static func rule(_ key: RuleKey) -> Address {
    Address(parts: ["rules", key.dialect.rawValue, key.slug, "index.html"])
  }

  /// The data that the matrix's filters count with.
  static let matrixScript = Address(parts: ["assets", "matrix.js"])
  static let matrix = Address(parts: ["attack", "index.html"])
  static func technique(_ id: TechniqueID) -> Address { Address(parts: ["attack", id.description, "index.html"]) }
  static func tactic(_ id: AttackObjectID) -> Address {
    Address(parts: ["attack", "tactics", id.description, "index.html"])
  }

  static let coverage = Address(parts: ["coverage", "index.html"])
  /// A list of the review in full.
  ///
  /// - Parameter part: from 1.
  static func coverage(_ list: ReviewList, part: Int = 1) -> Address {
    Address(parts: ["coverage", part == 1 ? "\(list.rawValue).html" : "\(list.rawValue)-\(part).html"])
  }
  static let events = Address(parts: ["events", "index.html"])
  static let logSources = Address(parts: ["logsources", "index.html"])
  static let fields = Address(parts: ["fields", "index.html"])
  /// - Parameters:
  ///   - slug: from a ``SlugTable``.
  ///   - part: 1 for the field's page, 2 and up for the pages that continue its values.
  static func field(_ slug: String, part: Int = 1) -> Address {
    Address(parts: ["fields", slug, part == 1 ? "index.html" : "values-\(part).html"])
  }
  static let indicators = Address(parts: ["indicators", "index.html"])
  static let duplicates = Address(parts: ["indicators", "duplicates.html"])

  static let pictures = Address(parts: ["pictures.html"])
  static func picture(_ name: String) -> Address { Address(parts: ["assets", "pictures", "\(name).svg"]) }
  static let lint = Address(parts: ["lint.html"])
  /// The pages for findings that don't fit on `lint.html`.
  ///
  /// - Parameters:
  ///   - name: a check's identifier; `rules` for the list by rule.
  ///   - part: from 1.
  static func lint(_ name: String, part: Int) -> Address {
    Address(parts: ["lint", part == 1 ? "\(name).html" : "\(name)-\(part).html"])
  }

  /// The copy of a rule's file beside its page.
  static func body(of rule: Rule) -> Address {
    let name = rule.source.fileName
    // A name that isn't UTF-8 is longer as text than on disk; its end is kept because it shows the file's type.
    let shown =
      name.utf8.count <= RuleKey.longestSlug ? name : String(name.unicodeScalars.suffix(RuleKey.longestSlug / 4))
    return Address(parts: ["rules", rule.key.dialect.rawValue, rule.key.slug, shown])
  }

  /// The rule for programs, beside its page.
  static func ruleXML(of key: RuleKey) -> Address {
    Address(parts: ["rules", key.dialect.rawValue, key.slug, "rule.xml"])
  }

  /// A link from one page to another: relative, so that the site works at any address and from disk.
  func link(to target: Address, fragment: String? = nil) -> Link {
    Link(relative: path(to: target), fragment: fragment)
  }

  /// A link to the search page, with a query in its box.
  func link(toSearchFor query: String) -> Link {
    Link(relative: path(to: .search), query: (name: "q", text: query))
  }

  private func path(to target: Address) -> String {
    var shared = 0
    while shared < parts.count - 1, shared < target.parts.count - 1, parts[shared] == target.parts[shared] {
      shared += 1
    }
    var path = String(repeating: "../", count: parts.count - 1 - shared) + target.parts[shared]
    for part in target.parts[(shared + 1)...] {
      path += "/"
      path += part
    }
    return path
  }
}
