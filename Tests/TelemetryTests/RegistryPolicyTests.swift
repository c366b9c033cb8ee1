import Diagnostics
import RuleModel
import Testing

@testable import Telemetry

/// Whether 4688 has its command line, as group policy says; each form as the programs write it.
@Suite struct RegistryPolicyTests {
  private static let key = #"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\Audit"#
  private static let name = "ProcessCreationIncludeCmdLine_Enabled"

  /// What is missing of 4688: `on`, or why its command line is missing.
  private func verdict(_ files: [UInt8]...) throws -> String {
    let numbered = files.enumerated().map {
      (kind: TelemetrySource.Kind.policy, name: "\($0.offset + 1).reg", bytes: $0.element)
    }
    let found = try telemetry("collected: [{provider: Microsoft-Windows-Security-Auditing}]", files: numbered)
      .collection(of: securityEvent(4688))
    guard let filter = found.lacking else { return "on" }
    let clause = try #require(filter.lacks.first ?? filter.drops.first)
    return (filter.lacks.isEmpty ? "perhaps " : "") + "\(clause.location): \(clause.text)"
  }

  private func verdict(_ texts: String...) throws -> String {
    switch texts.count {
    case 1: try verdict(Array(texts[0].utf8))
    default: try verdict(Array(texts[0].utf8), Array(texts[1].utf8))
    }
  }

  private static func registry(_ value: String) -> String {
    "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\\(key)]\r\n\"Other\"=\"x\"\r\n\"\(name)\"=\(value)\r\n"
  }

