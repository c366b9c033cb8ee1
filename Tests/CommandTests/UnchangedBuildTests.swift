import Foundation
import TestSupport
import Testing

/// A build that has nothing to do is recognised before anything is read. It must never leave a wrong page.
@Suite struct UnchangedBuildTests {
  private let folder = TemporaryFolder()

  private func build(_ arguments: String..., cache: String = "cache") throws -> ProgramRun {
    try run(
      builtProgram, ["build", "-o", "site"] + arguments, in: folder.path,
      environment: ["XDG_CACHE_HOME": folder(cache)])
  }

  private func writeCatalog() { RandomChanges(in: folder, seed: 0).writeCatalog() }

  /// Waits until a change of what was written by now would leave another time.
  private func settle() { usleep(30_000) }

  @Test func saysTheSameAgain() throws {
    writeCatalog()
    folder.write(smallRule("Bad", more: "tags: [attack.t9999]"), to: "rules/bad.yml")
    settle()
    let first = try build()
    let second = try build()
    #expect(first.code == 0 && second.code == 0)
    #expect(second.errors == first.errors && first.errors.contains("9999"))
    #expect(second.summary.dropLast(2) == first.summary.dropLast(2))
    #expect(try #require(second.published) == (0, #require(first.published).written))
    #expect(try build("--strict").code == 1)
  }

  /// A full build with the wrong files in the record would show; a record that is trusted does not look into files.
  @Test func isRecognisedByTheRecordAndOnlyByIt() throws {
    writeCatalog()
    settle()
    #expect(try build().code == 0)
    let records = folder.names(in: "cache/ruledex")
    #expect(records.count == 1)
    let name = "cache/ruledex/" + (records.first ?? "")
    let record = try #require(folder.read(name))
    #expect(record.contains("4 rules"))
    folder.write(record.replacingOccurrences(of: "4 rules", with: "5 rules"), to: name)
    // From the record.
    #expect(try build().output.contains("5 rules"))
    // It isn't asked for.
    let check = try build("--check")
    #expect(check.code == 0 && check.output.contains("is current"))
    for broken in ["", "{", "[]", record.replacingOccurrences(of: "\"format\":\"2\"", with: "\"format\":\"9\"")] {
      folder.write(broken, to: name)
      #expect(try build().output.contains("4 rules"))
    }
    folder.write(record.replacingOccurrences(of: "4 rules", with: "5 rules"), to: name)
    #expect(try build("--base-url", "https://example.org/").output.contains("4 rules"))
  }

  @Test func needsNoCache() throws {
    writeCatalog()
    for environment in [["XDG_CACHE_HOME": "/dev/null/x"], ["XDG_CACHE_HOME": "relative", "HOME": ""]] {
      let run = try run(builtProgram, ["build", "-o", "site"], in: folder.path, environment: environment)
      #expect(run.code == 0 && run.errors == "")
    }
    #expect(!folder.exists("relative"))
  }

  @Test func noticesEachOfTwoNotesWhoseNamesDifferInCase() throws {
    writeCatalog()
    folder.write((folder.read("ruledex.yml") ?? "") + "\n", to: "ruledex.yml")
    for name in ["r0.md", "r0.MD"] { folder.write("Text of \(name)\n", to: "rules/\(name)") }
    settle()
    #expect(try build().code == 0)
    for name in ["r0.md", "r0.MD"] {
      folder.write("Word of \(name)\n", to: "rules/\(name)")
      settle()
      // Nothing in the output says so; a build that took the site for current would leave the record as it is.
      let before = folder.contents(of: "cache")
      #expect(try build().code == 0)
      #expect(folder.contents(of: "cache") != before)
    }
  }

  @Test func saysAgainWhatATerminalMustNotGet() throws {
    writeCatalog()
    folder.write("title: [", to: "rules/b\u{1B}[31m.yml")
    settle()
    let first = try build()
    let second = try build()
    #expect(first.errors.contains("\\u{1B}[31m.yml") && second.errors == first.errors)
    #expect(try #require(second.published).written == 0)
  }

  @Test func countsWarningsInOtherFilesThanRules() throws {
    writeCatalog()
    folder.write("collected: [{provider: Microsoft-Windows-Sysmom}]\n", to: "telemetry.yml")
    for _ in 0..<2 {
      let run = try build("--strict")
      #expect(
        run.code == 1 && run.output.contains("0 errors, 0 warnings, ")
          && run.output.contains("; 1 warning in files other than rules\n"))
    }
  }

  /// Links in the place of pages are noticed, as by a full build, though they lead to the same files.
  @Test(arguments: ["index.html", "rules"]) func noticesALinkInThePlaceOfAPage(name: String) throws {
    writeCatalog()
    #expect(try build().code == 0)
    folder.rename("site/\(name)", to: "aside")
    folder.makeLink("site/\(name)", to: "../aside")
    let run = try build()
    #expect(run.code == 2 && run.errors.contains("site/\(name): error: "))
  }

  /// Of 200 random changes with `RULEDEX_CHANGES=200`, each beside a full build.
  @Test(.timeLimit(.minutes(20))) func neverLeavesAWrongPage() async throws {
    var changes = RandomChanges(in: folder, seed: 2026)
    changes.writeCatalog()
    var change = RandomChanges.Change.nothing
    for step in 0..<(ProcessInfo.processInfo.environment["RULEDEX_CHANGES"].flatMap { Int($0) } ?? 24) {
      if step > 0 { change = changes.makeNext() }
      // At times a build meets a change that is only just made, at times one that has settled.
      if changes.chance(of: 2) { settle() }
      let run = try build()
      let full = try ruledex(
        "build", "-o", "full", in: folder.path, environment: ["XDG_CACHE_HOME": folder("none")])
      #expect(run.code == full.code && run.errors == full.errors, "\(change) at step \(step)")
      let (site, expected) = (folder.contents(of: "site"), folder.contents(of: "full"))
      #expect(site == expected, "\(change) at step \(step)")
      if changes.chance(of: 3) { _ = try build() }
      try? FileManager.default.removeItem(atPath: folder("none"))
      // Running a program holds a thread; tests that serve and ask need one now and then.
      await Task.yield()
    }
  }
}
