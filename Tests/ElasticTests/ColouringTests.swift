import DialectReading
import Elastic
import QueryLanguages
import Testing

@Suite struct ColouringTests {
  private static let text = """
    [rule] # a table
    name = "A # rule"
    language = "eql"
    note = \"\"\"
    key = no key
    \"\"\"
    query = '''
    process where a == "x" // why
      and b : 5'''
    [[rule.threat]]

    """

  private let lines = DialectReader.elastic.colouring(Self.text, 3, "rule.toml")

  @Test func putTogetherTheLinesAreTheText() {
    let text = lines.map { line in
      line.lead + line.key + line.rest + line.query.map(\.text).joined() + line.comment + line.end
    }.joined()
    #expect(text == Self.text)
    #expect(lines.map(\.number) == Array(3...12))
  }

  @Test func marksKeysTablesAndComments() {
    #expect(lines.map(\.key) == ["[rule]", "name", "language", "note", "", "", "query", "", "", "[[rule.threat]]"])
    #expect(lines[0].comment == "# a table")
    #expect(lines[1].rest == " = \"A # rule\"\n")
  }

  @Test func coloursItemsOfAListOfQueriesAndOfNoOther() {
    func colours(_ key: String) -> [Bool] {
      DialectReader.elastic.colouring(
        "[rule]\nlanguage = \"eql\"\n\(key) = [\n\"\"\"\nprocess where a(b)\n\"\"\",\n]\n", 1, "rule.toml"
      )
      .map { !$0.query.isEmpty }
    }
    #expect(colours("query") == [false, false, false, false, true, false, false])
    #expect(colours("false_positives") == [false, false, false, false, false, false, false])
  }

  @Test func coloursTheQueryByItsLanguage() {
    #expect(
      lines[7].query == [
        ColouredRun(.name, "process"), ColouredRun(.plain, " "), ColouredRun(.operator, "where"),
        ColouredRun(.plain, " "),
        ColouredRun(.name, "a"), ColouredRun(.plain, " "), ColouredRun(.operator, "=="), ColouredRun(.plain, " "),
        ColouredRun(.text, "\"x\""), ColouredRun(.plain, " "), ColouredRun(.comment, "// why"),
        ColouredRun(.plain, "\n"),
      ])
    #expect(lines[8].query.suffix(2) == [ColouredRun(.number, "5"), ColouredRun(.plain, "'''\n")])
    #expect(lines[4].query.isEmpty)
  }
}
