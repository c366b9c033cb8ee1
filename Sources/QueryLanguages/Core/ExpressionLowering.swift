package import Diagnostics
package import RuleModel

/// The lowering of one query's expressions (design.md, "The other dialects").
package struct ExpressionLowering {
  package let language: Lowering
  let values: ValueReader
  /// Names that the query has made before.
  package let computed: ComputedNames
  package let place: (Int) -> SourcePosition
  /// What a reader of whole queries makes of a call that its language's tables leave to it.
  package var special: ((_ name: String, _ arguments: [Expression], ExpressionLowering) -> Operand?)?
  /// What the query in brackets says that a comparison has on its right side.
  package var subquery: ((_ query: Range<Int>, _ isNegated: Bool) -> Predicate?)?

  package init(
    language: Lowering, bytes: [UInt8], computed: ComputedNames = ComputedNames(),
    place: @escaping (Int) -> SourcePosition
  ) {
    self.language = language
    values = ValueReader(bytes: bytes, rules: language.grammar.tokens)
    self.computed = computed
    self.place = place
  }

  /// A field that is compared.
  package struct Field: Hashable, Sendable {
    /// As a test has it; nil for any field.
    package var name: String?
    package var isComputed = false
    package var isTime = false
  }

  /// What is on one side of a comparison.
  package enum Operand {
    case field(Field)
    /// A text, a number, a list, or a word that is a value.
    case value
    case null
    /// A point in time, or a length of it.
    case time
    /// What a function or arithmetic works out.
    case worked
    case truth(Predicate)
    case unknown

    var isValue: Bool { if case .value = self { true } else { false } }
  }

  /// - Parameter outer: the field whose parts are spoken of.
  package func predicate(of expression: Expression, below outer: String? = nil) -> Predicate {
    expression.predicate { leaf($0, below: outer) }
  }

  private func leaf(_ part: Expression, below outer: String?) -> Predicate {
    switch part.kind {
    case .comparison(let left, let comparison, let right):
      return compare(left, comparison, with: right, in: part, below: outer)
    case .postfix(.comparison(let comparison), let operand):
      // `x IS NULL` has no value.
      switch nameOnTheLeft(operand, below: outer).map({ .field($0) }) ?? self.operand(operand, below: outer) {
      case .field(let field): return presence(of: field, isNull: comparison.kind == .isNull, at: operand, in: part)
      case .unknown: return opaque(part)
      default: return noTest(part)
      }
    case .unread: return opaque(part)
    default: break
    }
    switch operand(part, below: outer) {
    case .truth(let predicate): return predicate
    case .time, .worked, .null: return noTest(part)
    case .unknown: return opaque(part)
    case .field(let field): return bare(part, field)
    case .value: return bare(part, nil)
    }
  }

  package func opaque(_ expression: Expression) -> Predicate {
    .opaque(shortened(values.source(expression)), at: place(expression.span.lowerBound))
  }

  package func noTest(_ expression: Expression) -> Predicate {
    .noTest(shortened(values.source(expression)), at: place(expression.span.lowerBound))
  }

  /// The text of a name or value; nil for anything else.
  package func text(of expression: Expression) -> String? { values.text(of: expression) }

  // MARK: Comparisons

  private func compare(
    _ left: Expression, _ comparison: FieldComparison, with right: Expression, in whole: Expression,
    below outer: String?
  ) -> Predicate {
    if case .query(let span) = right.kind {
      let inner = subquery?(span, comparison.isNegated)
      return inner.map { .all([noTest(whole), $0]) } ?? noTest(whole)
    }
    // Each side is looked at once, so that the work is linear however deep comparisons are in each other.
    let first: Operand = nameOnTheLeft(left, below: outer).map { .field($0) } ?? operand(left, below: outer)
    let second: Operand = isGroup(right) ? .value : operand(right, below: nil)
    switch (first, second) {
    case (.unknown, _), (_, .unknown): return opaque(whole)
    case (.value, _) where isList(right):
      // `"x" in (a, b)` says of each what `a == "x"` says.
      guard comparison.kind == .eq, case .list(let items) = right.kind, !items.isEmpty else { return noTest(whole) }
      var positive = comparison
      positive.isNegated = false
      return signed(
        comparison, .group(items.map { compare(left, positive, with: $0, in: $0, below: outer) }, byAnd: false))
    case (.value, .field(let field)):
      guard let mirrored = comparison.mirrored else { return noTest(whole) }
      return signed(mirrored, tests(of: field, mirrored, left, first, in: whole))
    case (.truth(let predicate), .value), (.value, .truth(let predicate)):
      let flag = bare(first.isValue ? left : right)
      guard comparison.kind == .eq, let isTrue = truth(of: flag) else { return noTest(whole) }
      return isTrue == comparison.isNegated ? .not(predicate) : predicate
    case (.field(let field), .null) where comparison.kind == .eq:
      return presence(of: field, isNull: !comparison.isNegated, at: right, in: whole)
    case (.field(let field), _): return signed(comparison, tests(of: field, comparison, right, second, in: whole))
    default: return noTest(whole)
    }
  }

  private func signed(_ comparison: FieldComparison, _ positive: Predicate) -> Predicate {
    if case .text = positive { return positive }
    return comparison.isNegated ? .not(positive) : positive
  }

  private func presence(of field: Field, isNull: Bool, at value: Expression, in whole: Expression) -> Predicate {
    if field.isTime || field.isComputed { return noTest(whole) }
    return test(field, FieldComparison(isNull ? .isNull : .exists), TextPattern(), at: value)
  }

  /// What a field is compared with: a value, several, or logic of them.
  private func tests(
    of field: Field, _ comparison: FieldComparison, _ right: Expression, _ operand: Operand, in whole: Expression
  ) -> Predicate {
    if field.isTime { return noTest(whole) }
    let right = bare(right)
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

  private func each(_ parts: [Expression], of field: Field, _ comparison: FieldComparison) -> [Predicate] {
    parts.map { tests(of: field, comparison, $0, isGroup($0) ? .value : operand($0, below: nil), in: $0) }
  }

  /// A bound that isn't open (`*`).
  private func bound(_ value: Expression, of field: Field, _ kind: TestKind) -> Predicate? {
    if values.text(of: value) == "*" { return nil }
    return tests(of: field, FieldComparison(kind), value, operand(value, below: nil), in: value)
  }

  private func value(
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
  private func reference(
    _ field: Field, _ comparison: FieldComparison, _ other: Field, at value: Expression, in whole: Expression
  ) -> Predicate {
    guard let modifiers = comparison.reference, let name = other.name, !field.isComputed, !other.isComputed,
      !other.isTime
    else { return noTest(whole) }
    return test(field, FieldComparison(.fieldRef, modifiers: modifiers), TextPattern(name.utf8), at: value)
  }

  private func test(_ field: Field, _ comparison: FieldComparison, _ pattern: TextPattern, at value: Expression)
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

  private func keyword(_ pattern: TextPattern, at value: Expression) -> Predicate {
    if case .regex = value.kind {
      let text = String(decoding: pattern.bytes, as: UTF8.self)
      return .test(Test(field: nil, kind: .regex, value: text, position: place(value.span.lowerBound)))
    }
    let (kind, text) = pattern.comparison
    // Anything at all.
    if kind == .exists { return noTest(value) }
    // Wildcards at the ends say nothing of a text that may be anywhere.
    return .test(
      Test(
        field: nil, kind: .keyword, value: kind == .wildcard ? pattern.trimmed.spelling : text,
        modifiers: kind == .wildcard ? .wildcard : [], position: place(value.span.lowerBound)))
  }

  private func bare(_ expression: Expression, _ field: Field?) -> Predicate {
    switch language.bare {
    case .opaque: return opaque(expression)
    case .truth:
      guard let field else { return truth(of: expression) == nil ? opaque(expression) : noTest(expression) }
      if field.isComputed || field.isTime { return noTest(expression) }
      return test(field, FieldComparison(.eq), TextPattern("true".utf8), at: expression)
    case .keyword(let form):
      return values.pattern(of: expression, in: form).map { keyword($0, at: expression) } ?? opaque(expression)
    }
  }

  // MARK: Operands

  package func operand(_ expression: Expression, below outer: String? = nil) -> Operand {
    switch expression.kind {
    case .text, .number, .regex, .list, .range: return .value
    case .name where language.wordsAreValues: return .value
    case .name where language.parameters.contains(values.bytes[expression.span.lowerBound]): return .value
    case .name:
      let word = values.source(expression).lowercased()
      if language.nulls.contains(word) { return .null }
      if language.constants.contains(word) { return .value }
      return field(expression, below: outer)
    case .quotedName, .path: return field(expression, below: outer)
    case .call(let function, let arguments): return call(expression, function, arguments, below: outer)
    case .infix(.cast, let parts): return operand(parts[0], below: outer)
    case .prefix(.cast, let part): return operand(part, below: outer)
    case .postfix(.timespan, _), .literal: return .time
    case .prefix(.arithmetic, let part) where part.kind == .number: return .value
    case .prefix(.arithmetic, let part): return worked([part])
    case .infix(.arithmetic, let parts): return worked(parts)
    case .infix(.and, _), .infix(.or, _), .prefix(.not, _), .comparison, .postfix(.comparison, _):
      return .truth(predicate(of: expression, below: outer))
    case .infix, .prefix, .postfix, .block, .query, .unread: return .unknown
    }
  }

  /// What arithmetic with some parts comes to.
  private func worked(_ parts: [Expression]) -> Operand {
    var isTime = false
    for part in parts {
      switch operand(part) {
      case .unknown: return .unknown
      case .time: isTime = true
      case .field(let field): isTime = isTime || field.isTime
      case .value, .null, .worked, .truth: break
      }
    }
    return isTime ? .time : .worked
  }

  private func call(_ call: Expression, _ function: Expression, _ arguments: [Expression], below outer: String?)
    -> Operand
  {
    let name = values.source(function).lowercased()
    if let special = special?(name, arguments, self) { return special }
    if language.transparent.contains(name), let first = arguments.first { return operand(first, below: outer) }
    if let rule = language.functions[name], let first = arguments.first {
      return .truth(tests(rule, first, Array(arguments.dropFirst().prefix(rule.valueCount)), in: call, below: outer))
    }
    if language.times.contains(name) { return .time }
    return language.known.contains(name) ? .worked : .unknown
  }

  /// What a function says of its first argument.
  private func tests(
    _ function: Lowering.Function, _ first: Expression, _ others: [Expression], in call: Expression,
    below outer: String?
  ) -> Predicate {
    let comparison = function.comparison
    switch nameOnTheLeft(first, below: outer).map({ .field($0) }) ?? operand(first, below: outer) {
    case .unknown: return opaque(call)
    case .field(let field) where !others.isEmpty:
      if field.isTime { return noTest(call) }
      return signed(comparison, .group(each(others, of: field, comparison), byAnd: comparison.quantity == .all))
    case .field(let field):
      guard let value = function.value else { return opaque(call) }
      if field.isTime || field.isComputed { return noTest(call) }
      return signed(comparison, test(field, comparison, TextPattern(value.utf8), at: first))
    default: return noTest(call)
    }
  }

  /// What is a field because of its place, in a language whose bare words are values elsewhere.
  private func nameOnTheLeft(_ expression: Expression, below outer: String?) -> Field? {
    guard language.wordsAreValues else { return nil }
    switch expression.kind {
    case .name, .text, .quotedName:
      return values.text(of: expression).map { text in
        text == language.anyField && expression.kind == .name && outer == nil ? Field() : makeField(text, below: outer)
      }
    default: return nil
    }
  }

  private func field(_ expression: Expression, below outer: String?) -> Operand {
    name(of: expression).map { .field(makeField($0, below: outer)) } ?? .unknown
  }

  private func makeField(_ name: String, below outer: String?) -> Field {
    let name = outer.map { $0 + "." + name } ?? name
    return Field(name: name, isComputed: computed.contains(name), isTime: TimeWords.isField(name))
  }

  /// The name of a field as a test has it: parts joined by dots, an index in brackets, functions that change nothing taken off.
  private func name(of expression: Expression) -> String? {
    switch expression.kind {
    case .name, .quotedName: values.text(of: expression)
    case .path(let base, let steps): path(base, steps)
    case .call(let function, let arguments):
      language.transparent.contains(values.source(function).lowercased()) ? arguments.first.flatMap(name) : nil
    case .infix(.cast, let parts): name(of: parts[0])
    case .prefix(.cast, let part): name(of: part)
    default: nil
    }
  }

  private func path(_ base: Expression, _ steps: [Expression.Step]) -> String? {
    guard var whole = name(of: base) else { return nil }
    for step in steps {
      switch step {
      case .member(let part):
        guard let text = values.text(of: part) else { return nil }
        whole += "." + text
      case .index(let index):
        guard let text = values.text(of: index) else { return nil }
        whole += index.kind == .number ? "[\(text)]" : "." + text
      case .call: return nil
      }
    }
    return whole
  }

  /// Whether it is values joined by operators, as in `f:(a or b)`.
  private func isGroup(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .infix(.and, _), .infix(.or, _), .prefix(.not, _): language.wordsAreValues
    case .block: true
    default: false
    }
  }

  private func isList(_ expression: Expression) -> Bool { if case .list = expression.kind { true } else { false } }

  private func isText(_ value: Expression) -> Bool {
    switch bare(value).kind {
    case .text, .regex: true
    default: false
    }
  }

  /// A value without the casts and functions around it that change only its type or case.
  private func bare(_ value: Expression) -> Expression {
    var value = value
    while true {
      switch value.kind {
      case .infix(.cast, let parts): value = parts[0]
      case .call(let function, let arguments)
      where !arguments.isEmpty && language.transparent.contains(values.source(function).lowercased()):
        value = arguments[0]
      default: return value
      }
    }
  }

  private func truth(of value: Expression) -> Bool? {
    guard case .name = value.kind, !language.wordsAreValues else { return nil }
    return switch values.source(value).lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }
}

extension TextPattern {
  /// What it is where wildcards are characters.
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

  /// What `field_ref` carries where two fields are compared so; nil where no test says it.
  fileprivate var reference: TestModifiers? {
    switch kind {
    case .eq where form == .plain: []
    case .contains: .contains
    case .startsWith: .startswith
    case .endsWith: .endswith
    default: nil
    }
  }

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
