import QueryLanguages
import RuleModel

/// The entries of a rule's section `meta`. Their keys are free, so that each is looked for under several names.
struct RuleMeta {
  let entries: [YARALRule.Entry]
  /// The first entry of each key that has a value; keys are in lower case.
  private let places: [String: Int]
  /// The indices of the entries that have been read.
  private(set) var used: Set<Int> = []

  init(_ entries: [YARALRule.Entry]) {
    self.entries = entries
    places = Dictionary(
      entries.enumerated().filter { $1.value.contains { !$0.isWhitespace } }.map { ($1.key.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The first of these keys that has a value, in any case.
  func text(of keys: [String]) -> String? { index(of: keys).map { entries[$0].value } }

  /// The entry, which counts as read.
  mutating func take(_ keys: [String]) -> YARALRule.Entry? {
    guard let index = index(of: keys) else { return nil }
    used.insert(index)
    return entries[index]
  }

  /// All entries with such keys, which count as read.
  mutating func takeAll(where isWanted: (_ key: String) -> Bool) -> [YARALRule.Entry] {
    entries.indices.filter { !used.contains($0) && isWanted(entries[$0].key.lowercased()) }.map { index in
      used.insert(index)
      return entries[index]
    }
  }

  private func index(of keys: [String]) -> Int? { keys.lazy.compactMap { places[$0] }.first }
}
