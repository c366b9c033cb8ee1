import RuleModel

/// A query of a hunt. The hunt lists the languages of all of its queries without saying which is which, but a query's
/// first word shows it.
struct HuntQuery {
  let language: QueryLanguage
  /// The query's offset in its text: some texts begin with a line that names a language, as in Markdown code blocks.
  let start: Int

  /// - Parameter languages: the languages of the hunt's queries.
  init(_ text: ArraySlice<UInt8>, among languages: [QueryLanguage]) {
    var (word, end) = HuntQuery.firstWord(of: text)
    if HuntQuery.labels.contains(word), text[end...].first.map({ $0 == 0x0A || $0 == 0x0D }) ?? false {
      start = end - text.startIndex
      (word, end) = HuntQuery.firstWord(of: text[end...])
    } else {
      start = 0
    }
    language =
      switch word {
      case "select", "with": .sql
      case "from", "row", "ts", "show": .esql
      case "sequence", "sample", "join": .eql
      default: languages.count == 1 ? languages[0] : .eql
      }
  }

  private static let labels: Set = ["sql", "esql", "es|ql", "eql", "kql", "kuery", "lucene"]

  /// In lower case, after any comments; and where it ends.
  private static func firstWord(of query: ArraySlice<UInt8>) -> (String, end: Int) {
    var rest = query
    while let first = rest.first {
      if first <= UInt8(ascii: " ") {
        rest.removeFirst()
      } else if rest.starts(with: "//".utf8) || rest.starts(with: "--".utf8) {
        rest = rest.drop { $0 != UInt8(ascii: "\n") }
      } else if rest.starts(with: "/*".utf8) {
        rest = rest.dropFirst(2)
        while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest.removeFirst() }
        rest = rest.dropFirst(2)
      } else {
        break
      }
    }
    let word = rest.prefix { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: "(") }
    return (String(decoding: word, as: UTF8.self).lowercased(), word.endIndex)
  }
}
