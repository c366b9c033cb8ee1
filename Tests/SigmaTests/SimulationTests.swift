import RuleModel
import Testing

@Suite struct SimulationTests {
  private func read(_ simulation: String) throws -> Rule {
    try readRule(
      "title: T\nlogsource: {product: windows}\ndetection: {selection: {A: 1}, condition: selection}\n" + simulation)
  }

  @Test func readsWhatAtomicRedTeamPlays() throws {
    let rule = try read(
      """
      simulation:
          - type: atomic-red-team
            name: Remove immutable file attribute
            technique: t1222.002
            atomic_guid: e7469fe2-ad41-4382-8965-99b94dd3c13f
          - {name: By hand}
          - {name: By hand}
      """)
    #expect(
      rule.simulations == [
        Simulation(
          collection: "atomic-red-team", name: "Remove immutable file attribute", technique: TechniqueID("T1222.002"),
          id: "e7469fe2-ad41-4382-8965-99b94dd3c13f"),
        Simulation(name: "By hand"),
      ])
    #expect(rule.findings.isEmpty, "\(rule.findings)")
  }

  @Test(arguments: [
    (
      "simulation: [run it]",
      "rule.yml:4:14: warning: a simulation must be a map of a type, a name, a technique and an id; write these keys [rule-field]"
    ),
    (
      "simulation: [{technique: T1}]",
      "rule.yml:4:26: warning: 'T1' isn't the id of a technique; write one such as T1059.001 [rule-field]"
    ),
    ("simulation: {name: A}", "rule.yml:4:13: warning: 'simulation' must be a list; it is left out [rule-field]"),
    (
      "Simulation: []",
      "rule.yml:4:1: warning: the key 'Simulation' isn't read; did you mean 'simulation'? [rule-field]"
    ),
  ])
  func reportsWhatItCantRead(simulation: String, expected: String) throws {
    let rule = try read(simulation)
    #expect(rule.simulations.isEmpty)
    #expect(rule.findings.map(\.description) == [expected])
  }
}
