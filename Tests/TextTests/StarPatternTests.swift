import Testing
import Text

@Suite struct StarPatternTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("a", "", false), ("*", "", true), ("**", "abc", true), ("abc", "abc", true),
    ("abc", "abcd", false), ("a*", "a", true), ("a*c", "abbc", true), ("a*c", "abcb", false),
    ("*a*b*", "xxayybzz", true),
    ("*ab", "aab", true), ("*aab", "aaab", true), ("a*b*c", "abcbc", true), ("a*b*c", "acb", false), ("A", "a", false),
    ("a?c", "a?c", true), ("a?c", "abc", false), ("\\*", "\\x", true),
  ])
  func takesAnyTextForAStar(pattern: String, text: String, isTaken: Bool) {
    #expect(StarPattern(pattern.utf8, syntax: .stars).matches(text.utf8) == isTaken)
  }

  // The contract, “Words”: `*` and `?` are wildcards, and a backslash takes their meaning and its own away.
  @Test(arguments: [
    ("a?c", "abc", true), ("a?c", "ac", false), ("a??", "abc", true), ("?", "", false), ("*?", "a", true),
    // A character may have several bytes.
    ("a?c", "aéc", true), ("a?c", "a😀c", true), ("a??c", "aéc", false), ("*?é", "éé", true), ("?*?", "é", false),
    ("a\\*c", "a*c", true), ("a\\*c", "abc", false), ("a\\?c", "a?c", true), ("a\\?c", "abc", false),
    ("a\\\\*", "a\\bc", true), ("a\\\\", "a\\", true), ("a\\b", "a\\b", true), ("a\\", "a\\", true),
    ("\\\\?", "\\x", true), ("\\\\\\?", "\\?", true), ("\\\\\\?", "\\x", false),
  ])
  func takesOneCharacterForAQuestionMark(pattern: String, text: String, isTaken: Bool) {
    #expect(StarPattern(pattern.utf8, syntax: .wildcards).matches(text.utf8) == isTaken)
  }

  @Test(arguments: [("aBc*", "AbCd", true), ("É", "é", false), ("[", "{", false), ("@Z", "`z", false)])
  func comparesLettersOfASCIIWithoutCase(pattern: String, text: String, isTaken: Bool) {
    #expect(StarPattern(pattern.utf8, syntax: .stars, ignoresCase: true).matches(text.utf8) == isTaken)
  }

  @Test func saysHowWhatItTakesBeginsAndEnds() {
    let pattern = StarPattern("ab*c*de".utf8, syntax: .stars)
    #expect(
      pattern.head.elementsEqual("ab".utf8.map(UInt16.init)) && pattern.tail.elementsEqual("de".utf8.map(UInt16.init)))
    #expect(!pattern.isLiteral)
    let literal = StarPattern("ab".utf8, syntax: .stars)
    #expect(literal.head == literal.tail && literal.head.count == 2 && literal.isLiteral)
  }

  /// Each star tried against each place would take more steps than there are atoms.
  @Test(.timeLimit(.minutes(15))) func matchesManyStarsInBoundedTime() {
    let stars = String(repeating: "*x", count: 500)
    let text = String(repeating: "x", count: 1_000)
    #expect(!StarPattern((stars + "y").utf8, syntax: .stars).matches(text.utf8))
    #expect(StarPattern(stars.utf8, syntax: .stars).matches(text.utf8))
  }
}
