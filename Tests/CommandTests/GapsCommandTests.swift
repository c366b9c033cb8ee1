import Foundation
import TestSupport
import Testing
import XML

/// `ruledex gaps` on three small rules: T1059 by process creation, T1105 by network connections, T1547.001 by registry changes.
@Suite struct GapsCommandTests {
  private let folder = TemporaryFolder()

  init() { folder.writeReviewedRules() }

  private func gaps(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["gaps", "rules"] + arguments, in: folder.path)
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let result = try run(builtProgram, ["gaps", "rules", "--format", "json"] + arguments, in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  /// The page is the site's; what it lists in full on further pages is all on this one.
  @Test func writesTheReviewAsOnePage() throws {
    for number in 100..<130 {
      folder.write(smallRule("Blind \(number)", product: "macos"), to: "rules/blind-\(number).yml")
    }
    folder.write("paths: [rules]\ntelemetry: telemetry.yml\nbase-url: https://docs.test/\n", to: "ruledex.yml")
    let result = try run(
      builtProgram, ["gaps", "--format", "html", "--target", "TA0002", "-o", "review.html"], in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "")
    let page = try #require(folder.contents(of: ".")["review.html"])
    let text = String(decoding: page, as: UTF8.self)
    #expect(text.contains("The counted rules against Execution (TA0002)"))
    for number in 100..<130 {
      let link = #"<a href="https://docs.test/rules/sigma/blind-\#(number)/index.html">Blind \#(number)</a>"#
      #expect(text.contains(link) == false)
    }
    #expect(!text.contains("<script") && !text.contains(#"href="..""#))
    let whole = try run(builtProgram, ["gaps", "--format", "html"], in: folder.path)
    for number in 100..<130 {
      let link = #"<a href="https://docs.test/rules/sigma/blind-\#(number)/index.html">Blind \#(number)</a>"#
      #expect(whole.output.contains(link), "\(number)")
    }
    #expect(whole.output.contains("data:image/svg+xml;base64,"))
  }

  @Test func writesEachFormatToAFile() throws {
    for format in ["table", "json", "csv", "xml", "navigator", "markdown"] {
      let output = try gaps("--format", format)
      let written = try gaps("--format", format, "-o", "out")
      #expect(written.output == "" && written.code == 0)
      #expect(folder.contents(of: ".")["out"].map { String(decoding: $0, as: UTF8.self) } == output.output)
    }
  }

  @Test func tellsByTelemetryWhatIsBlindAndWhatWakesIt() throws {
    let root = try json("--telemetry", "telemetry.yml")
    #expect(
      Set(root.keys) == [
        "format", "gaps", "blindRules", "partlyBlindRules", "untapped", "wake", "untested", "deadExclusions", "thin",
        "unreadSources",
      ])
    let gaps = try #require(root["gaps"] as? [[String: Any]])
    // All but T1059; the parent of T1547.001 has its rule, too.
    #expect(gaps.count == 696)
    let reasons = Dictionary(grouping: gaps, by: { $0["reason"] as? String ?? "" }).mapValues(\.count)
    #expect(reasons["no-telemetry"] == 3)
    #expect(Set(reasons.keys) == ["no-rule", "no-telemetry", "neither"])
    let blind = try #require(root["blindRules"] as? [[String: Any]])
    #expect(blind.map { $0["rule"] as? String } == ["sigma/network", "sigma/registry"])
    #expect(
      (root["untapped"] as? [[String: String]])?.map { "\($0["provider"] ?? "") \($0["event"] ?? "")" } == [
        "Microsoft-Windows-Sysmon 22"
      ])
    let wake = try #require(root["wake"] as? [[String: Any]])
    // Registry changes wake two techniques, T1547 and T1547.001; network connections one.
    #expect(wake.map { $0["rules"] as? Int } == [1, 1])
    #expect(wake.map { $0["techniques"] as? Int } == [2, 1])
  }

  @Test func tellsOfAChannelThatIsntKnown() throws {
    folder.write("wef: [w.xml]", to: "telemetry.yml")
    folder.write(
      "<QueryList><Query><Select Path='Securty'>*</Select></Query></QueryList>", to: "w.xml")
    let result = try gaps("--telemetry", "telemetry.yml")
    #expect(result.code == 0)
    #expect(
      result.errors.contains(
        "w.xml:1:19: note: the event map has no provider that writes to 'Securty'; did you mean 'Security'? [telemetry-channel]"
      ))
  }

  @Test func looksForCandidatesInABaselineAndSaysWhetherTheyWouldRun() throws {
    folder.write(smallRule("Other", image: "\\certutil.exe", more: "tags: [attack.t1140]"), to: "base/other.yml")
    let dns = smallRule("DNS", more: "tags: [attack.t1140]").replacing(
      "category: process_creation", with: "category: dns_query"
    )
    .replacing("level: medium", with: "level: low")
    folder.write(dns, to: "base/dns.yml")
    let file = smallRule("File", more: "tags: [attack.t1140]").replacing(
      "category: process_creation", with: "category: file_event"
    )
    .replacing("level: medium", with: "level: critical")
    folder.write(file, to: "base/file.yml")
    let root = try json("--telemetry", "telemetry.yml", "--baseline", "base", "--target", "T1140")
    let gap = try #require((root["gaps"] as? [[String: Any]])?.first)
    let candidates = try #require(gap["candidates"] as? [[String: Any]])
    #expect(candidates.map { $0["source"] as? String } == ["other.yml", "dns.yml", "file.yml"])
    #expect(candidates.map { $0["runs"] as? Bool } == [true, true, false])
  }

  @Test func namesTheLineOfTheConfigurationThatHidesWhatARuleLooksFor() throws {
    folder.write(
      """
      <Sysmon schemaversion="4.90">
        <EventFiltering>
          <ProcessCreate onmatch="exclude">
            <Image condition="end with">\\whoami.exe</Image>
          </ProcessCreate>
        </EventFiltering>
      </Sysmon>
      """, to: "sysmon.xml")
    folder.write("sysmon: sysmon.xml\n", to: "telemetry.yml")
    let result = try gaps("--telemetry", "telemetry.yml", "--list", "blind", "--format", "csv")
    let line = result.output.split(separator: "\r\n").first { $0.hasPrefix("process.yml,Process,,") }
    #expect(line?.contains("a filter hides all that it looks for: sysmon.xml:4:") == true, "\(result.output)")
    #expect(line?.contains("Image ends with \\whoami.exe") == true)
  }

  /// The filter drops one of the two programs that Process looks for, and all that Hidden does.
  @Test func hasPartlyAndFullyHiddenRulesInEachForm() throws {
    folder.write(
      """
      <Sysmon schemaversion="4.90">
        <EventFiltering>
          <ProcessCreate onmatch="exclude">
            <Image condition="is">C:\\a\\whoami.exe</Image>
            <Image condition="end with">\\hidden.exe</Image>
          </ProcessCreate>
        </EventFiltering>
      </Sysmon>
      """, to: "sysmon.xml")
    folder.write(smallRule("Hidden", image: "\\hidden.exe", more: "tags: [attack.t1105]"), to: "rules/hidden.yml")
    folder.write("sysmon: sysmon.xml\n", to: "telemetry.yml")
    let root = try json("--telemetry", "telemetry.yml", "--target", "T1059", "--target", "T1105")
    let partly = try #require(root["partlyBlindRules"] as? [[String: Any]])
    #expect(partly.map { $0["rule"] as? String } == ["sigma/process"])
    let reason = try #require((partly[0]["reasons"] as? [[String: Any]])?.first)
    #expect(Set(reason.keys) == ["file", "line", "test"])
    #expect(reason["file"] as? String == "sysmon.xml" && reason["line"] as? Int == 4)
    #expect((reason["test"] as? String)?.contains("C:\\a\\whoami.exe; the rule: Image ends with \\whoami.exe") == true)
    let blind = try #require(root["blindRules"] as? [[String: Any]])
    #expect(blind.map { $0["rule"] as? String } == ["sigma/hidden", "sigma/network"])
    #expect((blind[0]["missing"] as? [Any])?.isEmpty == true)
    #expect((blind[0]["reason"] as? String)?.hasPrefix("a filter hides all that it looks for: sysmon.xml:5:") == true)
    #expect(blind[1]["reason"] as? String == "none of its events is collected")
    let xml = try gaps("--telemetry", "telemetry.yml", "--format", "xml")
    let rules = try XMLDocument(parsing: Array(xml.output.utf8), path: "gaps.xml").root().elements
    let list = try #require(rules.first { $0.name == "partlyBlindRules" })
    #expect(list.elements.map { $0.value(of: "rule") } == ["sigma/process"])
    #expect(list.elements.first?.elements.first?.value(of: "line") == "4")
    // What can find nothing isn't listed as partly blind, and no technique is covered by it alone.
    #expect(
      try gaps("--telemetry", "telemetry.yml", "--list", "partly-blind", "--format", "csv").output.contains(
        "hidden.yml") == false)
    let coverage = try run(
      builtProgram, ["coverage", "rules", "--telemetry", "telemetry.yml", "--by", "technique", "--format", "csv"],
      in: folder.path)
    #expect(coverage.output.contains("T1059,Command and Scripting Interpreter,1,1,partly,1 rule is partly blind"))
    #expect(
      coverage.output.contains("T1105,Ingress Tool Transfer,2,2,blind,\"1 rule is fully hidden, 1 rule is blind\""))
  }

  @Test func restrictsEachListToTheTarget() throws {
    let blind = try gaps("--telemetry", "telemetry.yml", "--target", "T1105", "--list", "blind", "--format", "csv")
    #expect(blind.output.split(separator: "\r\n").map { $0.prefix { $0 != "," } } == ["rule", "network.yml"])
    let wake = try gaps("--telemetry", "telemetry.yml", "--target", "T1547.001", "--list", "wake", "--format", "csv")
    #expect(wake.output.split(separator: "\r\n").dropFirst() == ["Microsoft-Windows-Sysmon 13,1,1"])
    #expect(try gaps("--telemetry", "telemetry.yml", "--target", "T1059", "--fail-on", "blind-rule").code == 0)
  }

  @Test func looksForCandidatesInTheBaselineOfTheConfiguration() throws {
    folder.write(smallRule("Theirs", more: "tags: [attack.t1112]"), to: "others/theirs.yml")
    folder.write("paths: [rules]\nbaseline: others\n", to: "ruledex.yml")
    let result = try run(builtProgram, ["gaps", "--target", "T1112", "--format", "csv"], in: folder.path)
    #expect(result.output.contains("theirs.yml"), "\(result.output)\(result.errors)")
  }

  @Test func saysHowTheTechniquesOfATargetCameIn() throws {
    let arguments = ["--target", "G0016", "--target-via", "campaigns,software"]
    let text = try run(builtProgram, ["gaps", "rules"] + arguments, in: folder.path).output
    #expect(
      text.hasSuffix("; of these techniques, 66 used by the threat itself, 53 by its campaigns, 131 by its software\n"))
    for format in ["json", "xml", "csv", "navigator", "markdown"] {
      let output = try run(builtProgram, ["gaps", "rules", "--format", format] + arguments, in: folder.path).output
      #expect(output.contains("software") && output.contains("APT29 (G0016)"), "\(format)")
    }
  }

  @Test(arguments: [("blind-rule", Int32(1)), ("untapped-event", 1), ("no-telemetry", 1), ("nonsense", 2)])
  func holdsWhatAPipelineAsksFor(gate: String, code: Int32) throws {
    #expect(try gaps("--telemetry", "telemetry.yml", "--fail-on", gate).code == code)
  }

  @Test func saysInOneLineWhatAGateFoundAndWhere() throws {
    let result = try gaps("--telemetry", "telemetry.yml", "--fail-on", "blind-rule")
    #expect(result.errorLines == ["gate not met: blind-rule: 2 found: network.yml, registry.yml"])
  }

  @Test(arguments: ["json", "xml", "navigator", "markdown", "html"])
  func refusesAListWhereTheFormHasNone(format: String) throws {
    let result = try gaps("--list", "gaps", "--format", format)
    #expect(result.code == 2)
    #expect(
      result.errors.hasPrefix("Error: --list has no effect with --format \(format); leave one of them out\n"),
      "\(result.errors)")
  }

  @Test func saysThatAFolderOfTheBaselineHoldsASite() throws {
    folder.write(smallRule("Other", more: "tags: [attack.t1105]"), to: "base/other.yml")
    #expect(try run(builtProgram, ["build", "base", "-o", "base/site"], in: folder.path).code == 0)
    let result = try gaps("--baseline", "base")
    #expect(result.code == 0)
    #expect(
      result.errorLines.contains { $0.hasPrefix("base/site: note: ") && $0.hasSuffix("[site-folder]") },
      "\(result.errors)")
  }

  @Test func writesEachForm() throws {
    let xml = try gaps("--telemetry", "telemetry.yml", "--format", "xml")
    let document = try XMLDocument(parsing: Array(xml.output.utf8), path: "gaps.xml")
    #expect(
      document.root().elements.map(\.name) == [
        "gaps", "blindRules", "partlyBlindRules", "untapped", "wake", "untested", "deadExclusions", "thin",
        "unreadSources",
      ])
    let layer = try gaps("--format", "navigator")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(layer.output.utf8)) as? [String: Any])
    #expect((root["techniques"] as? [Any])?.isEmpty == false)
    let markdown = try gaps("--telemetry", "telemetry.yml", "--target", "T1105", "--format", "markdown")
    #expect(
      markdown.output.hasPrefix(
        "# Coverage gaps\n\n1 of 1 techniques of T1105 have a gap: 1 blind rules only; of these techniques, 1 listed.\n\n## Gaps: uncovered techniques\n\n| Technique | Name |"
      ),
      "\(markdown.output)")
  }
}
