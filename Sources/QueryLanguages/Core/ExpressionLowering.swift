package import Diagnostics
package import RuleModel

/// The lowering of one query's expressions (design.md, "The other dialects").
package struct ExpressionLowering {
  package let language: Lowering
  let values: ValueReader
  /// Names that the query has computed so far, by ``Lowering/key(of:)``.
  package var computed: ComputedNames
  package let place: (Int) -> SourcePosition
  /// Names that have another meaning in this part of the query, by ``Lowering/key(of:)``.
  package var bindings: [String: Binding] = [:]
  /// Handles calls that the language's tables leave to the reader of whole queries.
  package var special: ((_ name: String, _ arguments: [Expression], ExpressionLowering) -> Operand?)?
  /// Whether what is being lowered is under an odd number of `not`.
  package var isNegated = false
  /// Whether a comparison of two fields relates the rows of two tables, and so is no test.
  package var relatesTables = false
  /// The predicate for a comparison whose right side is a query in brackets, whose rows must not be there if it is
  /// negated.
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

  /// What a name refers to.
  package enum Binding: Hashable, Sendable {
    /// A field, each of whose elements it represents in turn.
    case field(String)
    /// Another event.
    case event
    /// An event whose fields are written after its name, which isn't part of theirs: `$e.principal.ip`.
    case record
    /// A variable that represents the value of a field. Comparing it with another field relates events and is no test.
    case variable(of: String)
    /// A table: the names of its columns stand for themselves.
    case table
  }

  /// The field in a comparison.
  package struct Field: Hashable, Sendable {
    /// As tests write it; nil for any field.
    package var name: String?
    package var isComputed = false
    package var isTime = false
    /// The event that it belongs to, or the variable that represents it; nil where a query reads a single event.
    package var owner: String?
  }

  /// One side of a comparison.
  package enum Operand {
    case field(Field)
    /// A string, a number, a list, or a word that is a value.
    case value
    case null
    /// A point in time, or a duration.
    case time
    /// The result of a function or of arithmetic.
    case worked
    case truth(Predicate)
    case unknown

    var isValue: Bool { if case .value = self { true } else { false } }
  }

  /// - Parameter outer: the field that the expression's fields are parts of.
  package func predicate(of expression: Expression, below outer: String? = nil) -> Predicate {
    expression.predicate(negated: isNegated) { part, isInnerNegated in
      (isInnerNegated == isNegated ? self : negated).leaf(part, below: outer)
    }
  }

  /// The lowering of what is under one more `not`.
  var negated: ExpressionLowering {
    var inner = self
    inner.isNegated.toggle()
    return inner
  }

  func leaf(_ part: Expression, below outer: String?) -> Predicate {
    switch part.kind {
    case .comparison(let left, let comparison, let right):
      return compare(left, comparison, with: right, in: part, below: outer)
    case .postfix(.comparison(let comparison), let operand):
      // `x IS NULL` has no right operand.
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

  /// The string that a name or value holds; nil for anything else.
  package func text(of expression: Expression) -> String? { values.text(of: expression) }

  func bare(_ expression: Expression, _ field: Field?) -> Predicate {
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
}
