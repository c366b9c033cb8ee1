import Files
import Glibc
import TestSupport
import Testing

@testable import Site

@Suite struct PublisherTests {
  private let folder = TemporaryFolder()

  /// Publishes texts by path, and says which were written anew.
  @discardableResult
  private func publish(_ files: [String: String], to output: String = "site") throws -> [String] {
    let publisher = try Publisher(output: folder(output))
    var added: [(path: String, outcome: Publisher.Outcome)] = []
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      added.append((path, try publisher.add(SiteFile(path: path, bytes: Array(text.utf8)))))
    }
    try publisher.commit(added)
    return added.filter { $0.outcome == .written }.map(\.path)
  }

  @Test func writesANewFolderWithItsManifest() throws {
    try publish(["index.html": "a", "rules/x/index.html": "b"], to: "deep/site")
    #expect(folder.read("deep/site/rules/x/index.html") == "b")
    #expect(
      folder.read("deep/site/.ruledex-manifest.json")
        == "{\"format\": 1, \"files\": [\n\"index.html\",\n\"rules/x/index.html\"\n]}\n")
    #expect(folder.names(in: "deep") == ["site"])
  }

  @Test func keepsTheTimesOfWhatDidNotChangeAndRemovesWhatIsNoLongerMade() throws {
    try publish(["same.html": "a", "new.html": "b", "old/gone.html": "c"])
    let same = folder.identity(of: "site/same.html")
    let written = try publish(["same.html": "a", "new.html": "B"])
    #expect(written == ["new.html"])
    #expect(folder.identity(of: "site/same.html") == same)
    #expect(folder.read("site/new.html") == "B")
    #expect(folder.names(in: "site") == [".ruledex-manifest.json", "new.html", "same.html"])
    #expect(folder.names() == ["site"])
  }

  @Test func touchesNothingWhereNothingChanged() throws {
    try publish(["index.html": "a", "rules/x/index.html": "b"])
    let before = ["site", "site/rules", "site/.ruledex-manifest.json"].map { folder.identity(of: $0) }
    #expect(try publish(["index.html": "a", "rules/x/index.html": "b"]) == [])
    #expect(["site", "site/rules", "site/.ruledex-manifest.json"].map { folder.identity(of: $0) } == before)
    #expect(folder.names() == ["site"])
  }

  @Test func refusesToMixTwoBuilds() throws {
    try publish(["a.html": "a", "b.html": "b"])
    let publisher = try Publisher(output: folder("site"))
    let first = (path: "a.html", outcome: try publisher.add(SiteFile(path: "a.html", bytes: Array("a".utf8))))
    let second = (path: "b.html", outcome: try publisher.add(SiteFile(path: "b.html", bytes: Array("B".utf8))))
    #expect(first.outcome == .unchanged && second.outcome == .written)
    folder.rename("site", to: "moved")
    folder.makeFolder("site")
    let error = try #require(throws: PublishError.self) { try publisher.commit([first, second]) }
    #expect(error.message == "another build has changed the site in the meantime; build it again")
  }

  @Test func mendsAPageThatSomebodyChanged() throws {
    try publish(["index.html": "a"])
    folder.write("tampered", to: "site/index.html")
    #expect(try publish(["index.html": "a"]) == ["index.html"])
    #expect(folder.read("site/index.html") == "a")
  }

  @Test func carriesOverWhatOthersPutIntoTheSite() throws {
    try publish(["index.html": "a"])
    folder.write("example.org", to: "site/CNAME")
    folder.write("x", to: "site/extra/deep/file.txt")
    folder.makeLink("site/latest", to: "nowhere")
    try publish(["index.html": "b"])
    #expect(folder.read("site/CNAME") == "example.org")
    #expect(folder.read("site/extra/deep/file.txt") == "x")
    #expect(folder.names(in: "site") == [".ruledex-manifest.json", "CNAME", "extra", "index.html", "latest"])
  }

  @Test func refusesAFolderThatIsNotOurs() throws {
    folder.write("mine", to: "site/notes.txt")
    let error = try #require(throws: PublishError.self) { try publish(["index.html": "a"]) }
    #expect(error.message == "the folder holds files that are not from ruledex; name a new or an empty folder")
    #expect(folder.names(in: "site") == ["notes.txt"])
    folder.makeFolder("empty")
    try publish(["index.html": "a"], to: "empty")
    #expect(folder.read("empty/index.html") == "a")
  }

  @Test func refusesToOverwriteWhatOthersPutWhereAPageBelongs() throws {
    try publish(["index.html": "a"])
    folder.write("mine", to: "site/rules/index.html")
    let error = try #require(throws: PublishError.self) { try publish(["index.html": "a", "rules/index.html": "b"]) }
    #expect(error.message == "it isn't from ruledex but is in the place of a page; move it")
    #expect(folder.read("site/rules/index.html") == "mine")
  }

  @Test func refusesAManifestThatLeadsOutOfItsFolder() throws {
    folder.write("precious", to: "precious.txt")
    folder.write("{\"format\": 1, \"files\": [\n\"../precious.txt\"\n]}\n", to: "site/.ruledex-manifest.json")
    #expect(throws: PublishError.self) { try publish(["index.html": "a"]) }
    #expect(folder.read("precious.txt") == "precious")
  }

  /// To Swift, a slash and an accent that follows it are one character; to the system they aren't.
  @Test func refusesAManifestThatLeadsOutUnderAnAccent() throws {
    folder.write("precious", to: "\u{301}precious.txt")
    folder.write("{\"format\": 1, \"files\": [\n\"../\u{301}precious.txt\"\n]}\n", to: "site/.ruledex-manifest.json")
    #expect(throws: PublishError.self) { try publish(["index.html": "a"]) }
    #expect(folder.read("\u{301}precious.txt") == "precious")
  }

  @Test(arguments: [
    "new\nline", "\"quoted\",", "back\\slash", "\\u0041", "\r\u{1}\u{1F}\u{7F}", "é/\u{301}e", "\"", "a,\",",
  ])
  func knowsAgainWhatItWrote(name: String) throws {
    try publish(["rules/\(name)": "a", "index.html": "a"])
    #expect(try publish(["rules/\(name)": "a", "index.html": "a"]) == [])
    try publish(["index.html": "a"])
    #expect(folder.contents(of: "site").keys.sorted() == [".ruledex-manifest.json", "index.html"])
  }

  @Test func takesThePlaceOfASiteThatCameMeanwhile() throws {
    let slow = try Publisher(output: folder("site"))
    try publish(["index.html": "a", "old.html": "b"])
    let outcome = try slow.add(SiteFile(path: "index.html", bytes: Array("c".utf8)))
    try slow.commit([("index.html", outcome)])
    #expect(folder.read("site/index.html") == "c")
    #expect(folder.names(in: "site") == [".ruledex-manifest.json", "index.html"])
  }

  @Test func leavesTheOldSiteUntilTheNewOneIsWhole() throws {
    try publish(["index.html": "a"])
    let publisher = try Publisher(output: folder("site"))
    _ = try publisher.add(SiteFile(path: "index.html", bytes: Array("b".utf8)))
    #expect(folder.read("site/index.html") == "a")
    publisher.cancel()
    #expect(folder.read("site/index.html") == "a")
    #expect(folder.names() == ["site"])
  }

  @Test func writesThroughALinkToTheSite() throws {
    folder.makeFolder("real")
    folder.makeLink("site", to: "real")
    try publish(["index.html": "a"])
    #expect(folder.read("real/index.html") == "a")
    #expect(folder.names() == ["real", "site"])
  }

  @Test func comparesWithoutWriting() throws {
    try publish(["a.html": "a", "b.html": "b"])
    let comparison = SiteComparison(output: folder("site"))
    #expect(comparison.isCurrent(SiteFile(path: "a.html", bytes: Array("a".utf8))))
    #expect(!comparison.isCurrent(SiteFile(path: "a.html", bytes: Array("A".utf8))))
    #expect(!comparison.isCurrent(SiteFile(path: "c.html", bytes: [])))
    #expect(comparison.leftovers(besides: ["a.html"]) == ["b.html"])
  }
}
