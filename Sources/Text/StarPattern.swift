/// Whether a pattern with stars matches a text: the only implementation for all our patterns, whatever elements they
/// and the texts consist of.
///
/// A star matches any number of elements. The function backtracks to the last star only, so the time is bounded by the
/// product of the lengths, and there is no recursion.
///
/// - Parameters:
///   - pattern: the length of the pattern.
///   - text: the length of the text.
///   - isStar: whether the pattern has a star at this position.
///   - taken: how many elements of the text, from this position, are matched by a pattern element other than a star; 0
///     if it doesn't match.
@inlinable @inline(__always)
package func matchesStars(
  pattern: Int, text: Int, isStar: (_ place: Int) -> Bool, taken: (_ place: Int, _ at: Int) -> Int
) -> Bool {
  var (place, at) = (0, 0)
  // Where to continue if the last star matched too little text.
  var (retryPlace, retryAt) = (-1, 0)
  while at < text {
    if place < pattern, isStar(place) {
      place += 1
      (retryPlace, retryAt) = (place, at)
      continue
    }
    let count = place < pattern ? taken(place, at) : 0
    if count > 0 {
      place += 1
      at += count
    } else if retryPlace >= 0 {
      retryAt += 1
      (place, at) = (retryPlace, retryAt)
    } else {
      return false
    }
  }
  while place < pattern, isStar(place) { place += 1 }
  return place == pattern
}

/// A byte-wise text pattern: a star matches any text, including none, and a question mark one character.
package struct StarPattern: Hashable, Sendable {
  package enum Syntax {
    /// `*` is a star, and all other characters are literal.
    case stars
    /// In addition, `?` matches one character, and a backslash makes `*`, `?` or another backslash literal (contract,
    /// “Words”, `wildcard`).
    case wildcards
  }

  /// The star among the tokens; other tokens below it are bytes.
  package static let star: UInt16 = 256
  package static let one: UInt16 = 257

  /// With ASCII letters in lower case if case is ignored.
  package let tokens: [UInt16]
  private let ignoresCase: Bool

  /// - Parameter ignoresCase: whether to ignore the case of ASCII letters.
  package init(tokens: [UInt16], ignoresCase: Bool = false) {
    self.tokens =
      ignoresCase ? tokens.map { $0 < StarPattern.star ? UInt16(lowercasedASCII(UInt8($0))) : $0 } : tokens
    self.ignoresCase = ignoresCase
  }

  package init(_ text: some Collection<UInt8>, syntax: Syntax, ignoresCase: Bool = false) {
    self.init(tokens: StarPattern.tokens(of: text, syntax: syntax), ignoresCase: ignoresCase)
  }

  package static func tokens(of text: some Collection<UInt8>, syntax: Syntax) -> [UInt16] {
    var tokens: [UInt16] = []
    tokens.reserveCapacity(text.count)
    var isEscaped = false
    var rest = text.makeIterator()
    var next = rest.next()
    while let byte = next {
      next = rest.next()
      switch byte {
      case _ where isEscaped:
        tokens.append(UInt16(byte))
        isEscaped = false
      case UInt8(ascii: "*"): tokens.append(star)
      case UInt8(ascii: "?") where syntax == .wildcards: tokens.append(one)
      case UInt8(ascii: "\\") where syntax == .wildcards && next.map("*?\\".utf8.contains) == true: isEscaped = true
      default: tokens.append(UInt16(byte))
      }
    }
    return tokens
  }

  /// Whether it matches only one text.
  package var isLiteral: Bool { !tokens.contains { $0 >= StarPattern.star } }

  /// The tokens before the first star and after the last one, with which every matching text begins and ends.
  package var head: ArraySlice<UInt16> { tokens.prefix { $0 != StarPattern.star } }
  package var tail: ArraySlice<UInt16> {
    tokens.suffix(from: tokens.lastIndex(of: StarPattern.star).map { $0 + 1 } ?? 0)
  }

  /// - Parameter text: in UTF-8.
  package func matches(_ text: some Collection<UInt8>) -> Bool {
    text.withContiguousStorageIfAvailable(matches) ?? Array(text).withUnsafeBufferPointer(matches)
  }

  private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    tokens.withUnsafeBufferPointer { tokens in
      matchesStars(
        pattern: tokens.count, text: text.count, isStar: { tokens[$0] == StarPattern.star },
        taken: { place, at in
          let byte = ignoresCase ? lowercasedASCII(text[at]) : text[at]
          return tokens[place] == StarPattern.one
            ? lengthOfCharacter(from: byte) : tokens[place] == UInt16(byte) ? 1 : 0
        })
    }
  }
}

/// The length in bytes of a UTF-8 character, from its first byte; 0 if the byte isn't the first of a character.
func lengthOfCharacter(from byte: UInt8) -> Int {
  switch byte {
  case ..<0x80: 1
  case ..<0xC0: 0
  case ..<0xE0: 2
  case ..<0xF0: 3
  default: 4
  }
}
