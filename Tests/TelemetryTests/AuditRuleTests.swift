import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

@Suite struct AuditRuleTests {
  private func read(_ text: String) throws -> Telemetry { try telemetry("", (.auditd, "a.rules", text)) }

  private static let records = ["EXECVE", "SYSCALL", "PATH", "SOCKADDR", "KERN_MODULE", "USER_LOGIN"]

  // auditctl(8).
  @Test(arguments: [
    ("", ["USER_LOGIN"]),
    ("-a always,exit -F arch=b64 -S execve -k exec", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    ("-a exit,always -S connect", ["SOCKADDR", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S init_module,finit_module", ["KERN_MODULE", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S init_module -S finit_module", ["KERN_MODULE", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S all", records), ("-a always,exit -F uid=0", records),
    ("-w /etc/passwd -p wa -k identity", ["PATH", "SYSCALL", "USER_LOGIN"]),
    ("-w /usr/bin/nc -p x", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S execve\n-D", ["USER_LOGIN"]),
    ("-a task,never\n-a always,exit -S execve", ["USER_LOGIN"]),
    ("-a always,exclude -F msgtype=USER_LOGIN", []),
    ("-a always,exit -S execve\n-a never,exclude -F msgtype=PATH", ["EXECVE", "SYSCALL", "USER_LOGIN"]),
    ("-a never,exit -S execve\n-a always,exit -S execve", ["USER_LOGIN"]),
    ("-a never,exit -S execve\n-a always,exit -S execve,open", ["PATH", "SYSCALL", "USER_LOGIN"]),
    // The first that matches decides.
    ("-a always,exit -S execve\n-a never,exit -S execve", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S execve\n-A never,exit -S execve", ["USER_LOGIN"]),
    ("-e 0\n-a always,exit -S execve", []),
    ("# a comment\n-b 8192\n-f 1\n--backlog_wait_time 60000\n-c\n-e 2", ["USER_LOGIN"]),
  ])
  func asksForRecords(text: String, expected: [String]) throws {
    let telemetry = try read(text)
    #expect(telemetry.diagnostics.isEmpty)
    let collected = Self.records.filter { telemetry.collection(of: auditRecord($0)).isCollected }
    #expect(collected.sorted() == expected.sorted())
  }

  @Test(
    arguments: [
      ("-a always,exit -S execve -F auid>=1000", "EXECVE", ["auid": "1000"], ["auid": "0"]),
      ("-a always,exit -S execve -F auid!=0", "EXECVE", ["auid": "1"], ["auid": "0"]),
      ("-a always,exit -S execve -F exe=/bin/su", "EXECVE", ["exe": "/bin/su"], ["exe": "/bin/SU"]),
      (
        "-a always,exit -S execve -F success=1", "SYSCALL", ["success": "yes", "syscall": "execve"],
        ["success": "no", "syscall": "execve"]
      ),
      ("-a always,exit -F path=/etc/shadow -F perm=rwxa", "PATH", ["name": "/etc/shadow"], ["name": "/etc/passwd"]),
      ("-w /etc/ -p rwxa", "PATH", ["name": "/etc/a/b"], ["name": "/etcetera"]),
      ("-a never,exit -S execve -F uid=33\n-a always,exit -S execve", "EXECVE", ["uid": "0"], ["uid": "33"]),
      ("-a never,user -F uid=33", "USER_LOGIN", ["uid": "0"], ["uid": "33"]),
      ("-a always,exit -S openat,open", "PATH", ["syscall": "open"], ["syscall": "unlink"]),
    ] as [(String, String, Data, Data)])
  func keepsWhatTheFieldsSay(text: String, record: String, kept: Data, dropped: Data) throws {
    let collection = try read(text).collection(of: auditRecord(record))
    #expect(collection.brings(kept))
    #expect(!collection.brings(dropped))
    #expect(!collection.isWhole)
  }

  @Test func execveIsWholeWithoutExecveat() throws {
    #expect(try read("-a always,exit -S execve").collection(of: auditRecord("EXECVE")).isWhole)
  }

  @Test func severalFilesAreOneSetOfRules() throws {
    let telemetry = try telemetry(
      "", (.auditd, "10.rules", "-a never,exit -S execve -F uid=33"), (.auditd, "20.rules", "-a always,exit -S execve"))
    let collection = telemetry.collection(of: auditRecord("EXECVE"))
    #expect(collection.recorders.map(\.source.location.description) == ["20.rules:1:4"])
    #expect(collection.recorders.first?.drops.map(\.location.description) == ["10.rules:1:4"])
  }

  @Test(arguments: [
    ("-x 1", "1:1: warning: auditctl has no option '-x' [audit-rule]"),
    (
      "--backlog_wait_tim 1",
      "1:1: warning: auditctl has no option '--backlog_wait_tim'; did you mean '--backlog_wait_time'? [audit-rule]"
    ),
    (
      "  -a always,exti -S open",
      "1:6: warning: 'always,exti' isn't a list and an action; did you mean 'exit'? [audit-rule]"
    ),
    ("-a always,exit -F auids=1", "1:19: warning: auditctl has no field 'auids'; did you mean 'auid'? [audit-rule]"),
    ("-a always,exit -F auid", "1:19: warning: 'auid' has no operator; write field=value [audit-rule]"),
    ("-w /etc -p wq", "1:9: warning: '-p' needs letters of r, w, x and a [audit-rule]"),
    ("\n-w", "2:1: warning: '-w' needs the path of a file or folder [audit-rule]"),
    ("-d always,exit -S open", "1:1: warning: rules that take another back aren't followed; remove both [audit-rule]"),
  ])
  func tellsWhatAuditctlRefuses(text: String, expected: String) throws {
    #expect(try read(text).diagnostics.map(\.description) == ["a.rules:" + expected])
  }
}
