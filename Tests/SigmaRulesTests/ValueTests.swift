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

  /// Each works on what the one before it makes; what is meant is read all the same.
  @Test(arguments: [
    (
      "F|contains|base64: a", "F contains a [base64]",
      "'base64' can't work on what 'contains' makes; write 'base64' before 'contains'"
    ),
    ("F|contains|re: a", "F regex a", "'re' can't work on what 'contains' makes; write 're' before 'contains'"),
    (
      "F|base64|wide: a", "F eq a [base64 wide]",
      "'wide' can't work on what 'base64' makes; write 'wide' before 'base64'"
    ),
    (
      "F|base64offset|windash: a", "F eq a [base64offset windash]",
      "'windash' can't work on what 'base64offset' makes; write 'windash' before 'base64offset'"
    ),
    ("F|re|cased: a", "F regex a [cased]", "the modifiers 're' and 'cased' exclude each other; remove one"),
    ("F|windash|re: a", "F regex a [windash]", "the modifiers 'windash' and 're' exclude each other; remove one"),
    (
      "F|cidr|cased: 10.0.0.0/8", "F cidr 10.0.0.0/8 [cased]",
      "the modifiers 'cidr' and 'cased' exclude each other; remove one"
    ),
    (
      "F|fieldref|base64: G", "F field_ref G [base64]",
      "the modifiers 'fieldref' and 'base64' exclude each other; remove one"
    ),
    ("F|lt|day: 3", "F lt 3 [day]", "'day' can't work on what 'lt' makes; write 'day' before 'lt'"),
    ("F|neq|exists: true", "not F exists true", "'exists' can't work on what 'neq' makes; write 'exists' before 'neq'"),
    ("F|hour|minute: 3", "F eq 3 [hour minute]", "the modifiers 'hour' and 'minute' exclude each other; remove one"),
    ("F|hour|contains: 3", "F contains 3 [hour]", "the modifiers 'hour' and 'contains' exclude each other; remove one"),
    ("F|re|re: a", "F regex a", "the modifier 're' is there twice; remove one"),
    ("F|neq|neq: a", "F eq a", "the modifier 'neq' is there twice; remove one"),
    (
      "F|utf16|wide|base64: a", "F eq a [base64 utf16 wide]",
      "the modifiers 'utf16' and 'wide' exclude each other; remove one"
    ),
    ("F|hour|cased: 3", "F eq 3 [cased hour]", "the modifiers 'hour' and 'cased' exclude each other; remove one"),
  ])
  func reportsModifiersInAnOrderThatCannotWork(line: String, words: String, message: String) throws {
    let rule = try readDetection("selection:", "    \(line)", "condition: selection")
    #expect(rule.findings.map(\.message) == [message] && rule.findings.allSatisfy { $0.id == .sigmaModifier })
    #expect(rule.testWords == [words])
  }

  /// Engines refuse what can't be done twice; what says nothing the second time is only reported.
  @Test(arguments: [
    ("F|re|re: a", Diagnostic.Severity.error), ("F|lt|lt: 1", .error), ("F|contains|contains: a", .warning),
    ("F|all|all: [a, b]", .warning),
  ])
  func judgesModifiersThatAreThereTwice(line: String, severity: Diagnostic.Severity) throws {
    let rule = try readDetection("s: {\(line)}", "condition: s")
    #expect(rule.findings.map(\.severity) == [severity] && rule.findings.map(\.id) == [.sigmaModifier])
  }

  /// Polarity isn't guessed: the value stays as text.
  @Test(arguments: [
    ("F|not", "write 'neq', or a search identifier of its own with 'not' before it in the condition"),
    ("F|in", "remove it, as a list of values means any of them"), ("F|Contains", "did you mean 'contains'?"),
    ("F|contains ", "did you mean 'contains'?"), ("F|regex", "did you mean 're'?"),
    ("F|equals", "remove it, as a value without modifiers means equal"), ("F|startwith", "did you mean 'startswith'?"),
    ("F|iendswith", "remove the 'i', as values are compared without case unless 'cased' says otherwise"),
    ("F|like", "remove it, as '*' and '?' in a value are wildcards, or write 're' for a regular expression"),
    ("F|xyzzy", "see the specification's appendix “Modifiers”"),
  ])
  func advisesOnAnUnknownModifier(key: String, advice: String) throws {
    let rule = try readDetection("selection:", "    '\(key)': a", "condition: selection")
    #expect(rule.findings.map(\.message) == ["unknown modifier '\(key.dropFirst(2))'; \(advice)"])
    #expect(rule.stages.last?.predicate == .opaque("\(key): a"))
  }

  @Test(arguments: ["F|", "F||contains", "F|contains|"])
  func asksForNothingInPlaceOfAnEmptyModifier(key: String) throws {
    let rule = try readDetection("selection:", "    '\(key)': a", "condition: selection")
    #expect(rule.findings.map(\.message) == ["a modifier is missing behind '|'; write one or remove the '|'"])
  }

  /// "All of" nothing would match everything, and null is no keyword.
  @Test(arguments: [
    ("{}", "{}"), ("[]", "[]"), ("", "null"), ("''", "''"), ("[{}, []]", "{}, []"), ("[null, '']", "null, ''"),
    ("[[]]", "[]"),
  ])
  func showsAnEmptySelectionAsItIs(value: String, shown: String) throws {
    let rule = try readDetection("selection: {A: 1}", "filter: \(value)", "condition: selection and not filter")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:5:5: error: 'filter' is empty and looks for nothing; write fields with their values or keywords, or remove it [sigma-detection]"
      ])
    #expect(rule.stages.last?.predicate == .opaque(shown) && rule.testWords == ["A eq 1"])
  }

  /// What has no field is a keyword: of nothing it looks for nothing, of stars alone for anything.
  @Test(arguments: [
    ("{'|all': []}", "5:9: error: '|all' is empty and looks for nothing; write keywords, or remove it", "|all: []"),
    (
      "{'|all': [null, '']}", "5:9: error: '|all' is empty and looks for nothing; write keywords, or remove it",
      "|all: null, ''"
    ),
    ("{'|re': ''}", "5:9: error: '|re' is empty and looks for nothing; write keywords, or remove it", "|re: ''"),
    ("{'': ''}", "5:9: error: '' is empty and looks for nothing; write keywords, or remove it", ": ''"),
    ("'*'", "5:8: error: the keyword '*' matches every event; write what to look for", "*"),
    ("['?']", "5:9: error: the keyword '?' matches every event; write what to look for", "?"),
    ("['**']", "5:9: error: the keyword '**' matches every event; write what to look for", "**"),
    ("{'|contains': '*'}", "5:22: error: the keyword '*' matches every event; write what to look for", "*"),
    (
      "[' ']", "5:9: error: the keyword is white space alone, which nearly every event has; write what to look for",
      "' '"
    ),
  ])
  func readsNoKeywordOutOfNothing(value: String, expected: String, shown: String) throws {
    let rule = try readDetection("s: {A: 1}", "k: \(value)", "condition: s or k")
    #expect(rule.findings.map(\.description) == ["rule.yml:\(expected) [sigma-detection]"])
    #expect(rule.stages.last?.predicate == .opaque(shown) && rule.testWords == ["A eq 1"])
  }

  @Test func reportsTheEmptyOnesAmongKeywordsThatMustAllMatch() throws {
    let rule = try readDetection("s: {'|all': [a, '', null]}", "condition: s")
    #expect(
      rule.findings.map(\.description)
        == ["4:21", "4:25"].map {
          "rule.yml:\($0): error: this item is empty and looks for nothing; write a keyword [sigma-detection]"
        })
    #expect(rule.stages.last?.predicate.words == "all(- keyword a, “''”, “null”)")
  }

  @Test(arguments: [
    ("'|exists': true", "exists"), ("'|lt': 5", "lt"), ("'|cidr': 10.0.0.0/8", "cidr"), ("'|fieldref': x", "fieldref"),
    ("'|hour': 5", "hour"),
  ])
  func reportsAComparisonWithoutAField(line: String, modifier: String) throws {
    let rule = try readDetection("s: {\(line)}", "condition: s")
    #expect(rule.findings.map(\.message) == ["'\(modifier)' needs a field; write one before the '|'"])
  }

  @Test(arguments: ["'A '", "' '", "' A|contains'"])
  func reportsWhiteSpaceAroundTheNameOfAField(key: String) throws {
    let rule = try readDetection("s: {\(key): x}", "condition: s")
    let name = key.split(separator: "|")[0].replacing("'", with: "")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:4:9: warning: the name of the field '\(name)' starts or ends with white space; remove it [sigma-detection]"
      ])
  }

  @Test func reportsAPathInDoubleQuotesOnce() throws {
    let rule = try readDetection(#"s: {A: "\bin\net.exe"}"#, "condition: s")
    #expect(rule.findings == [], "it is a forbidden character of the file")
  }

  @Test func reportsAnEmptyKeyOverKeywords() throws {
    let rule = try readDetection("s: {'': word}", "condition: s")
    #expect(
      rule.findings.map(\.message) == [
        "the key is empty, and what is under it is read as keywords; write a field, or the keywords as a list"
      ])
    #expect(rule.testWords == ["- keyword word"])
  }

  @Test func reportsEachEmptyItemOfASelection() throws {
    let rule = try readDetection("selection: [{A: 1}, {}, null]", "condition: selection")
    #expect(rule.findings.map { "\($0.location)" } == ["rule.yml:4:25", "rule.yml:4:29"])
    #expect(rule.stages.last?.predicate.words == "any(A eq 1, “{}”, “null”)")
  }

  @Test func reportsAnEmptyDetection() throws {
    let rule = try readRule("title: T\nlogsource: {product: x}\ndetection: {}\n")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:3:12: error: the detection is empty; write search identifiers and a condition [sigma-detection]"
      ])
  }

  @Test func keepsEachValueAndItsPlace() throws {
    let rule = try readDetection(
      "selection:", "    CommandLine|contains:", "        - ' -enc '", "        - \"ünïcödé\"", "condition: selection")
    var places: [String] = []
    rule.forEachTest { test, _ in places.append("\(test.value)@\(test.position.line):\(test.position.column)") }
    #expect(places == [" -enc @6:15", "ünïcödé@7:15"])
  }
}
