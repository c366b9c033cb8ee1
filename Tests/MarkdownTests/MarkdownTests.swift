import Diagnostics
import RuleModel
import Testing

@testable import Markdown

@Suite struct MarkdownTests {
  private func blocks(_ text: String) -> [NoteBlock] { parseMarkdown(Array(text.utf8)).blocks }
  private func faults(_ text: String) -> [String] {
    parseMarkdown(Array(text.utf8)).faults.map { "\($0.line) \($0.id.name)" }
  }

  /// The rows are of GitHub Flavored Markdown 0.29, by the section named; what it adds to CommonMark has its own suite.
  @Test(arguments: [
    // 4.1 Thematic breaks
    ("***", [NoteBlock.separator]),
    // 4.2 and 4.3 Headings
    ("## foo ##", [.heading(level: 2, [.text("foo")])]),
    ("Foo *bar*\n===", [.heading(level: 1, [.text("Foo "), .emphasis([.text("bar")])])]),
    // 4.5 Fenced code blocks
    ("```sh\nls <a>\n```", [.code("ls <a>\n", language: "sh")]),
    ("``` KQL {.numbered}\na\n```", [.code("a\n", language: "KQL")]),
    ("```\na\n```", [.code("a\n")]),
    // 4.7 Link reference definitions
    ("[foo]: /url\n\n[foo]", [.paragraph([.link(destination: "/url", line: 3, [.text("foo")])])]),
    // 5.1 Block quotes
    ("> bar\nbaz", [.quote([.paragraph([.text("bar baz")])])]),
    // 5.3 Lists
    (
      "3. a\n4. b",
      [
        .list(
          start: 3, isTight: true,
          items: [NoteListItem([.paragraph([.text("a")])]), NoteListItem([.paragraph([.text("b")])])])
      ]
    ),
    (
      "- a\n\n- b",
      [
        .list(
          start: nil, isTight: false,
          items: [NoteListItem([.paragraph([.text("a")])]), NoteListItem([.paragraph([.text("b")])])])
      ]
    ),
    // 6.1 Code spans, 6.2 Emphasis and strong emphasis
    ("`a*` **b**", [.paragraph([.code("a*"), .text(" "), .strong([.text("b")])])]),
    // 6.7 Hard line breaks, 6.8 Soft line breaks
    ("a  \nb\nc", [.paragraph([.text("a"), .lineBreak, .text("b c")])]),
    // 2.4 Backslash escapes, 2.5 Entities
    (#"\*a\* &lt;b&gt;"#, [.paragraph([.text("*a* <b>")])]),
  ])
  func readsCommonMark(text: String, expected: [NoteBlock]) { #expect(blocks(text) == expected) }

  @Test func makesALinkOfAPicture() {
    #expect(
      blocks("![a tree](https://example.org/t.png)") == [
        .paragraph([.link(destination: "https://example.org/t.png", line: 1, [.text("a tree")])])
      ])
  }

  @Test(arguments: [
    ("see https://example.org/a_b_c, then", "https://example.org/a_b_c"),
    ("(http://example.org/a(b))", "http://example.org/a(b)"),
    ("https://example.org/x.", "https://example.org/x"),
    ("**https://example.org**", "https://example.org"),
    ("~~https://example.org~~", "https://example.org"),
    ("see HTTPS://example.org", "HTTPS://example.org"),
    ("http://localhost:8080/a~b", "http://localhost:8080/a~b"),
    ("http://[::1]/x", "http://[::1]/x"),
    ("www.example.com.", "http://www.example.com"),
    ("(www.example.com/a(b))", "http://www.example.com/a(b)"),
    ("ask a.b-c_d+e@example-1.example.com.", "mailto:a.b-c_d+e@example-1.example.com"),
    ("a@b.c:d", "mailto:a@b.c"),
  ])
  func linksAddressesThatStandAlone(text: String, address: String) {
    var found: [String] = []
    blocks(text).forEachText { text, _ in text.forEachLink { destination, _ in found.append(destination) } }
    #expect(found == [address])
  }

  /// The largest note that is read: when each parenthesis cost a pass over the others, it took a quarter of an hour.
  @Test(.timeLimit(.minutes(15)), arguments: [")", "()", "(", ").", "(www.a", "(www.a.b", "(a@b"])
  func readsAddressesThatParenthesesFollowInOnePass(run: String) {
    let start = "https://example.org/a"
    let text = start + String(repeating: run, count: (120 << 10) / run.utf8.count)
    var found: [String] = []
    blocks(text).forEachText { text, _ in text.forEachLink { destination, _ in found.append(destination) } }
    #expect(found.first?.hasPrefix(start) == true)
    #expect(run != ")" || found == [start])
    #expect(run.contains("a") || found.count == 1)
  }

  @Test(arguments: [
    "https:// nothing", "xhttps://example.org", "`https://example.org`", "ftp://example.org", "a://b", "www.", "www.a",
    "xwww.example.com", "/www.example.com", "www..com", "@b.c", "a@b", "a@.c", "a@b.c-", "a@b.c_", ".@b.c", "a @b.c",
    "4624@", "é@ü.de",
  ])
  func leavesOtherTextAlone(text: String) {
    var found: [String] = []
    blocks(text).forEachText { text, _ in text.forEachLink { destination, _ in found.append(destination) } }
    #expect(found == [])
  }

  @Test func showsMarkupAsTextAndLeavesCommentsOut() {
    #expect(blocks("a <b onclick=\"x()\">b</b>") == [.paragraph([.text("a <b onclick=\"x()\">b</b>")])])
    #expect(blocks("<script>\nalert(1)\n</script>") == [.code("<script>\nalert(1)\n</script>\n")])
    #expect(blocks("<!-- for editors -->\n\na <!-- b -->") == [.paragraph([.text("a ")])])
    #expect(faults("a\n\n<b>b</b>\n\n<i>c</i>") == ["3 note-markup"])
    #expect(faults("<!-- a -->\n\nb <!-- c -->") == [])
    #expect(faults("<!-- a --> <b> <!-- c -->") == ["1 note-markup"])
  }

  @Test(arguments: [
    (String(repeating: "> ", count: 3000) + "a", ["1 note-depth"]),
    (String(repeating: "- ", count: 3000) + "a", ["1 note-depth"]),
    (String(repeating: "[", count: 60000) + "a", []),
    (String(repeating: "*a **a ", count: 8000), []),
    (String(repeating: "a\n\n", count: 9000), ["16001 note-too-large"]),
    (String(repeating: "`a` ", count: 9000), ["1 note-too-large"]),
    (String(repeating: "a", count: 128 << 10), []),
    (String(repeating: "a", count: (128 << 10) + 1), ["1 note-too-large"]),
    ("", []),
  ])
  func bearsWhatIsTooMuch(text: String, expected: [String]) { #expect(faults(text) == expected) }

  @Test func tellsWhereAFieldStandsAndNotWhereItsTextDoes() {
    let (note, findings) = readNote(
      Array("a\n\n<b>\n\n[c](d.md)".utf8), origin: .field("runbook"),
      in: SourceFile(path: "rules/a.yml", source: "a.yml"),
      position: SourcePosition(line: 30, column: 10))
    #expect(
      findings.map(\.description) == [
        "rules/a.yml:30:10: note: HTML is shown as text; write Markdown instead [note-markup]"
      ])
    #expect(note.blocks.last == .paragraph([.link(destination: "d.md", line: 30, [.text("c")])]))
  }
}
