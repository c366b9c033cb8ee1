import Foundation
import TestSupport
import Testing
import XML

/// Rules for T1059.001, T1105 and T1595 (Reconnaissance, PRE); the scope is five ids of a file without Reconnaissance, where the gap
/// T1558 is accepted until the end of March 2027.
@Suite struct ScopeCommandTests {
  private let folder = TemporaryFolder()

  init() {
    for id in ["t1059.001", "t1105", "t1595"] {
      folder.write(smallRule(id, more: "tags: [attack.\(id)]"), to: "rules/\(id).yml")
    }
    folder.write(
      """
      paths: [rules]
      pages: {techniques: covered}
      scope:
        targets: [ids.txt]
        exclude: [TA0043]
      accepted:
        - technique: T1558
          reason: No sensor on that network
          until: 2027-03-31
          owner: SOC
      """, to: "ruledex.yml")
    folder.write("T1059.001 T1105 T1595 T1558 T1003.001\n", to: "ids.txt")
  }

  private func ruledex(_ arguments: String..., environment: [String: String] = [:]) throws -> ProgramRun {
    try run(builtProgram, arguments, in: folder.path, environment: environment)
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let result = try run(builtProgram, arguments + ["--format", "json"], in: folder.path)
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  /// In scope are T1059.001, T1105 and T1003.001; T1595 has sub-techniques and T1558 five, which come with it.
  @Test func showsTheShareInScopeAndInAllBesideIt() throws {
    let result = try ruledex("coverage", "--date", "2027-03-31")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(
      lines.suffix(2) == [
        "2 of 3 techniques in scope of ATT&CK Enterprise 19.2 covered (66.7 %) by 2 of 3 rules; in all, 4 of 697 are covered (0.6 %)",
        "Scope: ids.txt; without Reconnaissance (TA0043); 688 techniques out of scope, 6 accepted",
      ])
    // The heads of the columns, and the three techniques.
    #expect(lines.count == 6)
  }

  @Test func countsAnAcceptedGapAgainAfterItsDate() throws {
    let result = try ruledex("coverage", "--date", "2027-04-01")
    #expect(
      result.errorLines == [
        "ruledex.yml:7:16: warning: the acceptance of T1558 Steal or Forge Kerberos Tickets by SOC ended on 2027-03-31, so that it counts again; close the gap, or set a new date [accepted-gap]"
      ])
    #expect(result.output.contains("2 of 9 techniques in scope"))
    #expect(result.output.contains("688 techniques out of scope, 0 accepted, 1 accepted gap past its date"))
  }

  /// `--date` goes before the variable, which goes before today.
  @Test(arguments: [
    ([], "1806537599", "2 of 3"), ([], "1806537600", "2 of 9"), (["--date", "2027-03-31"], "1806537600", "2 of 3"),
    (["--date", "2999-01-01"], "", "2 of 9"),
  ])
  func takesTheDayFromTheOptionOrTheEnvironment(options: [String], epoch: String, expected: String) throws {
    let result = try run(
      builtProgram, ["coverage"] + options, in: folder.path, environment: ["SOURCE_DATE_EPOCH": epoch])
    #expect(result.output.contains("\(expected) techniques in scope"), "\(result.output)")
  }

  @Test(arguments: [
    (["--date", "2027-13-01"], "", "--date: error: '2027-13-01' isn't a date; write it as 2027-03-31 [configuration]"),
    (
      [], "soon",
      "SOURCE_DATE_EPOCH: error: 'soon' isn't a number of seconds since 1970; correct it, or give --date [configuration]"
    ),
  ])
  func refusesWhatIsNoDay(options: [String], epoch: String, expected: String) throws {
    for command in ["coverage", "gaps", "lint", "badge", "build"] {
      let result = try run(
        builtProgram, [command] + options, in: folder.path, environment: ["SOURCE_DATE_EPOCH": epoch])
      #expect(result.code == 2 && result.errorLines == [expected], "\(command): \(result.errors)")
    }
  }

