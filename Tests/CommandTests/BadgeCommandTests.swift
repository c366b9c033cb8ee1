import TestSupport
import Testing
import XML

/// `ruledex badge` on rules for T1057 and T1059.004, and a deprecated one for T1003.
@Suite struct BadgeCommandTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write(smallRule("a", more: "tags: [attack.t1057]"), to: "rules/a.yml")
    folder.write(smallRule("b", product: "linux", more: "tags: [attack.t1059.004]"), to: "rules/b.yml")
    folder.write(
      smallRule("c", more: "tags: [attack.t1003]").replacing("status: test", with: "status: deprecated"),
      to: "rules/c.yml")
  }

  /// The texts of the badge: title, label, figure.
  private func badge(_ arguments: String...) throws -> [String] {
    let result = try run(builtProgram, ["badge", "rules"] + arguments, in: folder.path)
    try #require(result.code == 0, "\(result.errors)")
    let root = try XMLDocument(parsing: Array(result.output.utf8), path: "badge.svg").root()
    return root.elements.map(\.text).filter { !$0.isEmpty }
  }

  @Test func showsTheShareThatCoverageTells() throws {
    let coverage = try ruledex("coverage", "rules", in: folder.path).output
    let told = try #require(coverage.firstMatch(of: /(\d+) of (\d+) techniques .* covered \((.+? %)\)/))
    #expect(try badge() == ["\(told.1) of \(told.2) techniques are covered", "ATT&CK coverage", String(told.3)])
  }

  @Test func showsTheShareOfATarget() throws {
    folder.write("T1059.004\nT1003.001\n", to: "ids.txt")
    #expect(try badge("--target", "ids.txt").last == "50.0 %")
  }

  /// Only the rule for Linux has its events: T1059.004 and T1059 run, T1057 doesn't.
  @Test func showsWhatRunsWhereItIsToldWhatIsCollected() throws {
    folder.write("collected: [{logsource: {product: linux, category: process_creation}}]\n", to: "telemetry.yml")
    let coverage = try ruledex("coverage", "rules", "--telemetry", "telemetry.yml", in: folder.path).output
    let told = try #require(coverage.firstMatch(of: /; (\d+) run \((.+? %)\)/))
    #expect(told.1 == "2")
    #expect(
      try badge("--telemetry", "telemetry.yml") == [
        "2 of 697 techniques run or are partly blind", "ATT&CK coverage", String(told.2),
      ])
  }

  @Test func countsRulesUnderALabelOfTheUsers() throws {
    #expect(
      try badge("--metric", "rules", "--label", "<our> & rules")
        == ["2 rules, without deprecated and unsupported ones", "<our> & rules", "2"])
  }

  @Test func writesAFileThatIsTheSameEachTime() throws {
    #expect(try ruledex("badge", "rules", "-o", "a.svg", in: folder.path).output == "")
    _ = try ruledex("badge", "rules", "--jobs", "1", "-o", "b.svg", in: folder.path)
    #expect(folder.read("a.svg") != nil)
    #expect(folder.read("a.svg") == folder.read("b.svg"))
  }

  @Test func endsWithTwoWhereNothingCanBeShown() throws {
    folder.makeFolder("empty")
    for arguments in [
      ["empty"], ["rules", "--target", "G9999999"], ["rules", "--metric", "events"], ["rules", "-o", "no/a.svg"],
    ] {
      let result = try run(builtProgram, ["badge"] + arguments, in: folder.path)
      #expect(result.code == 2, "\(arguments)")
      #expect(result.output == "")
    }
  }
}
