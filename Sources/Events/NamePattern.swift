/// A pattern for names of events and providers, compared without regard to the case of ASCII letters.
///
/// `*` stands for any text, `{word}` for text that is wanted (at most once), `7000-7045` for a range of numbers:
/// `google.cloud.{service}.*` finds `pubsub` in `google.cloud.pubsub.v1.Publisher.DeleteTopic`.
///
/// A name may itself be a pattern of a rule (`io.k8s.*`): as literals never match a star, a match then means that all
/// names of the rule's pattern match.
package struct NamePattern: Hashable, Sendable {
  private enum Part: Hashable {
    case literal([UInt8])
    case star
    case capture
  }

  private enum Form: Hashable {
    case range(ClosedRange<Int>)
    case parts([Part])
  }

  /// More than any pattern of sense has; they are matched by recursion.
  private static let maximalParts = 256

  /// As written.
  package let text: String
  private let form: Form
  /// The word in braces; nil without one.
  package let word: String?

  /// The numbers that it is, where it is one or a range of them.
  var numbers: ClosedRange<Int>? {
    if case .range(let range) = form { return range }
    return Int(text).map { $0...$0 }
  }

  /// - Parameter text: nil results where braces are not closed, or where there are several.
  package init?(_ text: String) {
    self.text = text
    if let range = NamePattern.range(text) {
      form = .range(range)
      word = nil
      return
    }
    var parts: [Part] = []
    var (literal, word): ([UInt8], String?) = ([], nil)
    var rest = text.utf8[...]
    func flush() {
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
    }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"):
        flush()
        parts.append(.star)
      case UInt8(ascii: "{"):
        guard word == nil, let end = rest.firstIndex(of: UInt8(ascii: "}")), end != rest.startIndex else { return nil }
        flush()
        parts.append(.capture)
        word = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
      default: literal.append(lowercasedASCII(byte))
      }
    }
    flush()
    guard parts.count <= NamePattern.maximalParts else { return nil }
    form = .parts(parts)
    self.word = word
  }

  /// A rule's own pattern, in which only `*` has a meaning.
  package init(glob text: String) {
    self.text = text
    word = nil
    let pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    var parts: [Part] = []
    for (index, piece) in pieces.enumerated() {
      if index > 0 { parts.append(.star) }
      if !piece.isEmpty { parts.append(.literal(piece.map(lowercasedASCII))) }
    }
    form = .parts(parts)
  }

  /// Whether it stands for itself only.
  package var isLiteral: Bool {
    guard case .parts(let parts) = form else { return false }
    return parts.allSatisfy { if case .literal = $0 { true } else { false } }
  }

  /// The captured text in lower case, empty without a word in braces; nil where the name doesn't match.
  package func match(_ name: String) -> String? {
    switch form {
    case .range(let range): return Int(name).flatMap { range.contains($0) ? "" : nil }
    case .parts(let parts):
      // Most patterns are names.
      if parts.count == 1, case .literal(let literal) = parts[0] {
        return name.utf8.count == literal.count && name.utf8.lazy.map(lowercasedASCII).elementsEqual(literal) ? "" : nil
      }
      var matcher = Matcher(parts, name.utf8.map(lowercasedASCII))
      return matcher.match().map { String(decoding: matcher.text[$0], as: UTF8.self) }
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

  /// Holds a name against the parts. What failed once isn't tried again, so that many stars cost no more than the product of both lengths.
  private struct Matcher {
    let parts: [Part]
    let text: [UInt8]
    private var failed: Set<Int> = []

    init(_ parts: [Part], _ text: [UInt8]) {
      self.parts = parts
      self.text = text
    }

    /// Tries the shortest text for stars and captures first; a capture is never empty and never holds a star.
    ///
    /// - Returns: what is captured.
    mutating func match(from part: Int = 0, at start: Int = 0, captured: Range<Int> = 0..<0) -> Range<Int>? {
      if part == parts.count { return start == text.count ? captured : nil }
      switch parts[part] {
      case .literal(let literal):
        return text[start...].starts(with: literal)
          ? match(from: part + 1, at: start + literal.count, captured: captured) : nil
      case .star, .capture:
        let state = part * (text.count + 1) + start
        if failed.contains(state) { return nil }
        let found =
          parts[part] == .star
          ? afterStar(part, at: start, captured: captured) : afterCapture(part, at: start)
        if found == nil { failed.insert(state) }
        return found
      }
    }

    private mutating func afterStar(_ part: Int, at start: Int, captured: Range<Int>) -> Range<Int>? {
      if part == parts.count - 1 { return captured }
      for at in start...text.count {
        if let result = match(from: part + 1, at: at, captured: captured) { return result }
      }
      return nil
    }

    private mutating func afterCapture(_ part: Int, at start: Int) -> Range<Int>? {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "*") {
        end += 1
        if let result = match(from: part + 1, at: end, captured: start..<end) { return result }
      }
      return nil
    }
  }
}

/// A text with the ASCII letters in lower case; names of fields, events and providers compare so.
package func lowercasedASCII(_ text: String) -> String {
  let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
  guard text.utf8.contains(where: capitals.contains) else { return text }
  return String(decoding: text.utf8.map(lowercasedASCII), as: UTF8.self)
}

package func lowercasedASCII(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
