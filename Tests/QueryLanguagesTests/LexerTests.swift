import Testing

@testable import QueryLanguages

@Suite struct LexerTests {
  private func tokens(_ text: String, _ rules: TokenRules) -> [String] {
    let bytes = Array(text.utf8)
    var lexer = Lexer(bytes, rules: rules)
    var found: [String] = []
    while let token = lexer.next() {
      let kind = "\(token.kind)".prefix { $0 != "(" }
      found.append("\(kind) \(String(decoding: bytes[token.span], as: UTF8.self))")
    }
    return found
  }

  @Test(arguments: [
    ("a and (b)", ["word a", "word and", "symbol (", "word b", "symbol )"]),
    ("x == 1.5 // why", ["word x", "symbol ==", "number 1.5", "comment // why"]),
    ("(1..5)", ["symbol (", "number 1", "symbol ..", "number 5", "symbol )"]),
    ("y !has \"a\\\"b\"", ["word y", "symbol !", "word has", "text \"a\\\"b\""]),
    ("@\"c:\\\" x", ["text @\"c:\\\"", "word x"]),
    ("@\"a\"\"b\"", ["text @\"a\"\"b\""]),
    ("\"open\nnext", ["unclosed \"open", "word next"]),
    ("a § b", ["word a", "word §", "word b"]),
    ("a ? b", ["word a", "unknown ?", "word b"]),
    ("// only", ["comment // only"]), ("", []), (" \n", []),
  ])
  func cutsByRules(text: String, expected: [String]) {
    #expect(tokens(text, SampleGrammars.kusto.grammar.tokens) == expected)
  }

  @Test(arguments: [
    (#"a\:b\*c:d"#, [#"word a\:b\*c"#, "symbol :", "word d"]), (#"a\"#, [#"word a\"#]),
    (#"\ü x"#, [#"word \ü"#, "word x"]),
  ])
  func escapesAreOfTheWord(text: String, expected: [String]) {
    #expect(tokens(text, SampleGrammars.kql.grammar.tokens) == expected)
  }

  /// A slash behind a value divides, elsewhere it opens a regular expression.
  @Test func knowsARegularExpressionByItsPlace() {
    let rules = SampleGrammars.yaral.grammar.tokens
    #expect(
      tokens(#"$e.a = /x\/y/ nocase"#, rules) == ["word $e.a", "symbol =", #"regex /x\/y/"#, "word nocase"])
    #expect(tokens("$e.a / 2", rules) == ["word $e.a", "symbol /", "number 2"])
    #expect(tokens("f(1) / 2", rules) == ["word f", "symbol (", "number 1", "symbol )", "symbol /", "number 2"])
  }

  @Test func takesPrefixesAndSigilsWithTheName() {
    let rules = EventQuery.grammar.tokens
    #expect(tokens("child::a/@Name", rules) == ["word child::a", "symbol /", "word @Name"])
    #expect(tokens("attribute::*", rules) == ["word attribute::*"])
    #expect(tokens("..=@*", rules) == ["word .", "word .", "symbol =", "word @*"])
  }

  @Test func triesLongerQuotesFirst() {
    let rules = SampleGrammars.python.tokens
    #expect(tokens(#" """a"b""" "" r"\d""#, rules) == [#"text """a"b""""#, #"text """#, #"text r"\d""#])
  }

  /// However many quotes are open, a text is read once.
  @Test(.timeLimit(.minutes(15))) func readsManyOpenQuotesInOnePass() {
    let text = String(repeating: "\"'@\"\\", count: 200_000)
    #expect(!tokens(text, SampleGrammars.kusto.grammar.tokens).isEmpty)
    #expect(!tokens(String(repeating: "/*", count: 500_000), SampleGrammars.sql.grammar.tokens).isEmpty)
  }
}
