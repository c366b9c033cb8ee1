import Diagnostics
import Testing

@Suite struct DiagnosticTests {
  private func diagnostic(_ path: String, _ line: Int?, _ id: CheckID, _ message: String) -> Diagnostic {
    let position = line.map { SourcePosition(line: $0, column: 2) }
    return Diagnostic(id, at: SourceLocation(path: path, position: position), message)
  }

  @Test func readsAsCompilersWriteIt() {
    #expect(
      diagnostic("a/b.yml", 3, .ruleLevel, "wrong; mend it").description
        == "a/b.yml:3:2: warning: wrong; mend it [rule-level]")
    #expect(diagnostic("a.yml", nil, .fileUnreadable, "wrong").description == "a.yml: error: wrong [file-unreadable]")
  }

  /// The whole file before its places, places in order, then the gravest first; each once.
  @Test func standInTheOrderOfPlaces() {
    let sorted = [
      diagnostic("a.yml", nil, .yamlSyntax, "x"), diagnostic("a.yml", 2, .yamlSyntax, "x"),
      diagnostic("a.yml", 2, .ruleLevel, "x"), diagnostic("a.yml", 2, .ruleLevel, "y"),
      diagnostic("a.yml", 10, .yamlSyntax, "x"), diagnostic("ä.yml", 1, .yamlSyntax, "x"),
    ]
    #expect((sorted.reversed() + sorted).sortedOnce() == sorted)
  }

  @Test(arguments: [
    ("One thing. Another.", "One thing."), ("Only one", "Only one"),
    ("See `a.yml` first. Then go.", "See `a.yml` first."),
  ])
  func meansItsFirstSentence(advice: String, expected: String) {
    #expect(CheckID("a", .note, advice).meaning == expected)
  }

  @Test func isKnownByItsName() {
    let level = CheckID("rule-level", .error, "The same name.")
    #expect(level == .ruleLevel && level.hashValue == CheckID.ruleLevel.hashValue && level != .yamlSyntax)
  }
}
