import Testing

@testable import QueryLanguages

/// Whatever a text is, reading it ends soon, and within the stack.
@Suite(.timeLimit(.minutes(15))) struct HostileQueryTests {
  private static let grammars: [(String, Grammar)] = [
    ("KQL", SampleGrammars.kql.grammar), ("Lucene", SampleGrammars.lucene.grammar),
    ("Kusto", SampleGrammars.kusto.grammar), ("search", SampleGrammars.search.grammar),
    ("SQL", SampleGrammars.sql.grammar), ("YARA-L", SampleGrammars.yaral.grammar), ("Python", SampleGrammars.python),
    ("condition", SigmaCondition.grammar), ("XPath", EventQuery.grammar),
  ]

  private static let pieces = [
    "(", "[", "{", "f(", "a[", "a.", "not ", "NOT ", "a or ", "a and ", "a + b - ", "a ** ", "a/", "a == ", "a:", "a ",
    "(a and ",
    "\"", "a:(", "a = 1 IS NULL ", "a()", "a[1]", "1 of ", ")", "a between 1 and ", ",", "a,", "f(a,", "a TO ",
    "[1 TO ",
  ]

  @Test(arguments: pieces) func manyOfOneThing(piece: String) {
    for (name, grammar) in HostileQueryTests.grammars {
      for end in ["", "a", "a" + String(repeating: ")", count: 1000)] {
        read(String(repeating: piece, count: 1000) + end, grammar, name)
      }
    }
  }

  /// The time grows with the length only.
  @Test(arguments: ["(", "not ", "a or ", "a + b - ", "a()", "a[1]", "a.b", "\"", "a ", ")", "(a and "])
  func veryManyOfOneThing(piece: String) {
    let text = String(repeating: piece, count: 30_000)
    for grammar in [SampleGrammars.kusto.grammar, SampleGrammars.python, SigmaCondition.grammar] {
      read(text, grammar, "")
    }
  }

  /// What makes the tree deeper without a bracket is counted over all brackets.
  @Test func operatorsThatTakeTurnsAreLevelsToo() {
    let group = ")" + String(repeating: " + b - c", count: 30)
    let text = String(repeating: "(", count: 60) + "a" + String(repeating: group, count: 60)
    var parser = PrattParser(Array(text.utf8), grammar: SampleGrammars.python)
    let fault = #expect(throws: SyntaxFault.self) { try parser.parse() }
    #expect(fault?.kind == .tooDeep)
    var shorter = PrattParser(
      Array(("a" + String(repeating: " + b - c", count: 100)).utf8), grammar: SampleGrammars.python)
    #expect(throws: Never.self) { try shorter.parse() }
  }

  /// Not more than the limit is read, and nothing is as deep as the stack.
  @Test func refusesWhatIsTooDeepOrTooLong() {
    let deep = Array(String(repeating: "(", count: 100_000).utf8)
    for (name, grammar) in HostileQueryTests.grammars {
      var parser = PrattParser(deep, grammar: grammar)
      let fault = #expect(throws: SyntaxFault.self, "\(name)") { try parser.parse() }
      #expect(fault?.kind == .tooDeep, "\(name)")
    }
    var parser = PrattParser(Array(String(repeating: "a or ", count: 300_000).utf8), grammar: SigmaCondition.grammar)
    #expect(parser.tokens.count == 500_001)
    let fault = #expect(throws: SyntaxFault.self) { try parser.parse() }
    #expect(fault?.kind == .tooLong)
    // `a or ` 250,000 times is as much as is read.
    #expect(fault?.index == 500_000 && fault?.offset == 250_000 * 5)
  }

  @Test func takesAsManyLevelsAsItSays() throws {
    for depth in [64, 65] {
      let text = String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
      var parser = PrattParser(Array(text.utf8), grammar: SampleGrammars.python)
      if depth == 64 {
        #expect(try parser.parse().kind == .name)
      } else {
        #expect(throws: SyntaxFault.self) { try parser.parse() }
      }
    }
  }

  /// Texts of pieces of languages, in an order that nobody wrote; the same in each run.
  @Test func piecesInAnyOrder() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(count))
    }
    let words =
      HostileQueryTests.pieces + ["x", "1", "\"y\"", "'", "/", "}", "]", " ", "\\", "é", "--", "//", "\n", "|"]
    for _ in 0..<3000 {
      let text = (0..<next(20)).map { _ in words[next(words.count)] }.joined()
      for (name, grammar) in HostileQueryTests.grammars { read(text, grammar, name) }
    }
  }

  /// The tokens lie in the text in order, what was read lies in it, and the colours are the text.
  private func read(_ text: String, _ grammar: Grammar, _ name: String) {
    let bytes = Array(text.utf8)
    var parser = PrattParser(bytes, grammar: grammar)
    if let expression = try? parser.parse() {
      #expect(
        expression.span.lowerBound >= 0 && expression.span.upperBound <= bytes.count, "\(name): \(text.prefix(80))")
      _ = Lowering(grammar).predicate(of: expression, in: bytes)
    }
    if bytes.count < 1000 {
      let runs = colouredLines(of: text, grammar).joined().map(\.text).joined()
      #expect(runs.utf8.elementsEqual(bytes), "\(name): \(text)")
    }
  }
}
