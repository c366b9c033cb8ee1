import Diagnostics
import Foundation
import Testing

/// The whole text of a small catalog, worked out by hand from `catalog.rng`, and what that schema allows.
@Suite struct CatalogXMLTests {
  @Test func saysWhatTheCatalogSays() async throws {
    let content = try await DoorCatalog.content(
      [
        "night": #"""
        title: Door <7> at "night"
        id: 11111111-0000-4000-8000-000000000001
        status: test
        description: |
          First & last.
          C:\Second
        references: [https://example.org/?a=1&b=2]
        author: Ann, Bob
        date: 2026-01-02
        modified: 2026-02-03
        tags: [attack.initial-access, attack.t1002, attack.t1003, attack.g0001, attack.s0001, attack.t9999]
        logsource: {product: doorman, service: access}
        detection:
          selection:
            action: door.open
            badge_id|startswith|cased: "<&\">\t\n"
          words: [b]
          filter:
            zone: lobby
          condition: (selection or words) and not filter
        falsepositives: [Cleaning]
        level: high
        """#,
        "pair": """
        title: Pair
        correlation:
          type: value_count
          rules: [11111111-0000-4000-8000-000000000001]
          group-by: [badge, zone]
          timespan: 5m
          condition: {field: [who, zone], gte: 3}
          aliases: {who: {11111111-0000-4000-8000-000000000001: badge}}
          generate: true
        """,
        "tuning": """
        title: Tuning
        logsource: {product: doorman, service: access}
        filter:
          rules: [11111111-0000-4000-8000-000000000001]
          selection: {zone: lobby}
          condition: not selection
        """,
      ],
      diagnostics: [
        Diagnostic(
          .fileUnreadable, at: SourceLocation(SourceFile(path: "rules/a.yml", source: "a.yml")),
          "can't be <read>; allow it")
      ])
    let expected = #"""
      <?xml version="1.0" encoding="UTF-8"?>
      <catalog format="2" generator="ruledex 0.0.0">
        <attack domain="enterprise-attack" version="1.0"/>
        <rules>
          <rule key="sigma/night" dialect="sigma" slug="night" id="11111111-0000-4000-8000-000000000001" status="test" \#
      level="high" class="detection" date="2026-01-02" modified="2026-02-03" logic="b4f8f69fa90fe6c7" source="doors/night.yml" \#
      page="rules/sigma/night/index.html">
            <title>Door &lt;7&gt; at &quot;night&quot;</title>
            <description>First &amp; last.
      C:\Second</description>
            <authors>
              <author>Ann</author>
              <author>Bob</author>
            </authors>
            <references>
              <reference>https://example.org/?a=1&amp;b=2</reference>
            </references>
            <falsePositives>
              <falsePositive>Cleaning</falsePositive>
            </falsePositives>
            <tags>
              <tag>attack.initial-access</tag>
              <tag>attack.t1002</tag>
              <tag>attack.t1003</tag>
              <tag>attack.g0001</tag>
              <tag>attack.s0001</tag>
              <tag>attack.t9999</tag>
            </tags>
            <logsource product="doorman" service="access"/>
            <attack>
              <tactic id="TA0001"/>
              <technique id="T1001"/>
              <technique id="T1003"/>
              <group id="G0001"/>
              <software id="S0001"/>
              <revoked id="T1002" by="T1001"/>
              <unknown id="T9999"/>
            </attack>
            <events>
              <event provider="Doorman" event="door.open" operation="true"/>
            </events>
            <indicators>
              <indicator kind="keyword" value="b" corpus="1" sigma="1"/>
              <indicator field="action" kind="eq" value="door.open" corpus="1" sigma="1"/>
              <indicator field="badge_id" canonical="badge" kind="starts_with" value="&lt;&amp;&quot;&gt;&#9;&#10;" \#
      modifiers="cased" corpus="1" sigma="1"/>
            </indicators>
            <exclusions>
              <exclusion field="zone" kind="eq" value="lobby" corpus="1" sigma="1"/>
            </exclusions>
            <sameAction>
              <ref key="sigma/pair"/>
            </sameAction>
            <neighbours/>
          </rule>
          <rule key="sigma/pair" dialect="sigma" slug="pair" class="correlation" logic="d5d1c582da98264e" source="doors/pair.yml" \#
      page="rules/sigma/pair/index.html">
            <title>Pair</title>
            <authors/>
            <references/>
            <falsePositives/>
            <tags/>
            <logsource/>
            <attack/>
            <events>
              <event provider="Doorman" event="door.open" operation="true"/>
            </events>
            <indicators/>
            <exclusions/>
            <sameAction>
              <ref key="sigma/night"/>
            </sameAction>
            <neighbours/>
            <correlation type="value_count" timespan="5m" condition="gte 3" generate="true">
              <ref key="sigma/night"/>
              <groupBy field="badge"/>
              <groupBy field="zone"/>
              <field name="who"/>
              <field name="zone"/>
              <alias name="who">
                <field name="badge" rule="sigma/night"/>
              </alias>
            </correlation>
          </rule>
          <rule key="sigma/tuning" dialect="sigma" slug="tuning" class="filter" logic="4f8a75d29c75e710" source="doors/tuning.yml" \#
      page="rules/sigma/tuning/index.html">
            <title>Tuning</title>
            <authors/>
            <references/>
            <falsePositives/>
            <tags/>
            <logsource product="doorman" service="access"/>
            <attack/>
            <events>
              <event provider="Doorman" event="*" operation="false"/>
            </events>
            <indicators/>
            <exclusions/>
            <sameAction/>
            <neighbours/>
            <filter>
              <ref key="sigma/night"/>
            </filter>
          </rule>
        </rules>
        <files rules="1" correlations="1" filters="1" companions="0" notRules="0" broken="0"/>
        <diagnostics>
          <diagnostic file="a.yml" severity="error" id="file-unreadable">can't be &lt;read&gt;; allow it</diagnostic>
          <diagnostic file="doors/night.yml" line="11" column="31" severity="warning" id="attack-revoked">T1002 is \#
      revoked in ATT&amp;CK Enterprise 1.0; write T1001 (One)</diagnostic>
          <diagnostic file="doors/night.yml" line="11" column="87" severity="warning" id="attack-unknown">T9999 is \#
      not in ATT&amp;CK Enterprise 1.0; correct it</diagnostic>
        </diagnostics>
      </catalog>

      """#
    let text = try DoorCatalog.report("catalog.xml", of: content)
    #expect(text == expected)
    #expect(try DoorCatalog.faults(of: text) == [])
  }

  @Test func writesACatalogWithoutRules() async throws {
    let text = try await DoorCatalog.report("catalog.xml", of: DoorCatalog.content([:]))
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <catalog format="2" generator="ruledex 0.0.0">
          <attack domain="enterprise-attack" version="1.0"/>
          <rules/>
          <files rules="0" correlations="0" filters="0" companions="0" notRules="0" broken="0"/>
          <diagnostics/>
        </catalog>

        """)
    #expect(try DoorCatalog.faults(of: text) == [])
  }

  @Test func namesTheNeighbours() async throws {
    let rule = "title: A\nlogsource: {product: doorman}\ndetection: {s: {action: a, zone: b}, condition: s}"
    let text = try await DoorCatalog.report("catalog.xml", of: DoorCatalog.content(["a": rule, "b": rule]))
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("<neighbour ") }
    #expect(
      lines == [
        #"<neighbour key="sigma/b" relation="duplicate" score="1.00"/>"#,
        #"<neighbour key="sigma/a" relation="duplicate" score="1.00"/>"#,
      ])
    #expect(try DoorCatalog.faults(of: text) == [])
  }

