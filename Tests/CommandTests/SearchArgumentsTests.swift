import TestSupport
import Testing

@testable import Commands

@Suite struct SearchArgumentsTests {
  @Test(arguments: [
    (["search", "-product:windows"], ["search", "--", "-product:windows"]),
    (
      ["search", "-lsass", "level:high", "--in", "rules", "-\"net user\""],
      ["search", "level:high", "--in", "rules", "--", "-lsass", "-\"net user\""]
    ),
    (["search", "a", "-b", "--", "-c", "--d"], ["search", "a", "--", "-b", "-c", "--d"]),
    // What follows an option may be its value; `-h` asks for help.
    (["search", "a", "--in", "-odd"], ["search", "a", "--in", "-odd"]),
    (["search", "--format=json", "-a"], ["search", "--format=json", "--", "-a"]),
    (["search", "-h"], ["search", "-h"]), (["search", "a", "--", "-b"], ["search", "a", "--", "-b"]),
    // Other commands have no terms.
    (["build", "-o", "site"], ["build", "-o", "site"]), ([], []),
  ])
  func putsTermsAsideThatStartWithAHyphen(arguments: [String], expected: [String]) {
    #expect(SearchCommand.withNegatedTermsAside(arguments) == expected)
  }

  @Test func findsWithoutATermAsTheSiteDoes() throws {
    let with = try run(
      builtProgram, ["search", "-product:windows", "--config", "catalog/ruledex.yml"], in: projectFolder)
    let aside = try run(
      builtProgram, ["search", "--config", "catalog/ruledex.yml", "--", "-product:windows"], in: projectFolder)
    #expect(with.code == 0 && with.output == aside.output && with.output.contains("sigma/aws_console_login_by_root"))
    let mistyped = try run(builtProgram, ["search", "a", "--formt", "json"], in: projectFolder)
    #expect(mistyped.code == 2 && mistyped.errors.contains("--formt"))
  }
}
