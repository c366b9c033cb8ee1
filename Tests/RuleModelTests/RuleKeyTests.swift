import RuleModel
import Testing

@Suite struct RuleKeyTests {
  @Test(arguments: [
    ("proc_creation_win.x-1", "proc_creation_win.x-1"), ("two words", "two-words"), ("é", "--"), ("e\u{301}", "e--"),
    ("a/b\\c\n", "a-b-c-"), ("%2e", "-2e"), (".", "rule-"), ("..", "rule--"), ("...", "rule---"), (".a", ".a"),
    // A page's name.
    ("index.html", "index-html"), ("Index.HTML", "Index-HTML"), ("index.htm", "index.htm"),
    (String(repeating: "n", count: 256), String(repeating: "n", count: 255)),
  ])
  func makesANameOfAnyStem(stem: String, slug: String) { #expect(RuleKey.slug(ofStem: stem) == slug) }

  @Test func ordersByTheWholeKey() {
    let keys = [
      RuleKey(dialect: .sigma, slug: "b"), RuleKey(dialect: .elastic, slug: "z"), RuleKey(dialect: .sigma, slug: "B"),
      RuleKey(dialect: .sigma, slug: "a-2"), RuleKey(dialect: .sigma, slug: "a"), RuleKey(dialect: .sigma, slug: "a.2"),
    ]
    #expect(
      keys.sorted().map(\.description) == ["elastic/z", "sigma/B", "sigma/a", "sigma/a-2", "sigma/a.2", "sigma/b"])
  }
}
