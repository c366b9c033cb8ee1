package import Diagnostics
import Matching
import RuleModel

extension CheckID {
  package static let selectionContradiction = CheckID(
    "selection-contradiction", .warning,
    "The condition requires values that one event can't have at the same time, so the rule never matches. Join its parts with `or`, or correct the values."
  )
}

extension LogicCheck {
  /// Conditions that no event can meet.
  static let contradictions = LogicCheck(
    .selectionContradiction,
    examples: [
      CheckExample(
        "Two programs at once",
        finds:
          "8:16: 'selection_one' and 'selection_two' exclude each other, so the rule never matches; correct the condition or the values",
        in: exampleRule(
          detection: #"""
            selection_one:
                Image|endswith: '\whoami.exe'
            selection_two:
                Image|endswith: '\net.exe'
            condition: all of selection_*
            """#)),
      CheckExample(
        "A filter that excludes all",
        finds:
          "9:16: everything that meets 'selection' is excluded by 'filter', so the rule never matches; correct the condition or the values",
        in: exampleRule(
          detection: #"""
            selection:
                Image: 'C:\Windows\System32\whoami.exe'
            filter:
                Image|startswith: 'C:\Windows\'
                Image|endswith: '.exe'
            condition: selection and not filter
            """#)),
      CheckExample(
        "One of two programs",
        in: exampleRule(
          detection: #"""
            selection_one:
                Image|endswith: '\whoami.exe'
            selection_two:
                Image|endswith: '\net.exe'
            condition: 1 of selection_*
            """#)),
      CheckExample(
        "A program and its parent",
        in: exampleRule(
          detection: #"""
            selection_one:
                Image|endswith: '\whoami.exe'
            selection_two:
                ParentImage|endswith: '\net.exe'
            condition: all of selection_*
            """#)),
    ]
  ) { logic in
    guard let parts = logic.parts, parts.isImpossible(parts.required, without: parts.excluded) else { return [] }
    let place = SourceLocation(logic.rule.source.file, at: logic.rule.stages[0].position)
    return [
      Diagnostic(
        .selectionContradiction, at: place,
        "\(parts.cause(names: logic.rule.stages.map(\.name))), so the rule never matches; correct the condition or the values"
      )
    ]
  }
}

extension RuleLogic.Parts {
  /// Whether no event meets all of some parts, and none of others.
  func isImpossible(_ required: [RuleLogic.Part], without excluded: [RuleLogic.Part] = []) -> Bool {
    var refutation = Refutation(in: pool)
    for part in required { refutation.demand(part.logic, isAskedAbout: true) }
    for part in excluded { refutation.demand(part.logic.opposite, isAskedAbout: true) }
    return refutation.isImpossible(tries: 16)
  }

  /// What is enough to make it impossible, in words.
  fileprivate func cause(names: [String]) -> String {
    func name(_ part: RuleLogic.Part) -> String? { part.stage.map { "'\(shortened(names[$0]))'" } }
    for part in required where isImpossible([part]) {
      return "\(name(part) ?? "a part of the condition") asks for what no event can have"
    }
    // Comparing more parts pair by pair takes long, and says little.
    for (index, part) in (required.count + excluded.count <= 200 ? required : []).enumerated() {
      for other in required[..<index] where isImpossible([other, part]) {
        guard let one = name(other), let two = name(part) else { continue }
        return "\(one) and \(two) exclude each other"
      }
      for other in excluded where isImpossible([part], without: [other]) {
        guard let one = name(part), let two = name(other) else { continue }
        return "everything that meets \(one) is excluded by \(two)"
      }
    }
    return "no event can have all that the condition asks for"
  }
}
