import RuleModel
import Templates

/// Where a page of the site is: its path from the site's root, `index.html` written out.
struct Address: Hashable, Sendable {
  /// Its parts, the file's name last; each as it is, not percent-encoded.
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

  /// The list of rules of a dialect, or of all.
  ///
  /// - Parameter part: 1 for the list's first page, from 2 for those that go on with it, which are where no rule's folder can be.
  static func rules(of dialect: Dialect?, part: Int = 1) -> Address {
    if part > 1 { return Address(parts: ["rules", "\(dialect?.rawValue ?? "all")-\(part).html"]) }
    return Address(parts: ["rules"] + [dialect?.rawValue].compactMap { $0 } + ["index.html"])
  }
  static func rule(_ key: RuleKey) -> Address {
    Address(parts: ["rules", key.dialect.rawValue, key.slug, "index.html"])
  }

  /// What the matrix's filters count with.
  static let matrixScript = Address(parts: ["assets", "matrix.js"])
  static let matrix = Address(parts: ["attack", "index.html"])
  static func technique(_ id: TechniqueID) -> Address { Address(parts: ["attack", id.description, "index.html"]) }
  static func tactic(_ id: AttackObjectID) -> Address {
    Address(parts: ["attack", "tactics", id.description, "index.html"])
  }

  static let coverage = Address(parts: ["coverage", "index.html"])
  static let events = Address(parts: ["events", "index.html"])
  static let logSources = Address(parts: ["logsources", "index.html"])
  static let fields = Address(parts: ["fields", "index.html"])
  /// - Parameters:
  ///   - slug: from a ``SlugTable``.
  ///   - part: 1 for the field's page, from 2 for those that go on with its values.
  static func field(_ slug: String, part: Int = 1) -> Address {
    Address(parts: ["fields", slug, part == 1 ? "index.html" : "values-\(part).html"])
  }
  static let indicators = Address(parts: ["indicators", "index.html"])
  static let duplicates = Address(parts: ["indicators", "duplicates.html"])

  static let pictures = Address(parts: ["pictures.html"])
  static func picture(_ name: String) -> Address { Address(parts: ["assets", "pictures", "\(name).svg"]) }
  static let lint = Address(parts: ["lint.html"])
  /// Where the findings go on that `lint.html` has no room for.
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
    // A name that isn't UTF-8 is longer as text than it was on the disk; its end keeps what kind of file it is.
    let shown =
      name.utf8.count <= RuleKey.longestSlug ? name : String(name.unicodeScalars.suffix(RuleKey.longestSlug / 4))
    return Address(parts: ["rules", rule.key.dialect.rawValue, rule.key.slug, shown])
  }

  /// The rule for programs, beside its page.
  static func ruleXML(of key: RuleKey) -> Address {
    Address(parts: ["rules", key.dialect.rawValue, key.slug, "rule.xml"])
  }

  /// How a page leads to another one: relative, so that the site works at any address and from the disk.
  func link(to target: Address, fragment: String? = nil) -> Link {
    Link(relative: path(to: target), fragment: fragment)
  }

  /// The search, with a query in its box.
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
