import Diagnostics
import RuleModel

/// The lowering of one query's expressions.
struct ExpressionLowering {
  let language: Lowering
  let values: ValueReader
  let place: (Int) -> SourcePosition

  /// - Parameter outer: the field whose parts are spoken of.
  func predicate(of expression: Expression, below outer: String?) -> Predicate {
    expression.predicate { part in
      switch part.kind {
      case .comparison(let left, let comparison, let right):
        compare(left, comparison, with: right, below: outer) ?? opaque(part)
      case .call(let function, let arguments): call(function, arguments, below: outer) ?? opaque(part)
      case .postfix(.comparison(let comparison), let operand):
        // `x IS NULL` has no value.
        field(operand, below: outer).map { test($0, comparison, .init(), at: operand) } ?? opaque(part)
      case .name, .quotedName, .text, .number, .path: bare(part, below: outer)
      default: opaque(part)
      }
    }
  }

  private func opaque(_ expression: Expression) -> Predicate {
    .opaque(shortened(values.source(expression)), at: place(expression.span.lowerBound))
  }

  // MARK: Comparisons

  private func compare(
    _ left: Expression, _ comparison: FieldComparison, with right: Expression, below outer: String?
  ) -> Predicate? {
    var (left, right, comparison) = (left, right, comparison)
    if isValue(left), !isValue(right), let mirrored = comparison.mirrored {
      (left, right, comparison) = (right, left, mirrored)
    }
    guard let field = field(left, below: outer) else { return nil }
    guard let positive = tests(of: field, comparison, right) else { return nil }
    return comparison.isNegated ? .not(positive) : positive
  }

  /// What a field is compared with: a value, several, or logic of them.
  private func tests(of field: String, _ comparison: FieldComparison, _ right: Expression) -> Predicate? {
    switch right.kind {
    case .infix(.and, let parts): return each(parts, of: field, comparison).map { .all($0) }
    case .infix(.or, let parts): return each(parts, of: field, comparison).map { .any($0) }
    case .prefix(.not, let part): return tests(of: field, comparison, part).map { .not($0) }
    case .list(let items):
      guard !items.isEmpty else { return nil }
      return each(items, of: field, comparison).map { .group($0, byAnd: comparison.quantity == .all) }
    case .range(let lower, let upper, let includesLower, let includesUpper):
      let bounds = [
        bound(lower, of: field, includesLower ? .gte : .gt), bound(upper, of: field, includesUpper ? .lte : .lt),
      ].compactMap { $0 }
      return bounds.isEmpty ? nil : .group(bounds, byAnd: true)
    case .block(let inner): return predicate(of: inner, below: field)
    default: return value(right, of: field, comparison)
    }
  }

  private func each(_ parts: [Expression], of field: String, _ comparison: FieldComparison) -> [Predicate]? {
    let tests = parts.map { self.tests(of: field, comparison, $0) ?? opaque($0) }
    return tests.allSatisfy { if case .text = $0 { true } else { false } } ? nil : tests
  }

  /// A bound that isn't open (`*`).
  private func bound(_ value: Expression, of field: String, _ kind: TestKind) -> Predicate? {
    guard let text = values.text(of: value) else { return opaque(value) }
    return text == "*" ? nil : test(field, FieldComparison(kind), TextPattern(text.utf8), at: value)
  }

  private func value(_ value: Expression, of field: String, _ comparison: FieldComparison) -> Predicate? {
    if !isValue(value), let other = self.field(value, below: nil) {
      guard comparison.kind == .eq else { return nil }
      return test(field, FieldComparison(.fieldRef), TextPattern(other.utf8), at: value)
    }
    if isNull(value) {
      return test(field, FieldComparison(.isNull), TextPattern(), at: value)
    }
    if case .regex = value.kind, let text = values.text(of: value) {
      return test(field, FieldComparison(.regex, modifiers: comparison.modifiers), TextPattern(text.utf8), at: value)
    }
    return values.pattern(of: value, in: comparison.form).map { test(field, comparison, $0, at: value) }
  }

