import Diagnostics
import Documents
import Testing

/// Each way to write a scalar in YAML 1.2.2, with `old` at the end of a text, which is to become `new`.
@Suite struct YAMLEditTests {
  /// Changes the scalar that starts at a place; nil where it is refused.
  private func edited(
    _ source: [UInt8], line: Int, column: Int, _ change: ScalarEdit.Change = .ending(with: "new")
  ) -> [UInt8]? {
    let edit = ScalarEdit(at: SourcePosition(line: line, column: column), old: "old", change: change)
    let result = editScalars(of: source, [edit], as: .yaml)
    return result.done.isEmpty ? nil : applying(result.edits, to: source)
  }

  private func refusal(_ source: [UInt8], line: Int, column: Int, _ change: ScalarEdit.Change = .ending(with: "new"))
    -> String?
  {
    let edit = ScalarEdit(at: SourcePosition(line: line, column: column), old: "old", change: change)
    let result = editScalars(of: source, [edit], as: .yaml)
    return result.edits.isEmpty ? result.refused.first?.reason : nil
  }

  @Test(
    arguments: [
      ("tags:\n  - a.old\n", 2, 5, "tags:\n  - a.new\n"),
      ("tags:\n- a.old", 2, 3, "tags:\n- a.new"),
      ("tags:\n  -   a.old # old is a.old\n", 2, 7, "tags:\n  -   a.new # old is a.old\n"),
      ("tags:\n  - 'a.old'\n", 2, 5, "tags:\n  - 'a.new'\n"),
      ("tags:\n  - \"a.old\"  \n", 2, 5, "tags:\n  - \"a.new\"  \n"),
      ("tags: [b, a.old, 'a.old']\n", 1, 11, "tags: [b, a.new, 'a.old']\n"),
      ("tags: [b, a.old, 'a.old']\n", 1, 18, "tags: [b, a.old, 'a.new']\n"),
      ("tags: [\n  b,\n  a.old\n]\n", 3, 3, "tags: [\n  b,\n  a.new\n]\n"),
      ("{\"tags\": [\"a.old\"]}", 1, 11, "{\"tags\": [\"a.new\"]}"),
      ("tags: a.old\r\nb: c\r\n", 1, 7, "tags: a.new\r\nb: c\r\n"),
      ("tags:\r\n  - a.old\r\n  - b\r\n", 2, 5, "tags:\r\n  - a.new\r\n  - b\r\n"),
      ("ä: é\ntags: [ü, a.old]\n", 2, 12, "ä: é\ntags: [ü, a.new]\n"),
      ("\u{FEFF}tags: [a.old]\n", 1, 8, "\u{FEFF}tags: [a.new]\n"),
      ("tags:\n  - &x a.old\n", 2, 5, "tags:\n  - &x a.new\n"),
      ("tags:\n  - !!str  'a.old'\n", 2, 5, "tags:\n  - !!str  'a.new'\n"),
      ("tags:\n  - !!str\n    a.old\n", 2, 5, "tags:\n  - !!str\n    a.new\n"),
      ("tags:\n  - &x !!str a.old\n", 2, 5, "tags:\n  - &x !!str a.new\n"),
      ("tags:\n  - >-\n    a.old\n  - b\n", 2, 5, "tags:\n  - >-\n    a.new\n  - b\n"),
      ("tags:\n  - |- # old\n      a.old\n", 2, 5, "tags:\n  - |- # old\n      a.new\n"),
      ("a: b\n---\ntags: [a.old]\n...\n", 3, 8, "a: b\n---\ntags: [a.new]\n...\n"),
      ("tags: [old]\n", 1, 8, "tags: [new]\n"),
    ])
  func replacesTheEndOfAScalarAndNoOtherByte(source: String, line: Int, column: Int, expected: String) throws {
    let result = try #require(edited(Array(source.utf8), line: line, column: column))
    #expect(String(decoding: result, as: UTF8.self).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test(
    arguments: [
      // Escapes, several lines.
      ("tags: [\"a\\u002eold\"]\n", 1, 8, "it is written with escapes or over several lines"),
      ("tags: ['it''s old']\n", 1, 8, "it is written with escapes or over several lines"),
      ("tags:\n  - a\n    old\n", 2, 5, "it is written with escapes or over several lines"),
      ("tags:\n  - >-\n    a\n    old\n", 2, 5, "it is written with escapes or over several lines"),
      ("tags:\n  - !!str # a.old\n    a.old\n", 2, 5, "it is written with escapes or over several lines"),
      // What it stands for elsewhere would change with it.
      ("tags: [&x a.old]\nother: *x\n", 1, 8, "aliases bring it to other places too"),
      ("a: &x {tags: [a.old]}\nb: {<<: *x}\n", 1, 15, "aliases bring it to other places too"),
      ("tags: [b.old]\n", 1, 9, "it is no longer there"),
      ("tags: [a.other]\n", 1, 8, "it is no longer there"),
      ("tags: [a.old\n", 1, 8, "the file is no longer YAML"),
    ])
  func refusesWhatIsWrittenOtherwise(source: String, line: Int, column: Int, reason: String) {
    #expect(refusal(Array(source.utf8), line: line, column: column) == reason)
  }