  @Test func checksTheLineInScope() throws {
    #expect(try ruledex("coverage", "--date", "2027-01-01", "--fail-under", "66").code == 0)
    let result = try ruledex("coverage", "--date", "2027-01-01", "--fail-under", "67")
    #expect(result.code == 1)
    #expect(
      result.errorLines == [
        "coverage gate not met: 2 of 3 techniques in scope are covered (66.7 %), and --fail-under asks for 67 %"
      ])
  }

  /// What is excluded can't hold a line, not even that of 0 %.
  @Test(arguments: ["0", "50"])
  func failsIfNothingThatIsCheckedIsInScope(percent: String) throws {
    let result = try ruledex("coverage", "--date", "2027-01-01", "--target", "T1598.001", "--fail-under", percent)
    #expect(result.code == 1)
    #expect(
      result.errorLines == [
        "coverage gate not met: no technique of T1598.001 is in scope, so --fail-under has nothing to measure"
      ])
  }

  @Test func listsTheRestWithItsReasonInCoverage() throws {
    let root = try json("coverage", "--date", "2027-03-31")
    #expect((root["totals"] as? [String: Int])?["techniques"] == 3)
    #expect(
      root["all"] as? [String: Int] == [
        "rules": 3, "counted": 3, "techniques": 697, "covered": 4, "runs": 0, "partly": 0, "blind": 0,
      ])
    #expect((root["scope"] as? [String: Any])?["title"] as? String == "ids.txt; without Reconnaissance (TA0043)")
    let techniques = try #require(root["techniques"] as? [[String: Any]])
    #expect(techniques.map { $0["id"] as? String } == ["T1003.001", "T1059.001", "T1105"])
    #expect(techniques[1]["thin"] as? [String] == ["one-rule"])
    let sources = try #require(techniques[1]["logSources"] as? [[String: Any]])
    #expect(sources.count > 1 && sources.contains { $0["state"] as? String == "read" && $0["rules"] as? Int == 1 })
    let out = try #require(root["outOfScope"] as? [[String: Any]])
    #expect(out.count == 688)
    let scanning = try #require(out.first { $0["id"] as? String == "T1595" })
    #expect(scanning["because"] as? String == "excluded" && scanning["reason"] as? String == "excluded with TA0043")
    #expect(scanning["rules"] as? Int == 1 && scanning["state"] as? String == "covered")
    #expect(out.first { $0["id"] as? String == "T1003" }?["because"] as? String == "target")
    let accepted = try #require((root["accepted"] as? [[String: Any]])?.first)
    #expect(accepted["technique"] as? String == "T1558" && accepted["reason"] as? String == "No sensor on that network")
    #expect(accepted["until"] as? String == "2027-03-31" && accepted["owner"] as? String == "SOC")
    #expect(accepted["date"] as? String == "open")
    #expect((accepted["techniques"] as? [[String: Any]])?.count == 6)
    let xml = try ruledex("coverage", "--date", "2027-04-01", "--format", "xml").output
    let document = try XMLDocument(parsing: Array(xml.utf8), path: "coverage.xml").root()
    #expect(document.elements.first { $0.name == "all" }?.value(of: "techniques") == "697")
    #expect(document.elements.first { $0.name == "accepted" }?.elements.first?.value(of: "date") == "passed")
    let csv = try ruledex("coverage", "--date", "2027-03-31", "--by", "scope", "--format", "csv").output
    let lines = csv.split(separator: "\r\n").map(String.init)
    #expect(lines.first == "technique,name,rules,state,because" && lines.count == 695)
    #expect(lines.contains("T1595,Active Scanning,1,covered,excluded with TA0043"))
    #expect(
      lines.last?.hasPrefix("T1558.005,Ccache Files,0,none,accepted until 2027-03-31 by SOC: No sensor") == true)
  }

  @Test func disablesTheRestInALayer() throws {
    for command in ["coverage", "gaps"] {
      let result = try ruledex(command, "--date", "2027-03-31", "--format", "navigator")
      let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let rows = try #require(root["techniques"] as? [[String: Any]])
      let off = rows.filter { $0["enabled"] as? Bool == false }
      #expect(Set(off.compactMap { $0["techniqueID"] as? String }).count == 694)
      let accepted = try #require(off.first { $0["techniqueID"] as? String == "T1558.003" })
      #expect(accepted["comment"] as? String == "accepted until 2027-03-31 by SOC: No sensor on that network")
      #expect(off.contains { $0["comment"] as? String == "out of scope: excluded with TA0043" })
    }
  }

  @Test func leavesTheGapsToTheScopeInEachForm() throws {
    let root = try json("gaps", "--date", "2027-03-31")
    #expect((root["gaps"] as? [[String: Any]])?.map { $0["technique"] as? String } == ["T1003.001"])
    #expect((root["thin"] as? [[String: Any]])?.map { $0["technique"] as? String } == ["T1105", "T1059.001"])
    #expect((root["outOfScope"] as? [[String: Any]])?.count == 688)
    #expect((root["accepted"] as? [[String: Any]])?.count == 1)
    let text = try ruledex("gaps", "--date", "2027-03-31").output
    #expect(
      text.contains(
        "1 of 3 techniques in scope of ATT&CK Enterprise 19.2 have a gap: 1 no rule; in all, 693 of 697\nScope: ids.txt"
      ))
    #expect(text.contains("Thin techniques: detected, but little holds them up\n\ntechnique  name"))
    #expect(text.contains("Accepted gaps: they don't count until their date has passed"))
    #expect(text.contains("Out of scope: techniques that don't count"))
    let markdown = try ruledex("gaps", "--date", "2027-03-31", "--format", "markdown").output
    #expect(
      markdown.contains(
        "| T1558 | Steal or Forge Kerberos Tickets | none | No sensor on that network | 2027-03-31 | SOC | open | 5 |"))
    let csv = try ruledex("gaps", "--date", "2027-04-01", "--list", "accepted", "--format", "csv").output
    #expect(
      csv == "technique,name,state,reason,until,owner,date,sub-techniques\r\n"
        + "T1558,Steal or Forge Kerberos Tickets,none,No sensor on that network,2027-03-31,SOC,passed,0\r\n")
    #expect(try ruledex("gaps", "--date", "2027-03-31", "--target", "T1558", "--fail-on", "gap").code == 0)
    #expect(try ruledex("gaps", "--date", "2027-04-01", "--target", "T1558", "--fail-on", "gap").code == 1)
    let xml = try ruledex("gaps", "--date", "2027-03-31", "--format", "xml").output
    let document = try XMLDocument(parsing: Array(xml.utf8), path: "gaps.xml").root()
    #expect(document.elements.first { $0.name == "thin" }?.elements.first?.value(of: "thin") == "one-rule")
  }

  @Test func reportsAPassedDateInLint() throws {
    #expect(try ruledex("lint", "--date", "2027-03-31", "--fail-on", "warning").code == 0)
    let result = try ruledex("lint", "--date", "2027-04-01", "--fail-on", "warning")
    #expect(result.code == 1 && result.output.contains("ruledex.yml:7:16: warning: the acceptance of T1558"))
    let sarif = try ruledex("lint", "--date", "2027-04-01", "--format", "sarif").output
    #expect(sarif.contains("\"accepted-gap\""))
  }

  @Test func drawsTheShareInScope() throws {
    let svg = try ruledex("badge", "--date", "2027-03-31").output
    #expect(svg.contains(">66.7 %<"))
    #expect(svg.contains("2 of 3 techniques in scope are covered; in all, 4 of 697 are covered (0.6 %)"))
  }

  /// A site doesn't change overnight: whatever the day, it lists the entry with its date, unless a day is given.
  @Test func judgesDatesOnASiteOnlyByAGivenDay() throws {
    folder.write((folder.read("ruledex.yml") ?? "").replacing("2027-03-31", with: "2020-03-31"), to: "ruledex.yml")
    func build(_ arguments: String...) throws -> (run: ProgramRun, site: SiteFolder) {
      let result = try run(builtProgram, ["build"] + arguments, in: folder.path)
      return (result, try SiteFolder(folder("site")))
    }
    func row(_ site: SiteFolder) throws -> [String] {
      let section = try site.page("coverage/index.html").first { $0.value(of: "id") == "accepted" }
      return section?.descendants("tr").last?.elements.map(\.text) ?? []
    }
    let plain = try build()
    #expect(plain.run.code == 0 && !plain.run.errors.contains("accepted-gap"))
    #expect(
      try row(plain.site) == [
        "Steal or Forge Kerberos Tickets T1558and 5 sub-techniques", "no rule", "No sensor on that networkSOC",
        "2020-03-31",
      ])
    #expect(plain.site.faults == [])
    let judged = try build("--date", "2020-04-01")
    #expect(judged.run.errors.contains("ruledex.yml:7:16: warning: the acceptance of T1558"))
    #expect(try row(judged.site).last == "2020-03-31, passed: it counts again")
    // The same again, and then without a day: the option is part of what a build depends on.
    #expect(try build("--date", "2020-04-01").run.published?.written == 0)
    #expect(try row(build().site).last == "2020-03-31")
    #expect(try build("--strict").run.code == 0)
    #expect(try build("--strict", "--date", "2020-04-01").run.code == 1)
  }

  @Test func showsTheScopeOnEachPageThatShowsCoverage() throws {
    #expect(try ruledex("build").code == 0)
    let site = try SiteFolder(folder("site"))
    let words = "In scope, 2 of 3 techniques and sub-techniques have a rule; 688 are out of scope, 6 are accepted."
    let matrix = try site.page("attack/index.html")
    #expect(matrix.first { $0.value(of: "id") == "matrix-scope" }?.text == words)
    let cells = matrix.named("a").filter { $0.value(of: "href") == "T1595/index.html" }
    #expect(cells.map(\.text) == ["Active Scanning T1595 out of scope"])
    let reconnaissance = matrix.first { $0.value(of: "id") == "TA0043" }
    #expect(reconnaissance?.descendants("h2").first?.text.hasSuffix("out of scope") == true)
    #expect(matrix.first { $0.value(of: "id") == "TA0011" }?.descendants("h2").first?.text.hasSuffix("1 of 1") == true)
    let tactic = try site.page("attack/tactics/TA0043/index.html")
    #expect(tactic.named("p").contains { $0.text.hasPrefix("None of its techniques is in scope;") })
    let technique = try site.page("attack/T1595/index.html")
    #expect(technique.named("dd").map(\.text).contains("out of scope: excluded with TA0043"))
    #expect(try site.page("attack/T1105/index.html").named("dd").map(\.text).contains("thin: one rule"))
    let figures = try site.page("index.html").named("dl").first { $0.value(of: "class") == "figs" }?.elements ?? []
    #expect(
      figures.prefix(3).map { $0.elements.map(\.text).joined(separator: " ") } == [
        "rules 3", "techniques in scope, of 3 2", "techniques in all 4",
      ])
    let review = try site.page("coverage/index.html")
    #expect(review.first { $0.value(of: "id") == "out-of-scope" }?.descendants("summary").count == 2)
    #expect(try site.text("coverage.csv").contains("T1595,Active Scanning,TA0043,1,1,1,covered,excluded with TA0043"))
  }

  @Test(arguments: [
    (
      "exclude: [TA0043]", "exclude: [TA043]",
      "ruledex.yml:5:13: error: ATT&CK Enterprise 19.2 has no tactic or technique 'TA043'"
    ),
    (
      "targets: [ids.txt]", "targets: [APT2900]",
      "ruledex.yml:4:13: error: 'APT2900' is neither an id or name of ATT&CK Enterprise 19.2 nor a file; did you mean 'APT29'? [attack-scope]"
    ),
  ])
  func refusesWhatATTACKLacks(old: String, new: String, expected: String) throws {
    folder.write((folder.read("ruledex.yml") ?? "").replacing(old, with: new), to: "ruledex.yml")
    for command in ["coverage", "gaps", "lint", "badge", "build"] {
      let result = try ruledex(command)
      #expect(result.code == 2, "\(command)")
      #expect(result.errorLines.first?.hasPrefix(expected) == true, "\(command): \(result.errors)")
    }
  }
}
