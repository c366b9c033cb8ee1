import TestSupport
import Testing

@Suite struct SearchCommandTests {
  private func search(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["search"] + arguments, in: projectFolder)
  }

  @Test(arguments: searchQueries.map(\.query))
  func answersAsWorkedOutByHand(query: String) throws {
    let expected = try #require(searchQueries.first { $0.query == query }).found
    let run = try search("--config", "catalog/ruledex.yml", "--format", "json", "--", query)
    let keys = run.output.matches(of: /"key":"sigma\/([^"]*)"/).map { String($0.1) }
    #expect(keys == expected, "\(query)")
    #expect(run.code == (expected.isEmpty ? 1 : 0))
  }

  @Test func listsLevelKeyTitleAndPlace() throws {
    let run = try search("provider:defender dialect:sigma", "--in", "catalog/rules")
    #expect(
      run.output == """
        LEVEL  KEY                                       TITLE                                         SOURCE
        high   sigma/win_defender_protection_turned_off  Suspicious Turning Off of Microsoft Defender  \
        catalog/rules/sigma/windows/defender/win_defender_protection_turned_off.yml:1

        """)
    #expect(run.code == 0 && run.errors == "")
  }

  @Test func tellsProgramsTheSame() throws {
    let run = try search("provider:defender dialect:sigma", "--in", "catalog/rules", "--format", "json")
    #expect(
      run.output == """
        {"format":1,
        "rules":[
        {"key":"sigma/win_defender_protection_turned_off","title":"Suspicious Turning Off of Microsoft Defender",\
        "level":"high","status":"stable","source":"sigma/windows/defender/win_defender_protection_turned_off.yml","line":1,\
        "page":"rules/sigma/win_defender_protection_turned_off/index.html"}]}

        """)
  }

  @Test func joinsWordsThatTheShellHasParted() throws {
    let run = try search("provider:defender", "level:high", "--in", "catalog/rules")
    #expect(run.output.contains("sigma/win_defender_protection_turned_off"))
  }

  @Test func endsWithOneWhereNothingMatches() throws {
    let run = try search("nothing-of-the-kind", "--in", "catalog/rules")
    #expect(run.code == 1 && run.output == "" && run.errors == "no rule matches\n")
    let json = try search("nothing-of-the-kind", "--in", "catalog/rules", "--format", "json")
    #expect(json.code == 1 && json.output == "{\"format\":1,\n\"rules\":[]}\n")
  }

  @Test(arguments: [[], ["level:"], ["x", "--format", "xml"], ["x", "--in", "no/such/folder"]])
  func endsWithTwoWhereItCannotSearch(arguments: [String]) throws {
    let run = try run(builtProgram, ["search"] + arguments, in: projectFolder)
    #expect(run.code == 2 && run.output == "" && run.errors != "")
  }

  /// A title could steer the terminal.
  @Test func showsControlCharactersAsEscapes() throws {
    let folder = TemporaryFolder()
    folder.write(smallRule(#""red \e[31m\u202Etxt""#), to: "rules/a.yml")
    let run = try ruledex("search", "red", "--in", "rules", in: folder.path)
    #expect(
      run.output.contains(#"red \u{1B}[31m"#) && !run.output.contains("\u{1B}") && !run.output.contains("\u{202E}"))
  }
}
