/// Why a query can't be read. A language makes it an error in words of its own.
package struct SyntaxFault: Error, Hashable {
  package enum Kind: Hashable, Sendable {
    /// Something else, or the end, where an operand is expected.
    case missingOperand
    /// Something else, or the end, where only a name can follow.
    case missingName
    /// Something else, or the end, where a word or bracket is expected.
    case missing(String)
    /// Something that continues nothing.
    case unexpected
    case unclosedText
    case tooDeep
    case tooLong
  }

  package var kind: Kind
  /// Of the token where reading stopped, in ``PrattParser/tokens``; their count at the end.
  package var index: Int
  /// Its first byte, or the end.
  package var offset: Int
  /// The bracket that isn't closed.
  package var opener: Token?
}
