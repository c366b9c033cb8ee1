import RuleModel

/// What a block of statements leads to.
indirect enum PythonFlow {
  typealias Variables = [String: PythonValue]

  /// On to the next statement.
  case falls(Variables)
  case returns(PythonValue)
  /// An error: the rule doesn't match.
  case fails
  case breaks(Variables)
  case continues(Variables)
  case branch(Predicate, PythonFlow, PythonFlow)

  static func choose(_ condition: Predicate, _ then: PythonFlow, _ otherwise: PythonFlow) -> PythonFlow {
    if condition.isAlways { return then }
    if condition.isNever { return otherwise }
    return .branch(condition, then, otherwise)
  }

  private enum Ways: Equatable { case none, one, all, several }

  /// How many ways fall through.
  private var ways: Ways {
    switch self {
    case .falls: .all
    case .returns, .fails, .breaks, .continues: .none
    case .branch(_, let then, let otherwise):
      switch (then.ways, otherwise.ways) {
      case (.none, .none): .none
      case (.all, .all): .all
      case (.none, let other), (let other, .none): other == .all || other == .one ? .one : .several
      default: .several
      }
    }
  }

  /// Continues where this falls through, once and with the variables that it has there.
  func followed(by rest: (Variables) -> PythonFlow) -> PythonFlow {
    switch ways {
    case .none: return self
    case .all: return fallen.map(rest) ?? self
    case .one: return replaced(by: rest)
    case .several:
      guard let variables = fallen else { return self }
      return .choose(stops, withoutFalls ?? .fails, rest(variables))
    }
  }

  /// Where one way falls through, and what falls on it does so whatever happens.
  private func replaced(by rest: (Variables) -> PythonFlow) -> PythonFlow {
    switch self {
    case .branch(let condition, let then, let otherwise):
      if then.ways == .none { return .choose(condition, then, otherwise.replaced(by: rest)) }
      if otherwise.ways == .none { return .choose(condition, then.replaced(by: rest), otherwise) }
      return fallen.map(rest) ?? self
    case .falls(let variables): return rest(variables)
    case .returns, .fails, .breaks, .continues: return self
    }
  }

  /// When it doesn't fall through.
  private var stops: Predicate {
    switch self {
    case .falls: .never
    case .returns, .fails, .breaks, .continues: .always
    case .branch(let condition, let then, let otherwise): .conditional(condition, then.stops, otherwise.stops)
    }
  }

  /// nil if all ways fall through.
  private var withoutFalls: PythonFlow? {
    switch self {
    case .falls: return nil
    case .returns, .fails, .breaks, .continues: return self
    case .branch(let condition, let then, let otherwise):
      switch (then.withoutFalls, otherwise.withoutFalls) {
      case (nil, nil): return nil
      case (let flow?, nil), (nil, let flow?): return flow
      case (let first?, let second?): return .branch(condition, first, second)
      }
    }
  }

  /// The variables where it falls through; nil if it never does.
  var fallen: Variables? {
    switch self {
    case .falls(let variables): return variables
    case .returns, .fails, .breaks, .continues: return nil
    case .branch(let condition, let then, let otherwise):
      guard let first = then.fallen else { return otherwise.fallen }
      guard let second = otherwise.fallen else { return first }
      return PythonFlow.merged(condition, first, second)
    }
  }

  private static func merged(_ condition: Predicate, _ first: Variables, _ second: Variables) -> Variables {
    var merged = second
    for (name, value) in first {
      guard let other = second[name] else {
        merged[name] = value
        continue
      }
      if value != other { merged[name] = choice(condition, value, other) }
    }
    return merged
  }

  /// One value or another. A list or dictionary that was added to has what is new only under the condition.
  static func choice(_ condition: Predicate, _ first: PythonValue, _ second: PythonValue) -> PythonValue {
    if condition.isAlways || first == second { return first }
    if condition.isNever { return second }
    // A field, or an empty value where the event lacks it, is the field.
    if first.constantTruth == false, second.isMissing(if: condition) { return second }
    if second.constantTruth == false, first.isMissing(if: condition.opposite) { return first }
    // A value, or the same in a list or empty, by its type only.
    if condition.isTypeCheck, let value = first.withoutType(second) ?? second.withoutType(first) { return value }
    if let added = added(first, to: second, condition) ?? added(second, to: first, condition.opposite) { return added }
    if case .cases(let others, let last) = second {
      return .cases([PythonValue.Case(condition: condition, value: first)] + others, otherwise: last)
    }
    return .cases([PythonValue.Case(condition: condition, value: first)], otherwise: second)
  }

  /// A list or a dictionary with what was added to another under a condition; nil if it isn't the other with more.
  private static func added(_ value: PythonValue, to base: PythonValue, _ condition: Predicate) -> PythonValue? {
    switch (value, base) {
    case (.list(let longer), .list(let shorter)) where longer.starts(with: shorter):
      .list(
        shorter
          + longer[shorter.count...].map {
            PythonValue.Item($0.value, if: Predicate.conjunction([condition, $0.condition]).flat)
          })
    case (.dictionary(let longer), .dictionary(let shorter)) where longer.starts(with: shorter):
      .dictionary(
        shorter
          + longer[shorter.count...].map { entry in
            var entry = entry
            entry.condition = Predicate.conjunction([condition, entry.condition]).flat
            return entry
          })
    default: nil
    }
  }

  /// Whether what follows is reached in any case.
  var alwaysFalls: Bool { ways == .all }

  /// What ends the function early, if it does so under a single condition and all else falls through.
  var earlyEnd: (condition: Predicate, value: PythonValue, Variables)? {
    switch self {
    case .branch(let condition, .returns(let value), .falls(let variables)): (condition, value, variables)
    case .branch(let condition, .falls(let variables), .returns(let value)): (condition.opposite, value, variables)
    default: nil
    }
  }

  /// Where a round of a loop ends early, it falls through to the next one.
  var endingRound: PythonFlow {
    changed { if case .continues(let variables) = $0 { .falls(variables) } else { $0 } }
  }

  /// Where a loop ends early, it falls through to what follows it.
  var endingLoop: PythonFlow {
    changed { if case .breaks(let variables) = $0 { .falls(variables) } else { $0 } }
  }

  private func changed(_ change: (PythonFlow) -> PythonFlow) -> PythonFlow {
    guard case .branch(let condition, let then, let otherwise) = self else { return change(self) }
    return .branch(condition, then.changed(change), otherwise.changed(change))
  }

  /// What the function returns.
  var value: PythonValue {
    switch self {
    case .returns(let value): value
    case .falls, .breaks, .continues, .fails: .none
    case .branch(let condition, let then, let otherwise): PythonFlow.choice(condition, then.value, otherwise.value)
    }
  }
}
