import RuleModel

/// Comparisons of a field, or of a computed value, with something.
extension ExpressionLowering {
  func compare(
    _ left: Expression, _ comparison: FieldComparison, with right: Expression, in whole: Expression,
    below outer: String?
  ) -> Predicate {
    if case .query(let span) = right.kind {
      let inner = subquery?(span, comparison.isNegated != isNegated)
      return inner.map { comparison.signed(.all([noTest(whole), $0])) } ?? noTest(whole)
    }
    // Each side is lowered only once, so that the work stays linear however deeply comparisons are nested.
    let first: Operand = nameOnTheLeft(left, below: outer).map { .field($0) } ?? operand(left, below: outer)
    let second: Operand = isGroup(right) ? .value : operand(right, below: nil)
    switch (first, second) {
    case (.unknown, _), (_, .unknown): return opaque(whole)
    case (.value, _) where isList(right):
      // `"x" in (a, b)` means `a == "x"` for each item.
      guard comparison.kind == .eq, case .list(let items) = right.kind, !items.isEmpty else { return noTest(whole) }
      var positive = comparison
      positive.isNegated = false
      return comparison.signed(
        .group(items.map { compare(left, positive, with: $0, in: $0, below: outer) }, byAnd: false))
    case (.value, .field(let field)):
      guard let mirrored = comparison.mirrored else { return noTest(whole) }
      return mirrored.signed(tests(of: field, mirrored, left, first, in: whole))
    case (.truth(let predicate), .value), (.value, .truth(let predicate)):
      let flag = unwrapped(first.isValue ? left : right)
      guard comparison.kind == .eq, let isTrue = truth(of: flag) else { return noTest(whole) }
      return isTrue == comparison.isNegated ? .not(predicate) : predicate
    case (.field(let field), .null) where comparison.kind == .eq:
      return presence(of: field, isNull: !comparison.isNegated, at: right, in: whole)
    case (.field(let field), _): return comparison.signed(tests(of: field, comparison, right, second, in: whole))
    default: return noTest(whole)
    }
  }

  func presence(of field: Field, isNull: Bool, at value: Expression, in whole: Expression) -> Predicate {
    if field.isTime || field.isComputed { return noTest(whole) }
    return test(field, FieldComparison(isNull ? .isNull : .exists), TextPattern(), at: value)
  }

  /// The tests for comparing a field with a value, with several, or with values joined by logical operators.
  func tests(
    of field: Field, _ comparison: FieldComparison, _ right: Expression, _ operand: Operand, in whole: Expression
  ) -> Predicate {
    if field.isTime { return noTest(whole) }
    let right = unwrapped(right)
    switch right.kind {
    case .infix(.and, let parts) where isGroup(right): return .all(each(parts, of: field, comparison))
    case .infix(.or, let parts) where isGroup(right): return .any(each(parts, of: field, comparison))
    case .prefix(.not, let part) where isGroup(right): return .not(each([part], of: field, comparison)[0])
    case .list(let items):
      guard !items.isEmpty else { return noTest(whole) }
      return .group(each(items, of: field, comparison), byAnd: comparison.quantity == .all)
    case .range(let lower, let upper, let includesLower, let includesUpper):
      let bounds = [
        bound(lower, of: field, includesLower ? .gte : .gt), bound(upper, of: field, includesUpper ? .lte : .lt),
      ].compactMap { $0 }
      if bounds.isEmpty { return presence(of: field, isNull: false, at: right, in: whole) }
      return .group(bounds, byAnd: true)
    case .block(let inner): return predicate(of: inner, below: field.name)
    default: return value(right, operand, of: field, comparison, in: whole)
    }
  }

  func each(_ parts: [Expression], of field: Field, _ comparison: FieldComparison) -> [Predicate] {
    parts.map { tests(of: field, comparison, $0, isGroup($0) ? .value : operand($0, below: nil), in: $0) }
  }

  /// A bound other than the open one (`*`).
  func bound(_ value: Expression, of field: Field, _ kind: TestKind) -> Predicate? {
    if values.text(of: value) == "*" { return nil }
    return tests(of: field, FieldComparison(kind), value, operand(value, below: nil), in: value)
  }

