import Diagnostics
import DialectReading
import Documents
import RuleModel

extension RuleReader {
  /// `simulation`: a list of `type`, `name`, `technique` and, for Atomic Red Team, `atomic_guid`; not a key of the
  /// specification.
  mutating func readSimulations() {
    for node in list("simulation") {
      guard node.kind == .mapping else {
        report(
          .ruleField, at: node, severity: .warning,
          "a simulation must be a map of a type, a name, a technique and an id; write these keys")
        continue
      }
      var simulation = Simulation(
        collection: text("type", of: node), name: text("name", of: node),
        id: text("atomic_guid", of: node) ?? text("id", of: node))
      if let technique = text("technique", of: node) {
        simulation.technique = TechniqueID(technique.uppercased())
        if simulation.technique == nil {
          report(
            .ruleField, at: node["technique"] ?? node, severity: .warning,
            "'\(shortened(technique))' isn't the id of a technique; write one such as T1059.001")
        }
      }
      if simulation != Simulation(), !rule.simulations.contains(simulation) { rule.simulations.append(simulation) }
    }
  }

  private func text(_ key: String, of node: Node) -> String? {
    guard let value = node[key], !value.isNull, let text = value.text, !text.isEmpty else { return nil }
    return text
  }
}
