import Diagnostics
import RuleModel
import Testing

@Suite struct RuleTests {
  private let body = "logsource: {product: windows}\ndetection: {selection: {A: 1}, condition: selection}\n"

  @Test func readsEveryPartOfARule() throws {
    let rule = try readRule(
      """
      title: Whoami Run
      id: 11111111-2222-4333-8444-555555555555
      name: whoami_run
      related:
          - {id: 99999999-2222-4333-8444-555555555555, type: derived}
          - {id: old, type: Obsolete}
      status: Test
      description: |
          Two lines
          of text.

      license: Apache-2.0
      references: [https://example.org/a]
      author: Ann (Team, North), Bob
      date: 2025/01/02
      modified: 2026-02-28
      tags: [attack.T1059.001, attack.ta0002, attack.credential_access, attack.g0016, cve.2021-44228]
      logsource: {category: process_creation, product: windows, definition: Turn it on}
      detection:
          timeframe: 5m
          selection: {Image|endswith: \\whoami.exe}
          condition: selection
      fields: [Image]
      falsepositives: Admins
      level: high
      """)
    #expect(rule.key == RuleKey(dialect: .sigma, slug: "rule"))
    #expect(rule.title == "Whoami Run")
    #expect(rule.name == "whoami_run")
    #expect(rule.related.map(\.kind) == [.derived, .obsolete])
    #expect(rule.status == .test && rule.level == .high)
    #expect(rule.description == "Two lines\nof text.")
    #expect(rule.references == ["https://example.org/a"])
    #expect(rule.authors == ["Ann (Team, North)", "Bob"])
    #expect(rule.date?.description == "2025-01-02" && rule.modified?.description == "2026-02-28")
    #expect(rule.attackTags.map(\.written) == ["T1059.001", "ta0002", "credential_access", "g0016"])
    #expect(rule.attackTags[2].target == .tacticName("credential-access"))
    #expect(rule.tags.count == 5)
    #expect(rule.logSource == LogSource(category: "process_creation", product: "windows", definition: "Turn it on"))
    #expect(rule.timeWindow == "5m")
    #expect(rule.falsePositives == ["Admins"])
    #expect(rule.testWords == [#"Image ends_with \whoami.exe"#])
    #expect(rule.findings.isEmpty, "\(rule.findings)")
  }

  @Test(arguments: [
    ("title: [a]", "rule.yml:1:8: warning: 'title' must be a text; it is left out [rule-field]"),
    (
      "title: T\nlevel: urgent",
      "rule.yml:2:8: warning: the level 'urgent' is unknown; write one of informational, low, medium, high, critical [rule-level]"
    ),
    (
      "title: T\nstatus: prod",
      "rule.yml:2:9: warning: the status 'prod' is unknown; write one of stable, test, experimental, deprecated, unsupported [rule-status]"
    ),
    (
      "title: T\ndate: '2025-02-03 '",
      "rule.yml:2:7: warning: '2025-02-03 ' under 'date' isn't a day of the calendar; write YYYY-MM-DD [rule-date]"
    ),
    (
      "title: T\ndate: 2025-02-30",
      "rule.yml:2:7: warning: '2025-02-30' under 'date' isn't a day of the calendar; write YYYY-MM-DD [rule-date]"
    ),
    (
      "title: T\ntags: [attack]",
      "rule.yml:2:8: note: the tag 'attack' has no namespace; write one and a dot before the name [sigma-tag]"
    ),
    (
      "title: T\nfields: [a, '']",
      "rule.yml:2:13: warning: an entry of 'fields' is empty; write a text or remove it [rule-field]"
    ),
    ("title: T\n? [a]\n: b", "rule.yml:2:3: warning: a key must be a text; what is under it is left out [rule-field]"),
    ("title: T\nrelated: [x]", "rule.yml:2:11: warning: a related rule needs an id and a type; add them [rule-field]"),
    (
      "title: T\nreferences: {a: b}", "rule.yml:2:13: warning: 'references' must be a list; it is left out [rule-field]"
    ),
  ])
  func keepsARuleWithAMalformedField(head: String, expected: String) throws {
    let rule = try readRule(head + "\n" + body)
    #expect(rule.findings.first?.description == expected)
    #expect(rule.testWords == ["A eq 1"])
  }

