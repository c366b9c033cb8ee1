import RuleModel

extension PythonReader {
  /// Where a comparison is written; nil where it follows from something else.
  typealias Origin = (span: Range<Int>, module: PythonModule)

  /// `a < b <= c` compares each with the next.
  func comparison(
    _ first: PythonExpression, _ others: [PythonExpression.Compared], _ span: Range<Int>, _ scope: inout Scope
  ) -> PythonValue {
    var left = evaluate(first, &scope)
    var logic: [Predicate] = []
    for other in others {
      let right = evaluate(other.value, &scope)
      logic.append(compare(left, other.relation, right, (span, scope.module)))
      left = right
    }
    return truthValue(Predicate.conjunction(logic).flat)
  }

  private func compare(
    _ left: PythonValue, _ relation: PythonExpression.Relation, _ right: PythonValue, _ origin: Origin
  ) -> Predicate {
    switch relation {
    case .equal: equal(left.plain, right.plain, origin)
    case .unequal where right == .none: presence(of: left.plain, origin)
    case .unequal: .negation(equal(left.plain, right.plain, origin))
    case .isIn: contains(right.plain, left.plain, origin)
    case .isNotIn: .negation(contains(right.plain, left.plain, origin))
    case .less: order(left.plain, .lt, right.plain, origin)
    case .lessOrEqual: order(left.plain, .lte, right.plain, origin)
    case .greater: order(left.plain, .gt, right.plain, origin)
    case .greaterOrEqual: order(left.plain, .gte, right.plain, origin)
    }
  }

  /// The logic of something that no test says.
  func leaf(_ isUnknown: Bool, _ origin: Origin?) -> Predicate {
    guard let origin else { return isUnknown ? .opaque("") : .noTest("") }
    return isUnknown ? opaque(origin.span, origin.module) : noTest(origin.span, origin.module)
  }

  // MARK: Equality

  func equal(_ left: PythonValue, _ right: PythonValue, _ origin: Origin?) -> Predicate {
    guard spend() else { return leaf(true, origin) }
    if right == .none, case .alternatives = left, let origin { return presence(of: left, origin).opposite }
    if let logic = each(left, { equal($0, right, origin) }) ?? each(right, { equal(left, $0, origin) }) {
      return logic
    }
    if let isEqual = left.isEqual(to: right) { return isEqual ? .always : .never }
    switch (left, right) {
    case (.field(let field), let value) where !isField(value): return equal(field, value, origin)
    case (let value, .field(let field)) where !isField(value): return equal(field, value, origin)
    case (.field(let first), .field(let second)):
      return test(first, .fieldRef, second.path, [], origin)
    case (.truth(let predicate), .boolean(let isTrue)), (.boolean(let isTrue), .truth(let predicate)):
      return isTrue ? predicate : .negation(predicate)
    case (.truth, .none), (.none, .truth): return .never
    case (.found(let predicate), .none), (.none, .found(let predicate)): return .negation(predicate)
    case (.list(let first), .list(let second)) where (first + second).allSatisfy(\.condition.isAlways):
      // Lists of constants are decided above; one item may stand for all elements of a field.
      guard first.count == second.count else { return leaf(false, origin) }
      return Predicate.conjunction(zip(first, second).map { equal($0.value.plain, $1.value.plain, origin) }).flat
    case (.unknown, _), (_, .unknown): return leaf(true, origin)
    default: return leaf(false, origin)
    }
  }

  private func isField(_ value: PythonValue) -> Bool { if case .field = value { true } else { false } }

  func equal(_ field: PythonValue.Field, _ value: PythonValue, _ origin: Origin?) -> Predicate {
    switch value {
    case .none: return test(field, .isNull, "", [], origin)
    case .list(let items):
      if items.isEmpty { return test(field, .isNull, "", [], origin) }
      guard value.isConstant else { return leaf(false, origin) }
      return Predicate.conjunction(items.map { equal(field, $0.value, origin) }).flat
    case .dictionary(let entries) where entries.isEmpty: return test(field, .isNull, "", [], origin)
    case .unknown: return leaf(true, origin)
    default:
      guard let text = value.testText else { return leaf(false, origin) }
      return test(field, .eq, text, [], origin)
    }
  }

