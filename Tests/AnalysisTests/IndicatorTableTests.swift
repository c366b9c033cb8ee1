import Analysis
import RuleModel
import TestSupport
import Testing

@Suite struct IndicatorTableTests {
  @Test func countsTheRulesThatShareAnIndicator() {
    let table = indicators(of: [
      rule("a", test("Image", .endsWith, "\\a.exe"), test("User", .eq, "root")),
      rule("b", test("Image", .endsWith, "\\A.EXE")),
      rule("c", dialect: .elastic, test("User", .eq, "ROOT"), test("Image", .endsWith, "\\a.exe")),
    ])
    #expect(table.words(of: 0) == ["Image ends_with \\a.exe 3", "User eq root 2"])
    #expect(table.words(of: 1) == ["Image ends_with \\A.EXE 3"])
    #expect(table.words(of: 2) == ["Image ends_with \\a.exe 3", "User eq ROOT 2"])
    let image = table.entries[0][0].id
    let user = table.entries[0][1].id
    #expect(table.counts(of: image).map { "\($0.dialect) \($0.rules)" } == ["sigma 2", "elastic 1"])
    #expect(table.counts(of: user).map { "\($0.dialect) \($0.rules)" } == ["sigma 1", "elastic 1"])
    #expect(table.rulesByIndicator()[image] == [0, 1, 2])
    #expect(table.rulesByIndicator()[user] == [0, 2])
  }

  /// Unicode 15, `UnicodeData.txt` and `SpecialCasing.txt`: the full lower-case mapping of each scalar by itself.
  @Test(arguments: [
    ("WHOAMI", "whoami", true),
    ("ÄÖÜ", "äöü", true),
    ("ДИСК", "диск", true),
    // U+0130 becomes two scalars, and the dotless ı is another letter.
    ("İ", "i\u{307}", true),
    ("İ", "i", false),
    ("I", "ı", false),
    // Only the capital ẞ has a lower case; ß isn't unfolded.
    ("ẞ", "ß", true),
    ("ß", "ss", false),
    ("STRASSE", "straße", false),
    // A sigma at a word's end isn't told from one inside: scalars are mapped alone.
    ("ΟΔΟΣ", "οδοσ", true),
    ("ΟΔΟΣ", "οδος", false),
    // The Kelvin sign is a k in lower case.
    ("\u{212A}", "k", true),
    // No normalisation.
    ("é", "e\u{301}", false),
    ("É", "e\u{301}", false),
    ("\u{AC00}", "\u{1100}\u{1161}", false),
    // Full-width letters have lower case too, and are no ASCII.
    ("Ａ", "ａ", true),
    ("Ａ", "a", false),
    ("𐐀", "𐐨", true),
    ("", "", true),
    (" a", "a", false),
  ])
  func comparesValuesByTheirScalarsInLowerCase(left: String, right: String, same: Bool) {
    let table = indicators(of: [rule("a", test("F", .eq, left)), rule("b", test("F", .eq, right))])
    #expect(table.ruleCounts == (same ? [2] : [1, 1]))
  }

  private static let pairs: [(Predicate, Predicate, Bool)] = [
    (test("F", .regex, "\\W"), test("F", .regex, "\\w"), false),
    (test("F", .regex, "a+"), test("F", .regex, "a+"), true),
    (test("F", .regex, "a+", .ignoreCase), test("F", .regex, "a+"), false),
    (test("F", .regex, "A+", .ignoreCase), test("F", .regex, "a+", .ignoreCase), false),
    (test("F", .eq, "Root", .cased), test("F", .eq, "root", .cased), false),
    (test("F", .eq, "root", .cased), test("F", .eq, "root", .cased), true),
    (test("F", .eq, "root", .cased), test("F", .eq, "root"), false),
    (test("F", .contains, "x", .base64), test("F", .contains, "x", .base64offset), false),
    (test("F", .contains, "x", [.wide, .base64offset]), test("F", .contains, "x", [.base64offset, .wide]), true),
    (test("F", .contains, "x", .windash), test("F", .contains, "x"), false),
    (test("F", .eq, "7", .hour), test("F", .eq, "7", .minute), false),
    (test("F", .eq, "x"), test("F", .contains, "x"), false),
    (test("F", .eq, "x"), test("f", .eq, "x"), false),
    (test("é", .eq, "x"), test("e\u{301}", .eq, "x"), false),
    (test(nil, .keyword, "x"), test(nil, .keyword, "X"), true),
    (test(nil, .regex, "x"), test("F", .regex, "x"), false),
    (test(nil, .regex, "x"), test("", .regex, "x"), false),
    // What stands in one part can't be taken for another part.
    (test("F", .eq, "eqx"), test("Feq", .eq, "x"), false),
    (test("F", .fieldRef, "Other", .endswith), test("F", .fieldRef, "Other", .startswith), false),
    (test("F", .isNull, ""), test("F", .eq, ""), false),
  ]

