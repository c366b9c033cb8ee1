import RuleModel

/// A value in Sigma's wildcard syntax (Sigma Specification 2.1.0, “String Wildcard” and “Escape Character”).
///
/// `*` matches any text, `?` one character; `\*`, `\?` and `\\` are the characters themselves, and any other backslash
/// is literal.
struct SigmaString {
  private enum Part {
    case literal(UInt8)
    case star
    case question
  }

  private var text: [UInt8]
  private var parts: [Part]

  init(_ bytes: some Collection<UInt8>) {
    text = Array(bytes)
    parts = []
    parts.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      switch byte {
      case UInt8(ascii: "*"): parts.append(.star)
      case UInt8(ascii: "?"): parts.append(.question)
      case UInt8(ascii: "\\") where at < text.count && "*?\\".utf8.contains(text[at]):
        parts.append(.literal(text[at]))
        at += 1
      default: parts.append(.literal(byte))
      }
    }
  }

  /// Adds the wildcards of `contains`, `startswith` and `endswith`. A star that is already there isn't doubled.
  mutating func surround(leading: Bool, trailing: Bool) {
    if leading, !startsWithStar {
      text.insert(UInt8(ascii: "*"), at: 0)
      parts.insert(.star, at: 0)
    }
    if trailing, !endsWithStar {
      // A trailing backslash that escapes nothing must be doubled, or it would escape the star.
      let backslashes = text.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      if backslashes % 2 == 1 { text.append(UInt8(ascii: "\\")) }
      text.append(UInt8(ascii: "*"))
      parts.append(.star)
    }
  }

  private var startsWithStar: Bool { if case .star = parts.first { true } else { false } }
  private var endsWithStar: Bool { if case .star = parts.last { true } else { false } }

  var hasWildcard: Bool {
    parts.contains {
      switch $0 {
      case .literal: false
      case .star, .question: true
      }
    }
  }

  /// The canonical comparison: stars at the ends determine the kind, a wildcard left inside makes it `wildcard` with
  /// the value as written, and stars alone test that the field exists.
  var comparison: (kind: TestKind, value: String) {
    let middle = trimmed
    switch (middle.literal, startsWithStar, endsWithStar) {
    case (nil, _, _): return (.wildcard, String(decoding: text, as: UTF8.self))
    case (let value?, false, false): return (.eq, value)
    case (let value?, true, true): return value.isEmpty ? (.exists, "true") : (.contains, value)
    case (let value?, true, false): return (.endsWith, value)
    case (let value?, false, true): return (.startsWith, value)
    }
  }

  /// A search over the whole event, where stars at the ends have no effect. If a wildcard is left inside, the value is
  /// as written, and the modifier distinguishes it from a text with the same characters.
  var keyword: (value: String, modifiers: TestModifiers) {
    let middle = trimmed
    if let literal = middle.literal { return (literal, []) }
    return (String(decoding: text[middle.text], as: UTF8.self), .wildcard)
  }

  /// What is left without the stars at the ends: the unescaped text if it has no wildcard, and its range as written.
  private var trimmed: (literal: String?, text: Range<Int>) {
    let leading = parts.prefix(while: isStar).count
    let trailing = leading == parts.count ? 0 : parts.reversed().prefix(while: isStar).count
    let middle = parts[leading..<parts.count - trailing]
    var literal: [UInt8] = []
    literal.reserveCapacity(middle.count)
    for part in middle {
      guard case .literal(let byte) = part else { return (nil, leading..<text.count - trailing) }
      literal.append(byte)
    }
    return (String(decoding: literal, as: UTF8.self), leading..<text.count - trailing)
  }

  private func isStar(_ part: Part) -> Bool { if case .star = part { true } else { false } }
}
