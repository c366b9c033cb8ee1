import DialectReading
import Testing

@Suite struct YAMLColouringTests {
  /// A line in short: `lead|key|rest|comment`, with `!` before a search identifier.
  private func words(_ text: String) -> [String] {
    let definitions = YAMLColouring.Definitions(in: ["detection"], except: ["condition"])
    return YAMLColouring.lines(of: text, definitions: definitions).map { line in
      [line.lead, (line.keyKind == .definition ? "!" : "") + line.key, line.rest, line.comment + line.end]
        .joined(separator: "|").replacing("\n", with: "")
    }
  }

  @Test(arguments: [
    ("title: A rule\n", ["|title:| A rule|"]),
    ("# all of it\n", ["|||# all of it"]),
    ("- Image|endswith: 'a' # why\n", ["- |Image|endswith:| 'a' |# why"]),
    ("'|all':\n", ["|'|all':||"]),
    ("a: 'x # y: z'\n", ["|a:| 'x # y: z'|"]),
    ("a: x#y\n", ["|a:| x#y|"]),
    ("a: http://example.org/#part\n", ["|a:| http://example.org/#part|"]),
    ("    - just: a key\n", ["    - |just:| a key|"]),
    ("    - no key here\n", ["    - no key here|||"]),
    ("a: |\n  b: text\n\n  # text\nc: 1\n", ["|a:| ||", "  b: text|||", "|||", "  # text|||", "|c:| 1|"]),
    ("a: 'open\n  b: text'\nc: 1\n", ["|a:| 'open|", "  b: text'|||", "|c:| 1|"]),
    ("a: it's # why\nb: 1\n", ["|a:| it's |# why", "|b:| 1|"]),
    ("a: [x, 'y # z'] # why\n", ["|a:| [x, 'y # z'] |# why"]),
    ("a: \"x \\\" # y\" # why\n", ["|a:| \"x \\\" # y\" |# why"]),
  ])
  func marksKeysAndComments(text: String, expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test func marksSearchIdentifiers() {
    let text = "detection:\n  selection:\n    Image: a\n  condition: selection\n  filter_x:\n    - B: c\nlevel: high\n"
    #expect(
      words(text) == [
        "|detection:||", "  |!selection:||", "    |Image:| a|", "  |condition:| selection|", "  |!filter_x:||",
        "    - |B:| c|", "|level:| high|",
      ])
  }

  @Test(arguments: [
    "", "\n", "a: 1", "a: |\r\n  b\r\n", "- - a: b\n", "\"k\": v # c", "a:\n\tb: 1\n", "ä: 'ö' # ü\n",
    "a: 'never closed\nb: 1\n",
    "? x\n: y\n", "%YAML 1.2\n---\n...\n",
  ])
  func keepsTheTextToTheByte(text: String) {
    let parts = YAMLColouring.lines(of: text).map { $0.lead + $0.key + $0.rest + $0.comment + $0.end }
    #expect(Array(parts.joined().utf8) == Array(text.utf8))
  }
}
