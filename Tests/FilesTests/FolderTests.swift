import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct FolderTests {
  private let temporary = TemporaryFolder()

  private func open() throws -> Folder { try Folder(resolved: realPath(of: SystemPath(temporary.path))) }

  private func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

  @Test func followsNoLinkOnTheWay() throws {
    temporary.write("precious", to: "outside/deep/a")
    temporary.makeLink("inside/link", to: "../outside")
    let folder = try open().folder(FileName("inside"))
    #expect(throws: FileError.notFolder) { _ = try folder.folder(FileName("link")).status() }
    #expect(try folder.status(of: path("link/deep/a")) == nil)
    #expect(try !folder.holds(Array("precious".utf8), at: path("link/deep/a")))
    #expect(throws: FileError.self) { try folder.create(path("link/new"), holding: [1]) }
    #expect(temporary.contents(of: "outside").keys.sorted() == ["deep/a"])
  }

  /// The way of systems that can't open a whole path at one go.
  @Test func followsNoLinkPartByPart() throws {
    temporary.write("text", to: "deep/er/a")
    temporary.makeLink("link", to: "deep")
    temporary.makeLink("deep/er/b", to: "a")
    let folder = try open()
    #expect(try folder.openPartByPart(path("deep/er/a"), O_RDONLY).readAll() == Array("text".utf8))
    #expect(throws: FileError.notFolder) { try folder.openPartByPart(path("link/er/a"), O_RDONLY).readAll() }
    #expect(throws: FileError.isLink) { try folder.openPartByPart(path("deep/er/b"), O_RDONLY).readAll() }
    #expect(throws: FileError.missing) { try folder.openPartByPart(path("deep/none/a"), O_RDONLY).readAll() }
  }

  @Test func opensNoFolderWhosePathHasALinkByNow() throws {
    temporary.makeFolder("real")
    temporary.makeLink("link", to: "real")
    let resolved = try realPath(of: SystemPath(temporary.path))
    #expect(throws: FileError.notFolder) { _ = try Folder(resolved: resolved.appending(FileName("link"))).status() }
    #expect(try Folder(resolved: resolved.appending(FileName("real"))).status().kind == .folder)
  }

  @Test func readsRegularFilesOnly() throws {
    temporary.write("text", to: "file")
    temporary.makeFolder("folder")
    temporary.makeLink("link", to: "file")
    temporary.makePipe("pipe")
    let folder = try open()
    #expect(try folder.contents(of: FileName("file")) == Array("text".utf8))
    for name in ["link", "pipe", "none"] {
      #expect(try folder.contents(of: #require(FileName(name.utf8))) == nil)
    }
    #expect(try folder.contents(of: FileName("folder")) == nil)
  }

  /// The first page of its own memory is none that a process may read.
  @Test func throwsWhereReadingFails() {
    #expect(throws: FileError(code: EIO)) { try contents(of: SystemPath("/proc/self/mem")) }
    #expect(throws: FileError.isFolder) { try contents(of: SystemPath("/")) }
    #expect(throws: FileError.missing) { try contents(of: SystemPath(temporary("none"))) }
  }

  @Test func throwsWhereWritingFails() throws {
    #expect(throws: FileError(code: ENOSPC)) { try writeAll([1], toDevice: SystemPath("/dev/full")) }
    #expect(throws: FileError(code: EBADF)) { try writeAll([1], to: -1) }
    temporary.write("mine", to: "a")
    let folder = try open()
    #expect(throws: FileError.exists) { try folder.create(FileName("a"), holding: [1]) }
    #expect(temporary.read("a") == "mine")
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 1 << 17])
  func readsAndComparesEverySize(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    let folder = try open()
    try folder.create(path("deep/file"), holding: bytes)
    #expect(try contents(of: SystemPath(temporary("deep/file"))) == bytes)
    #expect(try folder.holds(bytes, at: path("deep/file")))
    #expect(try !folder.holds(bytes + [0], at: path("deep/file")))
    if size > 0 { #expect(try !folder.holds(bytes.dropLast() + [bytes[size - 1] ^ 1], at: path("deep/file"))) }
  }

  @Test func listsNamesThatArentText() throws {
    temporary.write("x", toBytes: [0xFF, 0x80])
    #expect(try open().entries().map { Array($0.name.bytes) } == [[0xFF, 0x80]])
  }

  @Test func exchangesTwoFolders() throws {
    temporary.write("1", to: "a/one")
    temporary.write("2", to: "b/two")
    let folder = try open()
    try folder.exchange(FileName("a"), with: FileName("b"), in: folder)
    #expect(temporary.contents().keys.sorted() == ["a/two", "b/one"])
  }

  @Test func removesATreeAndNothingThatLinksLeadTo() throws {
    temporary.write("precious", to: "outside/a")
    temporary.write("x", to: "tree/deep/b")
    temporary.write("x", toBytes: Array("tree/".utf8) + [0xFF])
    temporary.makeLink("tree/deep/link", to: "../../outside")
    temporary.makePipe("tree/pipe")
    chmod(temporary("tree/deep"), 0o500)
    try removeTree(SystemPath(temporary("tree")))
    #expect(temporary.names() == ["outside"])
    #expect(temporary.read("outside/a") == "precious")
  }

  @Test func knowsAMountPoint() throws {
    #expect(try !open().isMountPoint)
    #expect(try Folder(resolved: SystemPath("/proc")).isMountPoint)
  }
}

@Suite struct LockedFileTests {
  private let temporary = TemporaryFolder()
  private let name = FileName("lock")

  private func canTake(_ name: FileName, in folder: borrowing Folder) throws -> Bool {
    switch try LockedFile.taken(name, in: folder) {
    case nil: false
    case .some: true
    }
  }

  @Test func isTakenByOneAtATime() throws {
    let folder = try Folder(resolved: realPath(of: SystemPath(temporary.path)))
    let first = try LockedFile.created(name, in: folder)
    try first.write([1, 2])
    #expect(try !canTake(name, in: folder))
    _ = consume first
    let second = try LockedFile.taken(name, in: folder)
    #expect(try second?.contents() == [1, 2])
    #expect(try !canTake(name, in: folder))
  }

  @Test func isARegularFileThatWasThere() throws {
    temporary.write("", to: "real")
    temporary.makeLink("lock", to: "real")
    temporary.makePipe("pipe")
    temporary.makeFolder("folder")
    let folder = try Folder(resolved: realPath(of: SystemPath(temporary.path)))
    for name in [FileName("lock"), FileName("pipe"), FileName("folder"), FileName("none")] {
      #expect(try !canTake(name, in: folder))
    }
    #expect(throws: FileError.exists) { _ = try LockedFile.created(name, in: folder).contents() }
  }
}
