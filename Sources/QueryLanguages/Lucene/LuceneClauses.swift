import RuleModel

/// Interprets clauses as Lucene's classic parser does: each clause in a list is required, prohibited or optional,
/// depending on the sign before it and the words next to it; `AND` doesn't have its usual precedence.
struct LuceneClauses {
  let bytes: [UInt8]
  private let values: ValueReader

  init(bytes: [UInt8]) {
    self.bytes = bytes
    values = ValueReader(bytes: bytes, rules: Lucene.grammar.tokens)
  }

  /// - Parameter field: the field of values that have no field name before them.
  func logic(of expression: Expression, about field: Expression? = nil) -> Expression {
    switch expression.kind {
    case .infix(.or, let parts): list(parts, expression.span, about: field)
    case .prefix: list([expression], expression.span, about: field)
    case .block(let inner): logic(of: inner, about: field)
    case .comparison(let name, _, let value) where name.kind == .name: test(name, value, expression.span)
    case .comparison, .unread: expression
    default: field.map { test($0, expression, expression.span) } ?? expression
    }
  }

  // MARK: Lists of clauses

  private enum Occurrence { case must, mustNot, should }

  private func list(_ parts: [Expression], _ span: Range<Int>, about field: Expression?) -> Expression {
    var clauses: [(occurrence: Occurrence, logic: Expression)] = []
    var end = span.lowerBound
    for part in parts {
      let gap = end..<max(end, part.span.lowerBound)
      end = part.span.upperBound
      // The proximity or boost of the preceding clause.
      if case .number = part.kind { continue }
      let isAnd = !clauses.isEmpty && joinsByAnd(gap)
      if isAnd, clauses[clauses.count - 1].occurrence == .should { clauses[clauses.count - 1].occurrence = .must }
      switch part.kind {
      case .prefix(.not, let inner): clauses.append((.mustNot, logic(of: inner, about: field)))
      case .prefix(Lucene.required, let inner): clauses.append((.must, logic(of: inner, about: field)))
      default: clauses.append((isAnd ? .must : .should, logic(of: part, about: field)))
      }
    }
    func those(_ occurrence: Occurrence) -> [Expression] {
      clauses.filter { $0.occurrence == occurrence }.map(\.logic)
    }
    let (must, mustNot, should) = (those(.must), those(.mustNot), those(.should))
    var all = must
    if !should.isEmpty {
      // Next to required clauses, optional ones affect only the ranking.
      let anything = Expression(.infix(.and, []), span)
      all.append(group(.or, must.isEmpty ? should : [anything] + should, span))
    }
    all += mustNot.map { Expression(.prefix(.not, $0), $0.span) }
    return group(.and, all, span)
  }

  private func group(_ meaning: Operator.Meaning, _ parts: [Expression], _ span: Range<Int>) -> Expression {
    parts.count == 1 ? parts[0] : Expression(.infix(meaning, parts), span)
  }

  private func joinsByAnd(_ gap: Range<Int>) -> Bool {
    var lexer = Lexer(bytes, in: gap, rules: Lucene.grammar.tokens)
    while let token = lexer.next() {
      if ["AND", "&&"].contains(where: { bytes[token.span].elementsEqual($0.utf8) }) { return true }
    }
    return false
  }

  // MARK: Tests

  private func test(_ name: Expression, _ value: Expression, _ span: Range<Int>) -> Expression {
    func comparison(_ value: Expression, _ comparison: FieldComparison = Lucene.equals) -> Expression {
      Expression(.comparison(name, comparison, value), span)
    }
    switch value.kind {
    case .block(let inner): return logic(of: inner, about: name)
    case .name:
      if let presence = presence[values.source(name)] {
        return Expression(.postfix(.comparison(FieldComparison(presence)), value), span)
      }
      guard let (relation, sign) = relations.first(where: { bytes[value.span].starts(with: $0.sign.utf8) }),
        value.span.count > sign.utf8.count
      else { return comparison(value) }
      let start = value.span.lowerBound + sign.utf8.count
      return comparison(Expression(.name, start..<value.span.upperBound), FieldComparison(relation))
    default: return comparison(value)
    }
  }

  /// `_exists_: field`
  private let presence: [String: TestKind] = ["_exists_": .exists, "_missing_": .isNull]
  /// `field:>=5`, with longer signs first.
  private let relations: [(kind: TestKind, sign: String)] = [(.gte, ">="), (.lte, "<="), (.gt, ">"), (.lt, "<")]
}
