import Diagnostics
import DialectReading
import RuleModel
import TestSupport
import Testing

@testable import Site

/// What of their files the rules of a large file show.
@Suite struct SharedFilesTests {
  /// The rules of a file that has a document before them.
  private func rules(_ count: Int, path: String = "a.yml", filling: Int) -> RuleColumn<Rule> {
    let document = "title: T\ndescription: |\n  ---\n  " + String(repeating: "x", count: filling) + "\n"
    let body = Array(
      ("# first\naction: global\n---\n" + Array(repeating: document, count: count).joined(separator: "---\n")).utf8)
    let rules = (0..<count).map { number in
      Rule(
        RuleDraft(
          key: RuleKey(dialect: .sigma, slug: "\(path)-\(number)"), title: "T",
          source: RuleSource(
            in: SourceFile(path: path, bytes: body), document: number + 2, documents: count + 1,
            position: SourcePosition(line: 4 + 5 * number, column: 1))))
    }
    return RuleColumn(rules)
  }

  @Test func showsASmallFileWhole() {
    let rules = rules(100, filling: 10)
    let files = SharedFiles(of: rules)
    for index in rules.indices { #expect(files.owner(of: index, in: rules) == index) }
    let shown = files.text(of: rules[99])
    #expect(shown.isWhole && shown.line == 1 && Array(shown.bytes) == rules[99].source.body)
  }

  @Test func showsOfALargeFileTheRulesOwnDocument() {
    let rules = RuleColumn(rules(3, path: "b.yml", filling: 10).values + rules(100, filling: 1_000).values)
    let files = SharedFiles(of: rules)
    #expect(files.owner(of: 1, in: rules) == 1)
    #expect(rules.indices.dropFirst(3).allSatisfy { files.owner(of: $0, in: rules) == 3 })
    for (number, rule) in rules.dropFirst(3).enumerated() {
      let shown = files.text(of: rule)
      #expect(!shown.isWhole && shown.line == 3 + 5 * number)
      #expect(String(decoding: shown.bytes, as: UTF8.self).hasPrefix("---\ntitle: T\ndescription: |\n  ---\n  xx"))
      #expect(shown.bytes.count == 4 + 9 + 15 + 6 + 1_003)
    }
  }

  /// Counted in bytes that are shown: those of twice the rules in a file are about twice as many.
  @Test func growsWithTheFile() {
    let counts = [400, 800, 1_600].map { count in
      let rules = rules(count, filling: 100)
      let files = SharedFiles(of: rules)
      return rules.reduce(0) { $0 + files.text(of: $1).bytes.count }
    }
    #expect(counts[1] <= 9 * counts[0] / 4 && counts[2] <= 9 * counts[1] / 4, "\(counts)")
  }

  /// In other formats than YAML, a rule shows its own part, with the comments above it.
  @Test(
    arguments: [
      (
        "a.conf", "[default]\nx = 1\n\n# The first.\n[A]\nsearch = a\n[B]\nsearch = b\n", [(5, 1), (7, 1)],
        ["\n# The first.\n[A]\nsearch = a\n", "[B]\nsearch = b\n"], [3, 7]
      ),
      (
        "a.yaral", "// One.\nrule a {\n}\n\n/* Two,\n * three. */\nrule b {\n}\n", [(2, 1), (7, 1)],
        ["// One.\nrule a {\n}\n", "\n/* Two,\n * three. */\nrule b {\n}\n"], [1, 4]
      ),
      // A comment of several lines without stars, and one that code is before.
      (
        "b.yaral", "rule a {\n} /* Of a,\nstill of a. */\n\n/*\nOf b,\n\nstill of b.\n*/\nrule b {\n}\n",
        [(1, 1), (10, 1)],
        ["rule a {\n} /* Of a,\nstill of a. */\n", "\n/*\nOf b,\n\nstill of b.\n*/\nrule b {\n}\n"], [1, 4]
      ),
      // Rules that are on one line, and what is before the first.
      ("a.json", #"{"r": [{"a": 1}, {"a": 2}]}"#, [(1, 8), (1, 18)], [#"{"a": 1}, "#, #"{"a": 2}]}"#], [1, 1]),
      ("a.ndjson", "{\"a\": 1}\n{\"a\": 2}\n", [(1, 1), (2, 1)], ["{\"a\": 1}\n", "{\"a\": 2}\n"], [1, 2]),
    ] as [(String, String, [(Int, Int)], [String], [Int])])
  func showsItsOwnPartInOtherFormats(
    path: String, text: String, places: [(line: Int, column: Int)], expected: [String], lines: [Int]
  ) {
    let file = SourceFile(path: path, bytes: Array(text.utf8))
    let rules = RuleColumn(
      places.enumerated().map { index, place in
        Rule(
          RuleDraft(
            key: RuleKey(dialect: .splunk, slug: "\(index)"), title: "T",
            source: RuleSource(
              in: file, document: index + 1, documents: places.count,
              position: SourcePosition(line: place.line, column: place.column))))
      })
    let files = SharedFiles(of: rules)
    let shown = rules.map { files.text(of: $0) }
    #expect(shown.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
    #expect(shown.map { $0.line } == lines && shown.allSatisfy { !$0.isWhole })
    // Each has the file, as it isn't large.
    #expect(files.owner(of: 1, in: rules) == 1)
  }

  @Test func numbersLinesAsInTheFile() {
    #expect(YAMLColouring.lines(of: "a: 1\nb: 2\n", from: 7).map(\.number) == [7, 8])
  }
}
