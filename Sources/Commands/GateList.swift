import ArgumentParser

/// The gates that `--fail-on` names, comma-separated: `lost-technique,blind-rule`.
struct GateList<Gate: RawRepresentable<String> & CaseIterable & Sendable>: ExpressibleByArgument, Sendable {
  var gates: [Gate]

  /// nil if one of the names is unknown.
  init?(argument: String) {
    let names = argument.split(separator: ",").map { $0.filter { $0 != " " } }
    gates = names.compactMap { Gate(rawValue: $0) }
    guard !names.isEmpty, gates.count == names.count else { return nil }
  }
}

/// A gate's findings, in one line: `blind-rule: 3 found: rules/a.yml, rules/b.yml, rules/c.yml`.
///
/// - Returns: nil if nothing was found.
func gateLine(_ gate: String, _ found: [String]) -> String? {
  guard !found.isEmpty else { return nil }
  let shown = 5
  let more = found.count > shown ? " and \(found.count - shown) more" : ""
  let names = Terminal.harmless(found.prefix(shown).joined(separator: ", "))
  return "gate not met: \(gate): \(found.count) found: \(names)\(more)"
}