  @Test func listsAllLogSourcesAndAWildcardOfAKeyword() async throws {
    let rule = """
      title: A
      logsource: {product: doorman, service: [access, alarm]}
      detection: {s: ['a*b'], condition: s}
      """
    let text = try await DoorCatalog.report("catalog.xml", of: DoorCatalog.content(["a": rule]))
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(
      lines.filter { $0.hasPrefix("<logsource") } == [
        #"<logsource product="doorman" service="access"/>"#, "<logsources>",
        #"<logsource product="doorman" service="access"/>"#, #"<logsource product="doorman" service="alarm"/>"#,
      ])
    #expect(try DoorCatalog.faults(of: text) == [])
  }

  // MARK: The schema

  private static let rule = """
    title: A
    id: a
    tags: [attack.t1002, attack.t9999, attack.g0001]
    logsource: {product: doorman, service: access}
    detection: {s: {action: a, badge: b}, f: {zone: c}, condition: s and not f}
    level: hgh
    """

  private static let correlation = """
    title: B
    correlation:
      type: temporal
      rules: [a]
      timespan: 5m
      condition: {gte: 1, field: user}
      aliases: {user: {a: badge}}
    """

  /// Each change breaks one promise of the schema.
  @Test(arguments: [
    (#"format="2""#, #"format="1""#), (#"format="2""#, ""), (#" slug="a""#, #" slug="a/b""#),
    (#" kind="eq""#, #" kind="equals""#), (#" corpus="1""#, #" corpus="0""#), (#" corpus="1""#, ""),
    (#" sigma="1""#, #" sygma="1""#), (#"class="correlation""#, #"class="detection""#),
    (#"class="detection""#, #"class="correlation""#), ("<neighbours/>", ""),
    ("<neighbours/>", "<neighbours>a</neighbours>"),
    (#"<technique id="T1001"/>"#, #"<technique id="T1001.1"/>"#), (#"<group id="G0001"/>"#, #"<group id="G1"/>"#),
    (#"operation="true""#, #"operation="yes""#), (#"column="8""#, ""), (#"type="temporal""#, #"type="""#),
    (#"generate="false""#, #"generate="maybe""#), (#"generate="false""#, ""), (#"<field name="user"/>"#, "<field/>"),
    (#"<alias name="user">"#, "<alias>"), (#" rule="sigma/a"/>"#, "/>"),
    (#" logic=""#, #" logic="g"#), (#" generate="false""#, ""), (#"<logsource/>"#, #"<logsource/><logsource/>"#),
    (#"class="detection""#, #"class="detection" state="dark""#), (#" companions="0""#, ""),
    ("<title>A</title>", "<title>A<b/></title>"), ("<authors/>", "<authors><author/>b</authors>"),
    ("<catalog ", #"<catalog xmlns="urn:a" "#), ("</rules>", "</rules><rules/>"),
    (#"<ref key="sigma/a"/>"#, #"<ref key="a"/>"#), (#"generator="ruledex 0.0.0""#, #"generator="other""#),
  ])
  func refusesWhatTheFormatDoesNotHave(text: String, other: String) async throws {
    let catalog = try DoorCatalog.report(
      "catalog.xml", of: await DoorCatalog.content(["a": CatalogXMLTests.rule, "b": CatalogXMLTests.correlation]))
    #expect(try DoorCatalog.faults(of: catalog) == [])
    let range = try #require(catalog.firstRange(of: text))
    let changed = catalog.replacingCharacters(in: range, with: other)
    #expect(try DoorCatalog.faults(of: changed) != [])
  }

  /// What later versions write of the same format.
  @Test func allowsWhatIsAbsentToday() async throws {
    let catalog = try await DoorCatalog.report("catalog.xml", of: DoorCatalog.content(["a": CatalogXMLTests.rule]))
    let changed = catalog.replacing(#" class="detection""#, with: #" class="detection" state="partly""#)
    #expect(try DoorCatalog.faults(of: changed) == [])
    #expect(changed.contains("partly"))
  }

  @Test func saysAllOfACorrelation() async throws {
    let content = try await DoorCatalog.content([
      "a": CatalogXMLTests.rule,
      "b": """
      title: B
      correlation:
        type: value_count
        rules: [a, other]
        group-by: [who]
        aliases: {who: {a: badge, other: "<b>"}}
        timespan: 5m
        condition: {gte: 3, field: [zone, action]}
        generate: true
      """,
    ])
    let expected = #"""
      <correlation type="value_count" timespan="5m" condition="gte 3" generate="true">
        <ref key="sigma/a"/>
        <groupBy field="who"/>
        <field name="zone"/>
        <field name="action"/>
        <alias name="who">
          <field name="badge" rule="sigma/a"/>
          <field name="&lt;b&gt;" rule="other"/>
        </alias>
      </correlation>
      """#
    func lines(_ text: some StringProtocol) -> [String] {
      text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
    }
    for text in [try DoorCatalog.report("catalog.xml", of: content), DoorCatalog.ruleXML(1, of: content)] {
      #expect(lines(text).joined(separator: "\n").contains(lines(expected).joined(separator: "\n")), "\(text)")
      #expect(try DoorCatalog.faults(of: text) == [])
    }
    let json = try DoorCatalog.report("catalog.json", of: content)
    #expect(
      json.contains(
        #""correlation":{"type":"value_count","rules":["sigma/a"],"groupBy":["who"],"timespan":"5m","condition":"gte 3","#
          + #""fields":["zone","action"],"aliases":[{"name":"who","fields":[{"field":"badge","rule":"sigma/a"},"#
          + #"{"field":"<b>","rule":"other"}]}],"generate":true}"#), "\(json)")
  }

  /// A year 0 is in no calendar of XML Schema, and so in none of our files.
  @Test(arguments: ["0000-01-01", "0000/12/31", "-0001-01-01", "12026-01-01"])
  func leavesOutDatesThatXMLDoesNotHave(date: String) async throws {
    let rule = CatalogXMLTests.rule + "\ndate: \(date)\nmodified: \(date)"
    let content = try await DoorCatalog.content(["a": rule])
    let text = try DoorCatalog.report("catalog.xml", of: content)
    #expect(!text.contains(" date=") && !text.contains(" modified="))
    #expect(text.components(separatedBy: #"id="rule-date""#).count == 3)
    for document in [text, DoorCatalog.ruleXML(0, of: content)] {
      #expect(try DoorCatalog.faults(of: document) == [])
    }
  }

  @Test(arguments: ["duplicate", "stricter", "broader", "similar"])
  func allowsNeighbours(relation: String) async throws {
    let catalog = try await DoorCatalog.report("catalog.xml", of: DoorCatalog.content(["a": CatalogXMLTests.rule]))
    let neighbour = #"<neighbours><neighbour key="sigma/b" relation="\#(relation)" score="0.42"/></neighbours>"#
    let changed = catalog.replacing("<neighbours/>", with: neighbour)
    #expect(try DoorCatalog.faults(of: changed) == [])
    #expect(try DoorCatalog.faults(of: changed.replacing("0.42", with: "1.5")) != [])
    #expect(try DoorCatalog.faults(of: changed.replacing(#" score="0.42""#, with: "")) != [])
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
