import Diagnostics
import RuleModel
import Testing

@testable import Site

/// Notes as text for a terminal.
@Suite struct NoteTextTests {
  @Test func makesOnlyTheHeadOfATableStrong() {
    let row: [[NoteInline]] = [[.text("Owner")], [.text("SOC")]]
    let table = NoteTable(alignments: [nil, nil], head: row, rows: [row, [[.text("a")], [.text("b")]]])
    let note = Note(origin: .file, in: SourceFile(path: "a.md", bytes: []), blocks: [.table(table)])
    #expect(
      noteText(note, indent: 2).map { line in line.spans.map { "\($0.text) \($0.style)" } } == [
        ["Owner strong", " |  faint", "SOC strong"], ["Owner plain", " |  faint", "SOC plain"],
        ["a plain", " |  faint", "b plain"],
      ])
  }
}
