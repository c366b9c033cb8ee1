import QueryLanguages
import RuleModel
import Testing
import Text

/// Which changes of a query's text are changes of its words.
@Suite struct WordsDigestTests {
  private func digest(_ text: String, _ language: QueryLanguage) -> UInt64 {
    var digest = StableDigest()
    language.addWords(of: text, to: &digest)
    return digest.value
  }

  @Test(arguments: [
    (QueryLanguage.kusto, "T | where a == 1 // why", "T\n| where a==1"),
    (.sql, "select a -- b\nfrom c", "select a from c"),
    (.python, "def f(e):\n  return e # why\n", "def f(e):\n      return e\n"),
    (.python, "def f(e):\n\tif e:\n\t\treturn g(e,\n1)\n", "def f(e):\n if e:\n  return g(e, 1)"),
    (.sql, "select 'a\\\\b'", "select  'a\\\\b'"),
  ])
  func layoutAndCommentsMakeNoDifference(language: QueryLanguage, one: String, other: String) {
    #expect(digest(one, language) == digest(other, language))
  }

  @Test(arguments: [
    (QueryLanguage.kusto, "T | where a == 1", "T | where a == 2"), (.sql, "select 'a  b'", "select 'a b'"),
    // Where a line of Python stands decides what runs.
    (.python, "if a:\n  b()\nc()\n", "if a:\n  b()\n  c()\n"),
    // A comment for SQLite is a part of the string for others.
    (.sql, "select 'it\\'s -- x' from t", "select 'it\\'s -- y' from t"),
    // A comment for others is a part of the statement for SQLite.
    (.sql, "select 'a\\' -- x' from t", "select 'a\\' -- y' from t"),
  ])
  func everyWordCounts(language: QueryLanguage, one: String, other: String) {
    #expect(digest(one, language) != digest(other, language))
  }

  /// However many words there are.
  @Test func countsWordsPastTheLimitOfOneExpression() {
    let words = String(repeating: "a ", count: Kusto.grammar.limits.tokens + 10)
    #expect(digest(words + "b", .kusto) != digest(words + "c", .kusto))
  }
}
