package import RuleModel

/// A value with its wildcards, in whatever characters its language writes them.
package struct TextPattern: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case literal(UInt8)
    /// Any text.
    case many
    /// One character.
    case one
  }

  package var parts: [Part]

  package init(_ parts: [Part] = []) { self.parts = parts }

  /// A text without wildcards.
  package init(_ text: some Sequence<UInt8>) { parts = text.map { .literal($0) } }

  /// The canonical comparison (design.md, "Test"): wildcards at the ends determine the kind, one that remains inside
  /// makes it `wildcard` in Sigma's spelling, and wildcards alone test that the field exists.
  package var comparison: (kind: TestKind, value: String) {
    let leading = parts.prefix { $0 == .many }.count
    if leading == parts.count { return parts.isEmpty ? (.eq, "") : (.exists, "true") }
    let trailing = parts.reversed().prefix { $0 == .many }.count
    let middle = parts[leading..<parts.count - trailing]
    var literal: [UInt8] = []
    for part in middle {
      guard case .literal(let byte) = part else { return (.wildcard, spelling) }
      literal.append(byte)
    }
    let value = String(decoding: literal, as: UTF8.self)
    return switch (leading > 0, trailing > 0) {
    case (false, false): (.eq, value)
    case (true, true): (.contains, value)
    case (true, false): (.endsWith, value)
    case (false, true): (.startsWith, value)
    }
  }

  /// Without the any-text wildcards at its ends.
  package var trimmed: TextPattern {
    let leading = parts.prefix { $0 == .many }.count
    let trailing = parts.dropFirst(leading).reversed().prefix { $0 == .many }.count
    return TextPattern(Array(parts[leading..<parts.count - trailing]))
  }

  /// In Sigma's wildcard syntax: a backslash precedes a literal star, question mark or backslash that could be misread.
  package var spelling: String {
    var text: [UInt8] = []
    for (place, part) in parts.enumerated() {
      switch part {
      case .many: text.append(UInt8(ascii: "*"))
      case .one: text.append(UInt8(ascii: "?"))
      case .literal(let byte):
        let isWildcard = byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
        if isWildcard || byte == UInt8(ascii: "\\") && escapes(place + 1) { text.append(UInt8(ascii: "\\")) }
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether a backslash here would escape the character that follows.
  private func escapes(_ place: Int) -> Bool {
    guard place < parts.count else { return false }
    return switch parts[place] {
    case .many, .one: true
    case .literal(let byte): "*?\\".utf8.contains(byte)
    }
  }
}
