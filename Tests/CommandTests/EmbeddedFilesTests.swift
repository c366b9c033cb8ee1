import TestSupport
import Testing

@testable import Commands

/// The binary needs no folder beside it.
@Suite struct EmbeddedFilesTests {
  /// `make build` and `make test` write the list; what is committed is what they write.
  @Test(arguments: ["templates/", "catalog/knowledge/"])
  func areThoseOfTheSource(folder: String) {
    let source = TemporaryFolder.contents(of: projectFolder + "/" + folder).filter { file in
      // What is for people and editors alone isn't carried.
      !file.key.hasSuffix("README.md") && !file.key.hasSuffix(".schema.json") && !file.key.hasSuffix(".png")
    }
    let embedded = Embedded.files(in: folder)
    #expect(embedded.map(\.path).sorted() == source.keys.map { folder + $0 }.sorted())
    for file in embedded {
      #expect(source[String(file.path.dropFirst(folder.count))] == file.bytes, "\(file.path)")
    }
  }
}
