import RuleModel

extension XMLRecordWriter {
  /// The stages of a rule with their logic, which only XML includes.
  mutating func writeStages(of rule: Rule) {
    let roles = rule.stages.roles
    record("stages") { record in
      for (index, stage) in rule.stages.enumerated() {
        record.record("stage") { record in
          record.number("number", index + 1)
          record.text("name", stage.name)
          record.text("role", roles[index].name)
          record.longText("text", stage.text)
          for setting in stage.settings { record.longText("setting", setting) }
          record.write(stage.predicate, of: rule)
        }
      }
      record.longText("aggregation", rule.match?.aggregation)
    }
  }

  /// Recursion is as deep as the logic is nested, which the readers limit.
  private mutating func write(_ predicate: Predicate, of rule: Rule) {
    switch predicate {
    case .all(let parts): write(parts, of: rule, in: "all")
    case .any(let parts): write(parts, of: rule, in: "any")
    case .not(let part): write([part], of: rule, in: "not")
    case .test(let test): record("test") { $0.write(test) }
    case .stage(let index):
      record("stage") { record in
        record.number("number", index + 1)
        record.text("name", rule.stages[index].name)
      }
    case .text(let text): longText(text.meaning == .opaque ? "opaque" : "noTest", text.text)
    }
  }

  private mutating func write(_ parts: [Predicate], of rule: Rule, in name: MemberName) {
    record(name) { record in for part in parts { record.write(part, of: rule) } }
  }
}

extension Stage.Role {
  fileprivate var name: String {
    switch self {
    case .condition: "condition"
    case .selection: "selection"
    case .filter: "filter"
    case .source: "source"
    case .command: "command"
    }
  }
}
