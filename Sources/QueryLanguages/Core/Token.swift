/// The smallest part of a query that means something.
package struct Token: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A name, a bare value or an operator: which of them, its place decides.
    case word
    case number
    /// A text in quotes, by the index of the quotes in ``TokenRules/quotes``.
    case text(quote: Int)
    /// A name in quotes.
    case quotedName(quote: Int)
    case regex(quote: Int)
    case symbol
    case comment
    /// A text or comment whose end is missing: it reaches to the end of what was searched for it.
    case unclosed
    /// A character that the language has no use for.
    case unknown
  }

  package var kind: Kind
  package var span: Range<Int>

  package init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = span
  }
}
