import Testing
import Text

@Suite struct PathTextTests {
  @Test(arguments: [
    ("a/b.yml", "b.yml", "a/"), ("b.yml", "b.yml", ""), ("/b", "b", "/"), ("a/b/", "b", "a/b/"),
    // An accent that follows the slash makes one character with it.
    ("a/\u{301}b", "\u{301}b", "a/"),
  ])
  func splitsAtTheLastSlash(path: String, last: String, above: String) {
    #expect(Array(lastPart(of: path).utf8) == Array(last.utf8))
    #expect(Array(folder(of: path).utf8) == Array(above.utf8))
  }

  @Test(arguments: [
    ("a/b.yml", "a/b", true), ("B.YML", "B", true), ("a.d/b", "a.d/b", false), (".yml", ".yml", true),
    ("a.b.yml", "a.b", true), ("a.yaml", "a", false), ("yml", "yml", false),
  ])
  func knowsExtensions(path: String, without: String, isYAML: Bool) {
    #expect(withoutExtension(path) == without)
    #expect(hasExtension(path, ["yml"]) == isYAML)
  }

  @Test(
    arguments: [
      ("./a/b/../c", "a/c"), ("a//b/", "a/b"), ("a/..", ""), ("", ""), ("..", nil), ("a/../../b", nil),
      ("..a/b", "..a/b"),
      ("a/\u{301}b/..", "a"),
    ] as [(String, String?)])
  func resolvesDots(path: String, expected: String?) {
    #expect(pathWithoutDots(path) == expected)
  }

  @Test func countsWords() {
    #expect([0, 1, 2].map { counted($0, "rule") } == ["0 rules", "1 rule", "2 rules"])
    #expect(plural("rule", 1) == "rule" && plural("rule", 3) == "rules")
  }

  @Test func digestsDependOnOrderAndOnWhereTextsEnd() {
    func digest(_ texts: [String]) -> UInt64 {
      var digest = StableDigest()
      digest.add(texts)
      return digest.value
    }
    let all = [["ab", "c"], ["a", "bc"], ["c", "ab"], ["abc"], []].map(digest)
    #expect(Set(all).count == all.count)
  }
}
