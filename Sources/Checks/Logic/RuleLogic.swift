import Matching
import RuleModel

/// A rule's logic as checks compare it, prepared once for all of them.
struct RuleLogic {
  /// Something that the condition requires or excludes.
  struct Part {
    /// The stage that it is, if it is one.
    var stage: Int?
    /// What an event that matches meets; for an exclusion, what an event that is excluded meets.
    var logic: EventLogic
    /// Which fields it tests.
    var fields: FieldBits
  }

  struct Parts {
    var pool = PatternPool()
    /// All of them must be met.
    var required: [Part] = []
    /// None of them may be met.
    var excluded: [Part] = []
  }

  let rule: Rule
  /// Whether it is known that no event matches, for another reason.
  private let isRefuted: Bool

  init(of rule: Rule, isRefuted: Bool) { (self.rule, self.isRefuted) = (rule, isRefuted) }

  /// What the condition joins by `and`, where one event must meet all of it; nil where its parts can't exclude each
  /// other, because no field is tested in two of them, or where it is known that no event meets it.
  private(set) lazy var parts: Parts? = {
    guard rule.key.dialect == .sigma, !isRefuted, rule.match?.joinsEvents == false else { return nil }
    guard FieldBits(of: .stage(0), in: rule.stages).hasRepeats else { return nil }
    var maker = PartsMaker(stages: rule.stages)
    maker.split(rule.stages[0].predicate, isNegated: false)
    return maker.parts
  }()

  /// The lists of values in its stages.
  private(set) lazy var lists = rule.stages.flatMap {
    ValueList.lists(in: $0.predicate, dialect: rule.key.dialect)
  }
}

/// Splits a condition at each `and`.
private struct PartsMaker {
  private let stages: [Stage]
  private var builder: EventLogicBuilder
  private var numbers = FieldNumbers()
  private(set) var parts = RuleLogic.Parts()

  init(stages: [Stage]) {
    self.stages = stages
    builder = EventLogicBuilder(stages: stages)
  }

  mutating func split(_ predicate: Predicate, isNegated: Bool) {
    switch (predicate, isNegated) {
    case (.all(let members), false), (.any(let members), true):
      for member in members { split(member, isNegated: isNegated) }
    case (.not(let inner), _): split(inner, isNegated: !isNegated)
    case (.stage(let index), false): parts.required.append(part(predicate, stage: index))
    case (.stage(let index), true): parts.excluded.append(part(predicate, stage: index))
    case (_, false): parts.required.append(part(predicate))
    case (_, true): parts.required.append(part(.not(predicate)))
    }
  }

  private mutating func part(_ predicate: Predicate, stage: Int? = nil) -> RuleLogic.Part {
    var numbers = numbers
    let logic = builder.logic(of: predicate, pool: &parts.pool) { numbers.number(of: $0) }
    self.numbers = numbers
    return RuleLogic.Part(stage: stage, logic: logic, fields: FieldBits(of: predicate, in: stages))
  }
}
