import Files
import Glibc
import TestSupport
import Testing

@testable import Site

/// What publishing must never touch, and what it must never publish.
@Suite struct PublishingSafetyTests {
  private let folder = TemporaryFolder()

  private func publisher() throws -> Publisher { try Publisher(output: folder("site")) }

  private func add(_ files: [String: String], to publisher: Publisher) throws -> [(String, Publisher.Outcome)] {
    try files.sorted { $0.key < $1.key }.map { path, text in
      (path, try publisher.add(SiteFile(path: path, bytes: Array(text.utf8))))
    }
  }

  private func publish(_ files: [String: String]) throws {
    let publisher = try publisher()
    do {
      try publisher.commit(try add(files, to: publisher))
    } catch {
      publisher.cancel()
      throw error
    }
  }

  private func message(_ body: () throws -> Void) throws -> String {
    try #require(throws: PublishError.self, performing: body).message
  }

  private func writeManifest(_ paths: String...) {
    folder.write(
      "{\"format\": 1, \"files\": [\n" + paths.map { "\"\($0)\"" }.joined(separator: ",\n") + "\n]}\n",
      to: "site/.ruledex-manifest.json")
  }

  /// The names of staging folders beside the site.
  private var staged: [String] { folder.names().filter { $0.hasPrefix(".site.ruledex-") } }

  // MARK: Leftovers

  @Test func removesNothingThatALinkWithALeftoversNameLeadsTo() throws {
    folder.write("precious", to: "victim/deep/a")
    folder.makeLink(".site.ruledex-999999999", to: "victim")
    try publish(["index.html": "a"])
    #expect(folder.read("victim/deep/a") == "precious")
    #expect(folder.names() == [".site.ruledex-999999999", "site", "victim"])
  }

  @Test(arguments: [nil, "", "something else"])
  func leavesAFolderWithoutOurMark(mark: String?) throws {
    folder.write("<p>foreign", to: ".site.ruledex-abcdefghijkl/site/help/index.html")
    if let mark { folder.write(mark, to: ".site.ruledex-abcdefghijkl/.ruledex-staging") }
    try publish(["index.html": "a"])
    #expect(folder.read(".site.ruledex-abcdefghijkl/site/help/index.html") == "<p>foreign")
    #expect(folder.contents(of: "site").keys.sorted() == [".ruledex-manifest.json", "index.html"])
  }

  @Test func removesWhatAKilledBuildLeftAndNothingBeyond() throws {
    folder.write("precious", to: "victim/a")
    do {
      // It goes without a word, as a killed one does: what it locked is free.
      _ = try add(["index.html": "a"], to: publisher())
    }
    let left = try #require(staged.first)
    folder.makeLink(left + "/site/link", to: "../../victim")
    try publish(["index.html": "b"])
    #expect(folder.names() == ["site", "victim"])
    #expect(folder.names(in: "victim") == ["a"])
  }

  @Test func leavesTheFolderOfABuildThatRuns() throws {
    let slow = try publisher()
    let added = try add(["index.html": "slow", "a.html": "a"], to: slow)
    try publish(["index.html": "quick", "b.html": "b"])
    #expect(staged.count == 1)
    try slow.commit(added)
    #expect(folder.read("site/index.html") == "slow")
    #expect(folder.names(in: "site") == [".ruledex-manifest.json", "a.html", "index.html"])
    #expect(folder.names() == ["site"])
  }

  /// As a build is that was killed on a file system that can't exchange names, between its two steps.
  @Test func putsTheOldSiteBackThatHadSteppedAside() throws {
    try publish(["index.html": "old"])
    folder.write("example.org", to: "site/CNAME")
    do { _ = try add(["index.html": "new"], to: publisher()) }
    let left = try #require(staged.first)
    folder.rename("site", to: left + "/old")
    let next = try publisher()
    #expect(folder.read("site/index.html") == "old")
    #expect(folder.read("site/CNAME") == "example.org")
    next.cancel()
    #expect(folder.names() == ["site"])
  }

