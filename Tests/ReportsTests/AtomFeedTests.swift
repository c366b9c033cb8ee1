import Diagnostics
import RuleModel
import TestSupport
import Testing
import XML

@testable import Reports

@Suite struct AtomFeedTests {
  private func rule(_ title: String, _ more: String...) -> String {
    (["title: \(title)", "logsource: {product: doorman}", "detection: {s: {action: a}, condition: s}"] + more)
      .joined(separator: "\n")
  }

  @Test func listsTheRulesChangedLast() async throws {
    let content = try await DoorCatalog.content(
      [
        "a": rule(
          "A <b>", "id: AAAAAAAA-0000-4000-8000-00000000000A", "date: 2025-01-02", "author: Ann, Bob", "level: high",
          "tags: [attack.t1001]", "description: a & b"),
        "b": rule("\"\\u202eB\"", "id: none", "date: 2024-01-01", "modified: 2025-03-04"),
        "c": rule("C"),
      ], baseURL: "https://example.org/rules/")
    // Both ids: Python's uuid.uuid5.
    #expect(
      try DoorCatalog.report("feed.xml", of: content) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
          <id>urn:uuid:a68b4cf7-b8bb-5682-a811-83ec20793df0</id>
          <title>Doors</title>
          <subtitle>The detection rules changed last</subtitle>
          <updated>2025-03-04T00:00:00Z</updated>
          <author>
            <name>Doors</name>
          </author>
          <link rel="self" type="application/atom+xml" href="https://example.org/rules/feed.xml"/>
          <link rel="alternate" type="text/html" href="https://example.org/rules/index.html"/>
          <generator>ruledex 0.0.0</generator>
          <entry>
            <id>urn:uuid:ce7fd835-33b3-5647-91d5-7265fc6d8a0b</id>
            <title>[U+202E]B</title>
            <link rel="alternate" type="text/html" href="https://example.org/rules/rules/sigma/b/index.html"/>
            <updated>2025-03-04T00:00:00Z</updated>
            <published>2024-01-01T00:00:00Z</published>
          </entry>
          <entry>
            <id>urn:uuid:aaaaaaaa-0000-4000-8000-00000000000a</id>
            <title>A &lt;b&gt;</title>
            <link rel="alternate" type="text/html" href="https://example.org/rules/rules/sigma/a/index.html"/>
            <updated>2025-01-02T00:00:00Z</updated>
            <published>2025-01-02T00:00:00Z</published>
            <author>
              <name>Ann</name>
            </author>
            <author>
              <name>Bob</name>
            </author>
            <category term="high" label="level high"/>
            <category term="T1001" scheme="https://attack.mitre.org/techniques/" label="T1001 One"/>
            <summary>a &amp; b</summary>
          </entry>
        </feed>

        """)
  }

  private func elements(_ content: ReportContent) throws -> XMLElement {
    let text = try DoorCatalog.report("feed.xml", of: content)
    return try XMLDocument(parsing: Array(text.utf8), path: "feed.xml").root()
  }

  @Test func linksRelativelyWithoutABaseURL() async throws {
    let feed = try await elements(DoorCatalog.content(["a": rule("A", "date: 2025-01-02")]))
    let links = (feed.elements + feed.elements.flatMap(\.elements)).filter { $0.name == "link" }
    #expect(
      links.map { $0.value(of: "href") } == ["feed.xml", "index.html", "rules/sigma/a/index.html"])
  }

  /// A feed must say when it was updated (RFC 4287, section 4.1.1).
  @Test func isAFeedWithoutRules() async throws {
    let feed = try await elements(DoorCatalog.content(["a": rule("A")]))
    #expect(feed.elements.filter { $0.name == "entry" }.isEmpty)
    #expect(feed.elements.first { $0.name == "updated" }?.text == "1970-01-01T00:00:00Z")
  }

  /// Two entries of one id would be one to a reader (section 4.1.1).
  @Test func givesEachEntryAnIDOfItsOwn() async throws {
    let shared = "id: aaaaaaaa-0000-4000-8000-00000000000a"
    let feed = try await elements(
      DoorCatalog.content([
        "a": rule("A", "date: 2025-01-02", shared),
        "b": rule("B", "date: 2025-01-02", shared.uppercased().replacing("ID:", with: "id:")),
      ]))
    let ids = feed.elements.filter { $0.name == "entry" }.map { $0.elements.first { $0.name == "id" }?.text }
    #expect(Set(ids).count == 2 && !ids.contains("urn:uuid:aaaaaaaa-0000-4000-8000-00000000000a"))
  }

  @Test func holdsFiftyAtMostInTheOrderOfChangesAndKeys() async throws {
    let rules = (0..<60).map { number in
      let source = RuleSource(in: SourceFile(path: "\(number).yml"))
      let key = RuleKey(dialect: .sigma, slug: String(number + 100))
      var rule = RuleDraft(key: key, title: "Rule \(number)", source: source)
      rule.date = CalendarDate("2025-01-\(number % 28 + 1)")
      return Rule(rule)
    }
    let feed = try await elements(DoorCatalog.content(of: rules))
    let titles = feed.elements.filter { $0.name == "entry" }.map { $0.elements.first { $0.name == "title" }?.text }
    // Rules 0 to 59 stand on day 1 + number % 28: each of the last days has two, or three, by key.
    let expected = (0..<60).sorted { ($0 % 28, -$0) > ($1 % 28, -$1) }.prefix(50).map { "Rule \($0)" }
    #expect(titles == expected)
  }

  // MARK: Names

  /// By Python's uuid.uuid5.
  @Test(arguments: [
    ("https://example.org/rules/", "a68b4cf7-b8bb-5682-a811-83ec20793df0"),
    ("", "1b4db7eb-4057-5ddf-91e0-36dec72071f5"), ("ruledex:Türen", "b9e59bbf-dbba-5deb-98f2-fbac3c43a897"),
  ])
  func makesTheSameUUIDOfAName(name: String, expected: String) {
    #expect("\(NamedUUID(of: name, in: .addresses))" == expected)
  }

  /// FIPS 180's own examples, and lengths around a block's end, by sha1sum.
  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
  ])
  func hashes(text: String, expected: String) {
    #expect(sha1(Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
  }

  @Test(
    arguments: zip(
      [55, 56, 63, 64, 65, 119, 120],
      [
        "c1c8bbdc22796e28c0e15163d20899b65621d65a", "c2db330f6083854c99d4b5bfb6e8f29f201be699",
        "03f09f5b158a7a8cdad920bddc29b81c18a551f5", "0098ba824b5c16427bd7a1122a5a442a25ec644d",
        "11655326c708d70319be2610e8a57d9a5b959d3b", "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56",
        "f34c1488385346a55709ba056ddd08280dd4c6d6",
      ]))
  func hashesAroundTheEndsOfBlocks(count: Int, expected: String) {
    hashes(text: String(repeating: "a", count: count), expected: expected)
  }
}
