import Diagnostics
import RuleModel

/// The section `condition`: which events must happen, how often, and what must be true of the outcome.
extension YARALReader {
  mutating func condition(_ conditions: [YARALCondition], _ outcomes: [YARALCondition]) -> Predicate {
    variables.readOutcomes(outcomes.compactMap(\.expression), with: lowering)
    let lowering = lowering
    return .conjunction(
      conditions.map { condition in
        guard let expression = condition.expression else {
          return .opaque(shortened(text(condition.span)), at: place(condition.span.lowerBound))
        }
        return logic(of: expression, isNegated: false, lowering)
      })
  }

  private mutating func logic(of part: Expression, isNegated: Bool, _ lowering: ExpressionLowering) -> Predicate {
    func each(_ parts: [Expression]) -> [Predicate] { parts.map { logic(of: $0, isNegated: isNegated, lowering) } }
    switch part.kind {
    case .infix(.and, let parts): return .conjunction(each(parts))
    case .infix(.or, let parts): return .disjunction(each(parts))
    case .prefix(.not, let inner): return .negation(logic(of: inner, isNegated: !isNegated, lowering))
    case .prefix(YARAL.all, let list): return .conjunction(each(list.items))
    case .prefix(YARAL.any, let list): return .disjunction(each(list.items))
    // `2 of [$a, $b, $c]`: no test expresses how many.
    case .infix(YARAL.some, let parts) where parts.count == 2:
      return .conjunction([.disjunction(each(parts[1].items)), lowering.noTest(part)])
    case .name:
      let name = text(part.span)
      guard lowering.bindings[name] == .record else { return lowering.noTest(part) }
      return event(name, isNegated: isNegated)
    case .comparison(let left, let comparison, let right):
      // Rules also write `$e > 5` for `#e > 5`.
      guard
        let count = YARALCount(left, comparison, right, in: bytes, counts: { lowering.bindings[$0] == .record })
      else { break }
      guard lowering.bindings[count.variable] == .record else { return lowering.noTest(part) }
      if count.isNone { return .negation(event(count.variable, isNegated: !isNegated)) }
      let happens = event(count.variable, isNegated: isNegated)
      return count.requiresOne
        ? .conjunction([happens, lowering.noTest(part)]) : .disjunction([happens, lowering.noTest(part)])
    default: break
    }
    return lowering.predicate(of: part)
  }

  /// The logic of an event that must happen.
  private mutating func event(_ name: String, isNegated: Bool) -> Predicate {
    // An event that must happen in one part of the condition isn't absent.
    variables.polarity[name] = variables.polarity[name] ?? false || !isNegated
    return variables.stages[name].map { .stage($0) } ?? .always
  }

  // MARK: Several events

  /// How the events make the rule match.
  func match(_ conditions: [YARALCondition]) -> Match {
    let (fields, window) = grouping
    if variables.events.count > 1 { return .join(by: fields, within: window) }
    var thresholds: [String] = []
    for case let condition? in conditions.map(\.expression) {
      condition.forEachComparison { thresholds.append(text($0.span)) }
    }
    if thresholds.isEmpty {
      // An alert for each group.
      if fields.isEmpty { return .single }
      thresholds = conditions.map { text($0.span) }
    }
    return .threshold(thresholds.joined(separator: " and "), by: fields, within: window, joinsEvents: false)
  }

  /// `$user, $host over 5m after $e`
  private var grouping: (fields: [String], window: String?) {
    guard let section = rule.section("match"), !section.body.isEmpty else { return ([], nil) }
    let clauses = Clauses(bytes: bytes, rules: YARAL.grammar.tokens)
    let over = clauses.first(of: ["over", "by"], in: section.body)
    var fields: [String] = []
    var known: Set<String> = []
    let names = section.body.lowerBound..<(over?.lowerBound ?? section.body.upperBound)
    for item in pipelineCommands(of: bytes, in: names, dividedBy: ",", YARAL.grammar.tokens) {
      let field = variables.fieldName(of: text(item.span))
      if known.insert(field).inserted { fields.append(field) }
    }
    guard let over else { return (fields, nil) }
    let window = YARAL.grammar.tokens(of: bytes, in: over.upperBound..<section.body.upperBound)
      .map { text($0.span) }.joined(separator: " ")
    return (fields, window.isEmpty ? nil : window)
  }
}

/// A comparison of the number of a variable's events or values with a number: `#e > 5`.
private struct YARALCount {
  var variable: String
  /// Whether there must be none: `#e = 0`.
  var isNone: Bool
  /// Whether there must be at least one; `#e < 10` may be none.
  var requiresOne: Bool

  /// - Parameter counts: whether a variable is an event, whose number is meant without `#`, too.
  init?(
    _ left: Expression, _ comparison: FieldComparison, _ right: Expression, in bytes: [UInt8],
    counts: (String) -> Bool
  ) {
    func number(_ part: Expression) -> Int? {
      part.kind == .number ? Int(String(decoding: bytes[part.span], as: UTF8.self)) : nil
    }
    func counted(_ part: Expression) -> String? {
      guard part.kind == .name else { return nil }
      let name = String(decoding: bytes[part.span], as: UTF8.self)
      return name.hasPrefix("#") ? "$" + name.dropFirst() : counts(name) ? name : nil
    }
    let isMirrored = counted(left) == nil
    guard let variable = counted(left) ?? counted(right),
      let comparison = isMirrored ? comparison.mirrored : comparison
    else { return nil }
    self.variable = variable
    (isNone, requiresOne) = (false, false)
    guard let number = number(isMirrored ? left : right) else { return }
    switch (comparison.kind, comparison.isNegated) {
    case (.eq, false): (isNone, requiresOne) = (number == 0, number > 0)
    case (.eq, true): requiresOne = number == 0
    case (.lt, _): isNone = number == 1
    case (.lte, _): isNone = number == 0
    case (.gt, _): requiresOne = number >= 0
    case (.gte, _): requiresOne = number > 0
    default: break
    }
  }
}

extension Expression {
  /// Those of a list; a single condition counts as a list of one.
  fileprivate var items: [Expression] { if case .list(let items) = kind { items } else { [self] } }

  fileprivate func forEachComparison(_ body: (Expression) -> Void) {
    switch kind {
    case .infix(_, let parts), .list(let parts): for part in parts { part.forEachComparison(body) }
    case .prefix(_, let part): part.forEachComparison(body)
    case .comparison: body(self)
    default: break
    }
  }
}
