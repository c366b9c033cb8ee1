import Diagnostics
import Documents
import Testing

/// Scalars changed in TOML and JSON, with `old` at the end of a text, which is to become `new`.
@Suite struct ScalarEditTests {
  private func edited(
    _ source: String, _ format: DocumentFormat, line: Int, column: Int, _ change: ScalarEdit.Change
  ) -> (text: String, refusal: String?) {
    let bytes = Array(source.utf8)
    let edit = ScalarEdit(at: SourcePosition(line: line, column: column), old: "old", change: change)
    let result = editScalars(of: bytes, [edit], as: format)
    return (String(decoding: applying(result.edits, to: bytes), as: UTF8.self), result.refused.first?.reason)
  }

  @Test(arguments: [
    ("[[a.b]]\nid = \"x.old\" # old\nname = \"old\"\n", 2, 6, "[[a.b]]\nid = \"x.new\" # old\nname = \"old\"\n"),
    ("id = 'old'", 1, 6, "id = 'new'"), ("ids = ['a', 'old']\r\n", 1, 13, "ids = ['a', 'new']\r\n"),
    ("a = {id = \"old\"}\n", 1, 11, "a = {id = \"new\"}\n"),
    ("a = \"é\"\nb = {c = \"ü\", id = \"old\"}\n", 2, 21, "a = \"é\"\nb = {c = \"ü\", id = \"new\"}\n"),
  ])
  func replacesTheEndOfATextInTOML(source: String, line: Int, column: Int, expected: String) {
    let result = edited(source, .toml, line: line, column: column, .ending(with: "new"))
    #expect(result.text == expected)
    #expect(result.refusal == nil)
  }

  @Test(arguments: [
    ("{\"id\": \"old\"}\n{\"id\": \"old\"}\n", 2, 8, "{\"id\": \"old\"}\n{\"id\": \"new\"}\n"),
    ("{\n  \"a\": [\"x.old\"]\n}", 2, 9, "{\n  \"a\": [\"x.new\"]\n}"),
  ])
  func replacesTheEndOfATextInJSON(source: String, line: Int, column: Int, expected: String) {
    #expect(edited(source, .json, line: line, column: column, .ending(with: "new")).text == expected)
  }

  @Test(arguments: [
    (
      "id = \"\"\"\nold\"\"\"\n", 1, 6, ScalarEdit.Change.ending(with: "new"),
      "it is written with escapes or over several lines"
    ),
    ("id = \"\\u006fold\"\n", 1, 6, .ending(with: "new"), "it is written with escapes or over several lines"),
    ("ids = [\"old\"]\n", 1, 8, .removal, "another value or a comment is on its line"),
    ("id = \"old\"\n", 1, 6, .removal, "another value or a comment is on its line"),
    ("id = \"new\"\n", 1, 6, .ending(with: "new"), "it is no longer there"),
    ("id = \"old\"\n", 1, 6, .ending(with: "\""), "the file would read otherwise in other places too"),
  ])
  func leavesWhatIsNotSafe(source: String, line: Int, column: Int, change: ScalarEdit.Change, reason: String) {
    let result = edited(source, .toml, line: line, column: column, change)
    #expect(result.text == source)
    #expect(result.refusal == reason)
  }
}
