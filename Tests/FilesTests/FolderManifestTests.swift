import Files
import Testing

@Suite struct FolderManifestTests {
  private func manifest(_ lines: String) -> FolderManifest? { FolderManifest(parsing: Array(lines.utf8)) }

  @Test func listsPathsInOrderOnceEach() throws {
    let paths = try ["b", "a/c", "b", "a-b", ".ruledex-manifest.json"].map { try #require(RelativePath($0)) }
    let manifest = FolderManifest(paths: paths)
    #expect(
      String(decoding: manifest.serialized(), as: UTF8.self)
        == "{\"format\": 1, \"files\": [\n\"a-b\",\n\"a/c\",\n\"b\"\n]}\n")
    #expect(FolderManifest(parsing: manifest.serialized()) == manifest)
  }

  @Test func readsWhatItWrote() throws {
    let names = ["new\nline", "\"q\",", "back\\slash", "\\u0041", "\r\u{1}\u{1F}\u{7F}", "é/\u{301}e", "\"", "a,\","]
    let manifest = FolderManifest(paths: try names.map { try #require(RelativePath($0)) })
    #expect(FolderManifest(parsing: manifest.serialized()) == manifest)
    let none = FolderManifest(paths: [])
    #expect(FolderManifest(parsing: none.serialized()) == none)
  }

  @Test(arguments: [
    "", "\n", "{}", "{\"format\": 1, \"files\": [", "{\"format\": 2, \"files\": [\n\"a\"\n]}\n",
    // Cut off, or with something else among it.
    "{\"format\": 1, \"files\": [\n\"a\",\n\"b\"", "{\"format\": 1, \"files\": [\n\"a\"\nb\n]}\n",
    "{\"format\": 1, \"files\": [\n\"a\"\n\"b\"\n]}\n", "{\"format\": 1, \"files\": [\n\"a\",\n]}\n",
    "{\"format\": 1, \"files\": [\n\"a\"b\"\n]}\n", "{\"format\": 1, \"files\": [\n\"\\x\"\n]}\n",
    "{\"format\": 1, \"files\": [\n\"\\u12\"\n]}\n",
    "<<<<<<< ours\n{\"format\": 1, \"files\": [\n\"a\"\n]}\n",
  ])
  func refusesWhatItDidNotWrite(text: String) { #expect(manifest(text) == nil) }

  @Test(arguments: ["/etc/passwd", "../a", "a/../../b", ".", "..", "a/.", "", "a//b", "a/", "\\u0000", "a\\u0000b"])
  func refusesPathsThatLeadOutOrNowhere(path: String) {
    #expect(manifest("{\"format\": 1, \"files\": [\n\"a\",\n\"\(path)\"\n]}\n") == nil)
  }

  @Test func readsAPathThatIsListedTwice() {
    #expect(manifest("{\"format\": 1, \"files\": [\n\"b\",\n\"a\",\n\"a\"\n]}\n")?.paths.map(\.text) == ["a", "b"])
  }
}
