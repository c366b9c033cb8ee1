import Testing

@testable import Telemetry

/// Files are told by their names' ends and by what they hold.
@Suite struct CollectorKindTests {
  @Test(
    arguments: [
      ("hosts/config.xml", "<Sysmon schemaversion=\"4.50\"/>", .sysmon),
      ("hosts/Linux/config.XML", "<Sysmon schemaversion=\"4.70\"/>", .sysmonLinux),
      ("a.xml", "<Subscription xmlns='http://schemas.microsoft.com/2006/03/windows/events/subscription'/>", .wef),
      ("a.xml", "<QueryList/>", .wef),
      ("pom.xml", "<project/>", nil), ("a.xml", "<Sysmon", nil), ("a.txt", "<Sysmon/>", nil),
      ("audit.rules", "# of ours\n-D\n-w /etc/passwd -p wa -k accounts\n", .auditd),
      // Rules of an intrusion detection, of malware, and nothing at all.
      ("local.rules", "alert tcp any any -> any 80 (msg:\"x\"; sid:1;)\n", nil),
      ("a.rules", "rule a { condition: true }\n", nil), ("empty.rules", "# none\n", nil),
      ("mixed.rules", "-w /etc/passwd -p wa\nalert tcp any any -> any 80\n", nil),
      (
        "policy.csv",
        "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting\n"
          + "PC,System,Process Creation,{0CCE922B-69AE-11D9-BED3-505054503030},Success,\n", .auditPolicy
      ),
      ("Registry.pol", "PReg\u{1}\0\0\0", .policy), ("other.pol", "x", nil), ("gpo.xml", "<GPO/>", .policy),
      (
        "audit.reg",
        "REGEDIT4\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit]\n"
          + "\"ProcessCreationIncludeCmdLine_Enabled\"=dword:00000001\n", .policy
      ),
      ("fonts.reg", "REGEDIT4\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Fonts]\n\"a\"=\"b\"\n", nil),
      ("collected.csv", "host,Provider,Event\na,Microsoft-Windows-Sysmon,1\n", .csv),
      ("people.csv", "name,mail\na,b\n", nil), ("empty.csv", "", nil), ("broken.csv", "\"a\n", nil),
    ] as [(String, String, TelemetrySource.Kind?)])
  func isToldByContent(path: String, text: String, expected: TelemetrySource.Kind?) throws {
    #expect(collectorKind(of: Array(text.utf8), path: path, facts: try Shipped.facts.get()) == expected)
  }
}