  func test(
    _ field: PythonValue.Field, _ kind: TestKind, _ value: String, _ modifiers: TestModifiers, _ origin: Origin?
  ) -> Predicate {
    if field.path.isEmpty { return leaf(false, origin) }
    return .test(
      Test(
        field: field.path, kind: kind, value: value, modifiers: modifiers,
        position: origin.map { position($0.span, $0.module) } ?? place(nil, 0)))
  }

  /// `value is not None`
  private func presence(of value: PythonValue, _ origin: Origin) -> Predicate {
    // With a default, there always is a value.
    if case .alternatives(let values) = value {
      return Predicate.disjunction(values.map { presence(of: $0.plain, origin) }).flat
    }
    if let logic = each(value, { presence(of: $0, origin) }) { return logic }
    guard case .field(let field) = value else { return .negation(equal(value, .none, origin)) }
    return field.path.isEmpty ? .always : test(field, .exists, "true", [], origin)
  }

  // MARK: Order

  private func order(_ left: PythonValue, _ kind: TestKind, _ right: PythonValue, _ origin: Origin) -> Predicate {
    guard spend() else { return leaf(true, origin) }
    if let logic = each(left, { order($0, kind, right, origin) }) ?? each(right, { order(left, kind, $0, origin) }) {
      return logic
    }
    switch (left, right) {
    case (.number(_, let first), .number(_, let second)):
      let holds =
        switch kind {
        case .lt: first < second
        case .lte: first <= second
        case .gt: first > second
        default: first >= second
        }
      return holds ? .always : .never
    case (.field(let field), .number(let text, _)), (.field(let field), .text(let text)):
      return test(field, kind, text, [], origin)
    case (.number(let text, _), .field(let field)), (.text(let text), .field(let field)):
      return test(field, FieldComparison(kind).mirrored?.kind ?? kind, text, [], origin)
    case (.unknown, _), (_, .unknown): return leaf(true, origin)
    default: return leaf(false, origin)
    }
  }

  // MARK: Membership

  /// `value in whole`
  func contains(_ whole: PythonValue, _ value: PythonValue, _ origin: Origin?) -> Predicate {
    guard spend() else { return leaf(true, origin) }
    if let logic = each(whole, { contains($0, value, origin) }) { return logic }
    if case .list(let items) = whole {
      return Predicate.disjunction(
        items.map { Predicate.conjunction([$0.condition, equal(value, $0.value.plain, origin)]).flat }
      ).flat
    }
    if let logic = each(value, { contains(whole, $0, origin) }) { return logic }
    switch (whole, value) {
    case (.dictionary(let entries), _):
      return Predicate.disjunction(
        PythonValue.distinct(entries).map {
          Predicate.conjunction([$0.condition, equal(value, $0.key.plain, origin)]).flat
        }
      ).flat
    case (.text(let text), .text(let part)): return text.utf8.contains(part.utf8) ? .always : .never
    case (.field(let field), .none): return test(field, .isNull, "", [], origin)
    case (.field(let field), .text(let name)) where field.path.isEmpty:
      return test(PythonValue.Field(path: name), .exists, "true", [], origin)
    case (.field(let field), .field(let part)): return test(field, .fieldRef, part.path, .contains, origin)
    case (.network(let network), .field(let field)): return test(field, .cidr, network, [], origin)
    case (.field(let field), _):
      guard let text = value.testText else { return leaf(value == .unknown, origin) }
      return test(field, text.isEmpty ? .exists : .contains, text.isEmpty ? "true" : text, [], origin)
    case (.none, _): return .never
    case (.unknown, _), (_, .unknown): return leaf(true, origin)
    default: return leaf(false, origin)
    }
  }
}

extension Collection<UInt8> {
  fileprivate func contains(_ part: some Collection<UInt8>) -> Bool {
    part.isEmpty || indices.contains { self[$0...].starts(with: part) }
  }
}
