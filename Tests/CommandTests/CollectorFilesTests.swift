import Foundation
import TestSupport
import Testing

/// The files that a telemetry file names, one by one and by their folders, and what those that can't be read cost.
@Suite struct CollectorFilesTests {
  private let folder = TemporaryFolder()

  init() { folder.writeReviewedRules() }

  private func gaps(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["gaps", "rules"] + arguments, in: folder.path)
  }

  /// As augenrules joins it: files of that ending, in natural order, the last `-e` at the end.
  @Test func readsAFolderOfAuditRules() throws {
    for (name, type, more) in [("exec", "EXECVE", "a0: x"), ("module", "SYSCALL", "syscall: init_module")] {
      folder.write(
        """
        title: \(name)
        id: 7b0c9e4e-0000-4000-8000-00000000000\(name.count)
        status: test
        logsource: {product: linux, service: auditd}
        detection:
          selection: {type: \(type), \(more)}
          condition: selection
        tags: [attack.\(name == "exec" ? "t1059.004" : "t1547.006")]
        """, to: "linux/\(name).yml")
    }
    folder.write("-e 2\n-D\n-a never,exit -F arch=b64 -S init_module\n", to: "rules.d/9-first.rules")
    folder.write("-D\n-a always,exit -F arch=b64 -S all\n", to: "rules.d/10-second.rules")
    folder.write("-a never,exit -S all\n", to: "rules.d/1-old.rules.bak")
    folder.write("auditd: [rules.d]\n", to: "audit.yml")
    let result = try run(
      builtProgram, ["coverage", "linux", "--telemetry", "audit.yml", "--format", "json"], in: folder.path)
    #expect(result.errors.isEmpty, "\(result.errors)")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let rows = try #require(root["techniques"] as? [[String: Any]])
    func state(_ id: String) -> String? { rows.first { $0["id"] as? String == id }?["state"] as? String }
    #expect(state("T1059.004") == "runs")
    #expect(state("T1547.006") == "blind")
    folder.write("auditd: [rules.d, empty]\n", to: "audit.yml")
    folder.write("", to: "empty/notes.txt")
    let empty = try run(builtProgram, ["coverage", "linux", "--telemetry", "audit.yml"], in: folder.path)
    #expect(
      empty.errorLines.first
        == "audit.yml:1:19: error: 'empty' can't be read: the folder has no '.rules' file; name another folder [telemetry]"
    )
  }

  /// Whatever else is in it.
  @Test func readsAFolderOfSubscriptions() throws {
    for (name, event) in [("Processes", "4688"), ("Tasks.XML", "4698")] {
      folder.write(
        """
        <QueryList><Query Id="0" Path="Security"><Select Path="Security">*[System[(EventID=\(event))]]</Select></Query></QueryList>
        """, to: "collectors/\(name.hasSuffix("XML") ? name : name + ".xml")")
    }
    folder.write("Not a subscription", to: "collectors/LICENSE.md")
    folder.write("wef: collectors\n", to: "wef.yml")
    let result = try gaps("--telemetry", "wef.yml", "--list", "untapped", "--format", "csv")
    #expect(result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.contains("Microsoft-Windows-Security-Auditing,4698"), "\(result.output)")
    folder.makeFolder("nothing")
    folder.write("wef: nothing\n", to: "wef.yml")
    #expect(
      try gaps("--telemetry", "wef.yml").errorLines.first
        == "wef.yml:1:6: error: 'nothing' can't be read: the folder has no '.xml' file; name another folder [telemetry]"
    )
  }

  @Test func takesTheTelemetryThatTheConfigurationNames() throws {
    folder.write("paths: [rules]\ntelemetry: telemetry.yml\n", to: "ruledex.yml")
    let result = try run(builtProgram, ["coverage", "--target", "T1105"], in: folder.path)
    #expect(
      result.output.hasSuffix(
        "1 of 1 techniques of ATT&CK Enterprise 19.2 covered (100.0 %) by 1 of 3 rules; 0 run (0.0 %), 1 is blind\nOf these techniques, 1 listed.\n"
      ),
      "\(result.output)")
    #expect(try run(builtProgram, ["coverage", "--target", "T1105", "--fail-under", "50"], in: folder.path).code == 1)
  }

  @Test(arguments: [
    ("collected: [", "telemetry.yml:1:13: error: "),
    (
      "sysmom: [a.xml]",
      "telemetry.yml:1:1: error: the telemetry file has no key 'sysmom'; did you mean 'sysmon'? [telemetry]"
    ),
  ])
  func refusesATelemetryFileThatCannotBeRead(text: String, expected: String) throws {
    folder.write(text, to: "telemetry.yml")
    let result = try gaps("--telemetry", "telemetry.yml")
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.contains { $0.hasPrefix(expected) }, "\(result.errors)")
  }

  /// Of the file that can't be read, Sysmon's events may come or not; what the others say stays.
  @Test(arguments: [
    (
      "sysmon: [gone.xml]",
      "telemetry.yml:2:10: error: 'gone.xml' can't be read: no such file or directory; check the path [telemetry]"
    ),
    ("sysmon: [foreign.xml]", "foreign.xml:1:1: error: the root element is 'html'"),
    ("sysmon: [broken.xml]", "broken.xml:1:"),
    ("sysmom: [a.xml]", "telemetry.yml:2:1: error: the telemetry file has no key 'sysmom'; did you mean 'sysmon'?"),
  ])
  func aFileThatCannotBeReadCostsItself(line: String, expected: String) throws {
    folder.write("<Subscription><Query></Subscription>", to: "broken.xml")
    folder.write("<html/>", to: "foreign.xml")
    folder.write(
      "title: Root\nlogsource: {product: linux, service: auditd}\ndetection: {a: {type: EXECVE, a0: x}, condition: a}\ntags: [attack.t1105]\n",
      to: "rules/root.yml")
    folder.write("collected: [{provider: Linux-Auditd, events: [EXECVE]}]\n\(line)\n", to: "telemetry.yml")
    let result = try gaps("--telemetry", "telemetry.yml", "--format", "json")
    #expect(result.code == 2)
    #expect(result.errorLines.contains { $0.hasPrefix(expected) }, "\(result.errors)")
    #expect(
      result.errorLines.last
        == "telemetry.yml and its files can't be read completely: what the error concerns counts as collected in part")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect((root["blindRules"] as? [Any])?.isEmpty == true)
    let partly = try #require(root["partlyBlindRules"] as? [[String: Any]])
    #expect(partly.map { $0["rule"] as? String } == ["sigma/network", "sigma/process", "sigma/registry"])
    for command in [
      ["coverage", "rules", "--telemetry", "telemetry.yml"], ["badge", "rules", "--telemetry", "telemetry.yml"],
    ] {
      let result = try run(builtProgram, command, in: folder.path)
      #expect(result.code == 2)
      #expect(!result.output.isEmpty)
    }
    folder.write("telemetry: telemetry.yml\npaths: [rules]\npages: {techniques: covered}\n", to: "ruledex.yml")
    let build = try run(builtProgram, ["build"], in: folder.path)
    #expect(build.code == 2)
    #expect(folder.read("site/rules/sigma/root/index.html")?.contains(">runs</span>") == true)
    #expect(folder.read("site/rules/sigma/process/index.html")?.contains(">partly blind</span>") == true)
  }

  /// What isn't understood in a file that can be read is no error: the rest of it, and the other files, count.
  @Test(arguments: [
    (
      "collected: [{provider: Microsoft-Windows-Sysmom}]",
      "telemetry.yml:1:24: warning: the event map has no provider"
    ),
    ("csv: [rows.csv]", "rows.csv:1:1: warning: the event map has no provider"),
    ("sysmon: [nover.xml]", "nover.xml:1:1: warning: 'schemaversion' is missing"),
    ("wef: [query.xml]", "query.xml:1:"),
  ])
  func whatIsNotUnderstoodIsAWarningAndPartlyBlind(text: String, expected: String) throws {
    folder.write("Microsoft-Windows-Sysmom,1\nLinux-Auditd,EXECVE\n", to: "rows.csv")
    folder.write("<Sysmon><EventFiltering/></Sysmon>", to: "nover.xml")
    folder.write(
      "<QueryList><Query Path='Microsoft-Windows-Sysmon/Operational'><Select>*[System[contains(EventID,'1')]]</Select></Query></QueryList>",
      to: "query.xml")
    folder.write(text, to: "telemetry.yml")
    let result = try gaps("--telemetry", "telemetry.yml", "--format", "json")
    #expect(result.code == 0)
    #expect(result.errorLines.contains { $0.hasPrefix(expected) }, "\(result.errors)")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let partly = try #require(root["partlyBlindRules"] as? [[String: Any]])
    #expect(partly.contains { $0["rule"] as? String == "sigma/process" })
  }
}