  @Test(arguments: [
    (registry("dword:00000001"), "on"), (registry("dword:00000000"), "1.reg:5:1: CommandLine, as \(name) is off"),
    (registry("-"), "1.reg: CommandLine, as \(name) isn't set"),
    (registry("\"1\""), "perhaps 1.reg:5:1: CommandLine, as \(name) isn't understood"),
    // Another key, another hive, and a key that is removed.
    (
      "Windows Registry Editor Version 5.00\n[HKEY_CURRENT_USER\\\(key)]\n\"\(name)\"=dword:00000001\n",
      "1.reg: CommandLine, as \(name) isn't set"
    ),
    ("REGEDIT4\n[-HKEY_LOCAL_MACHINE\\\(key)]\n", "1.reg: CommandLine, as \(name) isn't set"),
    // reg query.
    ("\nHKEY_LOCAL_MACHINE\\\(key)\n    \(name)    REG_DWORD    0x1\n\n", "on"),
    ("\nHKEY_LOCAL_MACHINE\\\(key)\n    \(name)    REG_DWORD    0x0\n", "1.reg:3:1: CommandLine, as \(name) is off"),
    // LGPO.
    ("; ----\nComputer\n\(key)\n\(name)\nDWORD:1\n\nUser\nSoftware\\X\nY\nSZ:z\n", "on"),
    ("Computer\n\(key)\n\(name)\nDELETE\n", "1.reg: CommandLine, as \(name) isn't set"),
    ("User\n\(key)\n\(name)\nDWORD:1\n", "1.reg: CommandLine, as \(name) isn't set"),
    // A security template.
    ("[Unicode]\nUnicode=yes\n[Registry Values]\nMACHINE\\\(key)\\\(name)=4,1\n", "on"),
    ("[Registry Values]\nMACHINE\\\(key)\\\(name)=4,0\n", "1.reg:2:1: CommandLine, as \(name) is off"),
  ])
  func readsText(text: String, expected: String) throws { #expect(try verdict(text) == expected) }

  @Test func readsUTF16() throws {
    #expect(try verdict([0xFF, 0xFE] + wide(Self.registry("dword:00000001"))) == "on")
  }

  private func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

  private func policyFile(_ name: String, type: UInt8 = 4, _ data: [UInt8]) -> [UInt8] {
    let head = PolicyFile.signature + wide("[\(Self.key)\0;\(name)\0;")
    return head + [type, 0, 0, 0] + wide(";") + [UInt8(data.count), 0, 0, 0] + wide(";") + data + wide("]")
  }

  @Test func readsPolicyFiles() throws {
    #expect(try verdict(policyFile(Self.name, [1, 0, 0, 0])) == "on")
    #expect(try verdict(policyFile(Self.name, [0, 0, 0, 0])) == "1.reg: CommandLine, as \(Self.name) is off")
    #expect(try verdict(policyFile("**del.\(Self.name)", [32, 0])) == "1.reg: CommandLine, as \(Self.name) isn't set")
    #expect(
      try verdict(policyFile(Self.name, type: 1, wide("1\0")))
        == "perhaps 1.reg: CommandLine, as \(Self.name) isn't understood")
    #expect(
      try verdict(policyFile("X", [1, 0, 0, 0]) + policyFile(Self.name, [1, 0, 0, 0]).dropFirst(8)) == "on")
  }

  /// However a file is cut off, its rules are partly blind, and the rest goes on.
  @Test func saysThatAPolicyFileBreaksOff() throws {
    let whole = policyFile(Self.name, [1, 0, 0, 0])
    for count in 9..<whole.count {
      #expect(try verdict(Array(whole.prefix(count))) == "perhaps 1.reg: CommandLine, as the policy can't be read")
    }
    var huge = whole
    huge.replaceSubrange((whole.count - 10)..<(whole.count - 6), with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(try verdict(huge).hasPrefix("perhaps"))
  }

  private static func report(_ policies: String, root: String = "GPO") -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <\(root) xmlns="http://www.microsoft.com/GroupPolicy/Settings">
    <Computer><ExtensionData><Extension xmlns:q1="http://www.microsoft.com/GroupPolicy/Settings/Registry">
    \(policies)
    </Extension></ExtensionData></Computer></\(root)>
    """
  }

  private static func policy(_ name: String, _ state: String, supported: String = "At least Windows Vista") -> String {
    "<q1:Policy><q1:Name>\(name)</q1:Name><q1:State>\(state)</q1:State><q1:Supported>\(supported)</q1:Supported></q1:Policy>"
  }

  private static let title = "Include command line in process creation events"

  @Test(arguments: [
    (report(policy(title, "Enabled")), "on"), (report(policy(title, "Enabled"), root: "Rsop"), "on"),
    (report(policy(title, "Disabled")), "1.reg:4:1: CommandLine, as \(name) is off"),
    (report(policy("Another", "Enabled")), "1.reg: CommandLine, as \(name) isn't set"),
    (report(""), "1.reg: CommandLine, as \(name) isn't set"),
    // A report in another language may say it in other words.
    (
      report(policy("Befehlszeile einschließen", "Enabled", supported: "Mindestens Vista")),
      "perhaps 1.reg:2:1: CommandLine, as \(name) isn't understood"
    ),
    (
      report(
        "<q1:RegistrySetting><q1:KeyPath>\(key)</q1:KeyPath><q1:Value><q1:Name>\(name)</q1:Name><q1:Number>1</q1:Number></q1:Value></q1:RegistrySetting>"
      ), "on"
    ),
    (
      "<RegistrySettings><Registry><Properties action=\"U\" hive=\"HKEY_LOCAL_MACHINE\" key=\"\(key)\" name=\"\(name)\" type=\"REG_DWORD\" value=\"00000001\"/></Registry></RegistrySettings>",
      "on"
    ),
  ])
  func readsReports(text: String, expected: String) throws { #expect(try verdict(text) == expected) }

  /// Files are about different hosts, but one that says nothing doesn't contradict another.
  @Test func combinesFiles() throws {
    let (on, off) = (Self.registry("dword:00000001"), Self.registry("dword:00000000"))
    #expect(try verdict(on, Self.registry("-")) == "on")
    #expect(try verdict(on, off) == "perhaps 2.reg:5:1: CommandLine, as \(Self.name) is off")
    #expect(try verdict(off, off) == "1.reg:5:1: CommandLine, as \(Self.name) is off")
  }

  @Test(arguments: [
    (
      "hello",
      "p.reg: error: the file isn't exported policy; export it with 'reg export', LGPO, 'secedit /export' or 'Get-GPOReport -ReportType Xml' [registry-policy]"
    ),
    (
      "<Sysmon/>",
      "p.reg: error: the root element is 'Sysmon'; a report of group policy has 'GPO' or 'Rsop' [registry-policy]"
    ),
    (
      registry("hex:01"),
      "p.reg:5:1: warning: what the policy says about 'ProcessCreationIncludeCmdLine_Enabled' isn't understood, so that rules that need it are partly blind; export the policy in another form, such as 'reg export' [registry-policy]"
    ),
  ])
  func saysWhatIsWrong(text: String, expected: String) throws {
    #expect(try telemetry("", (.policy, "p.reg", text)).diagnostics.map(\.description) == [expected])
  }
}
