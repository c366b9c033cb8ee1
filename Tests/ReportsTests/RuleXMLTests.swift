import Diagnostics
import RuleModel
import Testing

@Suite struct RuleXMLTests {
  /// The text between the tags of an element, without the white space that starts its lines.
  private func lines(of name: String, in text: String) -> [String] {
    let all = text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
    guard let start = all.firstIndex(of: "<\(name)>"), let end = all.lastIndex(of: "</\(name)>") else {
      return all.filter { $0 == "<\(name)/>" }
    }
    return Array(all[(start + 1)..<end])
  }

  /// Without its stages, it says what the catalog says.
  @Test func isTheElementOfTheCatalogWithTheStages() async throws {
    let content = try await DoorCatalog.content([
      "a": """
      title: A
      description: |-
        One
          two
      tags: [attack.t1001]
      logsource: {product: doorman, service: access}
      detection: {s: {action: a, badge: b}, f: {zone: c}, condition: s and not f}
      """
    ])
    let document = DoorCatalog.ruleXML(0, of: content)
    #expect(try DoorCatalog.faults(of: document) == [])
    #expect(document.hasPrefix(#"<?xml version="1.0" encoding="UTF-8"?>\#n<rule format="2" key="sigma/a" "#))
    let catalog = try DoorCatalog.report("catalog.xml", of: content)
    let element = lines(of: "rules", in: catalog).joined(separator: "\n")
    let stages = try #require(document.firstRange(of: "  <stages>")).lowerBound
    let withoutStages = document[..<stages].split(separator: "\n").dropFirst().map { $0.drop { $0 == " " } }
    #expect(element == (withoutStages + ["</rule>"]).joined(separator: "\n").replacing(#" format="2""#, with: ""))
    #expect(
      lines(of: "stages", in: document) == [
        #"<stage number="1" name="condition" role="condition">"#, "<text>s and not f</text>",
        "<all>", #"<stage number="2" name="s"/>"#, "<not>", #"<stage number="3" name="f"/>"#, "</not>", "</all>",
        "</stage>",
        #"<stage number="2" name="s" role="selection">"#,
        "<all>", #"<test field="action" kind="eq" value="a"/>"#, #"<test field="badge" kind="eq" value="b"/>"#,
        "</all>",
        "</stage>",
        #"<stage number="3" name="f" role="filter">"#, #"<test field="zone" kind="eq" value="c"/>"#, "</stage>",
      ])
  }

  /// A rule whose condition is a predicate.
  private func document(_ predicate: Predicate, aggregation: String? = nil) async throws -> String {
    let source = RuleSource(in: SourceFile(path: "a.spl"))
    var rule = RuleDraft(key: RuleKey(dialect: .splunk, slug: "a"), title: "A", source: source)
    rule.stages = [
      Stage(name: "search", predicate: predicate, position: source.position),
      Stage(name: "a \"b\"", predicate: .any([]), position: source.position),
    ]
    if let aggregation {
      rule.body = .detection(.threshold(aggregation, by: [], within: nil, joinsEvents: false))
    }
    return DoorCatalog.ruleXML(0, of: try await DoorCatalog.content(of: [Rule(rule)]))
  }

  @Test(
    arguments: [
      (.all([]), ["<all/>"]),
      (
        .any([.stage(1), .opaque("near(a, <b>)")]),
        [
          "<any>", #"<stage number="2" name="a &quot;b&quot;"/>"#, "<opaque>near(a, &lt;b&gt;)</opaque>", "</any>",
        ]
      ),
      (
        .not(.not(.all([.stage(1)]))),
        [
          "<not>", "<not>", "<all>", #"<stage number="2" name="a &quot;b&quot;"/>"#, "</all>", "</not>", "</not>",
        ]
      ),
      (.opaque(""), ["<opaque/>"]),
      (.test(Test(field: nil, kind: .keyword, value: "x")), [#"<test kind="keyword" value="x"/>"#]),
      (.test(Test(field: "", kind: .isNull, value: "")), [#"<test field="" kind="is_null" value=""/>"#]),
      (
        .test(Test(field: "f\u{0}", kind: .regex, value: "a\u{1}\r\n\"", modifiers: [.ignoreCase, .dotAll])),
        [#"<test field="f�" kind="regex" value="a�&#13;&#10;&quot;" modifiers="i s"/>"#]
      ),
    ] as [(Predicate, [String])])
  func writesEachShapeOfLogic(predicate: Predicate, expected: [String]) async throws {
    let document = try await document(predicate)
    let stage = [#"<stage number="1" name="search" role="condition">"#] + expected + ["</stage>"]
    let other = [#"<stage number="2" name="a &quot;b&quot;" role="selection">"#, "<any/>", "</stage>"]
    #expect(lines(of: "stages", in: document) == stage + other)
    #expect(try DoorCatalog.faults(of: document) == [])
  }

  @Test(arguments: TestKind.allCases)
  func knowsEachKind(kind: TestKind) async throws {
    let all = TestModifiers(rawValue: (1 << 21) - 1)
    let document = try await document(.test(Test(field: "f", kind: kind, value: "v", modifiers: all)))
    #expect(
      document.contains(#"<test field="f" kind="\#(kind.rawValue)" value="v" modifiers="base64 base64offset cased "#))
    #expect(try DoorCatalog.faults(of: document) == [])
  }

  @Test func writesWhatFollowsAnOldCondition() async throws {
    let document = try await document(.stage(1), aggregation: "count() by a > 10")
    #expect(lines(of: "stages", in: document).last == "<aggregation>count() by a &gt; 10</aggregation>")
    #expect(try DoorCatalog.faults(of: document) == [])
  }

  @Test func hasNoStagesForACorrelation() async throws {
    let content = try await DoorCatalog.content([
      "a": "title: A\ncorrelation: {type: temporal, rules: [b], timespan: 1m}"
    ])
    let document = DoorCatalog.ruleXML(0, of: content)
    #expect(lines(of: "stages", in: document) == ["<stages/>"])
    #expect(try DoorCatalog.faults(of: document) == [])
  }

  @Test(arguments: [
    ("<any/>", ""), ("<any/>", "<any/><any/>"), ("<any/>", "<none/>"), (#" number="1""#, ""),
    (#" number="1""#, #" number="0""#),
    (#"role="filter""#, #"role="other""#), ("<stages>", "<stages>a"), ("<not>", "<not><any/>"),
    (#" format="2""#, ""), ("</stages>", "</stages><stages/>"),
  ])
  func isRefusedWhereItsLogicIsNone(text: String, other: String) async throws {
    let document = try await document(.not(.stage(1)))
    #expect(try DoorCatalog.faults(of: document) == [])
    let range = try #require(document.firstRange(of: text))
    #expect(try DoorCatalog.faults(of: document[..<range.lowerBound] + other + document[range.upperBound...]) != [])
  }
}
