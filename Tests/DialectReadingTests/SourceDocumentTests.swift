import Diagnostics
import DialectReading
import Documents
import Testing

@Suite struct SourceDocumentTests {
  private func document(_ text: String) throws -> SourceDocument {
    try SourceDocument(SourceFile(path: "a.yml", bytes: Array(text.utf8)))
  }

  @Test func isParsedWhenAskedFor() throws {
    let document = try document("a: 1\n---\nb: 2\n")
    #expect(document.starts == [] && document.failure == nil && !document.isEmpty)
    #expect(document.nodes(as: .yaml).map { $0.entries.first?.key.text } == ["a", "b"])
    #expect(document.starts == [SourcePosition(line: 1, column: 1), SourcePosition(line: 3, column: 1)])
  }

  @Test func tellsWhyNoFormatFits() throws {
    let document = try document("a: [1")
    #expect(document.nodes(as: .yaml).isEmpty)
    #expect(document.failure?.id == .yamlSyntax && document.isEmpty)
    #expect(document.starts == [] && document.faults == [])
  }

  @Test func tellsFaultsOfTheTextAndOfWhatWasParsed() throws {
    let document = try document("a: 1\na: \u{202E}2\n")
    #expect(document.faults == [])
    _ = document.nodes(as: .yaml)
    #expect(document.faults.map(\.id) == [.yamlDuplicateKey, .bidirectionalControl])
  }

  @Test(arguments: ["", " \n  ", "# nothing\n"])
  func isEmptyWhereItSaysNothing(text: String) throws {
    let document = try document(text)
    #expect(document.nodes(as: .yaml).isEmpty && document.isEmpty && document.failure == nil)
  }

  @Test func isNoneOfBytesThatAreNoText() {
    #expect(throws: DocumentError.self) { try SourceDocument(SourceFile(path: "a.yml", bytes: [0x61, 0])) }
  }
}

@Suite struct DialectContextTests {
  private func context(_ path: String) -> DialectContext {
    DialectContext(
      path: path,
      companions: Companions(
        file: { $0 == "a/b.list" || $0 == "c.list" ? SourceFile(path: "/x/" + $0, source: $0, bytes: [1]) : nil },
        paths: { $0 == "list" ? ["a/b.list", "c.list"] : [] }))
  }

  @Test(arguments: [
    ("a/r.watch", "b.list", "a/b.list"), ("a/r.watch", "../c.list", "c.list"), ("a/r.watch", "/c.list", "c.list"),
    ("r.watch", "./a//b.list", "a/b.list"), ("r.watch", "b.list", nil), ("a/r.watch", "../../c.list", nil),
    ("r.watch", "/", nil),
  ])
  func givesWhatIsBelowTheGivenFolder(path: String, asked: String, expected: String?) {
    #expect(context(path).companion(at: asked)?.source == expected)
  }

  @Test func recordsWhatItGaveOnce() {
    let context = context("a/r.watch")
    _ = context.companion(at: "b.list")
    _ = context.companion(at: "/a/b.list")
    _ = context.companion(at: "missing.list")
    #expect(context.companions(withExtension: "list").map(\.source) == ["a/b.list", "c.list"])
    #expect(
      context.accesses.map(\.question) == [
        .file("a/b.list"), .file("a/missing.list"), .paths("list"), .file("c.list"),
      ])
  }
}
