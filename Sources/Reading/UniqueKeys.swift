import RuleModel
import Text

/// Gives each rule a key of its own, by the contract's steps, whatever the order of the files: the stem; where rules share it
/// (ignoring case), the first eight characters of the id as well; where that isn't enough, the document's number; and where
/// even that is shared, the source's hash.
///
/// - Returns: by key.
func withUniqueKeys(_ rules: [RuleDraft]) -> [Rule] {
  var slugs = rules.map(\.key.slug)
  let steps: [(RuleDraft, String) -> String] = [
    { rule, slug in
      joined(
        slug, rule.id.map { RuleKey.slug(ofStem: String($0.unicodeScalars.prefix(8))) } ?? "\(rule.source.document)")
    },
    { rule, slug in rule.id == nil ? slug : joined(slug, "\(rule.source.document)") },
    { rule, slug in joined(slug, stableHash(of: rule.source.path)) },
  ]
  for step in steps {
    let shared = sharing(slugs, rules)
    if shared.isEmpty { break }
    for index in shared { slugs[index] = step(rules[index], slugs[index]) }
  }
  let keys = rules.indices.map { RuleKey(dialect: rules[$0].key.dialect, slug: slugs[$0]) }
  return keys.indices.sorted { keys[$0] < keys[$1] }.map { Rule(rules[$0], key: keys[$0]) }
}

/// A slug and what tells it from others; a long one gives way, so that a folder can have the name.
private func joined(_ slug: String, _ suffix: String) -> String {
  "\(slug.prefix(RuleKey.longestSlug - suffix.utf8.count - 1))-\(suffix)"
}

/// The rules whose slug another rule of their dialect has, too.
private func sharing(_ slugs: [String], _ rules: [RuleDraft]) -> [Int] {
  var count: [RuleKey: Int] = [:]
  let names = rules.indices.map { RuleKey(dialect: rules[$0].key.dialect, slug: slugs[$0].lowercased()) }
  for name in names { count[name, default: 0] += 1 }
  return names.indices.filter { (count[names[$0]] ?? 0) > 1 }
}
