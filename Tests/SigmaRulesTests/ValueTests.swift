import RuleModel
import Testing

/// The contract's canonical kinds, and each sentence of the specification on wildcards, escapes and modifiers.
@Suite struct ValueTests {
  @Test(arguments: [
    // Plain values and wildcards (“String Wildcard”).
    ("F: abc", "F eq abc"),
    ("F: abc*", "F starts_with abc"),
    ("F: '*abc'", "F ends_with abc"),
    ("F: '*abc*'", "F contains abc"),
    ("F: '*'", "F exists true"),
    ("F: '**'", "F exists true"),
    ("F: 'a*c'", "F wildcard a*c"),
    ("F: 'prog?.exe'", "F wildcard prog?.exe"),
    ("F: '*a*c*'", "F wildcard *a*c*"),
    // “Escape Character”.
    (#"F: 'a\b'"#, #"F eq a\b"#),
    (#"F: 'a\\b'"#, #"F eq a\b"#),
    (#"F: 'a\*b'"#, "F eq a*b"),
    (#"F: 'a\?b'"#, "F eq a?b"),
    (#"F: 'a\\*'"#, #"F starts_with a\"#),
    (#"F: 'a\\\*b'"#, #"F eq a\*b"#),
    (#"F: 'a\\\b'"#, #"F eq a\\b"#),
    (#"F: 'a\\\\b'"#, #"F eq a\\b"#),
    (#"F: 'a\'"#, #"F eq a\"#),
    // Numbers, booleans, null, nothing.
    ("F: 00000429", "F eq 00000429"),
    ("F: 0x10", "F eq 0x10"),
    ("F: True", "F eq True"),
    ("F: null", "F is_null "),
    ("F:", "F is_null "),
    ("F: ''", "F eq "),
    ("F: []", "F is_null "),
    ("F|contains: null", "F is_null "),
    // Generic modifiers.
    ("F|contains: abc", "F contains abc"),
    ("F|startswith: abc", "F starts_with abc"),
    ("F|endswith: abc", "F ends_with abc"),
    ("F|contains: '*abc'", "F contains abc"),
    ("F|contains: 'a*b'", "F wildcard *a*b*"),
    (#"F|startswith: '\Temp*x\'"#, #"F wildcard \Temp*x\\*"#),
    (#"F|contains: '\a\'"#, #"F contains \a\"#),
    (#"F|endswith: 'a?b'"#, "F wildcard *a?b"),
    (#"F|contains: 'x\*y'"#, "F contains x*y"),
    ("F|contains: ''", "F exists true"),
    ("F|exists: true", "F exists true"),
    ("F|exists: yes", "F exists true"),
    ("F|exists: no", "F exists false"),
    ("F|cased: Abc", "F eq Abc [cased]"),
    ("F|contains|cased: Abc", "F contains Abc [cased]"),
    ("F|neq: a", "not F eq a"),
    ("F|windash|contains: ' -x'", "F contains  -x [windash]"),
    // Regular expressions: no escapes undone, and what is put around them is swallowed.
    (#"F|re: 'a\\b.*'"#, #"F regex a\\b.*"#),
    ("F|re|i: a", "F regex a [i]"),
    ("F|re|i|m|s: a", "F regex a [i m s]"),
    ("F|re|ignorecase|multiline|dotall: a", "F regex a [i m s]"),
    ("F|contains|re: a", "F regex a"),
    ("F|re|contains: a", "F regex a"),
    // Encodings.
    ("F|base64: ab", "F eq ab [base64]"),
    ("F|base64offset|contains: ab", "F contains ab [base64offset]"),
    ("F|wide|base64offset|contains: ab", "F contains ab [base64offset wide]"),
    ("F|utf16le|base64: ab", "F eq ab [base64 utf16le]"),
    ("F|utf16be|base64: ab", "F eq ab [base64 utf16be]"),
    ("F|utf16|base64: ab", "F eq ab [base64 utf16]"),
    // Numbers, times, networks, references, placeholders.
    ("F|lt: 5", "F lt 5"), ("F|lte: 5", "F lte 5"), ("F|gt: 5.5", "F gt 5.5"), ("F|gte: -5", "F gte -5"),
    ("F|hour: 3", "F eq 3 [hour]"),
    ("F|hour|gte: 22", "F gte 22 [hour]"),
    ("F|minute: 3", "F eq 3 [minute]"), ("F|day: 3", "F eq 3 [day]"), ("F|week: 3", "F eq 3 [week]"),
    ("F|month: 3", "F eq 3 [month]"), ("F|year: 2026", "F eq 2026 [year]"),
    ("F|cidr: 10.0.0.0/8", "F cidr 10.0.0.0/8"),
    ("F|cidr: 'fd00::/8'", "F cidr fd00::/8"),
    ("F|fieldref: G", "F field_ref G"),
    ("F|fieldref|endswith: G", "F field_ref G [endswith]"),
    ("F|endswith|fieldref: G", "F field_ref G [endswith]"),
    ("F|fieldref|neq: G", "not F field_ref G"),
    ("F|expand: '%admins%'", "F eq %admins% [expand]"),
    ("F|contains|expand: '%admins%'", "F contains %admins% [expand]"),
    // Keywords.
    ("'|all': [a, b]", "- keyword a|- keyword b"),
    ("'|re': 'a.b'", "- regex a.b"),
    ("'|base64offset': 'ab'", "- keyword ab [base64offset]"),
  ])
  func readsAValue(line: String, expected: String) throws {
    let rule = try readDetection("selection:", "    \(line)", "condition: selection")
    #expect(rule.testWords == expected.split(separator: "|").map(String.init))
    #expect(rule.findings.isEmpty, "\(rule.findings)")
  }

  @Test(arguments: [
    ("- word", "- keyword word"),
    ("- '*word*'", "- keyword word"),
    // With a wildcard inside it is another test than the same characters.
    ("- 'a*b'", "- keyword a*b [wildcard]"),
    ("- '*a*b*'", "- keyword a*b [wildcard]"),
    ("- 'a?'", "- keyword a? [wildcard]"),
    (#"- 'a\*b'"#, "- keyword a*b"),
    (#"- 'a\?'"#, "- keyword a?"),
    (#"- 'C:\\dir\*x?'"#, #"- keyword C:\\dir\*x? [wildcard]"#),
    (#"- 'C:\\dir\*x'"#, #"- keyword C:\dir*x"#),
    ("- 4711", "- keyword 4711"),
  ])
  func readsAKeyword(line: String, expected: String) throws {
    let rule = try readDetection("keywords:", "    \(line)", "condition: keywords")
    #expect(rule.testWords == [expected])
  }

  @Test(arguments: [
    ("F|contain: a", "rule.yml:5:11: error: unknown modifier 'contain'; did you mean 'contains'? [sigma-modifier]"),
    (
      "F|re|cidr: a",
      "rule.yml:5:14: error: the modifiers 're' and 'cidr' exclude each other; remove one [sigma-modifier]"
    ),
    ("F|i: a", "rule.yml:5:11: error: 'i' is a flag of 're'; write '|re' before it [sigma-modifier]"),
    (
      "F|cidr: 10.0.0.0/33",
      "rule.yml:5:17: warning: '10.0.0.0/33' is no network; write an address, '/' and a prefix length [sigma-value]"
    ),
    (
      "F|cidr: 10.0.0/8",
      "rule.yml:5:17: warning: '10.0.0/8' is no network; write an address, '/' and a prefix length [sigma-value]"
    ),
    (
      "F|cidr: 'fd00:/8'",
      "rule.yml:5:17: warning: 'fd00:/8' is no network; write an address, '/' and a prefix length [sigma-value]"
    ),
    ("F|gt: many", "rule.yml:5:15: warning: 'many' is no number; 'gt' compares numbers [sigma-value]"),
    ("F|exists: maybe", "rule.yml:5:19: warning: 'exists' takes true or false; it is read as true [sigma-value]"),
    ("F|contains|all: a", "rule.yml:5:9: warning: 'all' needs more than one value; remove it [sigma-modifier]"),
    (
      "F: {a: b}",
      "rule.yml:5:12: error: the value of 'F' is a map; write a value or a list of values [sigma-detection]"
    ),
    ("F: [[a]]", "rule.yml:5:13: error: a list among the values of 'F'; write values only [sigma-detection]"),
    (
      "F|base64offset|contains: 'a*'",
      "rule.yml:5:34: warning: a wildcard can't be encoded; escape it with a backslash [sigma-value]"
    ),
  ])
  func tellsWhatIsWrongWithAValue(line: String, expected: String) throws {
    let rule = try readDetection("selection:", "    \(line)", "condition: selection")
    #expect(rule.findings.map(\.description) == [expected])
  }

  @Test func keepsEachValueAndItsPlace() throws {
    let rule = try readDetection(
      "selection:", "    CommandLine|contains:", "        - ' -enc '", "        - \"ünïcödé\"", "condition: selection")
    var places: [String] = []
    rule.forEachTest { test, _ in places.append("\(test.value)@\(test.position.line):\(test.position.column)") }
    #expect(places == [" -enc @6:15", "ünïcödé@7:15"])
  }
}
