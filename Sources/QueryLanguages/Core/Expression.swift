/// A part of a query's syntax tree, before its names and values have a meaning. Strings stay in the query's bytes and
/// are referred to by span.
package struct Expression: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    /// A word, bare or in quotes: a name, or a value where the language allows one there.
    case name
    case number
    case text(quote: Int)
    case quotedName(quote: Int)
    case regex(quote: Int)
    case list([Expression])
    /// A range from one value to another.
    case range(Expression, Expression, includesLower: Bool, includesUpper: Bool)
    case call(Expression, [Expression])
    /// A name and the steps that follow it.
    case path(Expression, [Step])
    case block(Expression)
    /// A query in brackets, by the span of its contents.
    case query(Range<Int>)
    case prefix(Operator.Meaning, Expression)
    case postfix(Operator.Meaning, Expression)
    /// Two operands, or more in a chain, from left to right.
    case infix(Operator.Meaning, [Expression])
    case comparison(Expression, FieldComparison, Expression)
    /// A constant with its own syntax, after the name of its type: `datetime(2024-01-31)`.
    case literal(Expression)
    /// A part that can't be read.
    case unread
  }

  package enum Step: Hashable, Sendable {
    /// To a member, by its name.
    case member(Expression)
    /// To an element, by the expression in brackets.
    case index(Expression)
    case call([Expression])
  }

  package var kind: Kind
  /// From the first byte to the last, without the brackets around a group.
  package var span: Range<Int>

  package init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = span
  }
}
