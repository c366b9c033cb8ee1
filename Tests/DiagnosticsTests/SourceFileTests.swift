import Diagnostics
import Testing

@Suite struct SourceFileTests {
  private let file = SourceFile(path: "/home/a/rules/b/c.yml", source: "ours/b/c.yml")

  @Test(arguments: [
    ("/home/a/rules/b/c.yml", "/home/a/", "rules/b/c.yml"),
    ("/home/a/rules/b/c.yml", "/home/b/", "/home/a/rules/b/c.yml"),
    ("/home/ab/c.yml", "/home/a/", "/home/ab/c.yml"),
    ("./rules/c.yml", "/home/a/", "rules/c.yml"), (".///c.yml", "/home/a/", "c.yml"), ("././c.yml", "/", "c.yml"),
    ("../c.yml", "/home/a/", "../c.yml"), ("./", "/home/a/", "./"), ("/c.yml", "/", "c.yml"),
  ])
  func isSeenFromAFolder(path: String, folder: String, expected: String) {
    #expect(PathSpelling.seen(from: Array(folder.utf8)).path(of: SourceFile(path: path)) == expected)
  }

  @Test func isSeenAsOpenedWhereTheFolderIsNotKnown() {
    #expect(PathSpelling.seen(from: nil).path(of: file) == "/home/a/rules/b/c.yml")
    #expect(PathSpelling.seen(from: nil).path(of: SourceFile(path: "./c.yml")) == "c.yml")
  }

  @Test func isPublishedByItsSource() {
    let finding = Diagnostic(
      .ruleTitle, at: SourceLocation(file, at: SourcePosition(line: 2, column: 3)), "none; add one")
    #expect(finding.description == "/home/a/rules/b/c.yml:2:3: warning: none; add one [rule-title]")
    #expect(
      finding.description(spelled: .published) == "ours/b/c.yml:2:3: warning: none; add one [rule-title]")
    #expect(file.name == "c.yml")
    #expect(SourceFile(path: "telemetry.yml").source == "telemetry.yml")
  }

  @Test func hasLinesWithTheirEnds() {
    let file = SourceFile(path: "a.yml", bytes: [0xEF, 0xBB, 0xBF] + Array("a\r\n\nbc".utf8))
    #expect(
      (0...4).map { file.line($0).map { String(decoding: $0, as: UTF8.self) } } == [nil, "a\r\n", "\n", "bc", nil])
    #expect(SourceFile(path: "a.yml", bytes: []).line(1)?.isEmpty == true)
    #expect(SourceFile(path: "a.yml").line(1) == nil)
  }

  /// Two folders may hold files of one name, and what reads the same in a report is said once.
  @Test func findingsAreSortedAsTheyAreSpelled() {
    func finding(_ path: String, _ source: String, _ message: String) -> Diagnostic {
      Diagnostic(.ruleTitle, at: SourceLocation(SourceFile(path: path, source: source)), message)
    }
    let findings = [
      finding("a/z.yml", "z.yml", "x"), finding("b/a.yml", "a.yml", "x"), finding("c/a.yml", "a.yml", "x"),
    ]
    #expect(findings.sortedOnce().map(\.location.path) == ["a/z.yml", "b/a.yml", "c/a.yml"])
    #expect(findings.sortedOnce(spelled: .published).map(\.location.file.source) == ["a.yml", "z.yml"])
  }
}
