import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

/// Which lines of which files auditctl and augenrules load.
@Suite struct AuditRuleFilesTests {
  private func read(_ text: String) throws -> Telemetry { try telemetry("", (.auditd, "a.rules", text)) }

  /// auditctl stops at a line that it refuses; `-c` and `-i` have it go on.
  @Test(arguments: [("", false), ("-c\n", true), ("-i\n", true)])
  func aRefusedLineEndsTheFile(before: String, isLoaded: Bool) throws {
    let telemetry = try read(before + "-a always,exti -S connect\n-a always,exit -S execve")
    #expect(telemetry.collection(of: auditRecord("EXECVE")).isCollected == isLoaded)
    let lines = telemetry.diagnostics.compactMap(\.location.position?.line)
    #expect(lines == (isLoaded ? [2] : [1, 2]))
  }

  @Test func rulesBehindALockAreNotLoaded() throws {
    let telemetry = try read("-a always,exit -S connect\n-e 2\n-a always,exit -S execve\n-D")
    #expect(!telemetry.collection(of: auditRecord("EXECVE")).isCollected)
    #expect(telemetry.collection(of: auditRecord("SOCKADDR")).isCollected)
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "a.rules:3:4: warning: '-e 2' at a.rules:2:4 locks the rules, and nothing after it is loaded; move it to the end [audit-rule]"
      ])
  }

  /// A file at a time, as `auditctl -R` loads them.
  @Test func aFileOfItsOwnIsLoadedBehindTheOthers() throws {
    let telemetry = try telemetry(
      "", (.auditd, "10.rules", "-D\n-a always,exit -S execve"),
      (.auditd, "20.rules", "-D\n-a always,exit -S connect\n-e 2"),
      (.auditd, "30.rules", "-a always,exit -S init_module"))
    let found = AuditRuleTests.records.filter { telemetry.collection(of: auditRecord($0)).isCollected }
    #expect(found == ["SYSCALL", "PATH", "SOCKADDR", "USER_LOGIN"])
    #expect(telemetry.diagnostics.map(\.location.description) == ["30.rules:1:4"])
  }

  /// augenrules(8): `-D` first, `-e` last, and only once each.
  @Test func theFilesOfAFolderAreJoined() throws {
    let texts = [
      "# first\n-D\n-a always,exit -S execve", "-D\n-a always,exit -S connect\n  -e 2",
      "-a always,exit -S init_module\n-e 1",
    ]
    var reference = TelemetryFile.Reference(
      kind: .auditd, path: "rules.d", location: SourceLocation(path: "telemetry.yml", line: 1, column: 1))
    reference.isFolder = true
    let telemetry = Telemetry(
      TelemetryFile(),
      contents: texts.enumerated().map {
        (reference, SourceFile(path: "rules.d/\($0).rules", bytes: Array($1.utf8)))
      },
      facts: try Shipped.facts.get(), map: try Shipped.map.get())
    #expect(telemetry.diagnostics.isEmpty)
    let found = AuditRuleTests.records.filter { telemetry.collection(of: auditRecord($0)).isCollected }
    #expect(found == ["EXECVE", "SYSCALL", "PATH", "SOCKADDR", "KERN_MODULE", "USER_LOGIN"])
  }
}
