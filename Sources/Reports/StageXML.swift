import RuleModel
import XML

extension XMLWriter {
  /// A stage with its logic.
  ///
  /// - Parameter number: from 1, the condition's; by it other stages name this one.
  mutating func write(_ stage: Stage, number: Int, _ role: Stage.Role, of rule: Rule) {
    start("stage")
    attribute("number", String(number))
    attribute("name", stage.name)
    attribute("role", role.name)
    if let text = stage.text { element("text", text: text) }
    write(stage.predicate, of: rule)
    end()
  }

  /// As deep as the logic is nested, which the readers bound.
  private mutating func write(_ predicate: Predicate, of rule: Rule) {
    switch predicate {
    case .all(let parts): write(parts, of: rule, in: "all")
    case .any(let parts): write(parts, of: rule, in: "any")
    case .not(let part): write([part], of: rule, in: "not")
    case .test(let test):
      start("test")
      write(test)
      end()
    case .stage(let index):
      start("stage")
      attribute("number", String(index + 1))
      attribute("name", rule.stages[index].name)
      end()
    case .opaque(let text): element("opaque", text: text)
    }
  }

  private mutating func write(_ parts: [Predicate], of rule: Rule, in name: String) {
    start(name)
    for part in parts { write(part, of: rule) }
    end()
  }
}

extension Stage.Role {
  fileprivate var name: String {
    switch self {
    case .condition: "condition"
    case .selection: "selection"
    case .filter: "filter"
    }
  }
}
