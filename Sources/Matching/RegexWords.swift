package import RuleModel
import Text

/// The texts that a regular expression matches, as tests of the same field: `^(4624|4625)$`, `4624|4625`. Where `^` or
/// `$` is missing, any text may precede or follow.
///
/// - Returns: the tests, and whether all texts are written out in the expression; nil if it matches more than a few
///   texts of letters and digits.
package func texts(inRegex test: Test) -> (tests: [Test], areWrittenOut: Bool)? {
  guard let (words, areWrittenOut) = regexWords(test.value) else { return nil }
  var tests: [Test] = []
  for var word in words.map({ $0[...] }) {
    let (isAtStart, isAtEnd) = (word.hasPrefix("^"), word.hasSuffix("$"))
    word = word.drop { $0 == "^" }
    while word.last == "$" { word.removeLast() }
    guard !word.isEmpty, !word.contains("^"), !word.contains("$") else { return nil }
    let kind: TestKind =
      switch (isAtStart, isAtEnd) {
      case (true, true): .eq
      case (true, false): .startsWith
      case (false, true): .endsWith
      case (false, false): .contains
      }
    tests.append(Test(field: test.field, kind: kind, value: String(word), position: test.position))
  }
  return (tests, areWrittenOut)
}

/// The texts that a regular expression matches, if there are few: literals, alternation, groups, classes, and bounded
/// repetition, as in `^46(24|25)$` or `^462[45]$`.
///
/// Each text keeps `^` if the expression matches only at the start of the value, and `$` if only at its end.
///
/// - Parameter limit: the maximum number of texts.
/// - Returns: the texts, and whether all are written out in the expression; nil if it matches more, or contains
///   anything else.
func regexWords(_ pattern: String, limit: Int = 100) -> (words: [String], areWrittenOut: Bool)? {
  var reader = RegexWordReader(pattern: Array(pattern.unicodeScalars), limit: limit)
  guard let words = reader.alternatives(), reader.isAtEnd else { return nil }
  return (words.map { String(String.UnicodeScalarView($0)) }, reader.areWrittenOut)
}

/// A recursive descent parser that returns nil, and stops, at anything it can't express.
private struct RegexWordReader {
  typealias Word = [Unicode.Scalar]

  /// The maximum nesting of groups, and the maximum length of a text.
  private static let maximalDepth = 16
  private static let maximalLength = 64

  let pattern: [Unicode.Scalar]
  let limit: Int
  private var at = 0
  private var depth = 0
  /// Whether there are no classes and no repetitions.
  private(set) var areWrittenOut = true

  init(pattern: [Unicode.Scalar], limit: Int) {
    self.pattern = pattern
    self.limit = limit
  }

  var isAtEnd: Bool { at == pattern.count }

  private var next: Unicode.Scalar? { at < pattern.count ? pattern[at] : nil }

  private mutating func takes(_ text: String) -> Bool {
    guard pattern[at...].starts(with: text.unicodeScalars) else { return false }
    at += text.unicodeScalars.count
    return true
  }

  /// Reads up to the end of the group, or of the expression.
  mutating func alternatives() -> [Word]? {
    var words: [Word] = []
    repeat {
      guard let more = sequence(), words.count + more.count <= limit else { return nil }
      words += more
    } while takes("|")
    return words.distinct()
  }

  private mutating func sequence() -> [Word]? {
    var words: [Word] = [[]]
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let atom = atom(), let counts = repetition() else { return nil }
      var result: [Word] = []
      var repeated: [Word] = [[]]
      for count in 0...counts.upperBound {
        if count > 0 {
          guard let longer = product(repeated, atom) else { return nil }
          repeated = longer
        }
        if counts.contains(count) {
          guard let more = product(words, repeated), result.count + more.count <= limit else { return nil }
          result += more
        }
      }
      words = result
    }
    return words
  }

  private func product(_ left: [Word], _ right: [Word]) -> [Word]? {
    guard left.count * right.count <= limit else { return nil }
    let words = left.flatMap { one in right.map { one + $0 } }
    return words.allSatisfy { $0.count <= RegexWordReader.maximalLength } ? words : nil
  }

  private mutating func atom() -> [Word]? {
    guard let scalar = next else { return nil }
    at += 1
    switch scalar {
    case "(": return group()
    case "[": return characterClass()
    case "\\": return escape()
    case "^", "$": return [[scalar]]
    default: return RegexWordReader.isPlain(scalar) ? [[scalar]] : nil
    }
  }

  private mutating func group() -> [Word]? {
    // Lookarounds, options and named groups aren't supported.
    if takes("?"), !takes(":") { return nil }
    depth += 1
    defer { depth -= 1 }
    guard depth <= RegexWordReader.maximalDepth, let words = alternatives(), takes(")") else { return nil }
    return words
  }

  private mutating func escape() -> [Word]? {
    guard let scalar = next else { return nil }
    at += 1
    switch scalar {
    case "d":
      areWrittenOut = false
      return RegexWordReader.words("0", "9")
    case "A": return [["^"]]
    case "z", "Z": return [["$"]]
    default: return nil
    }
  }

  private mutating func characterClass() -> [Word]? {
    areWrittenOut = false
    var words: [Word] = []
    while let first = next, first != "]" {
      at += 1
      if first == "\\" {
        guard let digits = escape(), digits.count > 1 else { return nil }
        words += digits
        continue
      }
      guard RegexWordReader.isPlain(first) else { return nil }
      var last = first
      if takes("-") {
        guard let end = next, RegexWordReader.isPlain(end), end >= first else { return nil }
        at += 1
        last = end
      }
      guard let range = RegexWordReader.words(first, last) else { return nil }
      words += range
    }
    return takes("]") && !words.isEmpty ? words : nil
  }

  /// How often the preceding atom may occur; lazy quantifiers match the same texts.
  private mutating func repetition() -> ClosedRange<Int>? {
    var counts = 1...1
    if takes("?") {
      counts = 0...1
    } else if takes("{") {
      guard let low = number() else { return nil }
      var high = low
      if takes(",") {
        guard let number = number() else { return nil }
        high = number
      }
      guard takes("}"), low <= high, high <= limit else { return nil }
      counts = low...high
    }
    if counts != 1...1 { areWrittenOut = false }
    _ = takes("?")
    guard let next, ["?", "*", "+", "{"].contains(next) else { return counts }
    return nil
  }

  private mutating func number() -> Int? {
    let digits = pattern[at...].prefix { ("0"..."9").contains($0) }
    guard digits.count <= 4, let number = Int(String(String.UnicodeScalarView(digits))) else { return nil }
    at += digits.count
    return number
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  /// Each letter or digit in a range of the same kind.
  private static func words(_ first: Unicode.Scalar, _ last: Unicode.Scalar) -> [Word]? {
    let words = (first.value...last.value).compactMap(Unicode.Scalar.init)
    return words.allSatisfy(isPlain) ? words.map { [$0] } : nil
  }
}
