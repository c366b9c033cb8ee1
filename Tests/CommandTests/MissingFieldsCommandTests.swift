import Foundation
import TestSupport
import Testing

/// Events without a field: what rules lose by it, and the exclusions that can't work.
@Suite struct MissingFieldsCommandTests {
  private let folder = TemporaryFolder()
  private let because = "CommandLine, as ProcessCreationIncludeCmdLine_Enabled is off"

  init() {
    func rule(_ title: String, _ selection: String, filter: String = "ParentImage: 'x'", id: Int) -> String {
      """
      title: \(title)
      id: 0e0b9f3e-1b1c-4c0a-9d6d-00000000000\(id)
      status: test
      logsource: {category: process_creation, product: windows}
      detection:
          selection:
              \(selection)
          filter:
              \(filter)
          condition: selection and not filter
      level: medium
      tags: [attack.t1033]

      """
    }
    folder.write(
      rule("Excluded", "Image: 'a'", filter: "CommandLine|contains: 'backup'", id: 1), to: "rules/excluded.yml")
    folder.write(rule("Needed", "CommandLine|contains: '/all'", id: 2), to: "rules/needed.yml")
    folder.write(rule("Free", "Image: 'c'", id: 3), to: "rules/free.yml")
    folder.write(
      "collected: [{provider: Microsoft-Windows-Security-Auditing, events: [4688]}]\npolicy: [audit.reg]\n",
      to: "telemetry.yml")
    folder.write(
      """
      Windows Registry Editor Version 5.00

      [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit]
      "ProcessCreationIncludeCmdLine_Enabled"=dword:00000000

      """, to: "audit.reg")
    folder.write(
      "paths: [rules]\ntelemetry: telemetry.yml\npages: {techniques: covered}\n\(quietChecks)", to: "ruledex.yml")
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let result = try run(builtProgram, arguments, in: folder.path)
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test func gapsNameTheFieldAsTheReason() throws {
    let root = try json("gaps", "--format", "json")
    let blind = try #require(root["blindRules"] as? [[String: Any]])
    #expect(blind.map { $0["rule"] as? String } == ["sigma/needed"])
    #expect(
      blind.first?["reason"] as? String
        == "its events come without a field that it needs: audit.reg:4:1: comes without \(because); the rule: CommandLine contains /all"
    )
    let dead = try #require(root["deadExclusions"] as? [[String: Any]])
    try #require(dead.count == 1)
    #expect(dead[0]["rule"] as? String == "sigma/excluded")
    #expect(dead[0]["file"] as? String == "audit.reg" && dead[0]["line"] as? Int == 4)
    #expect(dead[0]["missing"] as? String == because)
    #expect(
      dead[0]["events"] as? [[String: String]] == [
        ["provider": "Microsoft-Windows-Security-Auditing", "event": "4688"]
      ])
    #expect(
      dead[0]["tests"] as? [[String: String]] == [["field": "CommandLine", "kind": "contains", "value": "backup"]])
  }

  @Test func listsExclusions() throws {
    let result = try run(builtProgram, ["gaps", "--list", "exclusions", "--format", "csv"], in: folder.path)
    #expect(
      result.output == """
        rule,events,decided by,missing,the rule's exclusions\r
        excluded.yml,Microsoft-Windows-Security-Auditing 4688,audit.reg:4:1,"\(because)",CommandLine contains backup\r

        """)
    for format in ["xml", "markdown", "table"] {
      let output = try run(builtProgram, ["gaps", "--format", format], in: folder.path).output
      #expect(output.replacing("\\_", with: "_").contains(because), "\(format)")
    }
  }

  /// A finding of the rule, for which lint, the site and the build count the same.
  @Test func anExclusionThatCannotWorkIsAFinding() throws {
    let message =
      "excluding 'CommandLine contains backup' can't work: Microsoft-Windows-Security-Auditing 4688 comes without \(because) (audit.reg:4:1); collect it, or exclude by another field [telemetry-exclusion]"
    let lint = try run(builtProgram, ["lint"], in: folder.path)
    #expect(lint.output.split(separator: "\n").count == 1 && lint.output.contains(message), "\(lint.output)")
    #expect(lint.output.hasPrefix("rules/excluded.yml:9:") && lint.code == 0)
    let build = try run(builtProgram, ["build", "-o", "site"], in: folder.path)
    #expect(build.output.contains("0 errors, 1 warning, 0 notes"), "\(build.output)")
    let page = try #require(folder.read("site/rules/sigma/excluded/index.html"))
    #expect(page.contains("Excluding by CommandLine can’t work") && page.contains("telemetry-exclusion"))
    #expect(try #require(folder.read("site/catalog.json")).contains("telemetry-exclusion"))
    #expect(try #require(folder.read("site/lint.html")).contains("telemetry-exclusion"))
    let review = try #require(folder.read("site/coverage/index.html"))
    let section = try #require(
      review.components(separatedBy: "<section ").first { $0.hasPrefix("id=\"exclusions\"") })
    for text in ["1 exclusion<", ">Excluded<", "audit.reg:4:1", because, "CommandLine contains backup"] {
      #expect(section.contains(text), "\(text)")
    }
    let needed = try #require(folder.read("site/rules/sigma/needed/index.html"))
    #expect(needed.contains("its events are collected, but without a field that it needs"))
    #expect(needed.contains("comes without \(because)"))
    let free = try #require(folder.read("site/rules/sigma/free/index.html"))
    #expect(!free.contains("can’t work") && !free.contains("without a field"))
  }

  private func write(_ detection: String, _ logSource: String, to name: String) {
    folder.write(
      """
      title: Rule
      status: test
      logsource: \(logSource)
      detection:
          selection:
              \(detection)
          condition: selection
      tags: [attack.t1033]

      """, to: "rules/\(name).yml")
  }

  /// Sysmon says of processes what their command line is, and of connections it doesn't.
  @Test func aRuleThatNeedsAFieldThatItsEventNeverHasIsBlind() throws {
    write("CommandLine|contains: x", "{category: network_connection, product: windows}", to: "net")
    write("Image|endswith: x", "{category: network_connection, product: windows}", to: "seen")
    // What agents add to every event.
    write("EventType: INFO", "{category: network_connection, product: windows}", to: "added")
    folder.write("collected: [{provider: Microsoft-Windows-Sysmon, events: [3]}]\n", to: "telemetry.yml")
    let blind = try #require(try json("gaps", "--format", "json")["blindRules"] as? [[String: Any]])
    let own = try #require(blind.first { $0["rule"] as? String == "sigma/net" })
    #expect(
      own["reason"] as? String
        == "its events come without a field that it needs: rules/net.yml:6:31: comes without CommandLine, which it never has; the rule: CommandLine contains x"
    )
    #expect(!blind.contains { ["sigma/seen", "sigma/added"].contains($0["rule"] as? String) })
    // An event map of one's own may add what agents do.
    folder.write(
      "providers: {Microsoft-Windows-Sysmon: {events: {3: {title: Connection, fields: [Image, CommandLine]}}}}\n",
      to: "own.yml")
    folder.write(try #require(folder.read("ruledex.yml")) + "\nevents: own.yml\n", to: "ruledex.yml")
    let added = try #require(try json("gaps", "--format", "json")["blindRules"] as? [[String: Any]])
    #expect(!added.contains { $0["rule"] as? String == "sigma/net" }, "\(added)")
  }

  /// 4688 has no working directory, so that excluding those without one excludes all of them.
  @Test func aRuleThatExcludesWhatLacksAFieldSeesNothingOfEventsWithoutIt() throws {
    write("{Image: 'd', CurrentDirectory|exists: true}", "{category: process_creation, product: windows}", to: "here")
    write(
      "Image: 'd'\n    filter:\n        CurrentDirectory: null", "{category: process_creation, product: windows}",
      to: "not")
    folder.write(
      try #require(folder.read("rules/not.yml")).replacing(
        "condition: selection", with: "condition: selection and not filter"),
      to: "rules/not.yml")
    let blind = try #require(try json("gaps", "--format", "json")["blindRules"] as? [[String: Any]])
    for name in ["here", "not"] {
      let own = try #require(blind.first { $0["rule"] as? String == "sigma/\(name)" }, "\(blind)")
      #expect(own["missing"] as? [[String: String]] == [["provider": "Microsoft-Windows-Sysmon", "event": "1"]])
    }
  }

  /// A rule that selects no event reads those of its provider that have its fields: not logons with special privileges.
  @Test func anEventWithoutTheFieldsOfARuleIsNotReadByIt() throws {
    write(
      "{SamAccountName|endswith: x, TargetUserName|startswith: y}", "{product: windows, service: security}", to: "any")
    folder.write(
      "collected: [{provider: Microsoft-Windows-Security-Auditing, events: [4672, 4688, 4720]}]\n", to: "telemetry.yml")
    let root = try json("gaps", "--format", "json")
    let untapped = try #require(root["untapped"] as? [[String: Any]])
    #expect(untapped.map { $0["event"] as? String } == ["4672"])
  }

  /// Without telemetry, or with the field, there is nothing to say.
  @Test func saysNothingWithTheField() throws {
    folder.write(
      try #require(folder.read("audit.reg")).replacing("dword:00000000", with: "dword:00000001"), to: "audit.reg")
    #expect(try run(builtProgram, ["lint"], in: folder.path).output.isEmpty)
    #expect(try (json("gaps", "--format", "json")["blindRules"] as? [Any])?.isEmpty == true)
  }

  /// One policy's value isn't understood, or two policies differ; then it isn't known which events lack the field.
  @Test(arguments: ["\"maybe\"", "dword:00000001"])
  func aRulesPageDoubtsWhatThePoliciesDoNotSay(value: String) throws {
    let policy = try #require(folder.read("audit.reg"))
    folder.write(policy.replacing("dword:00000000", with: value), to: "other.reg")
    folder.write(
      try #require(folder.read("telemetry.yml")).replacing("audit.reg", with: "audit.reg, other.reg"),
      to: "telemetry.yml")
    let build = try run(builtProgram, ["build", "-o", "site"], in: folder.path)
    let page = try #require(folder.read("site/rules/sigma/needed/index.html"))
    #expect(page.contains("its events may come without a field that it needs"), "\(build.output)\(build.errors)")
    #expect(page.contains("perhaps comes without CommandLine"))
  }

  @Test func showSaysIt() throws {
    let result = try run(builtProgram, ["show", "Excluded"], in: folder.path)
    #expect(result.output.contains("Excluding by CommandLine can’t work"), "\(result.output)")
  }

  @Test func initFindsPolicies() throws {
    let result = try run(builtProgram, ["init", "--force"], in: folder.path)
    #expect(result.code == 0)
    #expect(try #require(folder.read("telemetry.yml")).contains("policy:\n  - audit.reg\n"))
  }
}
