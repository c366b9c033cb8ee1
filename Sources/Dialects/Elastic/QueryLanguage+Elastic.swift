import RuleModel

extension QueryLanguage {
  /// By the name that rules and hunts have for it, in any case.
  init?(elasticName name: String) {
    switch name.lowercased() {
    case "kuery", "kql": self = .kql
    case "lucene": self = .lucene
    case "eql": self = .eql
    case "esql", "es|ql": self = .esql
    default: return nil
    }
  }

  /// The language of a query of a hunt, which lists those of all of its queries but doesn't say which has which: the query's first word
  /// tells.
  ///
  /// - Returns: nil for a language that isn't read.
  static func ofHunt(_ query: ArraySlice<UInt8>, among languages: [QueryLanguage]) -> QueryLanguage? {
    switch firstWord(of: query) {
    case "select", "with": nil
    case "from", "row", "ts", "show": .esql
    case "sequence", "sample", "join": .eql
    default: languages.count == 1 ? languages[0] : .eql
    }
  }

  /// In lower case, behind comments.
  private static func firstWord(of query: ArraySlice<UInt8>) -> String {
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
    return String(decoding: word, as: UTF8.self).lowercased()
  }
}