  @Test(arguments: [
    (
      "detection: {timeframe: [5m], s: {A: 1}, condition: s}",
      "rule.yml:3:24: warning: the timeframe must be a number and a unit, such as 10m; it is left out [rule-field]"
    ),
    (
      "detection: {[x]: {B: 1}, s: {A: 1}, condition: s}",
      "rule.yml:3:13: error: the name of a search identifier must be a text; write one before the colon [sigma-detection]"
    ),
  ])
  func reportsWhatItLeavesOutOfADetection(detection: String, expected: String) throws {
    let rule = try readRule("title: T\nlogsource: {product: p}\n" + detection)
    #expect(rule.findings.map(\.description) == [expected])
    #expect(rule.testWords == ["A eq 1"])
  }

  @Test func namesARuleWithoutATitleAfterItsFile() throws {
    let rule = try readRule(body)
    #expect(rule.title == "rule")
    #expect(rule.findings.map(\.id) == [.ruleTitle])
  }

  @Test func tellsWhatARuleLacks() throws {
    #expect(try readRule("title: T\ndetection: {s: {A: 1}, condition: s}").findings.map(\.id) == [.sigmaLogSource])
    #expect(
      try readRule("title: T\nlogsource: {}\ndetection: {s: {A: 1}, condition: s}").findings.map(\.id) == [
        .sigmaLogSource
      ])
    let noCondition = try readRule("title: T\nlogsource: {product: x}\ndetection: {s: {A: 1}}")
    #expect(noCondition.findings.map(\.message) == ["the detection has no 'condition'; add one"])
  }

  @Test func laysAGlobalDocumentOverThoseThatFollow() throws {
    let reading = try read(
      """
      action: global
      title: Both
      level: high
      detection: {condition: selection}
      ---
      logsource: {product: windows}
      detection: {selection: {A: 1}}
      level: low
      ---
      action: repeat
      detection: {selection: {A: 2, B: 3}}
      ---
      action: reset
      ---
      title: Alone
      logsource: {product: linux}
      detection: {selection: {C: 1}, condition: selection}
      """)
    #expect(reading.rules.map(\.title) == ["Both", "Both", "Alone"])
    #expect(reading.rules.map(\.level) == [.high, .high, nil])
    #expect(reading.rules.map(\.testWords) == [["A eq 1"], ["A eq 2", "B eq 3"], ["C eq 1"]])
    #expect(reading.rules.map(\.source.document) == [2, 3, 5])
    #expect(reading.rules[1].logSource.product == "windows")
    #expect(reading.diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      "{id: a, type: correlation}", RelatedRule.Kind.other("correlation"),
      "rule.yml:2:26: warning: the related type 'correlation' is unknown; write one of derived, obsolete, merged, "
        + "renamed, similar [rule-related]"
    ),
    (
      "{id: a, type: simular}", .other("simular"),
      "rule.yml:2:26: warning: the related type 'simular' is unknown; did you mean 'similar'? [rule-related]"
    ),
    (
      "{id: a}", .similar,
      "rule.yml:2:12: warning: the related rule has no type; write one of derived, obsolete, merged, renamed, similar "
        + "[rule-related]"
    ),
  ])
  func reportsARelatedRuleWithoutAKnownType(entry: String, kind: RelatedRule.Kind, expected: String) throws {
    let rule = try readRule("title: T\nrelated: [ \(entry)]\n" + body)
    #expect(rule.related.map(\.kind) == [kind])
    #expect(rule.findings.map(\.description) == [expected])
  }

  @Test(arguments: [
    ("12345", false), ("0a000024-0000-4000-8000-00000000abcd", true), ("0A000024-0000-4000-8000-00000000ABCD", true),
    ("0a000024-0000-4000-8000-00000000abcg", false), ("0a0000240000400080000000000abcde", false),
  ])
  func notesAnIDThatIsNoUUID(id: String, isUUID: Bool) throws {
    let rule = try readRule("title: T\nid: \(id)\n" + body)
    #expect(rule.id == id)
    #expect(
      rule.findings.map(\.description)
        == (isUUID
          ? []
          : ["rule.yml:2:5: note: the id '\(id)' isn't a UUID; write one, such as a random one (version 4) [rule-id]"]))
  }

  @Test func reportsKeysInCapitalsThatNoEngineReads() throws {
    let rule = try readRule("Title: T\nLevel: high\nstatus: test\nSTATUS: stable\nMyOwn: x\n" + body)
    #expect(rule.title == "rule" && rule.level == nil)
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:1:1: warning: the key 'Title' isn't read; did you mean 'title'? [rule-field]",
        "rule.yml:2:1: warning: the key 'Level' isn't read; did you mean 'level'? [rule-field]",
      ])
  }

  /// A slip of the pen in a key of the specification; a word that is only like one is a field of one's own.
  @Test(
    arguments: [
      ("titel", "title"), ("tag", "tags"), ("levels", "level"), ("statuss", "status"),
      ("falsepositive", "falsepositives"), ("false_positives", "falsepositives"), ("authors", "author"),
      ("licence", "license"), ("descripton", "description"), ("dtae", "date"), ("Related", "related"),
      ("data", nil), ("note", nil), ("reference", nil), ("source", nil), ("enrichment", nil),
    ] as [(String, String?)])
  func reportsKeysThatAreNearlyThoseOfTheSpecification(key: String, meant: String?) throws {
    let title = meant == "title" ? "" : "title: T\n"
    let rule = try readRule(title + "\(key): [x]\n" + body)
    #expect(
      rule.findings.map(\.message) == (meant.map { ["the key '\(key)' isn't read; did you mean '\($0)'?"] } ?? []))
  }

  @Test(arguments: [(256, []), (257, ["the title has 257 characters, and engines take at most 256; shorten it"])])
  func reportsATitleOfMoreThan256Characters(count: Int, messages: [String]) throws {
    let rule = try readRule("title: \(String(repeating: "ü", count: count))\n" + body)
    #expect(rule.findings.map(\.message) == messages)
  }

  @Test func saysNothingOfAKeyBesideTheOneThatItIsNearTo() throws {
    #expect(try readRule("title: T\nlevel: high\nlevels: [x]\n" + body).findings == [])
  }

  /// Of lists and texts that nothing is made of, too.
  @Test(arguments: [
    ("references: [a, null]", "an entry of 'references' is empty; write a text or remove it"),
    ("fields: [~]", "an entry of 'fields' is empty; write a text or remove it"),
    ("falsepositives:\n  -\n  - x", "an entry of 'falsepositives' is empty; write a text or remove it"),
    ("scope: [null]", "an entry of 'scope' is empty; write a text or remove it"),
    ("scope: {a: b}", "'scope' must be a list; it is left out"),
    ("taxonomy: [sigma]", "'taxonomy' must be a text; it is left out"),
    ("tags: [null]", "a tag must be a text; write a namespace, a dot and a name"),
  ])
  func reportsEmptyEntriesAndWrongForms(field: String, message: String) throws {
    let rule = try readRule("title: T\n\(field)\n" + body)
    #expect(rule.findings.map(\.message) == [message])
    #expect(
      !(rule.references + rule.falsePositives + rule.tags).contains {
        $0 == "" || $0 == "null" || $0 == "~"
      })
  }

  @Test(arguments: ["atack.t1059", "attck.t1059", "Attacks.t1059", "mitre.t1059"])
  func asksWhetherANamespaceLikeThatOfATTACKIsIt(tag: String) throws {
    let rule = try readRule("title: T\ntags: [\(tag), stp.3, custom.x]\n" + body)
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:2:8: warning: the tag '\(tag)' is outside of ATT&CK; did you mean 'attack.t1059'? [sigma-tag]"
      ])
    #expect(rule.attackTags.isEmpty)
  }

  /// It finds nothing, whatever its log source and its tags promise.
  @Test(arguments: [
    ("detektion: {s: {A: 1}, condition: s}", false), ("detection: text", false), ("detection:", false),
    ("detection: {}", false), ("detection: {s: {A: 1}}", false), ("detection: {s: {}, condition: s}", false),
    ("detection: {s: {A: 1}, condition: t}", false), ("level: high", false),
    ("detection: {s: {A: 1}, condition: s and}", false), ("detection: {s: {A: 1}, condition: s and (}", false),
    ("detection: {s: {A: 1}, t: [], condition: s and t}", true),
    ("detection: {s: {}, f: {A: 1}, condition: s and not f}", false),
    ("detection: {f: {A: 1}, condition: not f}", true),
    ("detection: {s: {A: 1}, condition: s}", true),
  ])
  func countsNoRuleThatLooksForNothing(section: String, isCounted: Bool) throws {
    #expect(CountedRules().contains(try readRule("title: T\nlogsource: {product: x}\n\(section)\n")) == isCounted)
  }

  @Test func countsARuleThatIsTooLargeToBeShown() throws {
    let values = (0...10_000).map { "v\($0)" }.joined(separator: ", ")
    let rule = try readRule("title: T\nlogsource: {product: x}\ndetection: {s: {A: [\(values)]}, condition: s}\n")
    #expect(rule.findings.map(\.id) == [.ruleTooLarge] && CountedRules().contains(rule))
  }

  @Test func readsAFilter() throws {
    let rule = try readRule(
      "title: F\nlogsource: {product: windows}\nfilter: {rules: [one], selection: {User|startswith: adm_}, condition: selection}"
    )
    #expect(rule.ruleClass == .filter)
    #expect(rule.testWords == ["User starts_with adm_"])
    guard case .rules(let references) = rule.filter else { throw Unexpected() }
    #expect(references.map(\.target) == ["one"])
    #expect(
      try readRule("title: F\nlogsource: {product: x}\nfilter: {rules: any, s: {A: 1}, condition: not s}").filter
        == .any)
  }

  @Test(arguments: [
    (
      "title: T\nlog_source: {product: x}\ndetection: {s: {A: 1}, condition: s}",
      "2:1: error: no rule has a section 'log_source'; did you mean 'logsource'? [sigma-logsource]"
    ),
    (
      "title: T\nlogsource: {product: x}\ndetection: {s: {A: 1}, conditions: s}",
      "3:24: error: a detection has no key 'conditions'; did you mean 'condition'? [sigma-condition]"
    ),
    (
      "title: T\nlogsource: {product: x}\ndetection: {s: {A: 1}, Condition: s}",
      "3:24: error: a detection has no key 'Condition'; did you mean 'condition'? [sigma-condition]"
    ),
    (
      "title: T\nlogsource: {product: x}\ndetection: {s: {A: 1}, condition: s, Timeframe: 5m}",
      "3:38: warning: the condition doesn't use 'Timeframe'; did you mean 'timeframe'? [sigma-selection-unused]"
    ),
    (
      "title: T\nlogsource: {product: x}\nfilter: {rule: [a], s: {A: 1}, condition: not s}",
      "3:10: error: a filter has no key 'rule'; did you mean 'rules'? [sigma-filter]"
    ),
    (
      "title: T\nlogsource: {product: x}\n",
      "1:1: error: the rule has no 'detection'; add one with search identifiers and a condition [sigma-detection]"
    ),
  ])
  func namesTheSectionOrKeyThatAMistypedOneIsNearTo(text: String, expected: String) throws {
    #expect(try readRule(text).findings.map(\.description) == ["rule.yml:" + expected])
  }

  @Test func losesNoRuleToAMistypedKey() throws {
    let rule = try readRule("title: T\nlogsource: {product: x}\ndetections: {s: {A: 1}, condition: s}")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:3:1: error: no rule has a section 'detections'; did you mean 'detection'? [sigma-detection]"
      ])
  }

  @Test func tellsWhatIsNoRule() throws {
    #expect(try read("a: 1").content == .notARule(reason: "no document has a detection, correlation or filter section"))
    let mixed = try read("title: T\n" + body + "---\nnote: x\n")
    #expect(mixed.content == .rules)
    #expect(
      mixed.diagnostics.map(\.description) == [
        "rule.yml:5:1: warning: this document isn't a rule: it has no detection, correlation or filter section; add one or remove the document [sigma-detection]"
      ])
  }
}