  @Test(arguments: pairs.indices)
  func comparesFieldKindAndModifiers(row: Int) {
    let (left, right, same) = IndicatorTableTests.pairs[row]
    let table = indicators(of: [rule("a", left), rule("b", right)])
    #expect(table.ruleCounts == (same ? [2] : [1, 1]), "\(left), \(right)")
  }

  @Test func comparesFieldsByTheirCanonicalNames() {
    let rules = [
      rule("a", test("NewProcessName", .eq, "x")), rule("b", test("Image", .eq, "x")),
      rule("c", test("process.executable", .eq, "x"), test("Other", .eq, "x")),
      // Here the map says nothing: another log source.
      rule("d", test("NewProcessName", .eq, "x")),
    ]
    let table = IndicatorTable(of: RuleColumn(rules), negated: false) { field, rule in
      rule < 3 && ["NewProcessName", "process.executable"].contains(field) ? "Image" : nil
    }
    #expect(table.words(of: 0) == ["NewProcessName[Image] eq x 3"])
    #expect(table.words(of: 1) == ["Image eq x 3"])
    #expect(table.words(of: 2) == ["Other eq x 1", "process.executable[Image] eq x 3"])
    #expect(table.words(of: 3) == ["NewProcessName eq x 1"])
    #expect(table.entries[0][0].comparedField == "Image")
    #expect(table.entries[3][0].comparedField == "NewProcessName")
  }

