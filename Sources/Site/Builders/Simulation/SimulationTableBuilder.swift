import Analysis
import RuleModel
import Templates

/// Makes tables of simulations for one page.
struct SimulationTableBuilder {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let address: Address

  init(_ content: SiteContent, _ frames: FrameBuilder, at address: Address) {
    self.content = content
    self.frames = frames
    self.address = address
  }

  /// - Returns: nil if there are none.
  func table(of simulations: [Simulation]) -> SimulationTable? {
    simulations.isEmpty ? nil : SimulationTable(rows: Folded(simulations, seen: 12).map { row($0) }, hasRules: false)
  }

  /// - Returns: nil if there are none.
  func table(of tests: [TechniqueTest]) -> SimulationTable? {
    guard !tests.isEmpty else { return nil }
    return SimulationTable(
      rows: Folded(tests, seen: 12, most: 100).map { test in
        var row = self.row(test.simulation)
        let shown = test.rules.count > 4 ? 3 : test.rules.count
        row.rules = test.rules.prefix(shown).map { rule in
          TitledLink(
            title: content.index.rules[rule].title, page: address.link(to: .rule(content.index.rules[rule].key)))
        }
        if test.rules.count > shown { row.more = "and \(grouped(test.rules.count - shown)) more" }
        return row
      }, hasRules: true)
  }

  private func row(_ simulation: Simulation) -> SimulationRow {
    let isAtomic = simulation.isAtomicRedTeam
    return SimulationRow(
      name: simulation.name, collection: isAtomic ? "Atomic Red Team" : simulation.collection,
      source: simulation.address.flatMap { Link(external: $0) },
      technique: simulation.technique.map { id in
        let name = content.attack.fullName(of: id)
        return TitledLink(
          title: name.isEmpty ? "\(id)" : "\(id) \(name)", page: frames.map.technique(id, from: address))
      }, id: simulation.id, command: simulation.command)
  }
}

extension TechniquePageBuilder {
  /// How to test the technique's counted rules.
  func testTable(of id: TechniqueID, _ rules: [RuleID], at address: Address) -> SimulationTable? {
    SimulationTableBuilder(content, frames, at: address).table(of: content.index.tests(of: id, by: rules))
  }
}
