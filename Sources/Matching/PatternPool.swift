import RuleModel
import Text

/// The field values that a test matches, as bytes and wildcards, so that two tests can be compared without an event.
/// The bytes are in a ``PatternPool``.
struct ValuePattern: Hashable, Sendable {
  fileprivate var start: Int32
  fileprivate var count: Int32
  /// The number of tokens before the first wildcard, and after the last.
  fileprivate var head: Int32
  fileprivate var tail: Int32
  /// Whether the comparison is case-sensitive.
  fileprivate var isCased: Bool
  /// The start of the tokens as written; negative if converting to lower case changes their length.
  fileprivate var writtenStart: Int32
  /// A bit for each pair of adjacent bytes, with several pairs sharing a bit. A pattern that has a pair that another
  /// lacks can't be contained in it.
  fileprivate var pairs: UInt64

  fileprivate var isExact: Bool { head == count }
  /// Whether an empty field value matches.
  var takesEmpty: Bool { count == 0 }
}

/// Holds the patterns of many tests in contiguous memory, so that millions of them can be compared quickly.
package struct PatternPool: Sendable {
  /// Encoded as in a ``StarPattern``.
  private var tokens: [UInt16] = []
  private var takesAsWritten = false

  /// The same pool, but with values that are compared case-insensitively taken to be spelled as written.
  ///
  /// `SYSTEM` may be `system` in an event, but hardly ever is.
  package var takingAsWritten: PatternPool {
    var result = self
    result.takesAsWritten = true
    return result
  }

  package init() {}

  /// nil for tests whose values can't be expressed as a pattern: regular expressions, numbers, networks, encoded texts.
  mutating func pattern(of test: Test) -> ValuePattern? {
    guard test.modifiers.subtracting(.cased).isEmpty else { return nil }
    let lower = test.value.lowercased()
    // Don't make this a slice of all tokens: a second reference to that array would copy it for each value added.
    guard let found = StarPattern.tokens(of: test.kind, lower) else { return nil }
    let head = found.firstIndex { $0 >= StarPattern.star } ?? found.count
    let tail = found.lastIndex { $0 >= StarPattern.star }.map { found.count - $0 - 1 } ?? found.count
    let start = Int32(tokens.count)
    tokens += found
    var pattern = ValuePattern(
      start: start, count: Int32(found.count), head: Int32(head), tail: Int32(tail),
      isCased: test.modifiers.contains(.cased), writtenStart: start, pairs: PatternPool.pairs(of: found))
    if !lower.utf8.elementsEqual(test.value.utf8), let written = StarPattern.tokens(of: test.kind, test.value) {
      pattern.writtenStart = Int32(tokens.count)
      tokens += written
      if written.count != found.count {
        // Case can't be compared if converting to lower case changes the length.
        if pattern.isCased { return nil }
        pattern.writtenStart = -1
      }
    }
    // A text without letters is the same in upper and lower case.
    if lower.utf8.elementsEqual(test.value.uppercased().utf8) { pattern.isCased = false }
    return pattern
  }

  private static func pairs(of tokens: [UInt16]) -> UInt64 {
    var (result, before): (UInt64, UInt16?) = (0, nil)
    for token in tokens {
      if let before, before < StarPattern.star, token < StarPattern.star {
        result |= 1 << UInt64((before &* 31 &+ token &* 7) & 63)
      }
      before = token
    }
    return result
  }
}

extension PatternPool {
  /// Whether the other pattern matches every value that the first one matches; also false if that isn't known.
  func implies(_ one: ValuePattern, _ other: ValuePattern) -> Bool {
    // Comparing the parts before and after wildcards is quick and rules out most pairs.
    guard other.head <= one.head, other.tail <= one.tail, other.pairs & ~one.pairs == 0 else { return false }
    if other.isCased {
      return (one.isCased || takesAsWritten) && one.writtenStart >= 0
        && takes(other.writtenStart, other.count, one.writtenStart, one.count)
    }
    if other.isExact, other.count != one.count { return false }
    if other.tail > 0, last(one, 1) != last(other, 1) { return false }
    return takes(other.start, other.count, one.start, one.count)
  }

  /// Whether no value matches both patterns; also false if that isn't known.
  func excludes(_ one: ValuePattern, _ other: ValuePattern) -> Bool {
    for index in 0..<min(one.head, other.head) where first(one, index) != first(other, index) { return true }
    var index: Int32 = 1
    while index <= min(one.tail, other.tail) {
      if last(one, index) != last(other, index) { return true }
      index += 1
    }
    switch (one.isExact, other.isExact) {
    case (true, true): return one.count != other.count
    case (true, false): return !mayTake(other, one)
    case (false, true): return !mayTake(one, other)
    case (false, false): return false
    }
  }

  private func first(_ pattern: ValuePattern, _ index: Int32) -> UInt16 { tokens[Int(pattern.start + index)] }

  private func last(_ pattern: ValuePattern, _ index: Int32) -> UInt16 {
    tokens[Int(pattern.start + pattern.count - index)]
  }

  /// Whether a pattern matches everything that another one does; the other's wildcards are matched only by wildcards.
  private func takes(_ start: Int32, _ count: Int32, _ textStart: Int32, _ textCount: Int32) -> Bool {
    let (start, textStart) = (Int(start), Int(textStart))
    return tokens.withUnsafeBufferPointer { tokens in
      matchesStars(
        pattern: Int(count), text: Int(textCount), isStar: { tokens[start + $0] == StarPattern.star },
        taken: { place, at in
          let (wild, token) = (tokens[start + place], tokens[textStart + at])
          return wild == StarPattern.one
            ? token < 128 || token == StarPattern.one ? 1 : 0 : wild == token && token != StarPattern.star ? 1 : 0
        })
    }
  }

  /// Whether a pattern may match an exact text. A character has up to four bytes, so `?` may match any number of bytes.
  private func mayTake(_ pattern: ValuePattern, _ text: ValuePattern) -> Bool {
    guard pattern.pairs & ~text.pairs == 0 else { return false }
    let (start, textStart) = (Int(pattern.start), Int(text.start))
    return tokens.withUnsafeBufferPointer { tokens in
      matchesStars(
        pattern: Int(pattern.count), text: Int(text.count), isStar: { tokens[start + $0] >= StarPattern.star },
        taken: { place, at in tokens[start + place] == tokens[textStart + at] ? 1 : 0 })
    }
  }
}
