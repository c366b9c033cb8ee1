import RuleModel

/// The tests in conditions.
extension KustoReader {
  /// - Parameter negated: whether the expression is inside an odd number of `not`s.
  func predicate(_ expression: Expression, _ environment: Environment, negated: Bool = false) -> Predicate {
    switch expression.kind {
    case .infix(.and, let parts): return .all(parts.map { predicate($0, environment, negated: negated) })
    case .infix(.or, let parts): return .any(parts.map { predicate($0, environment, negated: negated) })
    case .prefix(.not, let part): return .not(predicate(part, environment, negated: !negated))
    case .comparison(let left, let comparison, let right):
      return compare(left, comparison, right, expression, environment, negated: negated)
    case .infix(.named("between"), let parts) where parts.count == 2:
      return between(parts[0], parts[1], expression, environment)
    case .infix(.named("!between"), let parts) where parts.count == 2:
      let inside = between(parts[0], parts[1], expression, environment)
      // A text is the whole expression, with its `!`.
      if case .text = inside { return inside }
      return .negation(inside)
    case .infix(.named(":"), let parts) where parts.count == 2 && environment.isSearch:
      return matches(parts[0], parts[1], expression, environment)
    case .infix(.named("="), _), .unread, .regex, .block: return opaque(expression)
    case .call(let function, let arguments):
      return call(function, arguments, expression, environment, negated: negated)
    case .text, .number:
      if environment.isSearch, let constant = constants(operand(expression, environment))?.first {
        return keyword(constant)
      }
      return noTest(expression)
    case .name where environment.isSearch && values.source(expression) == "*": return noTest(expression)
    case .name, .quotedName, .path, .list:
      if case .field(let field) = operand(expression, environment) {
        return TimeWords.isField(field) ? noTest(expression) : test(field, .eq, "true", at: expression.span.lowerBound)
      }
      return noTest(expression)
    case .infix, .prefix, .postfix, .range, .literal, .query:
      _ = operand(expression, environment)
      return noTest(expression)
    }
  }

  private func constants(_ operand: KustoOperand) -> [KustoConstant]? {
    if case .constants(let constants, _) = operand { constants } else { nil }
  }

  // MARK: Comparisons

  private func compare(
    _ left: Expression, _ comparison: FieldComparison, _ right: Expression, _ whole: Expression,
    _ environment: Environment, negated: Bool
  ) -> Predicate {
    if comparison.kind == .eq, let truth = truth(right), isCondition(left, environment) {
      // `isempty(x) == false`
      let turns = truth == comparison.isNegated
      let inner = predicate(left, environment, negated: negated != turns)
      return turns ? .not(inner) : inner
    }
    guard left.kind != .unread, right.kind != .unread else { return opaque(whole) }
    let isNegated = comparison.isNegated != negated
    return comparison.signed(positive(left, comparison, right, whole, environment, isNegated: isNegated))
  }

  private func positive(
    _ left: Expression, _ comparison: FieldComparison, _ right: Expression, _ whole: Expression,
    _ environment: Environment, isNegated: Bool
  ) -> Predicate {
    if case .name = left.kind, values.source(left) == "*" {
      guard let found = constants(operand(right, environment)), !found.isEmpty else { return noTest(whole) }
      let tests = found.map {
        comparison.kind == .regex ? test(nil, .regex, $0.text, at: $0.offset) : keyword($0, isPattern: false)
      }
      return .group(tests, byAnd: comparison.quantity == .all)
    }
    let first = operand(left, environment)
    if case .list(let items) = right.kind, case .constants(let found, false) = first, let constant = found.first,
      comparison.kind == .eq
    {
      // `"a" in (A, B)`
      return .group(items.map { test($0, equals: constant, whole, environment) }, byAnd: false)
    }
    let (second, used) = collecting { operand(right, environment) }
    // Rows that must not exist aren't part of the rule.
    if !isNegated || !comparison.takesList { reads.insert(used) }
    if case .list(let items) = right.kind, case .computed(nil) = second {
      // Not all of them are constants.
      let parts = items.map { compare(first, comparison, operand($0, environment), whole) }
      return parts.isEmpty ? noTest(whole) : .group(parts, byAnd: comparison.quantity == .all)
    }
    return compare(first, comparison, second, whole)
  }

