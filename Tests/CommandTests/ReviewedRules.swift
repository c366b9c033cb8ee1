import TestSupport

extension TemporaryFolder {
  /// Writes three small rules: T1059 by process creation, T1105 by network connections, T1547.001 by registry changes; and a
  /// telemetry file by which Sysmon's process creations and look-ups of names are collected.
  func writeReviewedRules() {
    write(smallRule("Process", more: "tags: [attack.t1059]"), to: "rules/process.yml")
    for (name, category, technique) in [
      ("network", "network_connection", "t1105"), ("registry", "registry_set", "t1547.001"),
    ] {
      let rule = smallRule(name, more: "tags: [attack.\(technique)]")
        .replacing("category: process_creation", with: "category: \(category)")
      write(rule, to: "rules/\(name).yml")
    }
    write(
      """
      collected:
        - provider: Microsoft-Windows-Sysmon
          events: [1, 22]
      """, to: "telemetry.yml")
  }
}