  func value(
    _ value: Expression, _ operand: Operand, of field: Field, _ comparison: FieldComparison, in whole: Expression
  ) -> Predicate {
    switch operand {
    case .field(let other): return reference(field, comparison, other, at: value, in: whole)
    case .null where comparison.kind == .eq: return presence(of: field, isNull: true, at: value, in: whole)
    case .time, .worked, .truth, .null: return noTest(whole)
    case .unknown: return opaque(value)
    case .value: break
    }
    if field.isComputed, !isText(value) { return noTest(whole) }
    if case .regex = value.kind, let text = values.text(of: value) {
      return test(field, FieldComparison(.regex, modifiers: comparison.modifiers), TextPattern(text.utf8), at: value)
    }
    guard let pattern = values.pattern(of: value, in: comparison.form) else {
      return test(field, comparison, TextPattern(values.source(value).utf8), at: value)
    }
    if comparison.isRelation, TimeWords.isDate(String(decoding: pattern.bytes, as: UTF8.self)) { return noTest(whole) }
    if field.isComputed, case .pattern = comparison.form, pattern.comparison.kind == .exists { return noTest(whole) }
    return test(field, comparison, pattern, at: value)
  }

  /// A comparison of two fields.
  func reference(
    _ field: Field, _ comparison: FieldComparison, _ other: Field, at value: Expression, in whole: Expression
  ) -> Predicate {
    guard let modifiers = comparison.reference, let name = other.name, !field.isComputed, !other.isComputed,
      !other.isTime, field.owner == other.owner, !relatesTables
    else { return noTest(whole) }
    return test(field, FieldComparison(.fieldRef, modifiers: modifiers), TextPattern(name.utf8), at: value)
  }

  func test(_ field: Field, _ comparison: FieldComparison, _ pattern: TextPattern, at value: Expression)
    -> Predicate
  {
    guard let name = field.name else { return keyword(pattern, at: value) }
    var (kind, text) = (comparison.kind, "")
    if case .pattern = comparison.form, kind == .eq {
      (kind, text) = pattern.comparison
    } else {
      text = String(decoding: pattern.bytes, as: UTF8.self)
    }
    let isPart = kind == .contains || kind == .startsWith || kind == .endsWith
    if text.isEmpty, kind == .exists || isPart && comparison.modifiers.isEmpty { (kind, text) = (.exists, "true") }
    return .test(
      Test(
        field: name, kind: kind, value: text, modifiers: comparison.modifiers, position: place(value.span.lowerBound)))
  }

  func keyword(_ pattern: TextPattern, at value: Expression) -> Predicate {
    if case .regex = value.kind {
      let text = String(decoding: pattern.bytes, as: UTF8.self)
      return .test(Test(field: nil, kind: .regex, value: text, position: place(value.span.lowerBound)))
    }
    let (kind, text) = pattern.comparison
    // Any value at all.
    if kind == .exists { return noTest(value) }
    // Wildcards at the ends are redundant when the text may be anywhere.
    return .test(
      Test(
        field: nil, kind: .keyword, value: kind == .wildcard ? pattern.trimmed.spelling : text,
        modifiers: kind == .wildcard ? .wildcard : [], position: place(value.span.lowerBound)))
  }
}

extension TextPattern {
  /// The character itself, where wildcards are characters.
  fileprivate var bytes: [UInt8] {
    parts.map { part in
      switch part {
      case .literal(let byte): byte
      case .many: UInt8(ascii: "*")
      case .one: UInt8(ascii: "?")
      }
    }
  }
}

extension FieldComparison {
  fileprivate var isRelation: Bool { kind == .lt || kind == .lte || kind == .gt || kind == .gte }

  /// The modifiers of a test that compares two fields this way (`field_ref`); nil where no test can express it.
  fileprivate var reference: TestModifiers? {
    switch kind {
    case .eq where form == .plain: []
    case .contains: .contains
    case .startsWith: .startswith
    case .endsWith: .endswith
    default: nil
    }
  }

  /// The same comparison with its operands swapped; nil where that can't be expressed.
  var mirrored: FieldComparison? {
    var mirrored = self
    switch kind {
    case .eq where form == .plain: break
    case .lt: mirrored.kind = .gt
    case .lte: mirrored.kind = .gte
    case .gt: mirrored.kind = .lt
    case .gte: mirrored.kind = .lte
    default: return nil
    }
    return mirrored
  }
}
