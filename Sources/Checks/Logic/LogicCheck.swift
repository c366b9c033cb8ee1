import Diagnostics
import RuleModel

/// Looks for one kind of problem in the logic of a rule by itself.
struct LogicCheck: Sendable {
  let id: CheckID
  let examples: [CheckExample]
  let findings: @Sendable (_ logic: inout RuleLogic) -> [Diagnostic]

  init(
    _ id: CheckID, examples: [CheckExample], _ findings: @escaping @Sendable (_ logic: inout RuleLogic) -> [Diagnostic]
  ) {
    (self.id, self.examples, self.findings) = (id, examples, findings)
  }
}

/// The checks that run on the logic of each rule; their order doesn't matter.
let logicChecks: [LogicCheck] = [.contradictions, .needlessFilters, .repeatedValues, .coveredValues]

extension RuleCheck {
  /// All checks of a rule's logic, which is prepared once for them.
  static let logic = RuleCheck { rule, catalog in
    let subject = catalog.index.rules[rule]
    guard !subject.lacksLogic, !subject.stages.isEmpty else { return [] }
    var logic = RuleLogic(of: subject, isRefuted: catalog.index.events[rule].contradiction != nil)
    return logicChecks.flatMap { catalog.settings.isOn($0.id) ? $0.findings(&logic) : [] }
  }
}