  private func test(
    _ item: Expression, equals constant: KustoConstant, _ whole: Expression, _ environment: Environment
  ) -> Predicate {
    compare(operand(item, environment), FieldComparison(.eq), .constants([constant], isList: false), whole)
  }

  private func compare(
    _ left: KustoOperand, _ comparison: FieldComparison, _ right: KustoOperand, _ whole: Expression
  ) -> Predicate {
    switch (left, right) {
    case (.constants, .constants): return noTest(whole)
    case (.constants, _):
      guard let mirrored = comparison.mirrored else { return noTest(whole) }
      return compare(right, mirrored, left, whole)
    case (.field(let field), _) where TimeWords.isField(field): return noTest(whole)
    case (_, .constants(_, isList: true)) where !comparison.takesList: return noTest(whole)
    case (.field(let field), .constants(let constants, _)):
      guard !constants.isEmpty, spend(leaves: constants.count, at: whole.span.lowerBound) else { return noTest(whole) }
      return .group(constants.map { test(field, comparison, $0) }, byAnd: comparison.quantity == .all)
    case (.computed(let name?), .constants(let constants, _)):
      // Comparing with a string tests what the value was computed from; anything else is a threshold.
      guard constants.contains(where: { $0.kind == .text }) else { return noTest(whole) }
      let tests = constants.map { $0.kind == .text ? test(name, comparison, $0) : noTest(whole) }
      return .group(tests, byAnd: comparison.quantity == .all)
    case (.field(let field), .field(let other)) where !TimeWords.isField(other):
      guard let modifiers = comparison.modifiersOfFields else { return noTest(whole) }
      return test(field, .fieldRef, other, modifiers, at: whole.span.lowerBound)
    default: return noTest(whole)
    }
  }

  private func test(_ field: String, _ comparison: FieldComparison, _ constant: KustoConstant) -> Predicate {
    if constant.kind == .null { return test(field, .isNull, "", at: constant.offset) }
    if constant.text.isEmpty, [.contains, .startsWith, .endsWith].contains(comparison.kind) {
      return test(field, .exists, "true", at: constant.offset)
    }
    return test(field, comparison.kind, constant.text, comparison.modifiers, at: constant.offset)
  }

  func test(
    _ field: String?, _ kind: TestKind, _ value: String, _ modifiers: TestModifiers = [], at offset: Int
  ) -> Predicate {
    .test(Test(field: field, kind: kind, value: value, modifiers: modifiers, position: place(offset)))
  }

  private func between(
    _ left: Expression, _ range: Expression, _ whole: Expression, _ environment: Environment
  ) -> Predicate {
    guard case .range(let lower, let upper, _, _) = range.kind else { return opaque(whole) }
    let (first, from, to) = (
      operand(left, environment), operand(lower, environment), operand(upper, environment)
    )
    guard case .field = first, case .constants = from, case .constants = to else { return noTest(whole) }
    return .all([compare(first, FieldComparison(.gte), from, whole), compare(first, FieldComparison(.lte), to, whole)])
  }

  // MARK: Searches

  /// A term of `search`, in which a star is a wildcard; elsewhere it is literal.
  private func keyword(_ constant: KustoConstant, isPattern: Bool = true) -> Predicate {
    guard isPattern, constant.text.utf8.contains(UInt8(ascii: "*")) else {
      return test(nil, .keyword, constant.text, at: constant.offset)
    }
    let pattern = TextPattern(constant.text.utf8.map { $0 == UInt8(ascii: "*") ? .many : .literal($0) })
    let (kind, value) = pattern.comparison
    return test(
      nil, .keyword, kind == .exists ? "*" : value, kind == .wildcard ? .wildcard : [], at: constant.offset)
  }

  /// `column: "term"`
  private func matches(
    _ left: Expression, _ right: Expression, _ whole: Expression, _ environment: Environment
  ) -> Predicate {
    guard case .field(let field) = operand(left, environment),
      let constant = constants(operand(right, environment))?.first
    else { return noTest(whole) }
    guard constant.text.utf8.contains(UInt8(ascii: "*")) else {
      return test(field, FieldComparison(.contains, modifiers: .word), constant)
    }
    let pattern = TextPattern(constant.text.utf8.map { $0 == UInt8(ascii: "*") ? .many : .literal($0) })
    let (kind, value) = pattern.comparison
    let isWord = kind == .startsWith || kind == .endsWith || kind == .contains
    return test(field, kind, value, isWord ? .word : [], at: constant.offset)
  }