private struct Unexpected: Error {
  @Test(arguments: [
    ("0m", "'0m' isn't a valid timeframe; write a whole number above 0 and s, m, h or d, such as 10m"),
    ("-5m", "'-5m' isn't a valid timeframe; write a whole number above 0 and s, m, h or d, such as 10m"),
    ("10m", nil),
  ])
  func judgesTheTimeframeOfAnOldRule(timeframe: String, message: String?) throws {
    let rule = try readRule(
      "title: T\nlogsource: {product: p}\ndetection: {s: {A: 1}, timeframe: \(timeframe), condition: s}")
    #expect(rule.findings.map(\.message) == (message.map { [$0] } ?? []))
    #expect(rule.timeWindow == timeframe)
  }

  @Test(arguments: [
    ("not-contains", "unknown modifier 'not-contains'; write 'contains|neq' for its opposite"),
    ("nstartswith", "unknown modifier 'nstartswith'; write 'startswith|neq' for its opposite"),
    ("contains_all", "unknown modifier 'contains_all'; did you mean 'contains|all'?"),
  ])
  func advisesOnModifiersThatMeanTheOpposite(modifier: String, message: String) throws {
    let rule = try readRule("title: T\nlogsource: {product: p}\ndetection: {s: {'A|\(modifier)': x}, condition: s}")
    #expect(rule.findings.map(\.message) == [message])
  }
}
