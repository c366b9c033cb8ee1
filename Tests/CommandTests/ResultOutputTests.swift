import Glibc
import TestSupport
import Testing

/// What becomes of a command whose results can't be written.
@Suite struct ResultOutputTests {
  private let folder = TemporaryFolder()

  init() {
    folder.keepSitesSmall()
    folder.write(smallRule("Rule", more: "tags: [attack.execution, attack.t1059]"), to: "rules/rule.yml")
  }

  private static let commands: [[String]] = [
    ["build", "rules"], ["build", "rules", "--check"], ["coverage", "rules"],
    ["coverage", "rules", "--format", "json"],
    ["gaps", "rules"], ["gaps", "rules", "--format", "csv"], ["diff", "rules", "rules"],
    ["lint", "rules", "--format", "json"], ["show", "rule", "--in", "rules"], ["search", "rule", "--in", "rules"],
    ["badge", "rules"], ["init", "rules"], ["serve", "rules", "--port", "0"], ["--help"], ["help", "build"],
    ["--version"], ["--generate-completion-script", "bash"], [],
  ]

  /// Runs a command by a line of the shell, in which `"$0" "$@"` stands for it.
  private func shell(_ line: String, _ arguments: [String]) throws -> ProgramRun {
    try run("bash", ["-c", line, builtProgram] + arguments, in: folder.path)
  }

  @Test(arguments: commands)
  func endsWithTwoWhereThereIsNoSpace(arguments: [String]) throws {
    let run = try shell("\"$0\" \"$@\" >/dev/full", arguments)
    #expect(run.code == 2)
    #expect(
      run.errorLines.last
        == "standard output: error: the result can't be written: no space left on device; check where it is redirected [output]"
    )
  }

  @Test(arguments: commands)
  func endsWithTwoWhereItIsClosed(arguments: [String]) throws {
    let run = try shell("\"$0\" \"$@\" >&-", arguments)
    #expect(run.code == 2)
    #expect(
      run.errorLines.last
        == "standard output: error: it is closed, so the result can't be written; redirect it to a file [output]")
  }

  @Test func writesNoResultIntoAFileThatItOpens() throws {
    #expect(try shell("\"$0\" \"$@\" >&- 2>&- <&-", ["build", "rules", "-o", "site"]).code == 2)
    #expect(try SiteFolder(folder("site")).faults == [])
    #expect(try shell("\"$0\" \"$@\"", ["build", "rules", "-o", "site", "--check"]).code == 0)
  }

  @Test func endsAsItShouldWithoutAPlaceForErrors() throws {
    #expect(try shell("\"$0\" \"$@\" 2>&-", ["lint", "rules"]).code == 0)
    #expect(try shell("\"$0\" \"$@\" 2>/dev/full", ["coverage", "rules", "--fail-under", "50"]).code == 1)
  }

  /// Its reader takes nothing, or a line; the shell ignores broken pipes, or not.
  @Test(arguments: ["true", "head -1"], ["", "trap '' PIPE; "])
  func letsAGatesCodeCountWhereTheReaderGoes(reader: String, trap: String) throws {
    let line = trap + "\"$0\" \"$@\" | \(reader) >/dev/null; exit ${PIPESTATUS[0]}"
    let met = try shell(line, ["coverage", "rules", "--format", "json"])
    #expect(met.code == 0)
    #expect(met.errors == "")
    let notMet = try shell(line, ["coverage", "rules", "--format", "json", "--fail-under", "50"])
    #expect(notMet.code == 1)
    #expect(notMet.errorLines.count == 1)
  }

  /// Run where nobody may make a file in `/dev`, which a mistake of ours would replace.
  @Test(.enabled(if: hasMounts, "mounting needs rights that this machine doesn't give"))
  func writesToADeviceAndDoesNotReplaceIt() throws {
    func badge(_ output: String) throws -> ProgramRun {
      try run(
        "unshare",
        [
          "-m", "sh", "-c",
          "mount --bind /dev /dev && mount -o remount,bind,ro /dev && exec \"$0\" badge rules -o \(output)",
          builtProgram,
        ],
        in: folder.path)
    }
    let full = try badge("/dev/full")
    #expect(full.code == 2)
    #expect(
      full.errorLines == ["/dev/full: error: no space left on device; check the folder and its permissions [output]"])
    #expect(try badge("/dev/null").code == 0)
    #expect(try badge("/dev/stdout").output.hasPrefix("<?xml"))
  }

  private static let hasMounts = (try? run("unshare", ["-m", "true"]).code) == 0

  @Test func writesToAPipeAndDoesNotReplaceIt() throws {
    folder.makePipe("pipe")
    let run = try shell("cat pipe >read & \"$0\" badge rules -o pipe; code=$?; wait; exit $code", [])
    #expect(run.code == 0)
    #expect(folder.read("read")?.hasPrefix("<?xml") == true)
  }

  @Test func replacesALinkAndNotWhatItLeadsTo() throws {
    folder.write("precious", to: "victim")
    folder.makeLink("badge.svg", to: "victim")
    #expect(try ruledex("badge", "rules", "-o", "badge.svg", in: folder.path).code == 0)
    #expect(folder.read("victim") == "precious")
    #expect(folder.read("badge.svg")?.hasPrefix("<?xml") == true)
    #expect(folder.names() == ["badge.svg", "ruledex.yml", "rules", "victim"])
  }
}