  // MARK: Functions

  private func call(
    _ function: Expression, _ arguments: [Expression], _ whole: Expression, _ environment: Environment, negated: Bool
  ) -> Predicate {
    let written = values.source(function)
    if case .function(let defined)? = environment.scope[written] {
      return condition(defined, arguments, environment, negated: negated, at: whole.span) ?? noTest(whole)
    }
    let name = written.lowercased()
    if let (kind, value) = Kusto.presence[name], let first = arguments.first {
      guard case .field(let field) = operand(first, environment), !TimeWords.isField(field) else {
        return noTest(whole)
      }
      return test(field, kind, value, at: first.span.lowerBound)
    }
    if Kusto.networks.contains(name) {
      return network(arguments, whole, environment, isExact: name.hasSuffix("_match"))
    }
    if Kusto.transparent.contains(name), let first = arguments.first {
      return predicate(first, environment, negated: negated)
    }
    _ = operand(whole, environment)
    return Kusto.isKnown(name) ? noTest(whole) : opaque(whole)
  }

  /// `ipv4_is_in_range(A, "10.0.0.0/8")`, with one or more networks.
  ///
  /// - Parameter isExact: whether a network without a prefix length is a single address, and the prefix length may be a
  ///   third argument.
  private func network(
    _ arguments: [Expression], _ whole: Expression, _ environment: Environment, isExact: Bool
  ) -> Predicate {
    var operands = arguments.map { operand($0, environment) }
    var prefix: String?
    if isExact, operands.count > 2 { prefix = constants(operands.removeLast())?.first?.text }
    if isExact, operands.count == 2, case .constants = operands[0] { operands.reverse() }
    let field: String
    switch operands.first {
    case .field(let name), .computed(let name?): field = name
    default: return noTest(whole)
    }
    var tests: [Predicate] = []
    for operand in operands.dropFirst() {
      guard let found = constants(operand) else { return noTest(whole) }
      for constant in found {
        let hasPrefix = constant.text.utf8.contains(UInt8(ascii: "/"))
        let value = hasPrefix ? constant.text : prefix.map { "\(constant.text)/\($0)" } ?? constant.text
        tests.append(test(field, isExact && !hasPrefix && prefix == nil ? .eq : .cidr, value, at: constant.offset))
      }
    }
    return tests.isEmpty ? noTest(whole) : .group(tests, byAnd: false)
  }

  // MARK: Truths

  private func truth(_ expression: Expression) -> Bool? {
    guard case .name = expression.kind, Kusto.truths.contains(values.source(expression)) else { return nil }
    return values.source(expression).lowercased() == "true"
  }

  /// Whether the expression is a condition that says more than that a value is true.
  private func isCondition(_ expression: Expression, _ environment: Environment, depth: Int = 0) -> Bool {
    guard depth < limits.depth else { return false }
    switch expression.kind {
    case .comparison, .infix(.and, _), .infix(.or, _), .prefix(.not, _), .infix(.named("between"), _),
      .infix(.named("!between"), _):
      return true
    case .call(let function, let arguments):
      let name = values.source(function)
      if case .function(let defined)? = environment.scope[name] { return isCondition(defined, depth: depth + 1) }
      let known = name.lowercased()
      if Kusto.transparent.contains(known), let first = arguments.first {
        return isCondition(first, environment, depth: depth + 1)
      }
      return Kusto.presence[known] != nil || Kusto.networks.contains(known)
    default: return false
    }
  }

  private func isCondition(_ function: KustoFunction, depth: Int) -> Bool {
    guard let last = text.parts(of: function.body, between: ";").last,
      text.first(in: last, where: { text.isSymbol($0, "|") }) == nil
    else { return false }
    return isCondition(expression(last), Environment(KustoScope.Frame(), within: function.scope), depth: depth)
  }
}

extension FieldComparison {
  /// Whether the operator accepts several values, which a subquery can supply.
  var takesList: Bool { kind == .eq || kind == .contains && modifiers.contains(.word) }

  /// The modifiers for comparing two fields; nil if that isn't a test.
  fileprivate var modifiersOfFields: TestModifiers? {
    switch kind {
    case .eq: modifiers
    case .contains: modifiers.union(.contains)
    case .startsWith: modifiers.union(.startswith)
    case .endsWith: modifiers.union(.endswith)
    default: nil
    }
  }
}
