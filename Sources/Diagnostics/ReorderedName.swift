/// The candidate that has the words of a name in another order, whatever joins them: `temporal_ordered` for `ordered-temporal`.
///
/// - Returns: nil where no candidate has the same words; of several, the first.
package func reorderedName(of name: String, in candidates: some Sequence<String>) -> String? {
  let words = sortedWords(of: name)
  return words.count > 1 ? candidates.first { sortedWords(of: $0) == words } : nil
}

private func sortedWords(of name: String) -> [Substring] {
  name.lowercased().split { !$0.isLetter && !$0.isNumber }.sorted()
}
