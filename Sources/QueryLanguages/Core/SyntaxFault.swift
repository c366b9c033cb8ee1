/// Why a query can't be read. Each language words the error in its own terms.
package struct SyntaxFault: Error, Hashable {
  package enum Kind: Hashable, Sendable {
    /// An operand is expected, but something else, or the end, follows.
    case missingOperand
    /// A name is expected, but something else, or the end, follows.
    case missingName
    /// A word or bracket is expected, but something else, or the end, follows.
    case missing(String)
    /// A token that can't follow what comes before it.
    case unexpected
    case unclosedText
    case tooDeep
    case tooLong
  }

  package var kind: Kind
  /// The index of the token where parsing stopped, in ``PrattParser/tokens``; at the end, their count.
  package var index: Int
  /// The offset of the token's first byte, or of the end.
  package var offset: Int
  /// The unclosed bracket.
  package var opener: Token?
}
