import Diagnostics
import Testing

/// The whole text of small catalogs, worked out by hand from the contract; digests of logic by another program, written after
/// `Rule.logic` and what it refers to.
@Suite struct CatalogJSONTests {
  /// The catalog of files given by their stems.
  private func json(_ files: KeyValuePairs<String, String>, diagnostics: [Diagnostic] = []) async throws -> String {
    try await DoorCatalog.report("catalog.json", of: DoorCatalog.content(files, diagnostics: diagnostics))
  }

  @Test func writesAllThatARuleSays() async throws {
    let text = try await json([
      "night": #"""
      title: Door “7” at night
      id: 11111111-0000-4000-8000-000000000001
      status: test
      description: |
        First line.
        C:\Second "line"
      references: [https://example.org/a, https://example.org/b]
      author: Ann, Bob
      date: 2026-01-02
      modified: 2026-02-03
      tags: [attack.initial-access, attack.t1002, attack.g0001, attack.s0001, attack.t9999, attack.execution]
      logsource: {product: doorman, service: access}
      detection:
        selection:
          action: [door.open, door.forced]
          badge_id|startswith|cased: X
        words: [Forced, b]
        filter:
          zone: lobby
        condition: (selection or words) and not filter
      falsepositives: [Cleaning]
      level: high
      """#
    ])
    let expected = #"""
      {"format":2,"generator":"ruledex 0.0.0","attack":{"domain":"enterprise-attack","version":"1.0"},
      "rules":[
      {"key":"sigma/night","dialect":"sigma","slug":"night","id":"11111111-0000-4000-8000-000000000001",\#
      "title":"Door “7” at night","description":"First line.\nC:\\Second \"line\"","status":"test","level":"high",\#
      "class":"detection","authors":["Ann","Bob"],"date":"2026-01-02","modified":"2026-02-03",\#
      "references":["https://example.org/a","https://example.org/b"],"falsePositives":["Cleaning"],\#
      "tags":["attack.initial-access","attack.t1002","attack.g0001","attack.s0001","attack.t9999","attack.execution"],\#
      "source":"doors/night.yml","page":"rules/sigma/night/index.html",\#
      "logsource":{"product":"doorman","service":"access"},"logic":"7c87eb1ffd08f56f",\#
      "attack":{"tactics":["TA0001","TA0002"],"techniques":["T1001"],"groups":["G0001"],"software":["S0001"],\#
      "revoked":{"T1002":"T1001"},"unknown":["T9999"]},\#
      "events":[{"provider":"Doorman","event":"door.forced","operation":true},\#
      {"provider":"Doorman","event":"door.open","operation":true}],\#
      "indicators":[\#
      {"kind":"keyword","value":"Forced","modifiers":[],"corpus":1,"corpusByDialect":{"sigma":1}},\#
      {"kind":"keyword","value":"b","modifiers":[],"corpus":1,"corpusByDialect":{"sigma":1}},\#
      {"field":"action","kind":"eq","value":"door.forced","modifiers":[],"corpus":1,"corpusByDialect":{"sigma":1}},\#
      {"field":"action","kind":"eq","value":"door.open","modifiers":[],"corpus":1,"corpusByDialect":{"sigma":1}},\#
      {"field":"badge_id","canonical":"badge","kind":"starts_with","value":"X","modifiers":["cased"],\#
      "corpus":1,"corpusByDialect":{"sigma":1}}],\#
      "exclusions":[\#
      {"field":"zone","kind":"eq","value":"lobby","modifiers":[],"corpus":1,"corpusByDialect":{"sigma":1}}],\#
      "sameAction":[],"neighbours":[]}],
      "files":{"rules":1,"correlations":0,"filters":0,"companions":0,"notRules":0,"broken":0},
      "diagnostics":[
      {"file":"doors/night.yml","line":11,"column":31,"severity":"warning","id":"attack-revoked",\#
      "message":"T1002 is revoked in ATT&CK Enterprise 1.0; write T1001 (One)"},
      {"file":"doors/night.yml","line":11,"column":73,"severity":"warning","id":"attack-unknown",\#
      "message":"T9999 is not in ATT&CK Enterprise 1.0; correct it"}]}

      """#
    #expect(text == expected)
  }

  @Test func listsAllLogSourcesOfARuleThatHasSeveral() async throws {
    let text = try await json([
      "a": """
      title: A
      logsource: {product: doorman, service: [access, alarm]}
      detection: {selection: {action: door.open}, condition: selection}
      """
    ])
    let expected =
      #""logsource":{"product":"doorman","service":"access"},"logsources":[{"product":"doorman","service":"access"},{"product":"doorman","service":"alarm"}],"#
    #expect(text.contains(expected))
  }

  @Test func relatesRulesAndLeavesOutWhatIsNotSaid() async throws {
    let text = try await json([
      "a": """
      title: A
      id: aaaaaaaa-0000-4000-8000-000000000001
      name: first
      status: experimental
      logsource: {product: doorman, service: access}
      detection: {selection: {action: door.open, badge: KEY}, condition: selection}
      """,
      "b": """
      title: B
      id: bbbbbbbb-0000-4000-8000-000000000002
      logsource: {product: doorman, service: access}
      detection: {selection: {action: door.open, badge_id: Key}, condition: selection}
      """,
      "c": """
      title: C
      id: cccccccc-0000-4000-8000-000000000003
      correlation:
        type: value_count
        rules: [bbbbbbbb-0000-4000-8000-000000000002, first]
        group-by: [badge, zone]
        timespan: 5m
        condition: {field: [user, zone], lt: 9, gte: 3}
        aliases: {user: {first: badge, gone: card}}
        generate: true
      """,
      "d": """
      title: D
      id: dddddddd-0000-4000-8000-000000000004
      logsource: {product: doorman, service: access}
      filter:
        rules: [first]
        selection: {zone: lobby}
        condition: not selection
      """,
    ])
    let door =
      #"{"field":"action","kind":"eq","value":"door.open","modifiers":[],"corpus":2,"corpusByDialect":{"sigma":2}}"#
    let attack = #""attack":{"tactics":[],"techniques":[],"groups":[],"software":[],"revoked":{},"unknown":[]}"#
    let events = #""events":[{"provider":"Doorman","event":"door.open","operation":true}]"#
    let lists = #""references":[],"falsePositives":[],"tags":[]"#
    let logSource = #""logsource":{"product":"doorman","service":"access"}"#
    let expected = """
      {"format":2,"generator":"ruledex 0.0.0","attack":{"domain":"enterprise-attack","version":"1.0"},
      "rules":[
      {"key":"sigma/a","dialect":"sigma","slug":"a","id":"aaaaaaaa-0000-4000-8000-000000000001","title":"A",\
      "status":"experimental","class":"detection","authors":[],\(lists),"source":"doors/a.yml",\
      "page":"rules/sigma/a/index.html",\(logSource),"logic":"cf47b0f6af27d682",\(attack),\(events),\
      "indicators":[\(door),{"field":"badge","kind":"eq","value":"KEY","modifiers":[],\
      "corpus":2,"corpusByDialect":{"sigma":2}}],"exclusions":[],"sameAction":["sigma/b","sigma/c"],\
      "neighbours":[{"rule":"sigma/b","relation":"duplicate","score":1.00}]},
      {"key":"sigma/b","dialect":"sigma","slug":"b","id":"bbbbbbbb-0000-4000-8000-000000000002","title":"B",\
      "class":"detection","authors":[],\(lists),"source":"doors/b.yml",\
      "page":"rules/sigma/b/index.html",\(logSource),"logic":"e5c979a7ccba5920",\(attack),\(events),\
      "indicators":[\(door),{"field":"badge_id","canonical":"badge","kind":"eq",\
      "value":"Key","modifiers":[],"corpus":2,"corpusByDialect":{"sigma":2}}],"exclusions":[],\
      "sameAction":["sigma/a","sigma/c"],\
      "neighbours":[{"rule":"sigma/a","relation":"duplicate","score":1.00}]},
      {"key":"sigma/c","dialect":"sigma","slug":"c","id":"cccccccc-0000-4000-8000-000000000003","title":"C",\
      "class":"correlation","authors":[],\(lists),"source":"doors/c.yml",\
      "page":"rules/sigma/c/index.html","logsource":{},"logic":"5df7f77405bf5334",\(attack),\(events),\
      "indicators":[],"exclusions":[],"sameAction":["sigma/a","sigma/b"],"neighbours":[],\
      "correlation":{"type":"value_count","rules":["sigma/b","sigma/a"],"groupBy":["badge","zone"],\
      "timespan":"5m","condition":"gte 3 and lt 9","fields":["user","zone"],\
      "aliases":[{"name":"user","fields":[{"field":"badge","rule":"sigma/a"},{"field":"card","rule":"gone"}]}],\
      "generate":true}},
      {"key":"sigma/d","dialect":"sigma","slug":"d","id":"dddddddd-0000-4000-8000-000000000004","title":"D",\
      "class":"filter","authors":[],\(lists),"source":"doors/d.yml",\
      "page":"rules/sigma/d/index.html",\(logSource),"logic":"e0b7f20a7d193ae4",\(attack),\(events.replacing("door.open", with: "*").replacing("true", with: "false")),\
      "indicators":[],"exclusions":[],"sameAction":[],"neighbours":[],"filter":{"rules":["sigma/a"]}}],
      "files":{"rules":2,"correlations":1,"filters":1,"companions":0,"notRules":0,"broken":0},
      "diagnostics":[
      {"file":"doors/c.yml","line":9,"column":34,"severity":"error","id":"sigma-correlation",\
      "message":"the alias 'user' names 'gone', which isn't among the correlation's rules; \
      add it to 'rules' or correct the name"}]}

      """
    #expect(text == expected)
  }

  /// Nothing tagged is lost: what this version of ATT&CK has withdrawn is among what it doesn't know.
  @Test func keepsDeprecatedIds() async throws {
    let text = try await json([
      "r": """
      title: R
      logsource: {product: doorman, service: access}
      detection: {s: {a: b}, condition: s}
      tags: [attack.t9999, attack.t1004, attack.t1003]
      """
    ])
    #expect(
      text.contains(#""techniques":["T1003"],"groups":[],"software":[],"revoked":{},"unknown":["T1004","T9999"]}"#))
  }

  @Test func putsFindingsOfFilesAndRulesInTheOrderOfPlaces() async throws {
    let broken = SourceFile(path: "rules/a.yml", source: "a.yml")
    let whole = Diagnostic(
      .fileUnreadable, at: SourceLocation(SourceFile(path: "rules/z.yml", source: "z.yml")),
      "can't \"be\" read; allow it")
    let first = Diagnostic(
      .yamlSyntax, at: SourceLocation(broken, at: SourcePosition(line: 3, column: 2)), "wrong; mend it")
    let text = try await json(
      [
        "r":
          "title: R\nlogsource: {product: doorman, service: access}\ndetection: {s: {a: b}, condition: s}\nlevel: hgh\n"
      ],
      diagnostics: [whole, first])
    let found = text.split(separator: "\n").suffix(3)
    #expect(
      found.map(String.init) == [
        #"{"file":"a.yml","line":3,"column":2,"severity":"error","id":"yaml-syntax","message":"wrong; mend it"},"#,
        #"{"file":"doors/r.yml","line":4,"column":8,"severity":"warning","id":"rule-level","#
          + #""message":"the level 'hgh' is unknown; did you mean 'high'?"},"#,
        #"{"file":"z.yml","severity":"error","id":"file-unreadable","message":"can't \"be\" read; allow it"}]}"#,
      ])
  }

  @Test func writesACatalogWithoutRules() async throws {
    #expect(
      try await json([:]) == """
        {"format":2,"generator":"ruledex 0.0.0","attack":{"domain":"enterprise-attack","version":"1.0"},
        "rules":[],
        "files":{"rules":0,"correlations":0,"filters":0,"companions":0,"notRules":0,"broken":0},
        "diagnostics":[]}

        """)
  }
}