  private func test(_ field: String?, _ comparison: FieldComparison, _ pattern: TextPattern, at value: Expression)
    -> Predicate
  {
    var (kind, text) = (comparison.kind, "")
    if case .pattern = comparison.form, kind == .eq {
      (kind, text) = pattern.comparison
    } else {
      text = String(decoding: pattern.parts.map(\.byte), as: UTF8.self)
    }
    if kind == .exists, text.isEmpty { text = "true" }
    return .test(
      Test(
        field: field, kind: kind, value: text, modifiers: comparison.modifiers, position: place(value.span.lowerBound)))
  }

  // MARK: Functions, names

  private func call(_ function: Expression, _ arguments: [Expression], below outer: String?) -> Predicate? {
    let name = values.source(function).lowercased()
    guard let rule = language.functions[name], let first = arguments.first, let field = field(first, below: outer)
    else {
      guard language.transparent.contains(name), arguments.count == 1 else { return nil }
      return predicate(of: arguments[0], below: outer)
    }
    if arguments.count == 1 {
      guard let value = rule.value else { return nil }
      let test = test(field, rule.comparison, TextPattern(value.utf8), at: first)
      return rule.comparison.isNegated ? .not(test) : test
    }
    let list = Expression(.list(Array(arguments.dropFirst())), first.span)
    guard let positive = tests(of: field, rule.comparison, list) else { return nil }
    return rule.comparison.isNegated ? .not(positive) : positive
  }

  private func bare(_ expression: Expression, below outer: String?) -> Predicate {
    switch language.bare {
    case .opaque: return opaque(expression)
    case .truth:
      guard let field = field(expression, below: outer), !isValue(expression) else { return opaque(expression) }
      return test(field, FieldComparison(.eq), TextPattern("true".utf8), at: expression)
    case .keyword(let form):
      guard let pattern = values.pattern(of: expression, in: form) else { return opaque(expression) }
      let (kind, value) = pattern.comparison
      // Wildcards at the ends say nothing of a text that may be anywhere.
      return .test(
        Test(
          field: nil, kind: .keyword, value: kind == .exists ? "*" : value,
          modifiers: kind == .wildcard ? .wildcard : [], position: place(expression.span.lowerBound)))
    }
  }

  private func isNull(_ expression: Expression) -> Bool {
    expression.kind == .name && !language.wordsAreValues
      && language.nulls.contains(values.source(expression).lowercased())
  }

  /// Whether it is a value and not a name.
  private func isValue(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .text, .number, .regex, .list, .range: true
    case .name:
      language.wordsAreValues
        || language.constants.contains(values.source(expression).lowercased()) || isNull(expression)
    default: false
    }
  }

  /// The name of a field as a test has it: parts joined by dots, an index in brackets, functions that change nothing taken off.
  private func field(_ expression: Expression, below outer: String?) -> String? {
    let name: String? =
      switch expression.kind {
      case .name, .quotedName: values.text(of: expression)
      case .path(let base, let steps):
        steps.reduce(field(base, below: nil)) { whole, step in whole.flatMap { path($0, step) } }
      case .call(let function, let arguments)
      where arguments.count == 1 && language.transparent.contains(values.source(function).lowercased()):
        field(arguments[0], below: nil)
      default: nil
      }
    return name.map { name in outer.map { $0 + "." + name } ?? name }
  }

  private func path(_ whole: String, _ step: Expression.Step) -> String? {
    switch step {
    case .member(let part): values.text(of: part).map { whole + "." + $0 }
    case .index(let index):
      values.text(of: index).map { index.kind == .number ? "\(whole)[\($0)]" : whole + "." + $0 }
    case .call: nil
    }
  }
}

extension TextPattern.Part {
  fileprivate var byte: UInt8 {
    switch self {
    case .literal(let byte): byte
    case .many: UInt8(ascii: "*")
    case .one: UInt8(ascii: "?")
    }
  }
}

extension FieldComparison {
  /// The same, seen from the other operand; nil where that can't be said.
  fileprivate var mirrored: FieldComparison? {
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
