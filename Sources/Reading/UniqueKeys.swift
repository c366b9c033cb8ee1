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
  /// number; and if even that is shared, the source's hash. Rules whose keys still collide get
  /// a number.
  init(of parts: [KeyParts]) {
    var suffixes = [[String]](repeating: [], count: parts.count)
    var slugs = parts.map(\.key.slug)
    let steps: [(KeyParts) -> String?] = [
      { rule in rule.id.map { RuleKey.slug(ofStem: String($0.unicodeScalars.prefix(8))) } ?? "\(rule.document)" },
      { rule in rule.id == nil ? nil : "\(rule.document)" },
      { rule in stableHash(of: rule.path) },
    ]
    for step in steps {
      let shared = sharing(slugs, parts)
      if shared.isEmpty { break }
      for index in shared {
        if let suffix = step(parts[index]) { suffixes[index].append(suffix) }
        slugs[index] = slug(of: parts[index], suffixes[index])
      }
    }
    numberTheRest(parts, suffixes, &slugs)
    let keys = parts.indices.map { RuleKey(dialect: parts[$0].key.dialect, slug: slugs[$0]) }
    self.parts = parts
    self.keys = keys
    order = keys.indices.sorted { keys[$0] < keys[$1] }
  }
}

/// A slug with the suffixes that make it unique; a long stem is cut so that a folder can have the name.
private func slug(of rule: KeyParts, _ suffixes: [String]) -> String {
  let end = suffixes.map { "-" + $0 }.joined()
  return rule.key.slug.prefix(max(0, RuleKey.longestSlug - end.utf8.count)) + end
}

/// Numbers the rules that still share their slug, in the order of their paths.
private func numberTheRest(_ parts: [KeyParts], _ suffixes: [[String]], _ slugs: inout [String]) {
  var number = 2
  while case let shared = sharing(slugs, parts), !shared.isEmpty {
    let sorted = shared.sorted { left, right in
      let order = byteOrder(parts[left].path, parts[right].path)
      return order == 0 ? parts[left].document < parts[right].document : order < 0
    }
    for index in sorted {
      slugs[index] = slug(of: parts[index], suffixes[index] + ["\(number)"])
      number += 1
    }
  }
}

/// The rules that share their slug with another rule of their dialect.
private func sharing(_ slugs: [String], _ rules: [KeyParts]) -> [Int] {
  var count: [RuleKey: Int] = [:]
  let names = rules.indices.map { RuleKey(dialect: rules[$0].key.dialect, slug: slugs[$0].lowercased()) }
  for name in names { count[name, default: 0] += 1 }
  return names.indices.filter { (count[names[$0]] ?? 0) > 1 }
}
