import Testing

@testable import QueryLanguages

@Suite struct ColouringTests {
  private func words(_ lines: [[ColouredRun]]) -> [String] {
    lines.map { line in
      line.filter { $0.colour != .plain }.map { "\($0.colour):\($0.text)" }.joined(separator: " ")
    }
  }

  @Test func marksWhatTheParserReads() {
    let text = "x !has \"a\" // why\nand tolower(y) matches regex @\"b\" or z == 5\n"
    let lines = colouredLines(of: text, SampleGrammars.kusto.grammar)
    #expect(
      words(lines) == [
        "name:x operator:!has text:\"a\" comment:// why",
        "operator:and function:tolower name:y operator:matches operator:regex text:@\"b\" operator:or name:z operator:== number:5",
      ])
    #expect(
      lines.map { $0.map(\.text).joined() } == [
        "x !has \"a\" // why\n", "and tolower(y) matches regex @\"b\" or z == 5\n",
      ])
  }

  /// A text over several lines has its colour in each.
  @Test func dividesATextAtTheEndsOfLines() {
    let lines = colouredLines(of: "a == \"\"\"b\nc\"\"\" # d", SampleGrammars.python)
    #expect(
      lines == [
        [
          ColouredRun(.name, "a"), ColouredRun(.plain, " "), ColouredRun(.operator, "=="), ColouredRun(.plain, " "),
          ColouredRun(.text, "\"\"\"b\n"),
        ],
        [ColouredRun(.text, "c\"\"\""), ColouredRun(.plain, " "), ColouredRun(.comment, "# d")],
      ])
  }

  @Test func coloursACondition() {
    #expect(
      words(colouredLines(of: "1 of sel_* and not (a)", SigmaCondition.grammar)) == [
        "operator:1 operator:of name:sel_* operator:and operator:not name:a"
      ])
  }

  @Test func coloursTheCommandsOfAPipeline() {
    let text = "FROM a, (FROM b | WHERE c == 1) // d\n| /* e */ STATS f = COUNT(*) BY day | LIMIT 5 days"
    #expect(
      words(colouredLines(of: text, ESQL.grammar)) == [
        "operator:FROM name:a operator:FROM name:b operator:WHERE name:c operator:== number:1 comment:// d",
        "comment:/* e */ operator:STATS name:f function:COUNT operator:* operator:BY name:day operator:LIMIT number:5 operator:days",
      ])
  }
}
