/// A part of a query as it is built, before its names and values mean anything. Texts stay in the query's bytes, by their spans.
package struct Expression: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    /// A word, bare or in quotes: a name, or a value where the language has it there.
    case name
    case number
    case text(quote: Int)
    case quotedName(quote: Int)
    case regex(quote: Int)
    case list([Expression])
    /// From a value to a value.
    case range(Expression, Expression, includesLower: Bool, includesUpper: Bool)
    case call(Expression, [Expression])
    /// What follows a name, step by step.
    case path(Expression, [Step])
    case block(Expression)
    /// A query in brackets: what is between them.
    case query(Range<Int>)
    case prefix(Operator.Meaning, Expression)
    case postfix(Operator.Meaning, Expression)
    /// Two operands, or more of a chain, from left to right.
    case infix(Operator.Meaning, [Expression])
    case comparison(Expression, FieldComparison, Expression)
    /// A constant in words of its own, behind the name that says what it is: `datetime(2024-01-31)`.
    case literal(Expression)
    /// What can't be read.
    case unread
  }

  package enum Step: Hashable, Sendable {
    /// To a part, by its name.
    case member(Expression)
    /// To a part, by what is in brackets.
    case index(Expression)
    case call([Expression])
  }

  package var kind: Kind
  /// From its first byte to its last; the brackets around a group are no part of it.
  package var span: Range<Int>

  package init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = span
  }
}