  /// As a repository may bring it.
  @Test func leavesACopyOfAMarkedFolder() throws {
    do { _ = try add(["index.html": "a"], to: publisher()) }
    let left = try #require(staged.first)
    folder.write(try #require(folder.read(left + "/.ruledex-staging")), to: ".site.ruledex-copy/.ruledex-staging")
    folder.write("precious", to: ".site.ruledex-copy/old/a")
    try publisher().cancel()
    #expect(folder.names() == [".site.ruledex-copy"])
    #expect(folder.contents().keys.sorted() == [".site.ruledex-copy/.ruledex-staging", ".site.ruledex-copy/old/a"])
  }

  @Test func leavesWhatIsItsUsersToRemove() throws {
    let place = try OutputPlace(resolving: folder("site"))
    do {
      let staging = try StagingFolder.made(in: place, replacing: nil)
      folder.write("late", to: try #require(staged.first) + "/site/late.txt")
      #expect(try staging.leave(in: place) == folder(staged[0]) + "/site")
      try staging.remove(from: place)
    }
    try publish(["index.html": "a"])
    #expect(folder.read(try #require(staged.first) + "/site/late.txt") == "late")
  }

  // MARK: What gets into the new site

  @Test func publishesNothingThatOthersPutIntoTheStagingFolder() throws {
    try publish(["index.html": "old"])
    let publisher = try publisher()
    let added = try add(["index.html": "new"], to: publisher)
    folder.write("<script>", to: try #require(staged.first) + "/site/help/index.html")
    #expect(
      try message { try publisher.commit(added) } == "another program put this into the new site; build it again")
    #expect(folder.contents(of: "site").keys.sorted() == [".ruledex-manifest.json", "index.html"])
    #expect(folder.read("site/index.html") == "old")
  }

  @Test func publishesNoSiteThatLacksAFile() throws {
    try publish(["index.html": "old"])
    let publisher = try publisher()
    let added = try add(["index.html": "new", "a/b.html": "b"], to: publisher)
    unlink(folder(try #require(staged.first) + "/site/a/b.html"))
    #expect(try message { try publisher.commit(added) } == "the file disappeared from the new site; build it again")
    #expect(folder.read("site/index.html") == "old")
  }

  @Test func publishesNoFileThatALinkHasReplaced() throws {
    folder.write("secret", to: "victim")
    let publisher = try publisher()
    let added = try add(["index.html": "new"], to: publisher)
    let staged = try #require(staged.first) + "/site/index.html"
    unlink(folder(staged))
    folder.makeLink(staged, to: "../../victim")
    #expect(throws: PublishError.self) { try publisher.commit(added) }
    #expect(!folder.exists("site"))
  }

  @Test func writesThroughNoLinkInTheStagingFolder() throws {
    folder.makeFolder("victim")
    let publisher = try publisher()
    folder.makeLink(try #require(staged.first) + "/site/rules", to: "../../victim")
    #expect(throws: PublishError.self) { try add(["rules/index.html": "x"], to: publisher) }
    #expect(folder.names(in: "victim") == [])
  }

  // MARK: Manifests and links in the site

  @Test func removesNothingBehindALinkThatTheManifestGoesThrough() throws {
    folder.write("precious", to: "victim/a")
    folder.write("old", to: "site/index.html")
    folder.makeLink("site/evil", to: "../victim")
    writeManifest("evil/a", "index.html")
    try publish(["index.html": "new"])
    #expect(folder.read("victim/a") == "precious")
    #expect(folder.read("site/index.html") == "new")
    // The link is its user's.
    #expect(folder.names(in: "site") == [".ruledex-manifest.json", "evil", "index.html"])
  }

  @Test func writesThroughNoLinkInTheSite() throws {
    folder.makeFolder("victim")
    folder.makeLink("site/rules", to: "../victim")
    writeManifest("rules/index.html")
    #expect(
      try message { try publish(["rules/index.html": "x"]) }
        == "it isn't from ruledex but is in the place of a page; move it")
    #expect(folder.names(in: "victim") == [])
    #expect(folder.names() == ["site", "victim"])
  }

  @Test func takesNoPageFromBehindALink() throws {
    folder.write("page", to: "victim/index.html")
    folder.makeLink("site/rules", to: "../victim")
    writeManifest("rules/index.html")
    #expect(
      !SiteComparison(output: folder("site")).isCurrent(SiteFile(path: "rules/index.html", bytes: Array("page".utf8))))
    #expect(SiteComparison(output: folder("site")).leftovers(besides: []) == [])
  }

  /// Only regular files are ours, whatever the manifest says.
  @Test func keepsWhatAManifestCallsOursAndIsNoFile() throws {
    folder.write("mine", to: "site/folder/a.txt")
    folder.makeLink("site/link", to: "folder/a.txt")
    folder.makePipe("site/pipe")
    writeManifest("folder", "link", "pipe")
    try publish(["index.html": "a"])
    #expect(folder.read("site/folder/a.txt") == "mine")
    #expect(folder.names(in: "site") == [".ruledex-manifest.json", "folder", "index.html", "link", "pipe"])
  }

  @Test func changesNoFileOutsideThatAPageIsASecondNameOf() throws {
    folder.write("old", to: "outside")
    folder.makeFolder("site")
    link(folder("outside"), folder("site/index.html"))
    writeManifest("index.html")
    let before = folder.attributes(of: "outside")
    try publish(["index.html": "new"])
    #expect(folder.read("outside") == "old")
    #expect(folder.attributes(of: "outside") == before)
    #expect(folder.read("site/index.html") == "new")
  }

  @Test(arguments: ["", "{}", "{\"format\": 1, \"files\": [\n\"../x\"\n]}\n"])
  func refusesAManifestThatIsntOurs(text: String) throws {
    folder.write(text, to: "site/.ruledex-manifest.json")
    folder.write("mine", to: "site/index.html")
    #expect(
      try message { try publish(["index.html": "a"]) }
        == "its .ruledex-manifest.json isn't one that ruledex wrote; restore it, or name a new or an empty folder")
    #expect(folder.read("site/index.html") == "mine")
    #expect(folder.names() == ["site"])
  }

  @Test func refusesAManifestThatIsALink() throws {
    folder.write("{\"format\": 1, \"files\": [\n\"index.html\"\n]}\n", to: "manifest")
    folder.write("mine", to: "site/index.html")
    folder.makeLink("site/.ruledex-manifest.json", to: "../manifest")
    #expect(throws: PublishError.self) { try publish(["index.html": "a"]) }
    #expect(folder.read("site/index.html") == "mine")
  }

  @Test(arguments: ["../x", "/tmp/x", "a/../../x", "", ".ruledex-manifest.json"])
  func makesNoFileOutsideOrOverTheManifest(path: String) throws {
    let publisher = try publisher()
    #expect(throws: PublishError.self) { try publisher.add(SiteFile(path: path, bytes: [])) }
  }

  // MARK: Two builds

  @Test func saysThatAnotherBuildReplacesTheSite() throws {
    try publish(["index.html": "old"])
    let publisher = try publisher()
    let added = try add(["index.html": "new"], to: publisher)
    let site = try Folder(resolved: realPath(of: SystemPath(folder("site"))))
    let lock = try LockedFile.taken(FolderManifest.name, in: site)
    let said = try message { try publisher.commit(added) }
    withExtendedLifetime(lock) { #expect(said == "another build is replacing the site right now; build it again") }
    #expect(folder.read("site/index.html") == "old")
  }

  @Test func saysThatAnotherBuildHasReplacedTheSite() throws {
    try publish(["a.html": "a", "b.html": "b"])
    let slow = try publisher()
    let added = try add(["a.html": "a", "b.html": "B"], to: slow)
    try publish(["a.html": "A"])
    #expect(
      try message { try slow.commit(added) } == "another build has changed the site in the meantime; build it again")
    #expect(folder.contents(of: "site").keys.sorted() == [".ruledex-manifest.json", "a.html"])
  }

  // MARK: What others put into the site

  @Test func keepsNamesThatArentText() throws {
    try publish(["index.html": "a"])
    folder.write("x", toBytes: Array("site/".utf8) + [0xFF, 0xFE])
    mkdir(folder("site/extra"), 0o755)
    folder.write("y", toBytes: Array("site/extra/".utf8) + [0x80])
    try publish(["index.html": "b"])
    #expect(folder.exists(bytes: Array("site/".utf8) + [0xFF, 0xFE]))
    #expect(folder.exists(bytes: Array("site/extra/".utf8) + [0x80]))
    #expect(folder.names() == ["site"])
  }

  @Test func keepsFoldersThatAreEmptyWithTheirModesAndTimes() throws {
    try publish(["index.html": "a", "rules/index.html": "a"])
    for (name, mode) in [("empty", 0o750), ("rules/deep/empty", 0o2705), ("closed", 0o555)] as [(String, mode_t)] {
      folder.makeFolder("site/" + name)
      chmod(folder("site/" + name), mode)
      let times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 5), timespec(tv_sec: 1_100_000_000, tv_nsec: 7)]
      utimensat(AT_FDCWD, folder("site/" + name), times, 0)
    }
    let names = ["site/empty", "site/rules/deep", "site/rules/deep/empty", "site/closed"]
    let before = names.map { folder.attributes(of: $0) }
    try publish(["index.html": "b"])
    #expect(names.map { folder.attributes(of: $0) } == before)
    try publish(["index.html": "c"])
    #expect(names.map { folder.attributes(of: $0) } == before)
    #expect(folder.names() == ["site"])
  }

