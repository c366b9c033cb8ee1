import RuleModel
import Text

/// What a rule's key depends on besides the other rules.
struct KeyParts {
  /// Made from the file's stem.
  var key: RuleKey
  var id: String?
  var document: Int
  var path: String

  init(of rule: RuleDraft) {
    (key, id, document, path) = (rule.key, rule.id, rule.source.document, rule.source.path)
  }
}

extension KeyParts: Equatable {
  /// Compares bytes: strings that Swift considers equal may have different hashes and slugs.
  static func == (left: KeyParts, right: KeyParts) -> Bool {
    left.key == right.key && left.document == right.document && byteOrder(left.path, right.path) == 0
      && (left.id == nil) == (right.id == nil) && byteOrder(left.id ?? "", right.id ?? "") == 0
  }
}

/// The keys of a catalog's rules. Computing them takes all rules together, so they are kept as long as the rules' parts
/// are the same.
struct UniqueKeys {
  private(set) var parts: [KeyParts] = []
  /// The key of each rule.
  private(set) var keys: [RuleKey] = []
  /// The rules sorted by key.
  private(set) var order: [Int] = []

  /// Empty, before the first reading.
  init() {}

  /// Gives each rule a unique key by the contract's steps, regardless of the order of the files: the stem; if rules
  /// share it (ignoring case), the first eight characters of the id as well; if that isn't enough, the document's
  /// number; and if even that is shared, the source's hash.
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

/// A slug with the suffix that makes it unique; a long slug is cut so that a folder can have the name.
private func joined(_ slug: String, _ suffix: String) -> String {
  "\(slug.prefix(RuleKey.longestSlug - suffix.utf8.count - 1))-\(suffix)"
}

/// The rules that share their slug with another rule of their dialect.
private func sharing(_ slugs: [String], _ rules: [KeyParts]) -> [Int] {
  var count: [RuleKey: Int] = [:]
  let names = rules.indices.map { RuleKey(dialect: rules[$0].key.dialect, slug: slugs[$0].lowercased()) }
  for name in names { count[name, default: 0] += 1 }
  return names.indices.filter { (count[names[$0]] ?? 0) > 1 }
}
