import Diagnostics
import RuleModel
import Testing

@testable import Markdown

/// What GitHub Flavored Markdown 0.29 adds to CommonMark, section by section, and what GitHub itself adds to that.
@Suite struct GitHubMarkdownTests {
  private func blocks(_ text: String) -> [NoteBlock] { parseMarkdown(Array(text.utf8)).blocks }
  private func faults(_ text: String) -> [String] {
    parseMarkdown(Array(text.utf8)).faults.map { "\($0.line) \($0.id.name)" }
  }

  // MARK: 4.10 Tables

  private func table(
    _ alignments: [NoteTable.Alignment?], _ head: [[NoteInline]], _ rows: [[[NoteInline]]] = []
  ) -> [NoteBlock] {
    [.table(NoteTable(alignments: alignments, head: head, rows: rows))]
  }

  @Test func readsATable() {
    #expect(
      blocks("| a | b |\n| --- | --- |\n| c | *d* |")
        == table([nil, nil], [[.text("a")], [.text("b")]], [[[.text("c")], [.emphasis([.text("d")])]]]))
    // Without outer pipes, aligned; a pipe in a cell is escaped, in code too.
    #expect(
      blocks("a | b | c\n:-|:-:|-:\nx\\|y | `p\\|q` | z")
        == table(
          [.left, .center, .right], [[.text("a")], [.text("b")], [.text("c")]],
          [[[.text("x|y")], [.code("p|q")], [.text("z")]]]))
  }

  @Test func givesEachRowAsManyCellsAsTheHead() {
    #expect(
      blocks("|a|b|\n|-|-|\n|c|\n|d|e|f|\n\ng") == table(
        [nil, nil], [[.text("a")], [.text("b")]], [[[.text("c")], []], [[.text("d")], [.text("e")]]])
        + [.paragraph([.text("g")])])
  }

  @Test func leavesTextThatIsNoTable() {
    #expect(blocks("|a|b|\n|-|\n|c|") == [.paragraph([.text("|a|b| |-| |c|")])])
    #expect(blocks("a | b\n\n- | -").count == 2)
  }

  @Test func linksAddressesInTables() {
    #expect(
      blocks("|a|\n|-|\n|https://example.org|")
        == table(
          [nil], [[.text("a")]],
          [[[.link(destination: "https://example.org", line: 3, [.text("https://example.org")])]]]))
  }

  /// A table's rows all get as many cells as the widest line asks for: 3,000 columns and 1,000 short rows filled 690 MB.
  @Test(arguments: [
    (128, 70, []), (129, 1, ["2 note-table"]), (128, 80, ["1 note-table"]), (10, 990, []), (10, 1000, ["1 note-table"]),
    (3000, 1000, ["2 note-table"]),
  ])
  func showsTablesThatAreTooLargeAsText(columns: Int, rows: Int, expected: [String]) {
    let lines = ["a", "-"].map { Array(repeating: $0, count: columns).joined(separator: "|") }
    let text = (lines + Array(repeating: "x", count: rows)).joined(separator: "\n")
    for end in ["\n", "\r", "\r\n"] { #expect(faults(text.replacing("\n", with: end)) == expected) }
    let isTable = blocks(text).contains { if case .table = $0 { true } else { false } }
    #expect(isTable == expected.isEmpty)
  }

  @Test func countsTheCellsOfAllTablesInQuotesAndListsToo() {
    let table = "> - |a|b|\n>   |-|-|\n" + String(repeating: ">   x\n", count: 1500) + "\n"
    #expect(faults(table) == [])
    #expect(faults(table + table) == ["1504 note-table"])
  }

  // MARK: 5.3 Task list items

  @Test func tellsTasksFromOtherItems() {
    #expect(
      blocks("- [x] a\n- [ ] b\n- [X] c\n- d\n- [y] e") == [
        .list(
          start: nil, isTight: true,
          items: [
            NoteListItem([.paragraph([.text("a")])], isDone: true),
            NoteListItem([.paragraph([.text("b")])], isDone: false),
            NoteListItem([.paragraph([.text("c")])], isDone: true), NoteListItem([.paragraph([.text("d")])]),
            NoteListItem([.paragraph([.text("[y] e")])]),
          ])
      ])
  }

  // MARK: 6.5 Strikethrough

  @Test(arguments: [
    (
      "~~Hi~~ Hello, ~there~ world!",
      [
        NoteInline.strikethrough([.text("Hi")]), .text(" Hello, "), .strikethrough([.text("there")]), .text(" world!"),
      ]
    ),
    ("This ~~~~has~~~~ runs", [.text("This ~~~~has~~~~ runs")]),
    (
      "~~a *b* `c~~` d~~",
      [.strikethrough([.text("a "), .emphasis([.text("b")]), .text(" "), .code("c~~"), .text(" d")])]
    ),
    ("*~~a~~*", [.emphasis([.strikethrough([.text("a")])])]),
    ("~~a~", [.text("~~a~")]),
    ("~~ a ~~", [.text("~~ a ~~")]),
    ("about ~5 and ~6", [.text("about ~5 and ~6")]),
    ("\\~\\~a\\~\\~ `\\~b`", [.text("~~a~~ "), .code("\\~b")]),
    ("~a ~~b~~ c~", [.strikethrough([.text("a "), .strikethrough([.text("b")]), .text(" c")])]),
    ("~/bin and /home/~user/", [.text("~/bin and /home/~user/")]),
  ])
  func strikesOut(text: String, expected: [NoteInline]) { #expect(blocks(text) == [.paragraph(expected)]) }

  @Test func saysTheSameOnEachOfManyThreads() async {
    let text = "~~a~~ www.example.com\n\n|a|\n|-|\n|~b~|\n"
    let expected = blocks(text)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { (0..<200).allSatisfy { _ in blocks(text) == expected } } }
      for await isSame in group { #expect(isSame) }
    }
  }

  // MARK: Pictures and alerts

  @Test func keepsAPictureBesideTheNote() {
    #expect(
      blocks("![a *tree*](img/t%201.png \"title\") [![b](c.svg)](d.md)") == [
        .paragraph([
          .picture(destination: "img/t%201.png", line: 1, text: "a tree"), .text(" "),
          .link(destination: "d.md", line: 1, [.picture(destination: "c.svg", line: 1, text: "b")]),
        ])
      ])
  }

  @Test(arguments: ["//example.org/a.png", "data:image/png;base64,AAAA", "file:///etc/a.png", "javascript:alert(1)"])
  func makesALinkOfAPictureElsewhere(destination: String) {
    #expect(blocks("![a](\(destination))") == [.paragraph([.link(destination: destination, line: 1, [.text("a")])])])
  }

  @Test func namesAnAlert() {
    #expect(
      blocks("> [!WARNING]\n> Don't.") == [
        .quote([.paragraph([.strong([.text("Warning")])]), .paragraph([.text("Don't.")])])
      ])
    #expect(
      blocks("> [!tip]\n>\n> - a") == [
        .quote([
          .paragraph([.strong([.text("Tip")])]),
          .list(start: nil, isTight: true, items: [NoteListItem([.paragraph([.text("a")])])]),
        ])
      ])
    #expect(blocks("> [!SPAM]\n> a") == [.quote([.paragraph([.text("[!SPAM] a")])])])
  }

  // MARK: Hostile texts

  /// Each as long as a note may be.
  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      "~", "~~a ", "a~~ ", "~a ~~", "|", "|a\n", "|-", "|-|\n", "- [ ] ", "![", "![a](", "<![CDATA[", "www.", "a@",
      "\\~",
      "> [!NOTE]\n", "`~", "[^1]",
    ])
  func bearsRepetition(piece: String) {
    _ = blocks(String(repeating: piece, count: (120 << 10) / piece.utf8.count))
  }
}
