import RuleModel
import Text

/// What a rule's key depends on besides the other rules.
struct KeyParts {
  /// From the file's stem.
  var key: RuleKey
  var id: String?
  var document: Int
  var path: String

  init(of rule: RuleDraft) {
    (key, id, document, path) = (rule.key, rule.id, rule.source.document, rule.source.path)
  }
}

extension KeyParts: Equatable {
  /// By bytes: texts that Swift takes to be equal may have different hashes and slugs.
  static func == (left: KeyParts, right: KeyParts) -> Bool {
    left.key == right.key && left.document == right.document && byteOrder(left.path, right.path) == 0
      && (left.id == nil) == (right.id == nil) && byteOrder(left.id ?? "", right.id ?? "") == 0
  }
}

/// The keys of a catalog's rules. Finding them takes a look at all rules together, and so they are kept for rules of the same parts.
struct UniqueKeys {
  private(set) var parts: [KeyParts] = []
  /// Of each rule.
  private(set) var keys: [RuleKey] = []
  /// The rules by key.
  private(set) var order: [Int] = []

  /// Nothing is kept yet.
  init() {}

  /// Gives each rule a key of its own, by the contract's steps, whatever the order of the files: the stem; where rules share it
  /// (ignoring case), the first eight characters of the id as well; where that isn't enough, the document's number; and where
  /// even that is shared, the source's hash.
  init(of parts: [KeyParts]) {
    var slugs = parts.map(\.key.slug)
    let steps: [(KeyParts, String) -> String] = [
      { rule, slug in
        joined(slug, rule.id.map { RuleKey.slug(ofStem: String($0.unicodeScalars.prefix(8))) } ?? "\(rule.document)")
      },
      { rule, slug in rule.id == nil ? slug : joined(slug, "\(rule.document)") },
      { rule, slug in joined(slug, stableHash(of: rule.path)) },
    ]
    for step in steps {
      let shared = sharing(slugs, parts)
      if shared.isEmpty { break }
      for index in shared { slugs[index] = step(parts[index], slugs[index]) }
    }
    let keys = parts.indices.map { RuleKey(dialect: parts[$0].key.dialect, slug: slugs[$0]) }
    self.parts = parts
    self.keys = keys
    order = keys.indices.sorted { keys[$0] < keys[$1] }
  }
}

/// A slug and what tells it from others; a long one gives way, so that a folder can have the name.
private func joined(_ slug: String, _ suffix: String) -> String {
  "\(slug.prefix(RuleKey.longestSlug - suffix.utf8.count - 1))-\(suffix)"
}

/// The rules whose slug another rule of their dialect has, too.
private func sharing(_ slugs: [String], _ rules: [KeyParts]) -> [Int] {
  var count: [RuleKey: Int] = [:]
  let names = rules.indices.map { RuleKey(dialect: rules[$0].key.dialect, slug: slugs[$0].lowercased()) }
  for name in names { count[name, default: 0] += 1 }
  return names.indices.filter { (count[names[$0]] ?? 0) > 1 }
}
