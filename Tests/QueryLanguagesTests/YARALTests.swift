import Diagnostics
import QueryLanguages
import RuleModel
import Testing

/// Google SecOps documentation: “YARA-L 2.0 language syntax”, “Expressions, operators, and other constructs”, “YARA-L 2.0
/// functions”, “Condition section syntax”.
@Suite struct YARALTests {
  private func read(events: String, condition: String = "$e", other: String = "") -> QueryReading {
    readYARAL(Array("rule r { events:\n\(events)\n\(other)\ncondition:\n\(condition)\n}".utf8)) {
      SourcePosition(line: 1, column: $0 + 1)
    }
  }

  private func logic(_ events: String) -> String {
    let reading = read(events: events)
    return reading.logic + reading.faults.map { " [\($0.id.name)]" }.joined()
  }

  @Test(arguments: [
    (#"$e.a.b = "x""#, "all(a.b eq x)"), (#"$e.a != "x""#, "all(not(a eq x))"), (#""x" = $e.a"#, "all(a eq x)"),
    (#"$e.a = "x" nocase"#, "all(a eq x)"), ("$e.a = 5", "all(a eq 5)"), ("$e.a = -5", "all(a eq -5)"),
    ("$e.a = true", "all(a eq true)"), ("$e.a > 5", "all(a gt 5)"), ("5 >= $e.a", "all(a lte 5)"),
    ("$e.a = FAIL", "all(a eq FAIL)"), (#"$e.a = """#, "all(a eq )"), ("$e.a", "all(a eq true)"),
    ("not $e.a", "all(not(a eq true))"), ("$e.a is not null", "all(a exists true)"),
    ("$e.a is null", "all(a is_null )"),
    ("$e.a = $e.b", "all(a field_ref b)"), ("$e.a != $e.b", "all(not(a field_ref b))"),
    ("$e.a < $e.b", "all(<$e.a < $e.b>)"),
    (#"$e.a in ["x", "y"]"#, "all(any(a eq x, a eq y))"), (#"$e.a in ("x", "y")"#, "all(any(a eq x, a eq y))"),
    (#"any $e.a = "x""#, "all(a eq x)"), (#"all $e.a != "x""#, "all(not(a eq x))"),
  ])
  func comparisons(events: String, expected: String) { #expect(logic(events) == expected) }

  @Test(arguments: [
    ("$e.a = /x.*/", "all(a regex x.*)"), ("$e.a = /x/ nocase", "all(a regex x (i))"),
    ("$e.a != /x/", "all(not(a regex x))"),
    (#"$e.a = /c:\\x\/y\.exe$/"#, #"all(a regex c:\\x/y\.exe$)"#), ("/x/ = $e.a", "all(a regex x)"),
    ("re.regex($e.a, `\\\\x\\.exe$`)", #"all(a regex \\x\.exe$)"#),
    (#"re.regex($e.a, "\\\\x\.y")"#, #"all(a regex \\x\.y)"#),
    ("re.regex($e.a, `x`) nocase", "all(a regex x (i))"), ("re.regex($e.a, `x` nocase)", "all(a regex x (i))"),
    ("not re.regex($e.a, `x`) nocase", "all(not(a regex x (i)))"), ("NOT re.regex($e.a, `x`)", "all(not(a regex x))"),
    ("re.regex($e.a, $e.b)", "all(<re.regex($e.a, $e.b)>)"),
    ("re.regex(strings.concat($e.a, $e.b), `x`)", "all(<re.regex(strings.concat($e.a, $e.b), `x`)>)"),
    ("re.regex(strings.to_lower($e.a), `x`)", "all(a regex x)"),
    ("($e.a = /x/ or $e.b = \"y\") nocase", "all(any(a regex x (i), b eq y))"),
    ("$e.a = /a\"b/\n$e.b = \"c//d\" // $e.c = 1", "all(a regex a\"b, b eq c//d)"),
  ])
  func regularExpressions(events: String, expected: String) { #expect(logic(events) == expected) }

  @Test(arguments: [
    ("$e.a in %l", "all(a eq %l (expand))"), ("not $e.a in %l", "all(not(a eq %l (expand)))"),
    ("$e.a not in %l", "all(not(a eq %l (expand)))"), ("$e.a in regex %l", "all(a regex %l (expand))"),
    ("$e.a in regex %l nocase", "all(a regex %l (expand) (i))"), ("$e.a in cidr %l", "all(a cidr %l (expand))"),
    ("$e.a in %t.column", "all(a eq %t.column (expand))"),
    ("strings.to_lower($e.a) in %l", "all(a eq %l (expand))"),
    ("re.capture($e.a, `x`) in %l", "all(<re.capture($e.a, `x`) in %l>)"),
  ])
  func referenceLists(events: String, expected: String) { #expect(logic(events) == expected) }

  @Test(arguments: [
    (#"strings.contains($e.a, "x")"#, "all(a contains x)"),
    (#"strings.starts_with($e.a, "x")"#, "all(a starts_with x)"),
    (#"strings.ends_with(strings.to_lower($e.a), "x")"#, "all(a ends_with x)"),
    (#"strings.contains($e.a, "x") = true"#, "all(a contains x)"),
    (#"strings.contains($e.a, "x") = false"#, "all(not(a contains x))"),
    ("strings.contains($e.a, $e.b)", "all(a field_ref b (contains))"),
    (#"net.ip_in_range_cidr($e.a, "10.0.0.0/8")"#, "all(a cidr 10.0.0.0/8)"),
    (#"not net.ip_in_range_cidr ($e.a, "10.0.0.0/8")"#, "all(not(a cidr 10.0.0.0/8))"),
    (#"arrays.contains($e.a, "x")"#, "all(a eq x)"), (#"cast.as_string($e.a) = "5""#, "all(a eq 5)"),
    ("math.abs($e.a) > 5", "all(<math.abs($e.a) > 5>)"),
    ("5 < timestamp.get_hour($e.a)", "all(<5 < timestamp.get_hour($e.a)>)"),
    ("600 > timestamp.current_seconds() - $e.a", "all(<600 > timestamp.current_seconds() - $e.a>)"),
    (#"if($e.a = "x", 1, 0) = 1"#, #"all(<if($e.a = "x", 1, 0) = 1>)"#),
    ("frob($e.a)", "all(«frob($e.a)») [query-function] [query-unread]"),
  ])
  func functions(events: String, expected: String) { #expect(logic(events) == expected) }

  @Test(arguments: [
    (#"$e.a.b["c d"] = "x""#, "all(a.b.c d eq x)"), (#"$e.a[0].b = "x""#, "all(a[0].b eq x)"),
    (#"$e.a["b"].c = "x""#, "all(a.b.c eq x)"), (#"$e.graph.entity.ip = "x""#, "all(graph.entity.ip eq x)"),
    (#"$e.a = "c:\\x\ty\z""#, "all(a eq c:\\x\ty\\z)"), ("$e.a = `c:\\x\\t`", #"all(a eq c:\x\t)"#),
    (#"$e.a = "x*""#, "all(a eq x*)"),
  ])
  func fieldsAndValues(events: String, expected: String) { #expect(logic(events) == expected) }

  @Test(arguments: [
    ("$e.a = 1\n$e.b = 2", "all(a eq 1, b eq 2)"), ("$e.a = 1 $e.b = 2", "all(all(a eq 1, b eq 2))"),
    ("$e.a = 1 or $e.b = 2\n$e.c = 3", "all(any(a eq 1, b eq 2), c eq 3)"),
    ("$e.a = 1 and $e.b = 2 OR $e.c = 3", "all(any(all(a eq 1, b eq 2), c eq 3))"),
    ("(\n$e.a = 1 or\n$e.b = 2\n)\n$e.c = 3", "all(any(a eq 1, b eq 2), c eq 3)"),
    ("$e.a = 1\nor $e.b =\n2\n$e.c = 3 nocase", "all(any(a eq 1, b eq 2), c eq 3)"),
    ("$e.a = $p\n($e.b = 1 or $e.c = 2)", "all(<$e.a = $p>, any(b eq 1, c eq 2))"),
    ("$e.a in %l\n(not $e.b = 1)", "all(a eq %l (expand), not(b eq 1))"),
    ("!($e.a = 1 and $e.b = 2)", "all(not(all(a eq 1, b eq 2)))"),
    ("/* $e.a = 1 */ $e.b = 2 // $e.c = 3", "all(b eq 2)"),
  ])
  func linesAndOperators(events: String, expected: String) { #expect(logic(events) == expected) }

  /// A search is the conditions of a rule, without a rule and mostly without an event's name.
  @Test func readsASearch() {
    let search = reading(#"metadata.event_type = "USER_LOGIN" and principal.ip in %ips nocase"#, readYARAL)
    #expect(search.stageWords == ["events: all(all(metadata.event_type eq USER_LOGIN, principal.ip eq %ips (expand)))"])
    #expect(reading(" // nothing", readYARAL).stages == [])
  }

  /// A placeholder is the field that it is bound to, wherever that is written; comparing it with a field is no test.
  @Test(arguments: [
    ("$e.a.b = $p\n$p = \"x\"", "all(<$e.a.b = $p>, a.b eq x)"),
    ("$p != \"x\"\n$p = $e.a.b", "all(not(a.b eq x), <$p = $e.a.b>)"),
    ("$p = strings.to_lower($e.a)\nre.regex($p, `x`)", "all(<$p = strings.to_lower($e.a)>, a regex x)"),
    ("$e.a = $p\n$p in %l\n$p > 5", "all(<$e.a = $p>, a eq %l (expand), a gt 5)"),
    ("$e.a = $p\n$p = $q\n$q = 1", "all(<$e.a = $p>, <$p = $q>, a eq 1)"),
    ("$p != $q\n$e.a = $p\n$e.b = $q", "all(<$p != $q>, <$e.a = $p>, <$e.b = $q>)"),
    // What is worked out is compared with a text in a test, but with a number or list of numbers in none.
    ("$p = re.capture($e.a, `x`)\n$p = \"y\"\n$p > 5", "all(<$p = re.capture($e.a, `x`)>, p eq y, <$p > 5>)"),
  ])
  func placeholders(events: String, expected: String) { #expect(logic(events) == expected) }

  @Test(arguments: [
    ("$e", "all(a eq 1)"), ("$e and $n > 10", "all(a eq 1, <$n > 10>)"), ("#e > 5", "all(a eq 1, <#e > 5>)"),
    ("$e > 5", "all(a eq 1, <$e > 5>)"),
    ("#e >= 1 or $n > 1", "all(a eq 1, any(<#e >= 1>, <$n > 1>))"), ("$e and $h = \"x\"", "all(a eq 1, h eq x)"),
    ("$e and $names = \"x\"", "all(a eq 1, names eq x)"), ("$e and not $h = \"x\"", "all(a eq 1, not(h eq x))"),
  ])
  func conditionOfOneEvent(condition: String, expected: String) {
    let reading = read(
      events: "$e.a = 1", condition: condition,
      other: "outcome:\n$n = count($e.b)\n$h = strings.to_lower($e.c)\n$names = array_distinct($e.d)")
    #expect(reading.logic == expected)
    #expect(reading.faultWords == [])
  }

  @Test(arguments: [
    ("$a and $b", "all(<$a.k = $b.k>, all(all(x eq 1), all(y eq 2)))"),
    ("$a and !$b", "all(all(all(x eq 1), not(all(y eq 2, <$a.k = $b.k>))))"),
    ("$a and not $b", "all(all(all(x eq 1), not(all(y eq 2, <$a.k = $b.k>))))"),
    ("$a and #b = 0", "all(all(all(x eq 1), not(all(y eq 2, <$a.k = $b.k>))))"),
    ("#a > 5 and $b", "all(<$a.k = $b.k>, all(all(all(x eq 1), <#a > 5>), all(y eq 2)))"),
    ("$a and #b < 5", "all(<$a.k = $b.k>, all(all(x eq 1), any(all(y eq 2), <#b < 5>)))"),
    ("any of [$a, #b > 2]", "all(<$a.k = $b.k>, any(all(x eq 1), all(all(y eq 2), <#b > 2>)))"),
    ("all of [$a, $b]", "all(<$a.k = $b.k>, all(all(x eq 1), all(y eq 2)))"),
    ("1 of [$a, $b]", "all(<$a.k = $b.k>, all(any(all(x eq 1), all(y eq 2)), <1 of [$a, $b]>))"),
    // An event that the condition doesn't name must happen as well.
    ("$a", "all(<$a.k = $b.k>, all(y eq 2), all(x eq 1))"),
  ])
  func conditionOfSeveralEvents(condition: String, expected: String) {
    #expect(read(events: "$a.x = 1\n$b.y = 2\n$a.k = $b.k", condition: condition).logic == expected)
  }

  /// What is worked out from two events belongs to neither; a placeholder of such a placeholder doesn't, either.
  @Test func relatesTheEventsThatAValueIsWorkedOutFrom() {
    for _ in 0..<20 {
      let reading = read(
        events: "$a.x = 1\n$b.y = 2\n$p = strings.concat($a.u, $b.u)\n$p = \"z\"\n$q = $p\n$q = \"w\"",
        condition: "$a and $b")
      #expect(
        reading.stageWords == [
          "events: all(<$p = strings.concat($a.u, $b.u)>, p eq z, <$q = $p>, p eq w, #3)", "$a: all(x eq 1)",
          "$b: all(y eq 2)", "condition: all(#1, #2)",
        ])
    }
  }

  @Test func outcomesUseThoseBeforeThem() {
    let reading = read(
      events: "$e.a = 1", condition: "$e and $m = 5 and $h = \"x\"",
      other: "outcome:\n$n = count($e.b)\n$m = $n\n$h = strings.to_lower($e.c)")
    #expect(reading.logic == "all(a eq 1, all(<$m = 5>, h eq x))")
  }

  @Test func hasAStageForEachSectionAndEvent() {
    let reading = read(
      events: "$a.x = 1\n$a.k = $p\n$b.y = 2 // why\n$b.k = $p\n$a.t < $b.t\n$p in %l", condition: "$a and #b > 1",
      other: "match:\n$p, $q over 5m after $a\noutcome:\n$n = count($a.x)\noptions:\nallow_zero_values = true")
    #expect(
      reading.stageWords == [
        "events: all(<$a.t < $b.t>, #5)", "$a: all(x eq 1, <$a.k = $p>, k eq %l (expand))",
        "$b: all(y eq 2, <$b.k = $p>)", "match: all()", "outcome: all()", "condition: all(#1, all(#2, <#b > 1>))",
        "options: all()",
      ])
    #expect(reading.stages[1].text == "$a.x = 1\n$a.k = $p\n$p in %l")
    #expect(reading.stages[3].text == "$p, $q over 5m after $a")
    #expect(reading.match == .join(by: ["k", "q"], within: "5m after $a"))
    #expect(reading.stages.map(\.form) == [.source, .condition, .condition, .command, .command, .command, .command])
  }

  @Test func stagesLoseTheIndentationOfTheRule() {
    let reading = readYARAL(
      Array("rule r {\n  events:\n    $e.a = 1\n    (\n      $e.b = 2\n\t)\n  condition: $e\n}".utf8)
    ) { SourcePosition(line: 1, column: $0 + 1) }
    #expect(reading.stages[0].text == "$e.a = 1\n(\n  $e.b = 2\n\t)")
    #expect(reading.stages.last?.text == "$e")
  }

  @Test func countsAreThresholds() {
    let reading = read(events: "$e.a = $p", condition: "#e > 5 and $n > 2", other: "match:\n$p over 1h")
    #expect(reading.match == .threshold("#e > 5 and $n > 2", by: ["a"], within: "1h", joinsEvents: false))
    #expect(
      read(events: "$e.a = $p", other: "match:\n$p over 1h").match
        == .threshold("$e", by: ["a"], within: "1h", joinsEvents: false))
  }

  @Test(arguments: [
    // The other lines are read.
    ("$e.a = = 1\n$e.b = 2", "all(«$e.a = = 1», b eq 2)"), ("$e.a = \"x\n$e.b = 2", "all(«$e.a = \"x», b eq 2)"),
    ("($e.a = 1 or ($e.b = 2", "all(any(a eq 1, b eq 2))"), ("$e.a = 1)\n$e.b = 2", "all(a eq 1, b eq 2)"),
    ("$e.a ? 1\n$e.b = 2", "all(«$e.a ? 1», b eq 2)"),
  ])
  func keepsWhatItCanRead(events: String, expected: String) {
    let reading = read(events: events)
    #expect(reading.logic == expected)
    #expect(reading.faults.contains { $0.id == .querySyntax })
  }

  @Test func pointsAtFaults() {
    #expect(
      read(events: "($e.a = 1").faultWords == [
        "18: '(' isn't closed; ')' is expected before 'condition' [query-syntax]"
      ])
    #expect(
      read(events: "strings.contain($e.a, `x`)").faultWords == [
        "18: 'strings.contain' isn't a function of the query's language; did you mean 'strings.contains'? [query-function]",
        "18: 'strings.contain($e.a, `x`)' isn't understood; it is shown as text and counts as no test [query-unread]",
      ])
    let unclosed = readYARAL(Array("rule r { events: $e.a = 1".utf8)) { SourcePosition(line: 1, column: $0 + 1) }
    #expect(unclosed.logic == "all(a eq 1)")
    #expect(unclosed.faultWords == ["8: '{' isn't closed; '}' is expected before the end of the query [query-syntax]"])
  }

  @Test func splitsAFileIntoRules() {
    let text = """
      /* rule no { */
      rule one { meta: a = "x" b = `y\\` c = "d\\"e" match: f = 1 events: $e.a = /}/ condition: $e }
      text
      rule unfinished : tag
      rule two : tag other { strings: $a = { 4D 5A } condition: $a }
      rule three { events: ( $e.a = "condition: x" condition: $e
      rule four { condition: $e and filesize > 5 }
      """
    let bytes = Array(text.utf8)
    let rules = YARALRule.all(in: bytes)
    #expect(rules.map(\.name) == ["one", "two", "three", "four"])
    #expect(rules.map { $0.describesFiles(in: bytes) } == [false, true, false, false])
    #expect(rules.map { $0.unclosed != nil } == [false, false, true, false])
    #expect(
      rules.map { $0.sections.map(\.name) } == [
        ["meta", "match", "events", "condition"], ["strings", "condition"], ["events", "condition"], ["condition"],
      ])
    #expect(rules[0].meta.map(\.key) == ["a", "b", "c"])
    #expect(rules[0].meta.map(\.value) == ["x", "y\\", "d\"e"])
    #expect(rules[0].meta.map { $0.literal.map { String(decoding: bytes[$0], as: UTF8.self) } } == ["x", "y\\", nil])
  }

  /// Whatever it holds, a rule is read quickly, and within the stack.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      Repeated("rule r { events: ", "(", 10_000), Repeated("rule r { events: ", "not ", 10_000),
      Repeated("rule r { events: $e.a = 1", " or $e.a = 2", 50_000), Repeated("rule r { events:", "\n$e.a = 1", 50_000),
      Repeated("rule r { events: $e.a = \"", "x", 1_000_000), Repeated("rule r { /*", "x", 1_000_000),
      Repeated("rule r { events: $e.a in (", "\"x\", ", 100_000), Repeated("rule r { ", "events: ", 50_000),
      Repeated("rule r { ", "meta: a = \"x\" ", 50_000), Repeated("rule r { ", 50_000), Repeated("{", 100_000),
      Repeated("rule r { events:\n$e.a = $p0\n", "$p = $q\n$q = $p\n", 20_000),
      Repeated("rule r { events: $e.a = strings.concat(", "$e.a, strings.concat(", 10_000),
      Repeated("rule r { events: $e", ".a", 100_000), Repeated("rule r { events: $e", "[0]", 100_000),
      Repeated("rule r { condition: ", "#e > 5 and ", 50_000), Repeated("rule r { condition: any of ", "[", 10_000),
    ])
  func readsHostileTexts(_ text: Repeated) {
    let bytes = Array(text.text.utf8)
    let reading = readYARAL(bytes) { SourcePosition(line: 1, column: $0 + 1) }
    #expect(reading.stages.count < 10)
  }

  /// The work grows with the length only.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      ("rule r { meta: ", "k@ = 1 ", ""), ("rule r { events: $e.a = 1 outcome:\n", "$n@ = count($e.a)\n", ""),
      ("rule r { events: $e.a = 1 match:\n", "$n@, ", "$x over 5m"), ("", "rule a@ : ", ""),
      ("rule r { events: " + String(repeating: "(", count: 50_000) + "{", "events: a@ ", ""),
      ("rule r { events:\n", "$p@ = strings.concat($a.b, $b@.c)\n", ""),
    ])
  func readsManyNames(start: String, piece: String, end: String) {
    let names = (0..<50_000).map { piece.replacing("@", with: "\($0)") }.joined()
    let bytes = Array((start + names + end).utf8)
    let reading = readYARAL(bytes) { SourcePosition(line: 1, column: $0 + 1) }
    #expect(reading.stages.count <= 50_010)
  }

  @Test(.timeLimit(.minutes(15))) func readsManyEvents() {
    let events = (0..<20_000).map { "$e\($0).a = $p\($0)\n$p\($0) = $q\n" }.joined()
    let bytes = Array("rule r { events:\n\(events) condition: $e0 }".utf8)
    #expect(readYARAL(bytes) { SourcePosition(line: 1, column: $0 + 1) }.stages.count == 20_002)
  }
}
