import Diagnostics
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
      "rule.yml:5:17: error: '10.0.0.0/33' isn't a network; write an address, '/' and a prefix length [sigma-value]"
    ),
    (
      "F|cidr: 10.0.0/8",
      "rule.yml:5:17: error: '10.0.0/8' isn't a network; write an address, '/' and a prefix length [sigma-value]"
    ),
    (
      "F|cidr: 'fd00:/8'",
      "rule.yml:5:17: error: 'fd00:/8' isn't a network; write an address, '/' and a prefix length [sigma-value]"
    ),
    ("F|gt: many", "rule.yml:5:15: error: 'many' isn't a number; 'gt' compares numbers [sigma-value]"),
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

  /// What no engine can load is an error; what is against the specification, or hardly meant, a warning.
  @Test(arguments: [
    ("F|re: 'a('", "5:18: error: the regular expression 'a(' doesn't compile: missing closing parenthesis; correct it"),
    (
      "F|re: '(?<=a+)b'",
      "5:16: note: PCRE2 doesn't take the regular expression '(?<=a+)b': lookbehind assertion is not fixed length; try it in the engine that runs the rule"
    ),
    (
      "F|cidr: 10.1.0.0/8",
      "5:17: error: '10.1.0.0/8' has bits set behind its prefix, which engines refuse; write '10.0.0.0/8'"
    ),
    (
      "F|cidr: 'fd00::1/8'",
      "5:17: error: 'fd00::1/8' has bits set behind its prefix, which engines refuse; write 'fd00::/8'"
    ),
    (
      "F|cidr: 010.0.0.0/8",
      "5:17: error: '010.0.0.0/8' has a number with a leading zero, which engines refuse or read as octal; remove the zero"
    ),
    (
      "F|cidr: 10.0.0.0/08",
      "5:17: error: '10.0.0.0/08' has a number with a leading zero, which engines refuse or read as octal; remove the zero"
    ),
    ("F|lt: 0x1p3", "5:15: error: '0x1p3' isn't a number; 'lt' compares numbers"),
    ("F|lt: ''", "5:15: error: '' isn't a number; 'lt' compares numbers"),
    ("F|lt: '5'", "5:15: warning: '5' in quotes is a text; remove the quotes, as 'lt' compares numbers"),
    (
      "F|fieldref: 'G*'",
      "5:21: error: 'fieldref' takes the name of a field, and a name has no wildcards; write the whole name instead of 'G*'"
    ),
    (
      "F|fieldref: 5",
      "5:21: error: 'fieldref' takes the name of a field, and 5 is a number; write a name, in single quotes if the field is called so"
    ),
    ("F|fieldref: ''", "5:21: error: 'fieldref' needs the name of a field; write one"),
    (
      "F|fieldref: null", "5:21: error: 'fieldref' needs a value, and null isn't one; write one, or remove the modifier"
    ),
    (
      "F|contains: null", "5:21: error: 'contains' needs a value, and null isn't one; write one, or remove the modifier"
    ),
    (
      "F: [a, null]",
      "5:16: warning: null isn't allowed among other values; write a search identifier of its own with null, and 'or' between them"
    ),
    ("F: []", "5:12: warning: the list of values of 'F' is empty, which means null; write its values, or null"),
    (
      "F|contains: ''",
      "5:21: warning: an empty value matches whatever the field holds; write the value, or 'exists: true' if any value will do"
    ),
    (
      "F|expand: a%b",
      "5:19: warning: 'expand' replaces placeholders such as %name%, and the value has none; add one or remove 'expand'"
    ),
    (
      "null: a",
      "5:9: error: a field's name must be a text; write one before the colon, in single quotes if the field is called 'null'"
    ),
  ])
  func reportsValuesThatCannotBeLoaded(line: String, expected: String) throws {
    let rule = try readDetection("selection:", "    \(line)", "condition: selection")
    let id = line.hasPrefix("null") ? "sigma-detection" : "sigma-value"
    #expect(rule.findings.map(\.description) == ["rule.yml:\(expected) [\(id)]"])
    #expect(rule.testWords.count == (line.contains(",") ? 2 : 1), "the value stays visible")
  }

  /// Numbers, booleans and dates aren't texts to engines, nor are texts booleans or numbers; a part of a time has its range.
  @Test(arguments: [
    ("F|contains: 5", "5:21: warning: 'contains' compares texts, and 5 is a number; put it in single quotes"),
    ("F|endswith: true", "5:21: warning: 'endswith' compares texts, and true is a boolean; put it in single quotes"),
    ("F|windash: 0x10", "5:20: warning: 'windash' compares texts, and 0x10 is a number; put it in single quotes"),
    (
      "F: 2026-01-31",
      "5:12: warning: 2026-01-31 is a date in YAML, which engines refuse as a value; put it in single quotes"
    ),
    (
      "F|exists: 'true'",
      "5:19: warning: 'exists' takes true or false, and 'true' is a text; write true, without quotes"
    ),
    ("F|exists: 0", "5:19: warning: 'exists' takes true or false, and '0' is a number; write false, without quotes"),
    (
      "F|fieldref: true",
      "5:21: error: 'fieldref' takes the name of a field, and true is a boolean; write a name, in single quotes if the field is called so"
    ),
    ("F|hour: abc", "5:17: error: 'abc' isn't a number; 'hour' compares numbers"),
    ("F|hour: '3'", "5:17: warning: '3' in quotes is a text; remove the quotes, as 'hour' compares numbers"),
    ("F|hour|gte: abc", "5:21: error: 'abc' isn't a number; 'hour' compares numbers"),
    ("F|minute: 70", "5:19: warning: 'minute' is a whole number from 0 to 59, and can't be 70; correct it"),
    ("F|hour: 24", "5:17: warning: 'hour' is a whole number from 0 to 23, and can't be 24; correct it"),
    ("F|hour|gte: 1.5", "5:21: warning: 'hour' is a whole number from 0 to 23, and can't be 1.5; correct it"),
    ("F|day: 0", "5:16: warning: 'day' is a whole number from 1 to 31, and can't be 0; correct it"),
    ("F|week: 54", "5:17: warning: 'week' is a whole number from 1 to 53, and can't be 54; correct it"),
    ("F|month: 13", "5:18: warning: 'month' is a whole number from 1 to 12, and can't be 13; correct it"),
    ("F|year: 26", "5:17: warning: 'year' is a whole number from 1000 to 9999, and can't be 26; correct it"),
    ("F|base64: ''", "5:19: warning: an empty value has nothing to encode; write the value"),
    ("F: [null]", "5:13: warning: null isn't allowed in a list of values; write it without the list"),
    (
      "F|re: ''",
      "5:15: warning: an empty regular expression matches whatever the field holds; write the pattern, or 'exists: true' if any value will do"
    ),
    (
      #"F: "\temp\new.exe""#,
      #"5:12: warning: '\t' in double quotes is a tab, not a backslash and a letter; put the value in single quotes"#
    ),
  ])
  func reportsValuesOfAnotherKindThanIsCompared(line: String, expected: String) throws {
    let rule = try readDetection("selection:", "    \(line)", "condition: selection")
    #expect(rule.findings.map(\.description) == ["rule.yml:\(expected) [sigma-value]"])
    #expect(rule.testWords.count == 1, "the value stays visible")
  }

  @Test func reportsAListOfValuesOfExists() throws {
    let rule = try readDetection("selection:", "    F|exists: [true, false]", "condition: selection")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:5:19: warning: 'exists' takes one value; write true or false instead of a list [sigma-value]"
      ])
  }

  @Test(arguments: [
    "F|contains: '5'", "F|re: 2026-01-31", "F|contains: 00429", "F|contains: 1e3", "F: 5", "F|re: 5", "F: '2026-01-31'",
    "F|cased: 2026-01",
    "F|hour|lt: 23", "F|week: 53", "F|hour|expand: '%when%'",
    "F|cidr: 10.0.0.1", "F|cidr: '::1'", "F|cidr: '::ffff:10.0.0.0/104'", "F|cidr: 0.0.0.0/0",
    "F|cidr|expand: '%nets%'",
    "F|expand|cidr: '%nets%'", "F|lt: 1e3", "F|lt: 0x10", "F|lt: -1.5", "F|lt: .inf", "F|lt: 1_000",
    "F|lt|expand: '%limit%'",
    "F|re|expand: '^%admins%('", "F|fieldref: '5'", "F|expand: '\\%plain%name%'", "F|neq: null", "'5': a",
  ])
  func findsNothingWrongWith(line: String) throws {
    #expect(try readDetection("selection:", "    \(line)", "condition: selection").findings == [])
  }

  @Test func keepsEachValueAndItsPlace() throws {
    let rule = try readDetection(
      "selection:", "    CommandLine|contains:", "        - ' -enc '", "        - \"ünïcödé\"", "condition: selection")
    var places: [String] = []
    rule.forEachTest { test, _ in places.append("\(test.value)@\(test.position.line):\(test.position.column)") }
    #expect(places == [" -enc @6:15", "ünïcödé@7:15"])
  }
}
