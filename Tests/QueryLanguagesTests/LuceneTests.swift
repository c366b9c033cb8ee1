import Testing

@testable import QueryLanguages

/// Lucene's query syntax as Lucene's classic parser and Elasticsearch's `query_string` have it.
@Suite struct LuceneTests {
  @Test(arguments: [
    // Terms and phrases.
    ("a:b", "a eq b"), ("a:\"b c\"", "a eq b c"), ("a.b:5", "a.b eq 5"), ("b", "- keyword b"),
    ("\"b c\"", "- keyword b c"),
    ("a: b c", "any(a eq b, - keyword c)"), ("R&D", "- keyword R&D"), ("a:b-c", "a eq b-c"), ("a:x/y", "a eq x/y"),
    // Wildcards, outside quotes only.
    ("a:b*", "a starts_with b"), ("a:*b*", "a contains b"), ("a:b?c", "a wildcard b?c"), ("a:\"b*\"", "a eq b*"),
    ("a:*", "a exists true"),
    ("b*", "- keyword b"), ("b*c", "- keyword b*c (wildcard)"), ("*:b", "- keyword b"), ("*:*", "<*>"), ("*", "<*>"),
    ("a.\\*:b", "a.* eq b"),
    // Escapes.
    (#"a:b\*c"#, "a eq b*c"), (#"a\:b:c\ d"#, "a:b eq c d"), (#"a:C\:\\x\(1\)"#, #"a eq C:\x(1)"#),
    (#"a:"b\"c\\""#, #"a eq b"c\"#), (#"a:\u0041"#, "a eq A"),
    // Presence.
    ("_exists_:a.b", "a.b exists true"), ("NOT _exists_:a", "not(a exists true)"), ("_missing_:a", "a is_null "),
    // Regular expressions.
    ("a:/x.*\\/y/", "a regex x.*/y"), ("/x+/", "- regex x+"),
    // Ranges.
    ("a:[1 TO 5]", "all(a gte 1, a lte 5)"), ("a:{1 TO 5}", "all(a gt 1, a lt 5)"),
    ("a:[1 TO 5}", "all(a gte 1, a lt 5)"), ("a:[-5 TO *]", "a gte -5"),
    ("a:[\"b c\" TO d]", "all(a gte b c, a lte d)"), ("a:[* TO *]", "a exists true"), ("a:>=10", "a gte 10"),
    ("a:<5", "a lt 5"),
    ("a:(>=10 AND <20)", "all(a gte 10, a lt 20)"), ("@timestamp:[now-1d TO now]", "<@timestamp:[now-1d TO now]>"),
    ("a:[2024-05-01T10:00:00 TO *]", "<2024-05-01T10:00:00>"),
    ("a:>now-1h AND b:c", "all(<a:>now-1h>, b eq c)"),
    // How near and how important says nothing.
    ("a:b^2", "a eq b"), ("a:b~", "a eq b"), ("a:b~0.8 AND c:d", "all(a eq b, c eq d)"), ("a:\"b c\"~5", "a eq b c"),
    ("(a:b OR c:d)^1.5 AND e:f", "all(any(a eq b, c eq d), e eq f)"),
    // Clauses.
    ("a:b AND c:d", "all(a eq b, c eq d)"), ("a:b && c:d", "all(a eq b, c eq d)"),
    ("a:b OR c:d", "any(a eq b, c eq d)"), ("a:b || c:d", "any(a eq b, c eq d)"),
    ("a:b c:d", "any(a eq b, c eq d)"), ("NOT a:b", "not(a eq b)"), ("!a:b", "not(a eq b)"), ("-a:b", "not(a eq b)"),
    ("a:b -c:d", "all(a eq b, not(c eq d))"),
    ("a:b AND NOT c:d", "all(a eq b, not(c eq d))"), ("a:b OR NOT c:d", "all(a eq b, not(c eq d))"),
    ("a:b e:f -c:d", "all(any(a eq b, e eq f), not(c eq d))"),
    ("+a:b c:d", "all(a eq b, any(all(), c eq d))"), ("a:b OR c:d AND e:f", "all(c eq d, e eq f, any(all(), a eq b))"),
    ("(a:b OR c:d) AND e:f", "all(any(a eq b, c eq d), e eq f)"),
    ("NOT (a:b OR c:d) AND e:f", "all(e eq f, not(any(a eq b, c eq d)))"),
    ("a:b and c:d", "any(a eq b, - keyword and, c eq d)"), ("+a:b +c:d", "all(a eq b, c eq d)"),
    // Groups on a field.
    ("a:(b c)", "any(a eq b, a eq c)"), ("a:(b AND \"c d\")", "all(a eq b, a eq c d)"),
    ("a:(+b -c*)", "all(a eq b, not(a starts_with c))"), ("a:(b OR c:d)", "any(a eq b, c eq d)"),
    ("a:((b c) AND d)", "all(any(a eq b, a eq c), a eq d)"), ("a:(b or c)", "any(a eq b, a eq or, a eq c)"),
    ("a:(/x/ OR [1 TO 2])", "any(a regex x, all(a gte 1, a lte 2))"),
    ("", ""),
  ])
  func reads(query: String, expected: String) {
    let result = reading(query, readLucene)
    #expect(result.logic == expected)
    #expect(result.faultWords == [])
  }

  @Test(arguments: [
    (
      "a:b AND", "all(a eq b, «»)",
      "8: a value or name is expected before the end of the query; add it, or remove what needs it [query-syntax]"
    ),
    ("a:(b OR c", "«a:(b OR c»", "3: '(' isn't closed; ')' is expected before the end of the query [query-syntax]"),
    ("a:\"b", "«a:\"b»", "3: a text or comment isn't closed; add what ends it [query-syntax]"),
    (
      "a:[1 TO] OR b:c", "any(«a:[1 TO]», b eq c)",
      "8: a value or name is expected before ']'; add it, or remove what needs it [query-syntax]"
    ),
    (
      "a: OR b:c", "any(«a:», b eq c)",
      "4: a value or name is expected before 'OR'; add it, or remove what needs it [query-syntax]"
    ),
  ])
  func readsTheRestOfWhatIsFaulty(query: String, expected: String, fault: String) {
    let result = reading(query, readLucene)
    #expect(result.logic == expected)
    #expect(result.faultWords.filter { $0.hasSuffix("[query-syntax]") } == [fault])
  }

  @Test func testsHaveTheirPlaces() {
    let result = reading("a:(b \"c\") AND d:>5", readLucene)
    var columns: [Int32] = []
    result.stages.forEachTest { test, _ in columns.append(test.position.column) }
    #expect(columns == [4, 6, 18])
    #expect(result.stages[0].language == .lucene)
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      Repeated("(", 10_000, "a:b"), Repeated("NOT ", 10_000, "a"), Repeated("a:b ", 20_000), Repeated("-+!", 10_000),
      Repeated("a:\"", "x", 1_000_000), Repeated("a AND b OR ", 10_000), Repeated("a:[1 TO ", 10_000),
      Repeated("a:[1 TO 2 OR ", 10_000), Repeated("a~2^", 10_000), Repeated("a:(", "b OR ", 20_000, "c)"),
    ])
  func endsWhateverItIs(query: Repeated) {
    #expect(!reading(query.text, readLucene).stages.isEmpty)
  }
}
