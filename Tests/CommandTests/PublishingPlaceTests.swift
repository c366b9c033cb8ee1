import Glibc
import TestSupport
import Testing

/// Builds beside each other, killed, without rights, and on file systems of their own. Each program runs in the test's folder.
@Suite struct PublishingPlaceTests {
  private let folder = TemporaryFolder()

  init() {
    folder.keepSitesSmall()
    writeRules(30, title: "Old")
  }

  private func writeRules(_ count: Int, title: String) {
    for number in 0..<count {
      folder.write(smallRule("\(title) \(number)", image: "\\\(number).exe"), to: "rules/r\(number).yml")
    }
  }

  private static let arguments = ["build", "rules", "-o", "site"]

  /// Whether namespaces can be made here: a root of containers may not.
  private static let hasNamespaces =
    (try? run("unshare", ["-mpf", "true"]).code) == 0

  /// Killed at random moments, each build leaves the old site or the new one, whole, with what its user put into it; and the last
  /// one leaves nothing beside it.
  @Test func leavesAWholeSiteWheneverItIsKilled() throws {
    #expect(try run(builtProgram, PublishingPlaceTests.arguments, in: folder.path).code == 0)
    folder.write("example.org", to: "site/CNAME")
    folder.makeFolder("site/empty")
    let old = folder.contents(of: "site")
    writeRules(30, title: "New")
    let start = ContinuousClock.now
    #expect(try ruledex("build", "rules", "-o", "other", in: folder.path).code == 0)
    let time = ContinuousClock.now - start
    folder.write("example.org", to: "other/CNAME")
    let new = folder.contents(of: "other")
    var killed = 0
    for _ in 0..<12 {
      // Without a cache, so that each is a full build, which can be killed.
      let program = try RunningProgram(
        builtProgram, PublishingPlaceTests.arguments, in: folder.path, environment: ["XDG_CACHE_HOME": "/dev/null"])
      let code = program.wait(limit: time * Double.random(in: 0.3...1))
      killed += code == -SIGKILL ? 1 : 0
      let site = folder.contents(of: "site")
      #expect(site == old || site == new)
      #expect(folder.exists("site/empty"))
    }
    #expect(killed > 0)
    #expect(try run(builtProgram, PublishingPlaceTests.arguments, in: folder.path).code == 0)
    #expect(folder.contents(of: "site") == new)
    // One that is killed between making its folder and marking it as ours leaves an empty one.
    #expect(folder.names().filter { !$0.hasPrefix(".site.ruledex-") } == ["other", "ruledex.yml", "rules", "site"])
    for name in folder.names() where name.hasPrefix(".site.ruledex-") {
      #expect(folder.contents(of: name).values.allSatisfy { $0.isEmpty })
    }
  }

  /// In each, the program has the same number.
  @Test(.enabled(if: hasNamespaces, "namespaces need rights that this machine doesn't give"))
  func letsTwoContainersBuildAtOnce() throws {
    let arguments = ["-pf", "--kill-child", builtProgram] + PublishingPlaceTests.arguments
    for round in 0..<3 {
      writeRules(30, title: "Round \(round)")
      let first = try RunningProgram("unshare", arguments, in: folder.path, errors: folder("first"))
      usleep(UInt32.random(in: 0..<300_000))
      let second = try RunningProgram("unshare", arguments, in: folder.path, errors: folder("second"))
      let runs = [(first.wait(), folder.read("first") ?? ""), (second.wait(), folder.read("second") ?? "")]
      #expect(runs.contains { $0.0 == 0 })
      for (code, errors) in runs where code != 0 {
        #expect(code == 2)
        #expect(errors.contains("build it again [output]"))
      }
      #expect(try SiteFolder(folder("site")).faults == [])
      #expect(try run(builtProgram, PublishingPlaceTests.arguments + ["--check"], in: folder.path).code == 0)
      #expect(folder.names() == ["first", "ruledex.yml", "rules", "second", "site"])
    }
  }

  @Test(.enabled(if: hasNamespaces, "mounting needs rights that this machine doesn't give"))
  func refusesAMountPointAndTakesAFolderInIt() throws {
    folder.makeFolder("volume")
    folder.makeFolder("site")
    func build(_ output: String) throws -> ProgramRun {
      try run(
        "unshare",
        ["-m", "sh", "-c", "mount --bind volume site && exec \"$0\" build rules -o \(output)", builtProgram],
        in: folder.path)
    }
    let refused = try build("site")
    #expect(refused.code == 2)
    #expect(
      refused.errorLines == [
        "site: error: the folder is a mount point and can\'t be replaced; name a folder inside it, such as site/site [output]"
      ])
    #expect(try build("site/public").code == 0)
    #expect(folder.names(in: "volume") == ["public"])
    #expect(try SiteFolder(folder("volume/public")).faults == [])
  }

  @Test(.enabled(if: hasNamespaces, "mounting needs rights that this machine doesn't give"))
  func touchesNothingThatIsMountedInTheSite() throws {
    #expect(try run(builtProgram, PublishingPlaceTests.arguments, in: folder.path).code == 0)
    let old = folder.contents(of: "site")
    folder.write("precious", to: "volume/index.html")
    writeRules(30, title: "New")
    let refused = try run(
      "unshare",
      ["-m", "sh", "-c", "mount --bind volume site/rules && exec \"$0\" build rules -o site", builtProgram],
      in: folder.path)
    #expect(refused.code == 2)
    #expect(
      refused.errorLines == [
        "site/rules: error: the folder is a mount point and can\'t be kept; unmount it, or name another output folder "
          + "[output]"
      ])
    #expect(folder.read("volume/index.html") == "precious")
    #expect(folder.contents(of: "site") == old)
    #expect(folder.names() == ["ruledex.yml", "rules", "site", "volume"])
  }

  /// Somebody who may write beside the site, but may not give its folders away to their owner.
  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func stopsWhereTheOwnersOfFoldersCannotBeKept() throws {
    #expect(try run(builtProgram, PublishingPlaceTests.arguments, in: folder.path).code == 0)
    let old = folder.contents(of: "site")
    writeRules(30, title: "New")
    for name in ["", "site", "rules"] { chmod(folder(name), 0o777) }
    let build = try run(
      "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", builtProgram] + PublishingPlaceTests.arguments,
      in: folder.path)
    #expect(build.code == 2)
    #expect(build.errors.contains("site: error: "))
    #expect(folder.contents(of: "site") == old)
    #expect(folder.names() == ["ruledex.yml", "rules", "site"])
  }

  @Test func stopsWhereAFolderMayNotBeChanged() throws {
    #expect(try run(builtProgram, PublishingPlaceTests.arguments, in: folder.path).code == 0)
    folder.write("mine", to: "site/own/a.txt")
    // Not on each file system, and not for everybody.
    guard (try? run("chattr", ["+i", "site/own"], in: folder.path).code) == 0 else { return }
    defer { _ = try? run("chattr", ["-i", "site/own"], in: folder.path) }
    let old = folder.contents(of: "site")
    writeRules(30, title: "New")
    let build = try run(builtProgram, PublishingPlaceTests.arguments, in: folder.path)
    #expect(build.code == 2)
    #expect(
      build.errorLines == [
        "site/own: error: files can't be removed from the folder; make it writable, or name another output folder [output]"
      ])
    #expect(folder.contents(of: "site") == old)
    #expect(folder.names() == ["ruledex.yml", "rules", "site"])
  }
}
