import Glibc
import TestSupport
import Testing

/// What becomes of the output folder, from build to build.
@Suite struct PublishingTests {
  private let folder = TemporaryFolder()

  init() { folder.keepSitesSmall() }

  private func build(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["build", "rules", "-o", "site"] + arguments, in: folder.path)
  }

  private func writeRules(_ count: Int, title: String = "Rule") {
    for number in 0..<count {
      folder.write(smallRule("\(title) \(number)", image: "\\\(number).exe"), to: "rules/r\(number).yml")
    }
  }

  @Test func writesNothingAnewThatDidNotChange() throws {
    writeRules(3)
    let first = try build()
    #expect(try #require(first.published).unchanged == 0)
    let page = folder.identity(of: "site/rules/sigma/r0/index.html")
    let before = folder.contents(of: "site")
    let second = try build()
    #expect(try #require(second.published).written == 0)
    #expect(second.published?.unchanged == first.published?.written)
    #expect(folder.contents(of: "site") == before)
    #expect(folder.identity(of: "site/rules/sigma/r0/index.html") == page)
  }

  @Test func writesWhatHangsOnAChangedRuleOnly() throws {
    writeRules(5)
    #expect(try build().code == 0)
    let before = folder.contents(of: "site")
    folder.write(smallRule("Rule 2", image: "\\2.exe", more: "description: Now with a description"), to: "rules/r2.yml")
    #expect(try #require(try build().published).written == 5)
    let changed = folder.contents(of: "site").filter { before[$0.key] != $0.value }.keys.sorted()
    #expect(
      changed == [
        "catalog.json", "catalog.xml", "rules/sigma/r2/index.html", "rules/sigma/r2/r2.yml", "rules/sigma/r2/rule.xml",
      ])
  }

  @Test func removesThePagesOfRulesThatAreGone() throws {
    writeRules(3)
    #expect(try build().code == 0)
    unlink(folder("rules/r1.yml"))
    #expect(try build().code == 0)
    #expect(folder.names(in: "site/rules/sigma") == ["index.html", "r0", "r2"])
    #expect(try SiteFolder(folder("site")).faults == [])
  }

  @Test func keepsWhatOthersPutIntoTheSite() throws {
    writeRules(2)
    #expect(try build().code == 0)
    folder.write("example.org", to: "site/CNAME")
    writeRules(2, title: "Other")
    #expect(try build().code == 0)
    #expect(folder.read("site/CNAME") == "example.org")
  }

  @Test func refusesAFolderThatIsNotOurs() throws {
    writeRules(1)
    folder.write("mine", to: "site/index.html")
    let run = try build()
    #expect(run.code == 2)
    #expect(
      run.errorLines == [
        "site: error: the folder holds files that are not from ruledex; name a new or an empty folder [output]"
      ])
    #expect(folder.contents(of: "site") == ["index.html": Array("mine".utf8)])
    #expect(folder.names() == ["ruledex.yml", "rules", "site"])
  }

  @Test(arguments: [
    ("file", "file: error: it isn't a folder; name another one [output]"),
    ("file/site", "file/site: error: not a directory; check the folder and its permissions [output]"),
    (
      "none/..",
      "none/..: error: the path ends in '.' or '..' below a folder that doesn't exist; name the new folder itself [output]"
    ),
    ("dangling", "dangling: error: the link is broken; remove it or restore its target [output]"),
    (".", ".: error: the folder holds files that are not from ruledex; name a new or an empty folder [output]"),
    ("/", "/: error: the folder itself can't be replaced; name a folder inside it [output]"),
    ("rules", "rules: error: the folder holds files that are not from ruledex; name a new or an empty folder [output]"),
  ])
  func saysWhyItCannotWriteThere(output: String, message: String) throws {
    writeRules(1)
    folder.write("x", to: "file")
    folder.makeLink("dangling", to: "nowhere")
    let run = try ruledex("build", "rules", "-o", output, in: folder.path)
    #expect(run.code == 2)
    #expect(run.errorLines == [message])
    #expect(folder.names() == ["dangling", "file", "ruledex.yml", "rules"])
  }

  @Test func makesTheFoldersAboveTheSite() throws {
    writeRules(1)
    #expect(try ruledex("build", "rules", "-o", "a/b/site", in: folder.path).code == 0)
    #expect(folder.names(in: "a/b") == ["site"])
  }

  @Test func letsTwoBuildsEndWellAtOnce() throws {
    writeRules(20)
    let arguments = ["build", "rules", "-o", "site"]
    let first = try RunningProgram(builtProgram, arguments, in: folder.path, errors: folder("first"))
    let second = try RunningProgram(builtProgram, arguments, in: folder.path, errors: folder("second"))
    let codes = [first.wait(), second.wait()]
    #expect(codes == [0, 0], "\(folder.read("first") ?? "") \(folder.read("second") ?? "")")
    #expect(try SiteFolder(folder("site")).faults == [])
    #expect(try build("--check").code == 0)
    #expect(folder.names() == ["first", "ruledex.yml", "rules", "second", "site"])
  }

  /// Killed at seven moments spread over a build, it leaves the old site or the new one, whole.
  @Test func leavesTheOldSiteOrTheNewOneWhenItIsKilled() throws {
    writeRules(40, title: "Old")
    #expect(try build().code == 0)
    let old = folder.contents(of: "site")
    writeRules(40, title: "New")
    let start = ContinuousClock.now
    #expect(try ruledex("build", "rules", "-o", "other", in: folder.path).code == 0)
    let time = ContinuousClock.now - start
    let new = folder.contents(of: "other")
    var killed = 0
    for moment in 1...7 {
      // Without a cache, so that each is a full build, which can be killed.
      let program = try RunningProgram(
        builtProgram, ["build", "rules", "-o", "site"], in: folder.path, environment: ["XDG_CACHE_HOME": "/dev/null"])
      let code = program.wait(limit: time * moment / 8)
      killed += code == -SIGKILL ? 1 : 0
      let site = folder.contents(of: "site")
      #expect(site == old || site == new, "killed at \(moment)/8")
      #expect(code == 0 || code == -SIGKILL)
    }
    #expect(killed > 0)
    #expect(try build().code == 0)
    #expect(folder.contents(of: "site") == new)
    #expect(folder.names() == ["other", "ruledex.yml", "rules", "site"])
  }

  // MARK: --check

  @Test func findsASiteCurrent() throws {
    writeRules(2)
    let built = try build()
    let page = folder.identity(of: "site/index.html")
    let check = try build("--check")
    #expect(check.code == 0)
    #expect(check.summary[4] == "site is current: \(try #require(built.published).written) files")
    #expect(folder.identity(of: "site/index.html") == page)
  }

  @Test func namesWhatDiffersAndWritesNothing() throws {
    writeRules(2)
    #expect(try build().code == 0)
    folder.write("tampered", to: "site/index.html")
    unlink(folder("site/assets/style.css"))
    folder.rename("rules/r1.yml", to: "rules/r2.yml")
    let before = folder.contents(of: "site")
    let check = try build("--check")
    #expect(check.code == 1)
    #expect(
      check.summary[4...].dropLast() == [
        "site is not current; build it again:", "  assets/rules.js differs or is missing",
        "  assets/style.css differs or is missing",
        "  catalog.json differs or is missing", "  catalog.xml differs or is missing",
        "  events/Microsoft-Windows-Security-Auditing/4688/index.html differs or is missing",
        "  events/Microsoft-Windows-Sysmon/1/index.html differs or is missing",
        "  fields/Image/index.html differs or is missing", "  index.html differs or is missing",
        "  logsources/index.html differs or is missing", "  rules/index.html differs or is missing",
        "  rules/sigma/index.html differs or is missing",
        "  rules/sigma/r1/index.html is no longer part of it", "  rules/sigma/r1/r1.yml is no longer part of it",
        "  rules/sigma/r1/rule.xml is no longer part of it", "  rules/sigma/r2/index.html differs or is missing",
        "  rules/sigma/r2/r2.yml differs or is missing", "  rules/sigma/r2/rule.xml differs or is missing",
      ])
    #expect(folder.contents(of: "site") == before)
    #expect(folder.names() == ["ruledex.yml", "rules", "site"])
  }

  @Test func namesTheFirstTwentyWhereNoSiteIs() throws {
    writeRules(20)
    let check = try build("--check")
    #expect(check.code == 1)
    #expect(check.summary.count { $0.hasSuffix(" differs or is missing") } == 20)
    #expect(check.summary.contains { $0.hasPrefix("  and ") && $0.hasSuffix(" more") })
    #expect(folder.names() == ["ruledex.yml", "rules"])
  }

  // MARK: --strict

  @Test(arguments: [("medium", 0), ("mediocre", 1)] as [(String, Int32)])
  func failsOnFindingsWhereItIsStrict(level: String, code: Int32) throws {
    folder.write(smallRule("Rule").replacing("level: medium", with: "level: \(level)"), to: "rules/rule.yml")
    #expect(try build().code == 0)
    let strict = try build("--strict")
    #expect(strict.code == code)
    // The site is made all the same.
    #expect(strict.published != nil)
  }
}
