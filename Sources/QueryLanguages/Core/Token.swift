/// The smallest meaningful part of a query.
package struct Token: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A name, a bare value or an operator, depending on its place.
    case word
    case number
    /// A quoted string, with the index of its quotes in ``TokenRules/quotes``.
    case text(quote: Int)
    /// A name in quotes.
    case quotedName(quote: Int)
    case regex(quote: Int)
    case symbol
    case comment
    /// A string or comment that isn't closed: it extends to the end of the part that was searched.
    case unclosed
    /// A character that has no meaning in the language.
    case unknown
  }

  package var kind: Kind
  package var span: Range<Int>

  package init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = span
  }
}
