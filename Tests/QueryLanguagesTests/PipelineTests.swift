import Testing

@testable import QueryLanguages

@Suite struct PipelineTests {
  private func commands(_ text: String, by separator: String = "|", _ rules: TokenRules) -> [String] {
    let bytes = Array(text.utf8)
    func source(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }
    return pipelineCommands(of: bytes, dividedBy: separator, rules).map {
      "\($0.name.map(source) ?? "-"): \(source($0.span))"
    }
  }

  @Test func dividesAtSeparatorsOutsideBracketsAndTexts() {
    #expect(
      commands(
        "T\n| where a == \"x|y\" // b | c\n| join (U | where d == 1) on e\n|| take 5 ",
        SampleGrammars.kusto.grammar.tokens)
        == ["T: T", "where: where a == \"x|y\"", "join: join (U | where d == 1) on e", "take: take 5"])
    #expect(
      commands("search a=1 [search b=2 | fields c] | stats count", SampleGrammars.search.grammar.tokens)
        == ["search: search a=1 [search b=2 | fields c]", "stats: stats count"])
    #expect(
      commands("let a = 5; let b = f(a; c); T", by: ";", SampleGrammars.kusto.grammar.tokens)
        == ["let: let a = 5", "let: let b = f(a; c)", "T: T"])
    #expect(commands("(a) | b", SampleGrammars.kusto.grammar.tokens) == ["-: (a)", "b: b"])
    #expect(commands(" | ", SampleGrammars.kusto.grammar.tokens) == [])
  }
}