  @Test func keepsFilesOfEachKindAsTheyAre() throws {
    try publish(["index.html": "a"])
    folder.write("x", to: "site/own/a.txt")
    chmod(folder("site/own/a.txt"), 0o604)
    folder.makePipe("site/own/pipe")
    folder.makeLink("site/own/link", to: "/etc")
    let names = ["site/own", "site/own/a.txt", "site/own/pipe", "site/own/link"]
    let before = names.map { folder.attributes(of: $0) }
    let files = names.dropFirst().map { folder.identity(of: $0) }
    try publish(["index.html": "b"])
    #expect(names.map { folder.attributes(of: $0) } == before)
    #expect(names.dropFirst().map { folder.identity(of: $0) } == files)
  }

  @Test func keepsTheModesOfTheOutputAndOfFoldersThatStay() throws {
    folder.makeFolder("site")
    chmod(folder("site"), 0o2751)
    try publish(["index.html": "a", "rules/index.html": "a"])
    #expect(folder.attributes(of: "site")[0] & 0o7777 == 0o2751)
    chmod(folder("site/rules"), 0o711)
    chmod(folder("site"), 0o1770)
    try publish(["index.html": "b", "rules/index.html": "b"])
    #expect(folder.attributes(of: "site")[0] & 0o7777 == 0o1770)
    #expect(folder.attributes(of: "site/rules")[0] & 0o7777 == 0o711)
  }

