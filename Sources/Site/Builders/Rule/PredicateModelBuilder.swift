import RuleModel

/// Makes the tree of a stage as it is shown: adjacent tests of the same kind share a line, and a `not` around an `any`
/// is one group.
struct PredicateModelBuilder {
  let stages: [Stage]
  /// Whether every reference to a stage is under an odd number of `not`.
  private let isExcluded: [Bool]

  init(stages: [Stage]) {
    self.stages = stages
    isExcluded = stages.uses.map { $0 == .negated }
  }

  func stage(_ stage: Stage, number: Int, aggregation: String?) -> StageModel {
    var model = StageModel(number: number, name: stage.name, form: stage.form)
    model.isExcluded = isExcluded[number]
    model.text = stage.text
    if stage.form == .source { model.definitions = stage.settings }
    model.aggregation = number == 0 ? aggregation : nil
    // If a condition names just one stage, its text says everything.
    if case .stage = stage.predicate, number == 0 { return model }
    if case .text(let text) = stage.predicate, text.text == stage.text { return model }
    // The same applies to a query's command that selects nothing, and to what the query reads, since all commands
    // include it.
    if case .all(let parts) = stage.predicate,
      parts.isEmpty || stage.form == .source && parts.allSatisfy({ if case .stage = $0 { true } else { false } })
    {
      return model
    }
    model.predicate = self.model(of: stage.predicate)
    return model
  }

  private func model(of predicate: Predicate) -> PredicateModel {
    switch predicate {
    case .all(let parts): joined(parts, .all)
    case .any(let parts): joined(parts, .any)
    case .not(let part): negated(part)
    case .test(let test): .test(line([test], .or))
    case .stage(let index): .stage(reference(to: index))
    case .text(let text): text.meaning == .opaque ? .opaque(text.text) : .noTest(text.text)
    }
  }

  private func joined(_ parts: [Predicate], _ kind: PredicateGroup.Kind) -> PredicateModel {
    let lines = self.lines(parts, kind == .all ? .and : .or)
    if lines.count == 1, case .test = lines[0] { return lines[0] }
    return .group(PredicateGroup(kind: kind, words: kind == .all ? "all of" : "any of", parts: lines))
  }

  private func negated(_ part: Predicate) -> PredicateModel {
    switch part {
    case .any(let parts): .group(PredicateGroup(kind: .not, words: "not, any of", parts: lines(parts, .or)))
    case .all(let parts): .group(PredicateGroup(kind: .not, words: "not, all of", parts: lines(parts, .and)))
    default: .group(PredicateGroup(kind: .not, words: "not", parts: [model(of: part)]))
    }
  }

  /// Adjacent tests that differ only in their values share a line.
  private func lines(_ parts: [Predicate], _ joint: TestModel.Joint) -> [PredicateModel] {
    var lines: [PredicateModel] = []
    var run: [Test] = []
    func endRun() {
      if !run.isEmpty { lines.append(.test(line(run, joint))) }
      run = []
    }
    for part in parts {
      guard case .test(let test) = part else {
        endRun()
        lines.append(model(of: part))
        continue
      }
      if let first = run.first, first.field != test.field || first.kind != test.kind { endRun() }
      run.append(test)
    }
    endRun()
    return lines
  }

  /// - Parameter tests: at least one, all of the same field and kind.
  private func line(_ tests: [Test], _ joint: TestModel.Joint) -> TestModel {
    TestModel(
      field: tests[0].field, kind: tests[0].kind.words, joint: joint, values: tests.map { ShownValue($0) })
  }

  private func reference(to index: Int) -> StageReference {
    StageReference(number: index, name: stages[index].name, isNumbered: stages[index].form != .condition)
  }
}
