import TestSupport
import Testing

/// What attacks whoever shows it as anything but text, and doesn't fit where a name does.
private let attack =
  #""><script>alert(1)</script></style><img src=https://attacker.example/x onerror=alert(2)>"#
  + String(repeating: "LongWord", count: 30)

/// Writes a catalog of which every part is hostile, with a review of everything that one has, so that each kind of page shows it.
///
/// - Returns: the configuration's path.
func writeHostileCatalog(in folder: TemporaryFolder) throws -> String {
  func rule(_ name: String, product: String = "windows", tags: String = "attack.t1059.001", detection: String) {
    folder.write(
      """
      title: '\(name) \(attack)'
      id: \(name)0000000-0000-4000-8000-000000000000
      status: test
      description: '\(attack)'
      author: '\(attack)'
      date: 2026-01-02
      references: ['https://example.org/\(attack)', 'javascript:alert(3)']
      tags: [\(tags)]
      logsource: {category: process_creation, product: \(product)}
      detection:
      \(detection)
      falsepositives: ['\(attack)']
      level: high
      simulation: [{type: '\(attack)', name: '\(attack)', technique: T1059.001, atomic_guid: '\(attack)'}]

      """, to: "rules/\(name).yml")
  }
  let test = "  a: {Image|endswith: '\(attack)', '\(attack)': '\(attack)'}"
  rule(
    "a", tags: "attack.t1059.001, attack.t1003, attack.g0016, attack.c0027, attack.s0154",
    detection: test + "\n  condition: a")
  // Blind, for want of its event; partly blind; with an exclusion that can't work; and the tested technique's other state.
  // More than the review itself lists.
  for number in 10..<40 {
    rule("b\(number)", product: "macos", tags: "attack.t1218", detection: test + "\n  condition: a")
  }
  rule("c", detection: "  a: [{CommandLine|contains: '\(attack)'}, {Image: '\(attack)'}]\n  condition: a")
  rule(
    "d", tags: "attack.t1112", detection: test + "\n  b: {CommandLine|contains: '\(attack)'}\n  condition: a and not b")
  folder.write(
    """
    title: 'e \(attack)'
    id: e0000000-0000-4000-8000-000000000000
    name: '\(attack)'
    correlation:
      type: event_count
      rules: [a0000000-0000-4000-8000-000000000000]
      group-by: ['\(attack)']
      timespan: 1h
      condition: {gte: 2}
    """, to: "rules/mr_e.yml")
  folder.write(
    """
    title: 'f \(attack)'
    id: f0000000-0000-4000-8000-000000000000
    logsource: {category: process_creation, product: windows}
    filter:
      rules: [a0000000-0000-4000-8000-000000000000]
      selection: {User: '\(attack)'}
      condition: not selection
    """, to: "rules/mf_f.yml")
  folder.write(
    """
    # \(attack)

    | \(attack) | b |
    |---|--:|
    | ~~\(attack)~~ | c |

    - [x] \(attack) www.attacker.example\(attack) ![x](https://attacker.example/a.png)

    ```xml
    \(attack)
    ```
    """, to: "rules/a.md")
  folder.write("\(attack)\n", to: "notes/techniques/T1003.md")
  folder.write(
    """
    collected:
      - {provider: Microsoft-Windows-Sysmon, events: [1, 5]}
      - {provider: '\(attack)', events: ['\(attack)']}
    missing-fields:
      - {provider: Microsoft-Windows-Sysmon, event: 1, fields: [CommandLine]}
    """, to: "telemetry.yml")
  let fixtures = projectFolder + "/Tests/CommandTests/Fixtures/broken"
  folder.write(
    """
    title: '\(attack)'
    paths: [rules, {path: \(fixtures), name: broken}]
    # Pages of megabytes, which a checker of pages reads for a minute: `HostileRulesTests` opens them.
    exclude: [long-line.yml, many-nots.yml, too-many-tests.yml, deep-parentheses.yml]
    telemetry: telemetry.yml
    baseline: \(fixtures)
    history: kept
    notes: {techniques: notes/techniques}
    scope: {platforms: [Windows, macOS], exclude: [TA0043]}
    accepted:
      - {technique: T1200, reason: '\(attack)', owner: '\(attack)', until: 2026-01-01}
      - {technique: T1091, reason: '\(attack)'}
    """, to: "ruledex.yml")
  folder.makeFolder("kept")
  let first = try run(
    builtProgram, ["build", "--config", folder("ruledex.yml"), "-o", folder("first")], in: folder.path)
  try #require(first.code == 0 || first.code == 2, "\(first.errors)")
  folder.rename("first/catalog.json", to: "kept/<img src=x onerror=alert(4)>.json")
  rule(
    "a", tags: "attack.t1059.001, attack.g0016, attack.c0027, attack.s0154",
    detection: "  a: {Image: '\(attack)'}\n  condition: a")
  return folder("ruledex.yml")
}
