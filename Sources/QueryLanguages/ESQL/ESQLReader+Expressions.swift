import Diagnostics
import RuleModel

extension ESQLReader {
  /// A command's condition.
  func predicate(in range: Range<Int>, _ columns: ComputedNames) -> Predicate {
    guard let expression = expression(in: range) else {
      return .opaque(shortened(source(range)), at: place(range.lowerBound))
    }
    return lowering(columns).predicate(of: expression)
  }

  /// nil if the expression can't be read; the fault is then recorded.
  func expression(in range: Range<Int>) -> Expression? {
    var parser = PrattParser(bytes, in: range, grammar: ESQL.grammar)
    defer { faults += ESQL.lowering.unknownFunctions(in: parser, place) }
    do throws(SyntaxFault) {
      let expression = try parser.parse()
      for fault in parser.faults { note(fault) }
      return expression
    } catch {
      note(error)
      return nil
    }
  }

  private func note(_ fault: SyntaxFault) {
    faults.append(.syntax(fault, in: bytes, limits: ESQL.grammar.limits, place))
  }

  /// The field that an expression refers to; nil for anything computed.
  func field(_ expression: Expression, _ columns: ComputedNames) -> ExpressionLowering.Field? {
    if case .field(let field) = lowering(columns).operand(expression) { field } else { nil }
  }

  func fieldName(in range: Range<Int>, _ columns: ComputedNames) -> String? {
    expression(in: range).flatMap { field($0, columns)?.name }
  }

  private func lowering(_ columns: ComputedNames) -> ExpressionLowering {
    var lowering = ExpressionLowering(language: ESQL.lowering, bytes: bytes, computed: columns, place: place)
    lowering.special = { [unowned self] name, arguments, lowering in self.call(name, arguments, lowering) }
    lowering.subquery = { [unowned self] query, isNegated in self.subquery(query, isNegated: isNegated) }
    return lowering
  }

  // MARK: Subqueries

  /// Functions that take a query in another language, or the value before the fields.
  private func call(_ name: String, _ arguments: [Expression], _ lowering: ExpressionLowering)
    -> ExpressionLowering.Operand?
  {
    guard let first = arguments.first else { return nil }
    switch name {
    case "kql": return embedded(first, lowering, readKQL)
    case "qstr": return embedded(first, lowering, readLucene)
    case "multi_match" where arguments.count > 1 && first.kind.isConstant:
      let comparison = FieldComparison(.contains, modifiers: .word)
      let fields = arguments.dropFirst().filter { $0.kind.isName }
      return .truth(
        .any(
          fields.map { field in
            lowering.predicate(of: Expression(.comparison(field, comparison, first), field.span))
          }))
    default: return nil
    }
  }

  private func embedded(
    _ text: Expression, _ lowering: ExpressionLowering,
    _ read: ([UInt8], @escaping (Int) -> SourcePosition) -> QueryReading
  ) -> ExpressionLowering.Operand? {
    guard case .text = text.kind, let characters = lowering.values.characters(of: text) else { return nil }
    let (place, end) = (self.place, text.span.upperBound)
    let reading = read(characters.map(\.byte)) { offset in
      place(offset < characters.count ? characters[offset].offset : end)
    }
    faults += reading.faults.filter { $0.id != .queryUnread }
    return .truth(reading.stages.first?.predicate ?? .all([]))
  }

  /// `x IN (FROM y | KEEP z)`: its sources and tests count, unless it says what must not be there.
  private func subquery(_ query: Range<Int>, isNegated: Bool) -> Predicate? {
    let known = sources.count
    var columns = ComputedNames()
    let stage = pipeline(in: query, &columns)
    if isNegated {
      sources.removeSubrange(known...)
      return nil
    }
    joinsEvents = true
    return stage.map { .stage($0) }
  }
}

extension Expression.Kind {
  fileprivate var isName: Bool {
    switch self {
    case .name, .quotedName, .path: true
    default: false
    }
  }

  fileprivate var isConstant: Bool {
    switch self {
    case .text, .number: true
    default: false
    }
  }
}
