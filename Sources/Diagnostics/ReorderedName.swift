/// The candidate that has the same words as a name in a different order, with any separators: `temporal_ordered` for
/// `ordered-temporal`.
///
/// - Returns: the first such candidate; nil if there is none.
package func reorderedName(of name: String, in candidates: some Sequence<String>) -> String? {
  let words = sortedWords(of: name)
  return words.count > 1 ? candidates.first { sortedWords(of: $0) == words } : nil
}

private func sortedWords(of name: String) -> [Substring] {
  name.lowercased().split { !$0.isLetter && !$0.isNumber }.sorted()
}