  @Test(.enabled(if: geteuid() == 0, "only root may give files away"))
  func keepsOwnersAndGroups() throws {
    try publish(["index.html": "a"])
    folder.write("x", to: "site/own/a.txt")
    for (name, owner) in [("site", 1001), ("site/own", 1002), ("site/own/a.txt", 1003)] as [(String, uid_t)] {
      chown(folder(name), owner, owner + 1000)
    }
    try publish(["index.html": "b"])
    for (name, owner) in [("site", 1001), ("site/own", 1002), ("site/own/a.txt", 1003)] {
      #expect(folder.attributes(of: name)[1...2] == [owner, owner + 1000])
    }
  }

  @Test func keepsAFolderWhosePagesAreGone() throws {
    try publish(["index.html": "a", "rules/x/index.html": "x"])
    folder.write("mine", to: "site/rules/x/notes.txt")
    try publish(["index.html": "a"])
    #expect(folder.contents(of: "site/rules").keys.sorted() == ["x/notes.txt"])
  }

  @Test func refusesAFileWhereAFolderOfPagesBelongs() throws {
    try publish(["index.html": "a"])
    folder.write("mine", to: "site/rules")
    let said = try message { try publish(["index.html": "a", "rules/index.html": "b"]) }
    #expect(said == "it isn't from ruledex but is in the place of a page; move it")
    #expect(folder.read("site/rules") == "mine")
    #expect(folder.names() == ["site"])
  }

  @Test func refusesAFolderWhereAPageBelongs() throws {
    try publish(["index.html": "a"])
    folder.makeFolder("site/catalog.json")
    let said = try message { try publish(["index.html": "a", "catalog.json": "b"]) }
    #expect(said == "it isn't from ruledex but is in the place of a page; move it")
    #expect(folder.names(in: "site") == [".ruledex-manifest.json", "catalog.json", "index.html"])
  }

  /// What comes after the look at the old site, and before it is taken apart.
  @Test func movesWhatCameLateIntoTheNewSite() throws {
    try publish(["index.html": "a", "rules/index.html": "a"])
    folder.write("first", to: "site/saved.txt")
    let standing = try #require(try OutputPlace(resolving: folder("site")).standingSite())
    let foreign = try ForeignContent(of: standing, output: "site")
    folder.write("new", to: "new/index.html")
    link(folder("site/saved.txt"), folder("new/saved.txt"))
    // A file is saved anew under its name, a file and a folder come, and one where a page is by now.
    folder.write("second", to: "draft")
    folder.rename("draft", to: "site/saved.txt")
    folder.write("late", to: "site/rules/late.txt")
    folder.write("late", to: "site/late/deep/a.txt")
    folder.write("late", to: "site/page.html")
    folder.write("new", to: "new/page.html")
    let pages = FolderManifest(paths: try ["index.html", "page.html"].map { try #require(RelativePath($0)) })
    let new = try Folder(resolved: realPath(of: SystemPath(folder("new"))))
    #expect(try !OldSiteRemoval(foreign, newPages: pages).empty(standing.folder, into: new.folder(nil)))
    #expect(folder.contents(of: "site") == ["page.html": Array("late".utf8)])
    #expect(folder.read("new/saved.txt") == "second")
    #expect(folder.read("new/rules/late.txt") == "late")
    #expect(folder.read("new/late/deep/a.txt") == "late")
    #expect(folder.read("new/page.html") == "new")
  }
}
