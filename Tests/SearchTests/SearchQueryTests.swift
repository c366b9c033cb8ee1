import Testing
import Text

@testable import Search

@Suite struct SearchQueryTests {
  private typealias Term = SearchQuery.Term

  private static func term(_ text: String, _ filter: SearchFilter? = nil, not isNegated: Bool = false)
    -> SearchQuery.Term
  {
    SearchQuery.Term(filter: filter, text: FoldedText(text), isNegated: isNegated)
  }

  @Test(
    arguments: [
      ("Image", ["image"]), ("net user", ["net user"]), ("", []), ("-enc", ["-enc"]), ("level:low", ["level:low"]),
      ("a \"b c\" d", ["a ", "b c", " d"]), ("a\nb", ["a b"]), ("\"", []), ("\\cmd.exe", ["\\cmd.exe"]),
    ] as [(String, [String])])
  func writesTermsThatItReads(text: String, words: [String]) {
    #expect(SearchQuery(SearchFilter.value.term(text)).terms == words.map { SearchQueryTests.term($0, .value) })
  }

  @Test(
    arguments: [
      ("", []),
      ("  lsass\tdump ", [term("lsass"), term("dump")]),
      ("technique:T1059 Level:HIGH", [term("t1059", .technique), term("high", .level)]),
      ("\"Net User\"", [term("net user")]),
      ("field:\"a b\"c", [term("a b", .field), term("c")]),
      ("\"never closed", [term("never closed")]),
      (
        "-lsass -level:low -\"a b\"",
        [term("lsass", not: true), term("low", .level, not: true), term("a b", not: true)]
      ),
      ("\"-enc\"", [term("-enc")]),
      ("--force", [term("-force", not: true)]),
      ("C:\\Windows http://x titel:x", [term("c:\\windows"), term("http://x"), term("titel:x")]),
      ("say\"hi\" title:a\"b", [term("say\"hi\""), term("a\"b", .title)]),
      ("level: - \"\" -title:", []),
      ("level:level:low", [term("level:low", .level)]),
      ("ein\u{A0}Wort", [term("ein"), term("wort")]),
    ] as [(String, [SearchQuery.Term])])
  func readsTerms(query: String, terms: [SearchQuery.Term]) {
    #expect(SearchQuery(query).terms == terms)
  }

  /// Unicode Standard, UnicodeData.txt and SpecialCasing.txt: each scalar by itself, so that no sigma is a final one.
  @Test(arguments: [
    ("ÄÖ", "äö"), ("ΟΔΟΣ", "οδοσ"), ("İ", "i\u{307}"), ("ß", "ß"), ("a\nb\u{0}", "a b "), ("e\u{301}", "e\u{301}"),
  ])
  func foldsEachScalarByItself(text: String, folded: String) {
    #expect(FoldedText(text).bytes == Array(folded.utf8))
  }

  @Test(
    arguments: [
      ("lsass.exe", "exe", true), ("lsass.exe", "lsass.exe", true), ("aab", "ab", true), ("aaab", "aab", true),
      ("ab", "abc", false),
      ("", "a", false), ("a", "", true), ("ba", "ab", false),
    ])
  func findsAPartAnywhere(text: String, part: String, isFound: Bool) {
    #expect(FoldedText(text).contains(FoldedText(part)) == isFound)
  }
}