  /// A rule's test of one field under several names is shown under each, and counts once.
  @Test func keepsEachNameOfAField() {
    let rules = [
      rule(
        "a", test("RemoteIP", .eq, "10.0.0.1"), test("Port", .eq, "22"), test("DestinationIp", .eq, "10.0.0.1"),
        test("RemoteIP", .eq, "10.0.0.1")),
      rule("b", test("DestinationIp", .eq, "10.0.0.1"), test("RemoteIP", .eq, "10.0.0.2")),
    ]
    let table = IndicatorTable(of: RuleColumn(rules), negated: false) { field, _ in
      field == "RemoteIP" ? "DestinationIp" : nil
    }
    #expect(
      table.words(of: 0) == [
        "DestinationIp eq 10.0.0.1 2", "Port eq 22 1", "RemoteIP[DestinationIp] eq 10.0.0.1 2",
      ])
    #expect(table.words(of: 1) == ["DestinationIp eq 10.0.0.1 2", "RemoteIP[DestinationIp] eq 10.0.0.2 1"])
    let address = table.entries[0][0].id
    #expect(table.entries[0][2].id == address)
    #expect(table.ids(of: 0).count == 2)
    #expect(table.counts(of: address).map(\.rules) == [2])
    #expect(table.rulesByIndicator()[address] == [0, 1])
    #expect(table.rulesBySharedIndicator()[address] == [0, 1])
    #expect(sharedTests(of: [0, 1], in: table).map(\.rules) == [2])
    let use = fieldUses(
      indicators: table, exclusions: IndicatorTable(of: RuleColumn(rules), negated: true) { _, _ in nil })
    #expect(use.map(\.name) == ["DestinationIp", "Port"])
    #expect(use[0].values.map(\.rules) == [2, 1])
    #expect(use[0].rules == [0, 1])
    #expect(use[0].otherNames.map(\.name) == ["RemoteIP"])
    #expect(use[0].otherNames.map(\.rules) == [[0, 1]])
  }

  @Test func countsATestOnceInARuleAndShowsItAsFirstWritten() {
    let repeated = rule("a").with {
      $0.stages = [
        stage("condition", .any([.stage(1), .stage(2), .stage(1)])),
        stage("one", test("F", .eq, "First")),
        stage("two", .any([test("F", .eq, "FIRST"), test("F", .eq, "first")])),
      ]
    }
    let table = indicators(of: [repeated, rule("b", test("F", .eq, "first"))])
    #expect(table.words(of: 0) == ["F eq First 2"])
    #expect(table.ruleCounts == [2])
  }

  @Test func keepsIndicatorsAndExclusionsApart() {
    let rules = [
      rule("a", test("F", .eq, "in"), .not(.any([test("F", .eq, "out"), test("F", .eq, "both")]))),
      rule("b", .not(.not(test("F", .eq, "both"))), .not(test("F", .eq, "OUT"))),
      rule("c", test("F", .eq, "both"), .not(test("F", .eq, "both"))),
    ]
    let (included, excluded) = (indicators(of: rules), indicators(of: rules, negated: true))
    #expect(included.words(of: 0) == ["F eq in 1"])
    #expect(excluded.words(of: 0) == ["F eq both 2", "F eq out 2"])
    #expect(included.words(of: 1) == ["F eq both 2"])
    #expect(excluded.words(of: 1) == ["F eq OUT 2"])
    #expect(included.words(of: 2) == ["F eq both 2"])
    #expect(excluded.words(of: 2) == ["F eq both 2"])
  }

  @Test func leavesOutWhatTheConditionDoesNotUse() {
    let unused = rule("a").with {
      $0.stages = [
        stage("condition", .stage(1)), stage("used", test("F", .eq, "x")), stage("unused", test("F", .eq, "y")),
      ]
    }
    #expect(indicators(of: [unused]).words(of: 0) == ["F eq x 1"])
  }

  @Test(
    arguments: [
      .detection(.single), .forwarder(.single), .enrichment(.single), .correlation(nil), .filter(nil, .single),
    ] as [Rule.Body])
  func givesCorrelationsAndFiltersNone(body: Rule.Body) {
    let other = rule("b", test("F", .eq, "x")).with { $0.body = body }
    let table = indicators(of: [rule("a", test("F", .eq, "x")), other])
    let hasNone = [.correlation, .filter].contains(body.ruleClass)
    #expect(table.words(of: 1) == (hasNone ? [] : ["F eq x 2"]))
    #expect(table.ruleCounts == [hasNone ? 1 : 2])
  }

  @Test func countsRetiredRulesToo() {
    let retired = rule("b", test("F", .eq, "x")).with {
      $0.status = .deprecated
    }
    #expect(indicators(of: [rule("a", test("F", .eq, "x")), retired]).ruleCounts == [2])
  }

  @Test func ordersByFieldKindValueAndModifiersInUTF8Bytes() {
    let table = indicators(of: [
      rule(
        "a", test("b", .eq, "1"), test("é", .eq, "1"), test("f", .eq, "1"), test("Z", .eq, "1"),
        test("e\u{301}", .eq, "1"),
        // In UTF-16, the second would come first.
        test("\u{FF5E}", .eq, "1"), test("\u{1F600}", .eq, "1"),
        test(nil, .regex, "1"), test(nil, .keyword, "2"), test(nil, .keyword, "10"), test("", .eq, "1"),
        test("b", .contains, "2"), test("b", .startsWith, "0"), test("b", .eq, "é"), test("b", .eq, "z"),
        test("b", .eq, "1", .wide), test("b", .eq, "1", [.cased, .wide]), test("b", .eq, "1", .cased)
      )
    ])
    #expect(
      table.words(of: 0) == [
        "- keyword 10 1", "- keyword 2 1", "- regex 1 1", " eq 1 1", "Z eq 1 1", "b contains 2 1", "b eq 1 1",
        "b eq[cased] 1 1", "b eq[cased|wide] 1 1", "b eq[wide] 1 1", "b eq z 1", "b eq é 1", "b starts_with 0 1",
        "e\u{301} eq 1 1", "f eq 1 1", "é eq 1 1", "\u{FF5E} eq 1 1", "\u{1F600} eq 1 1",
      ])
  }
}
