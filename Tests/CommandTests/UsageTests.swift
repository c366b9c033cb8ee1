import TestSupport
import Testing

/// Exit codes: 0 fine, 1 findings or a gate not met, 2 wrong usage or unreadable input; there are no others.
@Suite struct UsageTests {
  @Test(
    arguments: [
      ([], 0), (["--help"], 0), (["-h"], 0), (["help", "build"], 0), (["build", "--help"], 0), (["--version"], 0),
      (["--generate-completion-script", "bash"], 0),
      (["--bogus"], 2), (["bogus"], 2), (["build", "--bogus"], 2), (["build", "--config"], 2),
      (["build", "--jobs", "0"], 2), (["build", "--jobs", "many"], 2), (["build", "--output", "a", "--output"], 2),
      (["attack", "import"], 2), (["attack", "bogus"], 2),
    ] as [([String], Int32)])
  func endsWithTheCodeThatIsPromised(arguments: [String], code: Int32) throws {
    let run = try run(builtProgram, arguments)
    #expect(run.code == code)
    // Help is a result; what is wrong isn't.
    #expect(run.output.isEmpty == (code != 0))
    #expect(run.errors.isEmpty == (code == 0))
  }

  @Test func saysWhatIsWrongAndHowItIsUsed() throws {
    let run = try ruledex("build", "--outptu", "site")
    #expect(run.errorLines.first == "Error: Unknown option '--outptu'. Did you mean '--output'?")
    #expect(run.errorLines.count == 3)
    #expect(run.errorLines.dropFirst().first?.hasPrefix("Usage: ruledex build [<paths> ...]") == true)
  }

  @Test func tellsItsVersion() throws {
    let version = try ruledex("--version").output
    #expect(version.firstMatch(of: /^\d+\.\d+\.\d+\n$/) != nil, "\(version)")
  }
}
