import Testing

@testable import QueryLanguages

/// The Kibana Query Language as Elastic documents it, and as Kibana's grammar has it.
@Suite struct KQLTests {
  @Test(arguments: [
    ("a: b", "a eq b"), ("a:b", "a eq b"), ("a.b : \"c d\"", "a.b eq c d"), ("a: 5", "a eq 5"), ("a:true", "a eq true"),
    // Logic: `and` binds tighter than `or`, whatever the case of both.
    ("a:1 or b:2 and c:3", "any(a eq 1, all(b eq 2, c eq 3))"),
    ("(a:1 OR b:2) And NOT c:3", "all(any(a eq 1, b eq 2), not(c eq 3))"),
    ("not a:1 and b:2", "all(not(a eq 1), b eq 2)"), ("not (a:1 or b:2)", "not(any(a eq 1, b eq 2))"),
    ("not(a:1)or(b:2)", "any(not(a eq 1), b eq 2)"),
    // Groups of values.
    ("a:(b or c and not d)", "any(a eq b, all(a eq c, not(a eq d)))"), ("a:(not (b or c))", "not(any(a eq b, a eq c))"),
    ("a:(b* or \"c*\" or *)", "any(a starts_with b, a eq c*, a exists true)"),
    ("not a:(b or c)", "not(any(a eq b, a eq c))"),
    // Fields of an object.
    ("a:{ b:1 and c.d: x* }", "all(a.b eq 1, a.c.d starts_with x)"),
    ("a:{ b:{ c:(x or y) } }", "any(a.b.c eq x, a.b.c eq y)"),
    ("a:{ b:1 } and c:2", "all(a.b eq 1, c eq 2)"), ("a:{ not b:1 or c > 3 }", "any(not(a.b eq 1), a.c gt 3)"),
    // Ranges.
    ("a >= 5 and b < 3", "all(a gte 5, b lt 3)"), ("a<=5 or b>\"3\"", "any(a lte 5, b gt 3)"),
    // Time says when, not what.
    ("@timestamp >= now-1h", "<@timestamp >= now-1h>"), ("@timestamp: \"2024-05-01\"", "<@timestamp: \"2024-05-01\">"),
    ("a.created > now-7d/d and b:1", "all(<a.created > now-7d/d>, b eq 1)"),
    ("a.created < 2024-05-01", "<a.created < 2024-05-01>"),
    ("a > 2024", "a gt 2024"), ("a:\"2024-05-01\"", "a eq 2024-05-01"),
    // Wildcards, outside quotes only; a question mark is none.
    ("a:*", "a exists true"), ("not a:*", "not(a exists true)"), ("a:*b", "a ends_with b"), ("a:*b*", "a contains b"),
    ("a:b*c", "a wildcard b*c"), ("a:*b*c", "a wildcard *b*c"), ("a:b?c", "a eq b?c"), ("a:b?*c", #"a wildcard b\?*c"#),
    ("a:**", "a exists true"), ("a.*:b", "a.* eq b"), ("a*:*", "a* exists true"),
    // Backslashes.
    (#"a:\*b"#, "a eq *b"), (#"a:*\**"#, "a contains *"), (#"a\:b:c"#, "a:b eq c"),
    (#"a:C\:\\Windows\\*"#, #"a starts_with C:\Windows\"#),
    (#"a:\"x\""#, "a eq \"x\""), (#"a:\(x\)"#, "a eq (x)"), (#"a:\u00e9"#, "a eq é"),
    (#"a:"\u0041\"\\x""#, #"a eq A"\x"#),
    (#"a:"\d\*""#, #"a eq \d\*"#), (#"a:"b\tc\nd""#, "a eq b\tc\nd"), (#"a:b\and"#, "a eq band"),
    (#"a:\and or b:\OR"#, "any(a eq and, b eq OR)"),
    (#"a:\\\\host\\*\\x"#, #"a wildcard \\\host\\*\x"#), (#"a:"\ud83d\ude00""#, "a eq 😀"),
    // Words beside each other are one value.
    ("a: access denied", "a eq access denied"),
    ("a: access  denied* and b:1", "all(a starts_with access  denied, b eq 1)"),
    ("a:(b c or d)", "any(a eq b c, a eq d)"), ("a: order android", "a eq order android"),
    // Without a field.
    ("powershell", "- keyword powershell"), ("*power*", "- keyword power"),
    ("po*ell or \"b*\"", "any(- keyword po*ell (wildcard), - keyword b*)"),
    ("*:b", "- keyword b"), ("*:(b or c*d)", "any(- keyword b, - keyword c*d (wildcard))"),
    ("access denied", "- keyword access denied"),
    ("*", "<*>"), ("*:*", "<*>"), ("\"a b\":c", "a b eq c"), ("", ""), ("  \n ", ""),
  ])
  func reads(query: String, expected: String) {
    let result = reading(query, readKQL)
    #expect(result.logic == expected)
    #expect(result.faultWords == [])
  }

  @Test(arguments: [
    (
      "a:1 and", "all(a eq 1, «»)",
      ["8: a value or name is expected before the end of the query; add it, or remove what needs it [query-syntax]"]
    ),
    (
      "a:1 b:2 and c:3", "all(«a:1 b:2», c eq 3)",
      ["6: ':' is unexpected here; an operator before it may be missing [query-syntax]"]
    ),
    ("a:(b or c", "«a:(b or c»", ["3: '(' isn't closed; ')' is expected before the end of the query [query-syntax]"]),
    (
      "a:b) and c:d", "all(a eq b, c eq d)",
      ["4: ')' is unexpected here; an operator before it may be missing [query-syntax]"]
    ),
    ("a:\"b and c:d", "«a:\"b and c:d»", ["3: a text or comment isn't closed; add what ends it [query-syntax]"]),
    (
      "a:(b or ) and c:d", "all(any(a eq b, «»), c eq d)",
      ["9: a value or name is expected before ')'; add it, or remove what needs it [query-syntax]"]
    ),
  ])
  func readsTheRestOfWhatIsFaulty(query: String, expected: String, faults: [String]) {
    let result = reading(query, readKQL)
    #expect(result.logic == expected)
    #expect(result.faultWords.filter { $0.hasSuffix("[query-syntax]") } == faults)
    #expect(result.faults.contains { $0.id == .queryUnread } == expected.contains("«"))
  }

  @Test func oneStageHasTheWholeQuery() {
    let result = reading(" a:1 and\n b:2 ", readKQL)
    #expect(result.stages.map(\.name) == ["query"])
    #expect(result.stages[0].text == "a:1 and\n b:2")
    #expect(result.stages[0].language == .kql)
    #expect(result.stages[0].position.column == 2)
    var columns: [Int32] = []
    result.stages.forEachTest { test, _ in columns.append(test.position.column) }
    #expect(columns == [4, 13])
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      Repeated("(", 10_000, "a:1"), Repeated("not ", 10_000, "a:1"), Repeated("a:{ ", 10_000),
      Repeated("a:(", "b or ", 20_000, "c)"), Repeated("a:\"", "x", 1_000_000), Repeated("a:", "x ", 20_000),
      Repeated("a:1 b", 20_000), Repeated("\\", 1_000_001), Repeated("a:", "*", 1_000_000),
    ])
  func endsWhateverItIs(query: Repeated) {
    #expect(!reading(query.text, readKQL).stages.isEmpty)
  }
}
