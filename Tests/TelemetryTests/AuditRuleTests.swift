import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

@Suite struct AuditRuleTests {
  private func read(_ text: String) throws -> Telemetry { try telemetry("", (.auditd, "a.rules", text)) }

  /// One of each kind.
  static let records = ["EXECVE", "SYSCALL", "PATH", "SOCKADDR", "KERN_MODULE", "USER_LOGIN"]

  // auditctl(8).
  @Test(arguments: [
    ("", ["USER_LOGIN"]),
    ("-a always,exit -F arch=b64 -S execve -k exec", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    // A socket of a file has a path.
    ("-a exit,always -S connect", ["PATH", "SOCKADDR", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S init_module,finit_module", ["KERN_MODULE", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S init_module -S finit_module", ["KERN_MODULE", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -S all", records), ("-a always,exit -F uid=0", records),
    // Binding a socket writes a file.
    ("-w /etc/passwd -p wa -k identity", ["PATH", "SOCKADDR", "SYSCALL", "USER_LOGIN"]),
    ("-w /etc/passwd -p r", ["PATH", "SYSCALL", "USER_LOGIN"]),
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
    ("-e 0\n-e 1\n-a always,exit -S connect", ["PATH", "SOCKADDR", "SYSCALL", "USER_LOGIN"]),
    // Numbers, and names and numbers in one list; 59 is execve for 64-bit programs, 128 is init_module for 32-bit ones.
    ("-a always,exit -F arch=b64 -S 59", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -F arch=b64 -S init_module,0x139", ["KERN_MODULE", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -F arch=b32 -S 128", ["KERN_MODULE", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -F arch=x86_64 -S EXECVE", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    ("-a always,exit -F arch=c000003e -S execve", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    // auditctl looks the name up for b32, where it is 128; for 64-bit programs that is another call.
    ("-a always,exit -F arch!=b32 -S init_module", ["SYSCALL", "USER_LOGIN"]),
    // The names of one architecture are other calls for the other: without 'arch' the kernel compares numbers alone.
    (
      "-a never,exit -F arch=b32 -S all\n-a always,exit -F arch=b64 -S connect",
      ["PATH", "SOCKADDR", "SYSCALL", "USER_LOGIN"]
    ),
    ("-a never,exit -F arch=b64 -S execve\n-a always,exit -S execve", ["SYSCALL", "USER_LOGIN"]),
    // What takes types of records away (1112 USER_LOGIN, 1300 SYSCALL, 1302 PATH, 1306 SOCKADDR, 1309 EXECVE, 1330 KERN_MODULE).
    ("-a always,exit -S all\n-a always,exclude -F msgtype=1309", records.filter { $0 != "EXECVE" }),
    ("-a always,exit -S all\n-a always,exclude -F msgtype=0x51D", records.filter { $0 != "EXECVE" }),
    ("-a always,exit -S all\n-a always,exclude -F msgtype=UNKNOWN[1309]", records.filter { $0 != "EXECVE" }),
    ("-a always,exit -S all\n-a never,exclude -F msgtype!=EXECVE", ["EXECVE"]),
    ("-a always,exit -S all\n-a exclude,always -F msgtype>=1400 -F msgtype<=1499", records),
    (
      "-a always,exit -S all\n-a exclude,always -F msgtype>1300 -F msgtype<1309",
      ["EXECVE", "KERN_MODULE", "SYSCALL", "USER_LOGIN"]
    ),
    ("-a always,exit -S all\n-a exclude,always -F msgtype<=1309", ["KERN_MODULE"]),
    ("-a always,exit -S all\n-a exclude,always -F msgtype>0", []),
    // A rule of these lists without a field matches nothing.
    ("-a always,exit -S all\n-a always,exclude\n-a never,user", records),
    ("-a never,user -F msgtype=USER_LOGIN", []), ("-a never,user -F msgtype=USER_AUTH", ["USER_LOGIN"]),
    ("-a always,user -F msgtype=USER_LOGIN\n-a never,user -F msgtype>1100", ["USER_LOGIN"]),
    // Keys choose what is deleted; a rule is deleted by its like.
    (
      "-a always,exit -S execve -k a\n-a always,exit -S connect -k b\n-D -k a",
      ["PATH", "SOCKADDR", "SYSCALL", "USER_LOGIN"]
    ),
    ("-a always,exit -S execve -k a\n-d always,exit -S execve -F key=a", ["USER_LOGIN"]),
    ("-w /etc/shadow -p wa\n-W /etc/shadow/ -p wa", ["USER_LOGIN"]),
    // Options as getopt takes them, a carriage return at the end, an escaped space.
    ("-aalways,exit -Sexecve -kx\r", ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]),
    (
      "--backlog_wait_time=0\n--loginuid-imm\n-a always,exit -F path=/a\\ b -F perm=x",
      ["EXECVE", "PATH", "SYSCALL", "USER_LOGIN"]
    ),
    ("-a always,io_uring -S openat", ["PATH", "USER_LOGIN"]),
    ("-a always,filesystem -F fstype=tracefs", ["USER_LOGIN"]), ("-a always,task", records),
    ("# a comment\n-b 8192\n-f 1\n--backlog_wait_time 60000\n-c\n-e 2", ["USER_LOGIN"]),
  ])
  func asksForRecords(text: String, expected: [String]) throws {
    let telemetry = try read(text)
    #expect(telemetry.diagnostics.map(\.description) == [])
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
      "--backlog_wait_tme 1",
      "1:1: warning: auditctl has no option '--backlog_wait_tme'; did you mean '--backlog_wait_time'? [audit-rule]"
    ),
    (
      "  -a always,exti -S open",
      "1:6: warning: 'always,exti' isn't a list and an action; did you mean 'exit'? [audit-rule]"
    ),
    ("-a always,exit -F auids=1", "1:19: warning: auditctl has no field 'auids'; did you mean 'auid'? [audit-rule]"),
    ("-a always,exit -F auid", "1:19: warning: 'auid' has no operator; write field=value [audit-rule]"),
    ("-w /etc -p wq", "1:9: warning: '-p' needs letters of r, w, x and a [audit-rule]"),
    ("\n-w", "2:1: warning: '-w' needs the path of a file or folder [audit-rule]"),
    (
      "-d always,exit -S open",
      "1:4: warning: no such rule is loaded, so there is nothing to delete; remove the line [audit-rule]"
    ),
    (
      "-a always,exit -S open\n-a always,exit -S 2",
      "2:4: warning: the rule is already loaded, from a.rules:1:4; remove one of them [audit-rule]"
    ),
    (
      "-a always,exit -S opne",
      "1:19: warning: 'opne' isn't a known system call of x86_64; did you mean 'open'? [audit-rule]"
    ),
    (
      "-a always,exit -F arch=b64 -S umount",
      "1:31: warning: 'umount' isn't a known system call of x86_64; write a rule with '-F arch=b32' for it [audit-rule]"
    ),
    (
      "-a always,exit -F arch=aarch64 -S 221",
      "1:35: warning: what 221 is on this architecture isn't known here; write the system call's name [audit-rule]"
    ),
    ("-a always,exit -S all -F arch=b64", "1:26: warning: 'arch' must come before '-S'; move it [audit-rule]"),
    (
      "-a always,exit -F arch=b46 -S all",
      "1:19: warning: auditctl has no architecture 'b46'; did you mean 'b64'? [audit-rule]"
    ),
    (
      "-a always,exclude -F msgtype=EXECV",
      "1:22: warning: auditctl has no record type 'EXECV'; did you mean 'EXECVE'? [audit-rule]"
    ),
    (
      "-a always,exit -F msgtype=EXECVE",
      "1:19: warning: 'msgtype' is for the list 'exclude' or 'user' only [audit-rule]"
    ),
    ("-a never,user -S open", "1:18: warning: the list 'user' takes no system calls; remove '-S' [audit-rule]"),
    ("-S open -F uid=0", "1:12: warning: a list must be given before a field; start with -a [audit-rule]"),
    (
      "-a always,exit -F success=yes",
      "1:19: warning: 'success' needs a number: 1 for yes, 0 for no [audit-rule]"
    ),
    ("-a always,exit -F path=/etc/", "1:19: warning: 'path' is of a file; write dir=/etc/ for a folder [audit-rule]"),
    ("-a always,exit -F perm!=w", "1:19: warning: 'perm' takes = only [audit-rule]"),
    (
      "-a always,exit -F uid=0 -k x",
      "1:25: warning: a key needs a system call, a path or a program before it; move it to the end [audit-rule]"
    ),
    (
      "-w /etc/shadow -p wa # ours",
      "1:22: warning: a comment needs its own line; move it above the rule [audit-rule]"
    ),
    (
      "-a always,exit -S open \\", "1:24: warning: auditctl doesn't join lines; write the rule on one line [audit-rule]"
    ),
    (
      "-w \"/etc/shadow\"",
      "1:4: warning: the path must start with '/'; auditctl doesn't read quotes, so remove them [audit-rule]"
    ),
    (
      "-a always,exit -S open --reset-lost",
      "1:24: warning: auditctl adds no rule from a line with '--reset-lost'; write it on its own line [audit-rule]"
    ),
    (
      "-a never,exit -F uid=chrony",
      "1:18: note: which number 'chrony' has isn't known here, so that rules are partly blind; write the number [audit-rule]"
    ),
    ("-e 3", "1:4: warning: '-e' needs 0, 1 or 2 [audit-rule]"),
    (
      "-a always,exclude -F msgtype&1309",
      "1:22: warning: 'msgtype' doesn't take '&': bits are tested of a0 to a3, pers and devminor only [audit-rule]"
    ),
    (
      "-a always,exit -S open -F auid&=1000",
      "1:27: warning: 'auid' doesn't take '&=': bits are tested of a0 to a3, pers and devminor only [audit-rule]"
    ),
    (
      "-a always,exit -S open -F subj_user>a", "1:27: warning: 'subj_user' takes = and != only [audit-rule]"
    ),
    ("-R b.rules", "1:1: warning: a file of rules can't read another; name both in the telemetry file [audit-rule]"),
  ])
  func tellsWhatAuditctlRefuses(text: String, expected: String) throws {
    #expect(try read(text).diagnostics.map(\.description) == ["a.rules:" + expected])
  }

  // MARK: What isn't understood

  /// It may be loaded or not: nothing runs for sure, and nothing is lost for sure.
  @Test(arguments: [
    "-a always,exit -F newfield=1 -S execve", "-a always,exit -S execve --new-option",
    "-a always,exit -F arch=new -S execve",
    "-a always,exit -S execv", "-a always,exit -S 99999", "-a always,exit -F arch=b64 -S open,execv",
    "-a never,exit -S execv\n-a always,exit -S execve", "-a always,exit -F arch=aarch64 -S 221",
    "-a always,exit -F uid=chrony -S execve", "-a always,exit -S newcall\n-a always,exit -S execve",
    "--new-option\n-a always,exit -S execve", "-a always,exit -S execve\n-a always,exclude -F msgtype=NEWTYPE",
    "-a always,exit -S execve\n-a always,exclude -F uid=chrony",
    "-a never,exit -F uid=chrony -S execve\n-a always,exit -S execve",
    "-a always,task -F uid=0", "-a never,task -F uid=0\n-a always,exit -S execve",
  ])
  func whatIsNotUnderstoodIsPartlySeen(text: String) throws {
    let collection = try read(text).collection(of: auditRecord("EXECVE"))
    #expect(collection.isCollected)
    #expect(!collection.isWhole)
  }

  @Test func whatIsNotUnderstoodDoesNotTouchTheRest() throws {
    let collection = try read("-c\n-a always,exit -S newcall\n-a always,exit -S execve").collection(
      of: auditRecord("EXECVE"))
    #expect(collection.isWhole)
  }

  @Test func rulesOfDifferentUnknownCallsAreNotTheSame() throws {
    let telemetry = try read("-a always,exit -S newcall\n-a always,exit -S newercall")
    #expect(telemetry.diagnostics.map(\.location.position?.line) == [1, 2])
  }

  @Test(arguments: ["a0&1", "a3&=0x10", "pers&8"])
  func bitsOfArgumentsAreTested(field: String) throws {
    let telemetry = try read("-a always,exit -S execve -F \(field)")
    #expect(telemetry.diagnostics.isEmpty)
    expectPart(telemetry.collection(of: auditRecord("EXECVE")))
  }

  @Test func aMarkIsNoPartOfTheFirstWord() throws {
    let telemetry = try read("\u{FEFF}-a always,exit -S execve\n-w /etc/shadow -p wa")
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: auditRecord("EXECVE")).isWhole)
  }

  @Test func aFileThatCannotBeReadLeavesItsRecordsOpen() throws {
    let bytes: [UInt8] = [0xFF, 0xFE] + "-D".utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let telemetry = try telemetry(
      "", files: [(.auditd, "a.rules", bytes), (.auditd, "b.rules", Array("-a always,exit -S execve".utf8))])
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "a.rules:1:1: error: the file is UTF-16; save it as UTF-8 [not-text]"
      ])
    for record in Self.records { expectPart(telemetry.collection(of: auditRecord(record))) }
    #expect(!telemetry.collection(of: sysmonEvent(1)).isCollected)
  }

  // MARK: Architectures and permissions

  /// A file that is watched for reading, too, is run under its own name, or not at all.
  @Test(arguments: [
    ("-w /etc/shadow", "zqtool", false), ("-w /etc/shadow", "/etc/shadow", true), ("-w /opt/tools", "./tools/a", true),
    ("-w /opt/tools/", "a", true), ("-w /usr/local/bin -p rwxa", "a", true), ("-w /opt/tools -p x", "a", true),
    ("-a always,exit -F path=/opt/zq -F perm=x", "zr", false),
    ("-a always,exit -F path=/opt/zq -F perm=x", "./zq", true),
  ])
  func aWatchedFileIsRunUnderItsName(text: String, program: String, isKept: Bool) throws {
    let keeps = try #require(try read(text).collection(of: auditRecord("EXECVE")).recorders.first?.keeps)
    let path = text.split(separator: " ").first { $0.contains("/") }.map { $0.drop { $0 != "/" } } ?? ""
    let name = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
    #expect(keeps.contains { $0.predicate.holds(for: ["name": name, "a0": program]) } == isKept)
  }

  @Test(arguments: ["-a always,exit -F arch=b32 -S execve", "-a always,exit -F arch=i386 -S all"])
  func callsOf32BitProgramsAreAPart(text: String) throws {
    let collection = try read(text).collection(of: auditRecord("EXECVE"))
    #expect(collection.isCollected)
    #expect(!collection.isWhole)
    #expect(collection.brings(["arch": "40000003", "syscall": "execve"]))
    #expect(!collection.brings(["arch": "c000003e", "syscall": "execve"]))
    #expect(!collection.brings(["arch": "x86_64", "syscall": "execve"]))
  }

  @Test func rulesThatAskTogetherForAllOfARecordAreWhole() throws {
    let text = "-a always,exit -F arch=b64 -S init_module -k a\n-a always,exit -F arch=b64 -S finit_module -k b"
    #expect(try read(text).collection(of: auditRecord("KERN_MODULE")).isWhole)
    #expect(try !read(text).collection(of: auditRecord("SYSCALL")).isWhole)
  }

  @Test(
    arguments: [
      ("rwxa", ["open", "unlink", "execve", "chmod", "readlink"], ["statfs", "init_module"]),
      ("wa", ["unlink", "chmod", "renameat2"], ["readlink", "execve", "init_module"]),
      ("r", ["readlink", "getxattr"], ["unlink", "chmod", "execve"]),
      ("x", ["execve", "execveat"], ["unlink", "open"]),
      ("a", ["chmod", "fchownat", "link"], ["unlink", "open"]),
    ] as [(String, [String], [String])])
  func aWatchRecordsTheCallsOfItsPermissions(letters: String, recorded: [String], others: [String]) throws {
    for text in ["-w /etc/shadow -p \(letters)", "-a always,exit -F dir=/etc/shadow -F perm=\(letters)"] {
      let collection = try read(text).collection(of: auditRecord("SYSCALL"))
      for call in recorded { #expect(collection.brings(["name": "/etc/shadow", "syscall": call]), "\(call)") }
      for call in others { #expect(!collection.brings(["name": "/etc/shadow", "syscall": call]), "\(call)") }
      #expect(!collection.brings(["name": "/etc/passwd", "syscall": recorded[0]]))
    }
  }

  /// Whether an opened file is written is in the flags, of which the record doesn't say enough.
  @Test func whatOpensAFileMayWriteIt() throws {
    let recorders = try read("-w /etc/shadow -p w").collection(of: auditRecord("PATH")).recorders
    let predicates = recorders.first?.keeps?.map { String(describing: $0.predicate) } ?? []
    #expect(predicates.count == 2)
    #expect(predicates.last?.contains("opened for writing") == true)
  }

  @Test func everySystemCallOfTheFactsHasANumber() throws {
    let facts = try Shipped.facts.get().auditd
    let named =
      facts.records.values.flatMap { ($0.calls ?? []) + ($0.whole ?? []) } + facts.permissions.values.joined()
      + facts.opens
    for name in Set(named).sorted() {
      #expect(CallMask.Interface.allCases.contains { facts.number(ofCall: name, in: $0) != nil }, "\(name)")
    }
    // asm/unistd_64.h, asm/unistd_32.h.
    #expect(facts.number(ofCall: "execve", in: .native) == 59)
    #expect(facts.number(ofCall: "execve", in: .compat) == 11)
    #expect(facts.names(ofCall: 17, in: .native) == ["pread64", "pread"])
    for event in try Shipped.map.get().provider(named: facts.provider)?.events ?? [] {
      #expect(event.aliases.first.flatMap { Int($0) } == facts.types[event.name], "\(event.name)")
    }
  }
}