  @Test func leavesAFileAloneThatIsNoText() {
    let reason = "the file holds bytes that aren't text; correct them first"
    #expect(refusal(Array("tags: [a.old]\nb: ".utf8) + [0xFF, 0x0A], line: 1, column: 8) == reason)
    #expect(refusal(Array("tags: [a.old]\nb: \u{1}\n".utf8), line: 1, column: 8) == reason)
    #expect(refusal(Array("tags: [a.old]\0\n".utf8), line: 1, column: 8) == reason)
  }

  /// A new text that would be read as something else than a text must not be written.
  @Test(arguments: ["new]", "new: b", "new # b", "new, b", "n'ew\nb: c"])
  func writesNothingThatWouldReadOtherwise(text: String) {
    let reason = refusal(Array("tags: [a.old, c]\n".utf8), line: 1, column: 8, .ending(with: text))
    #expect(reason == "the file would read otherwise in other places too")
  }

  @Test(
    arguments: [
      ("tags:\n  - b\n  - a.old\nx: y\n", 3, 5, "tags:\n  - b\nx: y\n"),
      ("tags:\n- a.old\n- b\n", 2, 3, "tags:\n- b\n"),
      ("tags:\n  - b\n  - 'a.old'  ", 3, 5, "tags:\n  - b\n"),
      ("tags:\r\n  - \"a.old\"\r\n  - b\r\n", 2, 5, "tags:\r\n  - b\r\n"),
      ("\u{FEFF}- b\n- a.old\n", 2, 3, "\u{FEFF}- b\n"),
    ])
  func removesAnItemWithItsLine(source: String, line: Int, column: Int, expected: String) throws {
    let result = try #require(edited(Array(source.utf8), line: line, column: column, .removal))
    #expect(String(decoding: result, as: UTF8.self).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test(
    arguments: [
      ("tags: [b, a.old]\n", 1, 11), ("tags:\n  - b\n  - a.old # why\n", 3, 5), ("tags:\n  - - a.old\n    - b\n", 2, 7),
      ("tags:\n  - b\n  - &x a.old\n", 3, 5), ("tags:\n  - b\n  -\n    a.old\n", 4, 5),
      ("tags:\n  - b\n  - |-\n    a.old\n", 3, 5),
    ])
  func keepsAnItemThatIsNotAloneOnItsLine(source: String, line: Int, column: Int) {
    let reason = refusal(Array(source.utf8), line: line, column: column, .removal)
    #expect(reason == "another value or a comment is on its line")
  }

  @Test func makesSeveralChangesInOneFileAndTellsWhichItDidNot() {
    let source = "tags: [a.old, b.old]\nmore:\n  - c.old\n  - \"d\\x2eold\"\n"
    func edit(_ line: Int, _ column: Int, _ change: ScalarEdit.Change) -> ScalarEdit {
      ScalarEdit(at: SourcePosition(line: line, column: column), old: "old", change: change)
    }
    let result = editScalars(
      of: Array(source.utf8),
      [
        edit(4, 5, .ending(with: "4")), edit(3, 5, .removal), edit(1, 15, .ending(with: "longer")),
        edit(1, 8, .ending(with: "")),
      ], as: .yaml)
    let expected = "tags: [a., b.longer]\nmore:\n  - \"d\\x2eold\"\n"
    #expect(String(decoding: applying(result.edits, to: Array(source.utf8)), as: UTF8.self) == expected)
    #expect(result.done.count == 3)
    #expect(result.refused.map(\.edit.position) == [SourcePosition(line: 4, column: 5)])
  }
}
