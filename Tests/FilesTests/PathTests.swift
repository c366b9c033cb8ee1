import Files
import Testing

@Suite struct PathTests {
  @Test(arguments: [
    "index.html", "a/b/c", "..a/b..", "...", " ", "-", "a\\..\\b", "new\nline", "é/\u{301}e", "a/ /b",
  ])
  func takesWhatIsBelowAFolder(path: String) { #expect(RelativePath(path)?.text == path) }

  @Test(arguments: [
    "", "/", "/etc/passwd", "..", "../x", "a/../b", "a/..", ".", "./a", "a/./b", "a//b", "a/", "a/\u{0}b",
    "../\u{301}x",
  ])
  func refusesWhatLeadsElsewhereOrNowhere(path: String) { #expect(RelativePath(path) == nil) }

  @Test func takesNamesThatArentText() throws {
    let path = try #require(RelativePath([0xFF, 0x2F, 0xFE]))
    #expect(path.names.map { Array($0.bytes) } == [[0xFF], [0xFE]])
    #expect(path.text == "\u{FFFD}/\u{FFFD}")
  }

  @Test func isCutIntoItsFolderAndItsName() throws {
    let path = try #require(RelativePath("a/b/c"))
    #expect(path.folder == RelativePath("a/b"))
    #expect(path.name == FileName("c"))
    #expect(RelativePath("c")?.folder == nil)
    #expect(RelativePath(FileName("c"), in: RelativePath("a/b")) == path)
  }

  /// A slash comes before letters and after a hyphen.
  @Test func ordersByBytes() {
    let paths = ["a", "a-b", "a/b", "a/é", "ab", "é"].map { RelativePath($0) }
    #expect(paths.reversed().sorted { $0! < $1! } == paths)  // each is a path
  }

  @Test func makesNamesThatFitAndDiffer() {
    let long = FileName(
      "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn")
    let names = (0..<100).map { _ in FileName(randomAfter: long) }
    #expect(Set(names).count == 100)
    #expect(names.allSatisfy { $0.bytes.count <= 255 && $0.bytes.starts(with: long.bytes) })
  }
}
