import Text

/// A pattern for event and provider names, ignoring the case of ASCII letters.
///
/// `*` matches any text, `{word}` captures a text (at most once), `7000-7045` is a range of numbers:
/// `google.cloud.{service}.*` captures `pubsub` from `google.cloud.pubsub.v1.Publisher.DeleteTopic`.
///
/// A name may itself be a pattern from a rule (`io.k8s.*`): since literals never match a star, a match then means that
/// all names of the rule's pattern match.
package struct NamePattern: Hashable, Sendable {
  private enum Form: Hashable {
    case range(ClosedRange<Int>)
    case stars(StarPattern)
    /// The text before the captured word, and the text after it.
    case word(StarPattern, StarPattern)
  }

  /// More than any sensible pattern has; the cost of matching grows with this number.
  private static let maximalParts = 256

  /// As written.
  package let text: String
  private let form: Form
  /// The word in braces; nil if there is none.
  package let word: String?

  /// The numbers that it matches, if it is a number or a range.
  var numbers: ClosedRange<Int>? {
    if case .range(let range) = form { return range }
    return Int(text).map { $0...$0 }
  }

  /// - Parameter text: the result is nil if it has an unclosed brace, several braces or too many stars.
  package init?(_ text: String) {
    self.text = text
    if let range = NamePattern.range(text) {
      form = .range(range)
      word = nil
      return
    }
    let bytes = text.utf8
    guard let open = bytes.firstIndex(of: UInt8(ascii: "{")) else {
      let stars = StarPattern(bytes, syntax: .stars, ignoresCase: true)
      guard stars.parts <= NamePattern.maximalParts else { return nil }
      form = .stars(stars)
      word = nil
      return
    }
    let inside = bytes[bytes.index(after: open)...]
    guard let close = inside.firstIndex(of: UInt8(ascii: "}")), close != inside.startIndex else { return nil }
    let behind = inside[inside.index(after: close)...]
    guard !behind.contains(UInt8(ascii: "{")) else { return nil }
    let before = StarPattern(bytes[..<open], syntax: .stars, ignoresCase: true)
    let after = StarPattern(behind, syntax: .stars, ignoresCase: true)
    guard before.parts + 1 + after.parts <= NamePattern.maximalParts else { return nil }
    form = .word(before, after)
    word = String(inside[..<close])
  }

  /// A rule's own pattern, in which only `*` is special.
  package init(glob text: String) {
    self.text = text
    word = nil
    form = .stars(StarPattern(text.utf8, syntax: .stars, ignoresCase: true))
  }

  /// Whether it matches only its own text.
  package var isLiteral: Bool {
    guard case .stars(let stars) = form else { return false }
    return stars.isLiteral
  }

  /// The captured text in lower case, empty without a word in braces; nil if the name doesn't match.
  package func match(_ name: String) -> String? { part(of: name).map(lowercasedASCII) }

  /// The captured text as the name has it.
  func part(of name: String) -> String? {
    switch form {
    case .range(let range): Int(name).flatMap { range.contains($0) ? "" : nil }
    case .stars(let stars): stars.matches(name.utf8) ? "" : nil
    case .word(let before, let after): NamePattern.word(in: Array(name.utf8), between: before, and: after)
    }
  }

  package func matches(_ name: String) -> Bool { match(name) != nil }

  /// `7000-7045`.
  private static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(digits.contains) }),
      let low = Int(ends[0]), let high = Int(ends[1]), low <= high
    else { return nil }
    return low...high
  }

  /// The text that starts as early, and then ends as early, as the rest of the name allows; it is never empty and never
  /// contains a star.
  private static func word(in name: [UInt8], between before: StarPattern, and after: StarPattern) -> String? {
    var ends: [Int]?
    let starts = before.isLiteral ? before.tokens.count...before.tokens.count : 0...name.count
    for start in starts where start < name.count && before.matches(name[..<start]) {
      let known = ends ?? (start + 1...name.count).filter { after.matches(name[$0...]) }
      ends = known
      // For a later start, the end can't be earlier.
      guard let end = known.first(where: { $0 > start }) else { return nil }
      let word = name[start..<end]
      if !word.contains(UInt8(ascii: "*")) { return String(decoding: word, as: UTF8.self) }
    }
    return nil
  }
}

extension StarPattern {
  /// Its number of texts and stars.
  fileprivate var parts: Int {
    var count = 0
    for (place, token) in tokens.enumerated()
    where token == StarPattern.star || place == 0 || tokens[place - 1] == StarPattern.star {
      count += 1
    }
    return count
  }
}
