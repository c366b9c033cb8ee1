import DialectReading
import Testing

/// Code in notes, coloured by what its fence names.
@Suite struct NamedLanguageTests {
  /// What is marked, by the style sheet's classes or, for queries, the colour's name.
  private func marks(_ text: String, _ language: String?) -> [String] {
    BodyLine.lines(ofCode: text, language: language).flatMap { line in
      (line.key.isEmpty ? [] : ["k \(line.key)"])
        + line.query.compactMap { $0.colour == .plain || $0.colour == .name ? nil : "\($0.colour) \($0.text)" }
        + (line.comment.isEmpty ? [] : ["c \(line.comment)"])
    }
  }

  @Test(arguments: [
    ("yaml", "a: b # c\n", ["k a:", "c # c"]), ("YML", "- a: b\n", ["k a:"]),
    ("json", "{\"a\": [1, \"b\\\"\"]} // c", ["operator \"a\"", "number 1", "text \"b\\\"\"", "comment // c"]),
    ("kql", "T | where a == 1", ["operator where", "operator ==", "number 1"]),
    ("kusto", "T | where a == 1", ["operator where", "operator ==", "number 1"]),
    ("kuery", "a : \"b\" and c : 1", ["operator :", "text \"b\"", "operator and", "operator :"]),
    ("spl", "search a=1", ["operator =", "number 1"]),
    ("python", "def f(): pass # a", ["operator def", "function f", "operator pass", "comment # a"]),
    (
      "xml", "<a b='c'>d<!-- e --></a>",
      ["operator <a", "function b", "text 'c'", "operator >", "comment <!-- e -->", "operator </a>"]
    ),
    ("powershell", "Get-ChildItem # a", []),
  ])
  func coloursByTheLexersThatThereAre(language: String, text: String, expected: [String]) {
    #expect(marks(text, language) == expected)
  }

  @Test(arguments: [
    "kql", "spl", "eql", "esql", "lucene", "sql", "python", "yara-l", "pantherflow", "yaml", "json", "xml", "sh", nil,
  ])
  func keepsEachByte(language: String?) {
    for text in [
      "", "\n", "a", "a\n\nb\r\n", "<a\n b=\"c\n\">\n<", "\"x\n'y", "<!-- ", "<![CDATA[ a ]]", "</>", "é: ü # ö\n\t",
    ] {
      let lines = BodyLine.lines(ofCode: text, language: language)
      let joined = lines.map { $0.lead + $0.key + $0.rest + $0.query.map(\.text).joined() + $0.comment + $0.end }
        .joined()
      #expect(joined == text, "\(text)")
    }
  }
}
