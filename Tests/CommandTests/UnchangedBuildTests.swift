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

  /// A small catalog that uses every kind of input that a site has.
  private func writeCatalog() {
    for number in 0..<4 {
      folder.write(smallRule("Rule \(number)", image: "\\\(number).exe"), to: "rules/r\(number).yml")
    }
    folder.write("# For those on duty\n\nCall the owner.\n", to: "rules/r0.md")
    folder.write("Look at the parent.\n", to: "notes/T1059.md")
    folder.write("collected:\n  - provider: Microsoft-Windows-Sysmon\n    events: [1]\n", to: "telemetry.yml")
    folder.write("logsources: [{product: door, events: [{provider: Door}]}]\n", to: "door.yml")
    folder.write("/* mine */\n", to: "templates/extra.css")
    folder.write(
      """
      title: Ours
      paths: [rules]
      pages: {techniques: covered}
      notes: {techniques: notes}
      telemetry: telemetry.yml
      templates: templates
      """, to: "ruledex.yml")
  }

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
    for broken in ["", "{", "[]", record.replacingOccurrences(of: "\"format\":\"1\"", with: "\"format\":\"9\"")] {
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

  // MARK: Random changes

  /// The same numbers in every run (SplitMix64).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  private enum Change: CaseIterable {
    case nothing, editRule, editRuleKeepingItsTime, addRule, removeRule, renameRule, swapRules, addNote, removeNote
    case editTechniqueNote, editTemplate, addTemplate, editConfiguration, editTelemetry, editMap, addIgnoredFile
    case editPage, removePage, touchPage
  }

  private func make(_ change: Change, step: Int, _ numbers: inout Numbers) {
    let rules = folder.names(in: "rules").filter { $0.hasSuffix(".yml") }
    let rule = rules.randomElement(using: &numbers) ?? "r0.yml"
    func stem(_ name: String) -> String { String(name.dropLast(4)) }
    func edited() -> String {
      smallRule("Step \(step)", image: "\\\(numbers.next() % 5).exe", more: "tags: [attack.t1059]")
    }
    switch change {
    case .nothing: break
    case .editRule: folder.write(edited(), to: "rules/\(rule)")
    case .editRuleKeepingItsTime:
      // As many bytes, and the time of the change before: only the system's own time of change is another one.
      var status = stat()
      stat(folder("rules/\(rule)"), &status)
      let text = folder.read("rules/\(rule)") ?? ""
      folder.write(
        text.replacingOccurrences(of: "medium", with: "lowest").replacingOccurrences(of: "title: R", with: "title: Q"),
        to: "rules/\(rule)")
      utimensat(AT_FDCWD, folder("rules/\(rule)"), [status.st_atim, status.st_mtim], 0)
    case .addRule: folder.write(edited(), to: "rules/new\(step).yml")
    case .removeRule: if rules.count > 2 { unlink(folder("rules/\(rule)")) }
    case .renameRule: folder.rename("rules/\(rule)", to: "rules/renamed\(step).yml")
    case .swapRules:
      let other = rules.randomElement(using: &numbers) ?? rule
      folder.rename("rules/\(rule)", to: "aside")
      folder.rename("rules/\(other)", to: "rules/\(rule)")
      folder.rename("aside", to: "rules/\(other)")
    case .addNote: folder.write("Note of step \(step)\n", to: "rules/\(stem(rule)).md")
    case .removeNote: unlink(folder("rules/\(stem(rule)).md"))
    case .editTechniqueNote: folder.write("Technique at step \(step)\n", to: "notes/T1059.md")
    case .editTemplate: folder.write("/* step \(step) */\n", to: "templates/extra.css")
    case .addTemplate: folder.write("/* step \(step) */\n", to: "templates/extra\(numbers.next() % 3).css")
    case .editConfiguration:
      let text = folder.read("ruledex.yml") ?? ""
      folder.write(
        text.replacing(/title: .*/, with: "title: Catalog \(step)").replacing(/\nevents:.*/, with: "")
          + (numbers.next() % 2 == 0 ? "\nevents: [door.yml]" : ""), to: "ruledex.yml")
    case .editTelemetry:
      folder.write(
        "collected:\n  - provider: Microsoft-Windows-Sysmon\n    events: [\(numbers.next() % 3 + 1)]\n",
        to: "telemetry.yml")
    case .editMap:
      folder.write(
        "logsources: [{product: windows, category: process_creation, events: [{provider: Door-\(step)}]}]\n",
        to: "door.yml")
    case .addIgnoredFile: folder.write("\(step)", to: "rules/other\(numbers.next() % 3).txt")
    case .editPage: folder.write("defaced", to: "site/index.html")
    case .removePage: unlink(folder("site/rules/sigma/index.html"))
    case .touchPage: utimensat(AT_FDCWD, folder("site/index.html"), nil, 0)
    }
  }

  /// Of 200 random changes with `RULEDEX_CHANGES=200`, each beside a full build.
  @Test(.timeLimit(.minutes(20))) func neverLeavesAWrongPage() async throws {
    writeCatalog()
    let steps = ProcessInfo.processInfo.environment["RULEDEX_CHANGES"].flatMap { Int($0) } ?? 24
    var numbers = Numbers(state: 2026)
    var order: [Change] = []
    for step in 0..<steps {
      if order.isEmpty { order = Change.allCases.shuffled(using: &numbers) }
      let change = order.removeLast()
      if step > 0 { make(change, step: step, &numbers) }
      // At times a build meets a change that is only just made, at times one that has settled.
      if numbers.next() % 2 == 0 { settle() }
      let run = try build()
      let full = try ruledex(
        "build", "-o", "full", in: folder.path, environment: ["XDG_CACHE_HOME": folder("none")])
      #expect(run.code == full.code && run.errors == full.errors, "\(change) at step \(step)")
      let (site, expected) = (folder.contents(of: "site"), folder.contents(of: "full"))
      #expect(site == expected, "\(change) at step \(step)")
      if numbers.next() % 3 == 0 { _ = try build() }
      try FileManager.default.removeItem(atPath: folder("none"))
      // Running a program holds a thread; tests that serve and ask need one now and then.
      await Task.yield()
    }
  }
}
