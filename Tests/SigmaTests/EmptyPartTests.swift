import Diagnostics
import RuleModel
import Testing

/// What is there and says nothing: shown as what it is, and never read as something else.
@Suite struct EmptyPartTests {
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
}
