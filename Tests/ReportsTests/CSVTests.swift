import RuleModel
import Testing

@testable import Reports

@Suite struct CSVTests {
  private func cell(_ text: String) -> String {
    var csv = CSVWriter()
    csv.cell(text)
    return String(decoding: csv.bytes, as: UTF8.self)
  }

  /// RFC 4180, section 2.
  @Test func endsLinesAndPartsCells() {
    var csv = CSVWriter()
    csv.row(["a", "", "b c"])
    csv.cell(1)
    csv.cell("é")
    csv.endRow()
    csv.row([""])
    #expect(String(decoding: csv.bytes, as: UTF8.self) == "a,,b c\r\n1,é\r\n\r\n")
  }

  @Test(arguments: [
    ("plain", "plain"), (#"a"b"#, #""a""b""#), ("a,b", #""a,b""#), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""),
    ("a;b", #""a;b""#), ("a\tb", "\"a\tb\""), (" a ", " a "), (#"C:\x"#, #"C:\x"#),
    ("a\u{0}\u{1B}\u{FFFE}", "a\u{FFFD}\u{FFFD}\u{FFFD}"), ("a\u{202E}\u{2069}\u{61C}", "a[U+202E][U+2069][U+061C]"),
    ("e\u{301}", "e\u{301}"),
  ])
  func quotesWhatNeedsIt(text: String, expected: String) { #expect(cell(text).utf8.elementsEqual(expected.utf8)) }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+SUM(1)", "'+SUM(1)"), ("-enc", "'-enc"), ("@x", "'@x"), ("'x", "''x"), ("'", "''"),
    ("\t=1", "\"'\t'=1\""), ("\r1", "\"'\r1\""), ("\n=1", "\"'\n'=1\""), ("＝1", "'＝1"), ("－1", "'－1"),
    ("=1,\"a\"", "\"'=1,\"\"a\"\"\""), ("a=1", "a=1"), ("a;=1", "\"a;'=1\""), ("a;'b", "\"a;''b\""),
    ("a\n-b", "\"a\n'-b\""),
    ("a,=1", "\"a,=1\""), ("a\r\n=1", "\"a\r\n'=1\""), (" =1", " =1"), ("\"=1", "\"\"\"=1\""),
  ])
  func letsNoCellBeAFormula(text: String, expected: String) { #expect(cell(text).utf8.elementsEqual(expected.utf8)) }

  /// As the docstring says: one apostrophe off where a cell starts, or would for a spreadsheet.
  @Test func losesNothing() {
    let pieces = ["=", "'", "-", ";", "\t", "\n", "\r", "a", "\"", ",", "''"]
    for first in pieces {
      for second in pieces {
        for third in pieces {
          let text = first + second + third + "x"
          let written = cell(text)
          let isQuoted = written.hasPrefix("\"") && written.hasSuffix("\"")
          let inner = isQuoted ? String(written.dropFirst().dropLast()) : written
          let content = inner.replacing("\"\"", with: "\"")
          var read = String.UnicodeScalarView()
          var isAtStart = true
          for scalar in content.unicodeScalars {
            if isAtStart, scalar == "'" {
              isAtStart = false
            } else {
              read.append(scalar)
              isAtStart = ";\t\n\r".unicodeScalars.contains(scalar)
            }
          }
          #expect(String(read).utf8.elementsEqual(text.utf8), "\(text.debugDescription): \(written.debugDescription)")
        }
      }
    }
  }

  // MARK: The tables

  private static let files: KeyValuePairs<String, String> = [
    "a": """
    title: A
    status: test
    tags: [attack.t1001.001, attack.t1001.002]
    logsource: {product: doorman, service: access}
    detection: {s: {action: a, badge: KEY}, k: ['-enc'], f: {zone: c}, condition: s and k and not f}
    """,
    "b": """
    title: B
    status: deprecated
    tags: [attack.t1001, attack.t1001.001]
    logsource: {product: doorman, service: access}
    detection: {s: {action|contains|cased: a, badge_id: Key}, condition: s}
    """,
    "c": """
    title: C
    tags: [attack.t1002]
    logsource: {product: doorman, service: access}
    detection: {s: {action: a}, condition: s}
    """,
  ]

  @Test func listsEachIndicatorOnce() async throws {
    let text = try await DoorCatalog.report("indicators.csv", of: DoorCatalog.content(CSVTests.files))
    #expect(
      text.utf8.elementsEqual(
        [
          "field,kind,value,modifiers,corpus,sigma,elastic,kusto,panther,splunk,yaral",
          ",keyword,'-enc,,1,1,0,0,0,0,0",
          "action,contains,a,cased,1,1,0,0,0,0,0",
          "action,eq,a,,2,2,0,0,0,0,0",
          "badge,eq,KEY,,2,2,0,0,0,0,0",
          "",
        ].joined(separator: "\r\n").utf8), "\(text)")
  }

  /// A deprecated rule doesn't count; a rule that names two sub-techniques counts once for their parent; a revoked technique's rules are
  /// those of its replacement.
  @Test func countsTheRulesOfEachTechnique() async throws {
    let text = try await DoorCatalog.report("coverage.csv", of: DoorCatalog.content(CSVTests.files))
    #expect(
      text.utf8.elementsEqual(
        [
          "technique,name,tactics,rules,ownRules,allRules,state",
          "T1001,One,TA0001,2,1,3,covered",
          "T1001.001,\"One, A\",TA0001,1,1,2,covered",
          "T1001.002,\"One, B\",TA0001,1,1,1,covered",
          "T1003,'=Three,TA0001 TA0002,0,0,0,none",
          "",
        ].joined(separator: "\r\n").utf8), "\(text)")
  }
}
