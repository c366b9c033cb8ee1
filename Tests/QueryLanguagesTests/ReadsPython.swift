import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport

/// A suite that reads rules in Python.
protocol ReadsPython {}

extension ReadsPython {
  func read(
    _ source: String, isPolicy: Bool = false, modules: [String: String] = [:],
    model: [String: [PythonProgram.ModelName]] = [:]
  ) -> PythonReading {
    readPython(
      PythonProgram(
        Array(source.utf8), function: isPolicy ? "policy" : "rule", isNegated: isPolicy,
        module: { modules[$0].map { Array($0.utf8) } }, model: { model[$0] ?? [] })
    ) { _, offset in SourcePosition(line: 1, column: offset + 1) }
  }

  func logic(_ body: String, before: String = "", modules: [String: String] = [:]) -> String {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 + "\n" }.joined()
    let reading = read(before + "\ndef rule(event):\n" + lines, modules: modules)
    return (reading.stages.first?.predicate.words ?? "no stage") + reading.faults.map { " [\($0.id.name)]" }.joined()
  }
}
