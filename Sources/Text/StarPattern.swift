/// Whether a pattern with stars takes a text: the one way in which our patterns are compared with texts, whatever both are made of.
///
/// A star takes any number of places of the text. It goes back to the last star only, so that the time is bounded by the product of the
/// lengths, and nothing is nested.
///
/// - Parameters:
///   - pattern: how many places the pattern has.
///   - text: how many the text has.
///   - isStar: whether the pattern has a star at a place.
///   - taken: how many places of the text, from one on, a place of the pattern takes that isn't a star; none where it doesn't fit.
@inlinable @inline(__always)
package func matchesStars(
  pattern: Int, text: Int, isStar: (_ place: Int) -> Bool, taken: (_ place: Int, _ at: Int) -> Int
) -> Bool {
  var (place, at) = (0, 0)
  // Where to go on when a shorter text of the last star was not enough.
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

/// A pattern of texts, byte by byte: a star takes any text, also none, and a question mark one character.
package struct StarPattern: Hashable, Sendable {
  package enum Syntax {
    /// `*` is a star, and nothing else has a meaning.
    case stars
    /// `?` is one character as well, and a backslash before `*`, `?` or itself takes their meaning away (contract, “Words”, `wildcard`).
    case wildcards
  }

  /// Among the tokens, of which the others are bytes.
  package static let star: UInt16 = 256
  package static let one: UInt16 = 257

  /// With ASCII letters in lower case where their case doesn't count.
  package let tokens: [UInt16]
  private let ignoresCase: Bool

  /// - Parameter ignoresCase: whether the case of ASCII letters doesn't count.
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

  /// Whether it takes one text only.
  package var isLiteral: Bool { !tokens.contains { $0 >= StarPattern.star } }

  /// What it takes begins and ends with these tokens, none of them a star.
  package var head: ArraySlice<UInt16> { tokens.prefix { $0 != StarPattern.star } }
  package var tail: ArraySlice<UInt16> {
    tokens.suffix(from: tokens.lastIndex(of: StarPattern.star).map { $0 + 1 } ?? 0)
  }

  /// - Parameter text: UTF-8.
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

/// How many bytes a character of UTF-8 has, by its first one; none where that is in the middle of one.
func lengthOfCharacter(from byte: UInt8) -> Int {
  switch byte {
  case ..<0x80: 1
  case ..<0xC0: 0
  case ..<0xE0: 2
  case ..<0xF0: 3
  default: 4
  }
}
