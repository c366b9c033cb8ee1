import Files
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15))) struct FileWatchTests {
  private let folder = TemporaryFolder()

  /// Lets a change be made and waits until it is reported.
  private func expectChange(
    of places: [WatchedPlace], _ change: () -> Void, location: SourceLocation = #_sourceLocation
  ) async throws {
    var watch = try FileWatch()
    #expect(try watch.add(places), sourceLocation: location)
    change()
    await watch.waitForChange()
  }

  @Test func reportsFilesThatAreWrittenMovedAndRemoved() async throws {
    folder.write("1", to: "a")
    let places = [WatchedPlace.folder(folder.path)]
    try await expectChange(of: places) { folder.write("2", to: "a") }
    try await expectChange(of: places) { folder.write("1", to: "b") }
    try await expectChange(of: places) { folder.rename("b", to: "c") }
    try await expectChange(of: places) { folder.makeFolder("d") }
    try await expectChange(of: [.folder(folder("d"))]) { folder.rename("c", to: "d/c") }
  }

  @Test func reportsANameThatComesLater() async throws {
    try await expectChange(of: [.entry(folder("a.yml"))]) { folder.write("1", to: "a.yml") }
    try await expectChange(of: [.entry(folder("b") + "/")]) { folder.makeFolder("b") }
  }

  @Test func doesNotReportOtherNamesNorOfHiddenOnes() async throws {
    folder.makeFolder("all")
    var watch = try FileWatch()
    _ = try watch.add([.entry(folder("a.yml")), .folder(folder("all"))])
    folder.write("1", to: "b.yml")
    folder.write("1", to: "all/.b.yml.swp")
    // What is told comes in order: only the last change ends the wait, and so no other one did before.
    folder.write("1", to: "a.yml")
    await watch.waitForChange()
    folder.write("2", to: "b.yml")
    folder.write("2", to: "all/b.yml")
    await watch.waitForChange()
  }

  @Test func knowsWhatItWatchesAlready() throws {
    folder.makeFolder("a")
    var watch = try FileWatch()
    #expect(try watch.add([.folder(folder.path), .entry(folder("a/x"))]))
    #expect(try !watch.add([.folder(folder.path), .entry(folder("b")), .entry(folder("a/x"))]))
    #expect(try watch.add([.entry(folder("a/y"))]))
    #expect(try watch.add([.folder(folder("a"))]))
    #expect(try !watch.add([.folder(folder("a")), .entry(folder("a/z")), .folder(folder("missing"))]))
  }

  @Test func splitsAPathByItsBytes() {
    func bytes(_ text: String) -> SystemPath { SystemPath(text) }
    #expect(WatchedPlace.entry("ruledex.yml") == .name("ruledex.yml", folder: bytes(".")))
    #expect(WatchedPlace.entry("a/b/") == .name("b", folder: bytes("a")))
    #expect(WatchedPlace.entry("/a") == .name("a", folder: bytes("/")))
    // A slash and an accent that follows it are one character.
    #expect(WatchedPlace.entry("a/\u{301}b") == .name("\u{301}b", folder: bytes("a")))
  }
}
