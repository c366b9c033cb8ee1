import Files
import TestSupport
import Testing

@Suite struct ReadFileTests {
  private let folder = TemporaryFolder()

  private func read(_ name: String, limit: Int = 1000) throws(RegularFileError) -> [UInt8] {
    try contents(ofRegularFile: SystemPath(folder(name)), limit: limit).bytes
  }

  @Test func readsARegularFileUpToItsLimit() throws {
    folder.write("12345", to: "a")
    #expect(try read("a", limit: 5) == Array("12345".utf8))
    #expect(throws: RegularFileError.tooLarge(size: 5)) { try read("a", limit: 4) }
    folder.write("", to: "empty")
    #expect(try read("empty", limit: 0) == [])
  }

  @Test func opensNothingElse() {
    folder.makeFolder("folder")
    folder.write("1", to: "file")
    folder.makeLink("link", to: "file")
    folder.makePipe("pipe")
    for name in ["folder", "link", "pipe"] {
      #expect(throws: RegularFileError.notRegular) { try read(name) }
    }
    #expect(throws: RegularFileError.system(.missing)) { try read("none") }
    #expect(throws: RegularFileError.system(.notFolder)) { try read("file/below") }
  }

  /// The first page of its own memory is none that a process may read.
  @Test func neverTakesAFailedReadForAnEmptyFile() {
    #expect(throws: FileError.self) { try contents(of: SystemPath("/proc/self/mem")) }
    #expect(throws: RegularFileError.self) {
      try contents(ofRegularFile: SystemPath("/proc/self/mem"), limit: 10)
    }
  }

  @Test func recognisesAFileByItsIdentityUntilItChanges() throws {
    folder.write("1", to: "a")
    let place = SystemPath(folder("a"))
    let before = FileIdentity(of: place)
    #expect(before != nil && FileIdentity(of: place) == before)
    folder.write("22", to: "a")
    #expect(FileIdentity(of: place) != before)
    #expect(FileIdentity(of: SystemPath(folder("b"))) == nil)
  }

  @Test func aZeroByteLeadsToNothing() {
    folder.write("1", to: "a")
    let path = SystemPath(Array(folder("a").utf8) + [0] + Array("b".utf8))
    #expect(throws: FileError.missing) { try contents(of: path) }
    #expect(!exists(folder("a") + "\0b"))
  }

  @Test func knowsWhatIsThere() {
    folder.write("1", to: "deep/a")
    folder.makeLink("dangling", to: "none")
    folder.makeLink("link", to: "deep")
    #expect(exists(folder("deep/a")) && exists(folder("link/a")) && !exists(folder("none")))
    #expect(!exists(folder("dangling")) && !exists(folder("deep/a/x")))
    #expect(isFolder(folder("link")) && !isFolder(folder("deep/a")) && !isFolder(folder("none")))
  }
}
