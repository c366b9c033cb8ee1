import Attack
import Diagnostics
import Foundation
import Reports
import Testing
import XML

/// Two files with findings and one without, in each form.
@Suite struct FindingsTests {
  private static let hostileFile = "a: b,c%\"<&>'/]]> ü\u{202E}\n.yml"
  private static let hostileMessage = "'::error::50% [x](http://y) {0}, \"\\d\" <&> ]]>\r\n\u{1B}\u{1}ü\u{202E}' is odd"

  private func content(_ findings: [Diagnostic], files: [String] = [], failing: Diagnostic.Severity = .error) throws
    -> FindingsContent
  {
    FindingsContent(
      findings: findings, files: files.map { SourceFile(path: $0) }, spelling: .opened,
      matrix: try AttackMatrix(parsing: Array(DoorCatalog.attack.utf8)),
      version: "0.0.0", failing: failing,
      address: { path in
        path.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "./"))) ?? ""
      })
  }

  /// Letters of 1, 2 and 4 bytes stand before the columns 2, 4 and 8 of its second line.
  private static let wide = SourceFile(path: "rules/wide.yml", bytes: Array("first\naé😀x\n".utf8))

  private static func inWide(_ line: Int, _ column: Int) -> Diagnostics.SourceLocation {
    SourceLocation(wide, at: SourcePosition(line: line, column: column))
  }

  private let findings = [
    Diagnostic(.yamlSyntax, at: SourceLocation(path: "rules/broken.yml"), "no YAML; correct it"),
    Diagnostic(.ruleTitle, at: Self.inWide(2, 8), "no title; add one"),
    Diagnostic(
      .ruleReference, at: Self.inWide(2, 9), "no address; correct it"),
    Diagnostic(
      .ruleReference, at: Self.inWide(7, 3), "no address; correct it"),
  ]

  private var hostile: [Diagnostic] {
    [Diagnostic(.ruleField, at: SourceLocation(path: Self.hostileFile, line: 1, column: 1), Self.hostileMessage)]
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func json(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  // MARK: JSON

  @Test func writesJSONWithWhatToDo() throws {
    #expect(
      text(findingsJSON(try content(Array(findings.prefix(2))))) == """
        {"format":1,"attack":{"domain":"enterprise-attack","version":"1.0"},
        "findings":[
        {"file":"rules/broken.yml","severity":"error","id":"yaml-syntax","message":"no YAML; correct it",\
        "help":"The file is not well-formed YAML. Fix the place that the message names."},
        {"file":"rules/wide.yml","line":2,"column":8,"severity":"warning","id":"rule-title",\
        "message":"no title; add one",\
        "help":"The rule has no title, so the file's name is shown, or a title that is too long. Give it one of at most 256 characters."}],
        "totals":{"error":1,"warning":1,"note":0}}

        """)
  }

  @Test func keepsHostileTextInJSON() throws {
    let root = try json(findingsJSON(try content(hostile)))
    let finding = try #require((root["findings"] as? [[String: Any]])?.first)
    #expect(finding["file"] as? String == Self.hostileFile)
    #expect(
      finding["message"] as? String
        == Self.hostileMessage.replacing("\u{1B}", with: "\u{FFFD}").replacing("\u{1}", with: "\u{FFFD}"))
  }

  // MARK: SARIF

  @Test func writesSARIFWithRulesAndColumnsOfUTF16() throws {
    #expect(
      text(findingsSARIF(try content(Array(findings.prefix(2))))) == """
        {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\
        "tool":{"driver":{"name":"Ruledex","version":"0.0.0","rules":[
        {"id":"yaml-syntax","shortDescription":{"text":"The file is not well-formed YAML."},\
        "help":{"text":"The file is not well-formed YAML. Fix the place that the message names."},\
        "defaultConfiguration":{"level":"error"}},
        {"id":"rule-title","shortDescription":{"text":"The rule has no title, so the file's name is shown, or a title that is too long."},\
        "help":{"text":"The rule has no title, so the file's name is shown, or a title that is too long. Give it one of at most 256 characters."},\
        "defaultConfiguration":{"level":"warning"}}]}},
        "columnKind":"utf16CodeUnits",
        "results":[
        {"ruleId":"yaml-syntax","ruleIndex":0,"level":"error","message":{"text":"no YAML; correct it"},\
        "locations":[{"physicalLocation":{"artifactLocation":{"uri":"rules/broken.yml"}}}],\
        "partialFingerprints":{"ruledexFinding/v1":"\(fnv1a("yaml-syntax\0rules/broken.yml\0no YAML; correct it")):0"}},
        {"ruleId":"rule-title","ruleIndex":1,"level":"warning","message":{"text":"no title; add one"},\
        "locations":[{"physicalLocation":{"artifactLocation":{"uri":"rules/wide.yml"},\
        "region":{"startLine":2,"startColumn":5}}}],\
        "partialFingerprints":{"ruledexFinding/v1":"\(fnv1a("rule-title\0rules/wide.yml\0no title; add one")):0"}}]}]}

        """)
  }

  /// Sections 3.30.7 and 3.30.8: the end is behind the last character. Other forms have no ends.
  @Test func writesWhereAFindingEndsInSARIFAlone() throws {
    let span = SourceSpan(SourcePosition(line: 1, column: 2), to: SourcePosition(line: 2, column: 8))
    let finding = Diagnostic(.ruleTitle, at: SourceLocation(Self.wide, at: span), "no title; add one")
    let content = try content([finding])
    #expect(
      text(findingsSARIF(content)).contains(
        #""region":{"startLine":1,"startColumn":2,"endLine":2,"endColumn":5}"#))
    let pointed = Diagnostic(.ruleTitle, at: Self.inWide(1, 2), "no title; add one")
    let same = try self.content([pointed])
    #expect(findingsJSON(content) == findingsJSON(same) && findingsJUnit(content) == findingsJUnit(same))
    #expect(findingsGitHub(content) == findingsGitHub(same) && finding.description == pointed.description)
  }

  /// FNV-1a of 32 bits, by its definition (Fowler, Noll, Vo).
  private func fnv1a(_ text: String) -> String {
    String(format: "%08x", text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }

  @Test func tellsEqualFindingsOfAFileApartInSARIF() throws {
    let root = try json(findingsSARIF(try content(findings)))
    let results = ((root["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]) ?? []
    let prints = results.compactMap { ($0["partialFingerprints"] as? [String: String])?.values.first }
    #expect(prints.count == 4 && Set(prints).count == 4)
    #expect(prints.map { $0.suffix(2) } == [":0", ":0", ":0", ":1"])
  }

  /// Sections 3.11.5 and 3.11.6 of SARIF 2.1.0: a brace stands twice, and a bracket before a link's address is escaped.
  @Test func makesNoLinkAndNoPlaceholderOfAMessageInSARIF() throws {
    let root = try json(findingsSARIF(try content(hostile)))
    let result = try #require(((root["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])?.first)
    #expect(
      (result["message"] as? [String: String])?["text"]
        == "'::error::50% [x\\](http://y) {{0}}, \"\\d\" <&> ]]>\r\n\u{FFFD}\u{FFFD}ü\u{202E}' is odd")
    let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    #expect(
      (location?["artifactLocation"] as? [String: String])?["uri"]
        == "a%3A%20b%2Cc%25%22%3C%26%3E%27/%5D%5D%3E%20%C3%BC%E2%80%AE%0A.yml")
  }

  @Test func isALogWithoutFindings() throws {
    let root = try json(findingsSARIF(try content([])))
    let run = try #require((root["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.isEmpty == true)
  }

  // MARK: JUnit

  @Test func writesASuiteForEachFileAndATestForEachCheck() throws {
    let content = try content(findings, files: ["rules/good.yml", "rules/wide.yml"])
    #expect(
      text(findingsJUnit(content)) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="ruledex lint" tests="4" failures="1" errors="0">
          <testsuite name="rules/broken.yml" tests="1" failures="1" errors="0">
            <testcase name="yaml-syntax" classname="rules/broken.yml">
              <failure type="error" message="no YAML; correct it">rules/broken.yml: error: no YAML; correct it [yaml-syntax]
        The file is not well-formed YAML. Fix the place that the message names.</failure>
            </testcase>
          </testsuite>
          <testsuite name="rules/good.yml" tests="1" failures="0" errors="0">
            <testcase name="no findings" classname="rules/good.yml"/>
          </testsuite>
          <testsuite name="rules/wide.yml" tests="2" failures="0" errors="0">
            <testcase name="rule-title" classname="rules/wide.yml">
              <system-out>rules/wide.yml:2:8: warning: no title; add one [rule-title]
        The rule has no title, so the file's name is shown, or a title that is too long. Give it one of at most 256 characters.</system-out>
            </testcase>
            <testcase name="rule-reference" classname="rules/wide.yml">
              <system-out>rules/wide.yml:2:9: note: no address; correct it [rule-reference]
        rules/wide.yml:7:3: note: no address; correct it [rule-reference]
        The reference isn't an http, https or mailto address and is shown as text. Correct it.</system-out>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func failsTheTestsThatTheGateFails() throws {
    func failures(_ failing: Diagnostic.Severity) throws -> [String] {
      let root = try XMLDocument(
        parsing: findingsJUnit(try content(findings, failing: failing)), path: "junit.xml"
      ).root()
      return root.elements.map { $0.value(of: "failures") ?? "" } + [root.value(of: "failures") ?? ""]
    }
    #expect(try failures(.error) == ["1", "0", "1"])
    #expect(try failures(.warning) == ["1", "1", "2"])
    #expect(try failures(.note) == ["1", "2", "3"])
  }

  @Test func readsBackHostileTextInJUnit() throws {
    let bytes = findingsJUnit(try content(hostile, failing: .note))
    let suite = try #require(try XMLDocument(parsing: bytes, path: "junit.xml").root().elements.first)
    #expect(suite.value(of: "name") == Self.hostileFile)
    let failure = try #require(suite.elements.first?.elements.first)
    let message = Self.hostileMessage.replacing("\u{1B}", with: "\u{FFFD}").replacing("\u{1}", with: "\u{FFFD}")
    #expect(failure.value(of: "message") == message)
    #expect(failure.text.hasPrefix("\(Self.hostileFile):1:1: warning: \(message) [rule-field]\n"))
  }

  // MARK: GitHub

  @Test func writesWorkflowCommands() throws {
    #expect(
      findingsGitHub(try content(findings)) == """
        ::error file=rules/broken.yml,title=yaml-syntax::no YAML; correct it
        ::warning file=rules/wide.yml,line=2,col=5,title=rule-title::no title; add one
        ::notice file=rules/wide.yml,line=2,col=6,title=rule-reference::no address; correct it
        ::notice file=rules/wide.yml,line=7,col=3,title=rule-reference::no address; correct it

        """)
  }

  /// What the runner undoes: `%`, carriage return and line feed everywhere, colon and comma in properties.
  @Test func letsNoTextEndAWorkflowCommand() throws {
    #expect(
      findingsGitHub(try content(hostile)) == """
        ::warning file=a%3A b%2Cc%25"<&>'/]]> ü[U+202E]%0A.yml,line=1,col=1,title=rule-field::\
        '::error::50%25 [x](http://y) {0}, "\\d" <&> ]]>%0D%0A\u{FFFD}\u{FFFD}ü[U+202E]' is odd

        """)
  }
}
