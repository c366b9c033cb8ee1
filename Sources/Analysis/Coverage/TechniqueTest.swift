package import Attack
package import RuleModel
import Text

/// The simulations that the counted rules of a technique name, each once, with the rules that name it.
package struct TechniqueTest: Sendable {
  package var simulation: Simulation
  /// Ascending.
  package var rules: [RuleID]
}

extension CatalogIndex {
  /// How to test the rules of a technique: first what plays exactly this technique, then by technique and name.
  ///
  /// - Parameter rules: the technique's.
  package func tests(of id: TechniqueID, by rules: [RuleID]) -> [TechniqueTest] {
    var tests: [Simulation: [RuleID]] = [:]
    for rule in rules { for simulation in self.rules[rule].simulations { tests[simulation, default: []].append(rule) } }
    return tests.map { TechniqueTest(simulation: $0, rules: $1) }.sorted { left, right in
      let (one, other) = (left.simulation, right.simulation)
      if (one.technique == id) != (other.technique == id) { return one.technique == id }
      return one.sortKey.lexicographicallyPrecedes(other.sortKey, by: inByteOrder)
    }
  }
}

extension Review {
  /// Whether any rule says how to test it.
  package var namesSimulations: Bool { rules.contains { !$0.simulations.isEmpty } }

  /// The techniques in scope that rules detect, but none of whose rules says how to test it; see `Rule.simulations`. Those with
  /// the most groups come first, then by id.
  package func untested(_ matrix: AttackMatrix) -> [UntestedTechnique] {
    coverage.inScope.filter { row in
      (coverage.hasTelemetry ? row.state.canFire : row.state.isCovered)
        && !row.rules.contains { !rules[$0].simulations.isEmpty }
    }.map { UntestedTechnique(row: $0, groups: matrix.groupCount(of: $0.technique.id)) }.mostUsedFirst()
  }
}

/// A technique that rules detect, and that no rule says how to test.
package struct UntestedTechnique: Sendable {
  package var row: CoverageReview.TechniqueRow
  /// How many groups use it, according to ATT&CK.
  package var groups: Int
}

extension Simulation {
  fileprivate var sortKey: [String] {
    [technique?.description, name, collection, id].map { $0 ?? "" }
  }
}
