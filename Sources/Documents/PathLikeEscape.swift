/// An escape that a backslash in a path and the letter after it form by accident in double quotes: `\t` in `"\temp"`
/// (YAML 1.2.2, section 5.7).
package struct PathLikeEscape: CustomStringConvertible, Sendable {
  private let letter: UInt8

  /// The character that the escape stands for.
  package let meaning: String

  /// Whether it is a control character that no page can show.
  package var isUnshowable: Bool { "0abvfe".utf8.contains(letter) }

  package var description: String { "\\\(Unicode.Scalar(letter))" }

  fileprivate init?(_ letter: UInt8) {
    self.letter = letter
    switch letter {
    case UInt8(ascii: "0"): meaning = "a zero byte"
    case UInt8(ascii: "a"): meaning = "a bell"
    case UInt8(ascii: "b"): meaning = "a backspace"
    case UInt8(ascii: "t"): meaning = "a tab"
    case UInt8(ascii: "n"), UInt8(ascii: "N"): meaning = "a line end"
    case UInt8(ascii: "v"): meaning = "a vertical tab"
    case UInt8(ascii: "f"): meaning = "a form feed"
    case UInt8(ascii: "r"): meaning = "a carriage return"
    case UInt8(ascii: "e"): meaning = "an escape character"
    case UInt8(ascii: "L"): meaning = "a line separator"
    case UInt8(ascii: "P"): meaning = "a paragraph separator"
    default: return nil
    }
  }
}

extension Node {
  /// The first escape in a double-quoted text that is followed by a letter or a digit, as in a path; nil if the author
  /// writes backslashes as `\\`, and so knows about escapes.
  package var escapeLikeAPath: PathLikeEscape? {
    guard style == .doubleQuoted, let start = startOfContent else { return nil }
    let source = arena.source
    var found: PathLikeEscape?
    var at = start + 1
    while at + 1 < source.count, source[at] != UInt8(ascii: "\"") {
      guard source[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      if source[at + 1] == UInt8(ascii: "\\") { return nil }
      if found == nil, at + 2 < source.count, isLetterOrDigit(source[at + 2]) { found = PathLikeEscape(source[at + 1]) }
      at += 2
    }
    return found
  }
}
