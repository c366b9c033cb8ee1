import RegularExpressions
import Testing

@Suite struct RegexFaultTests {
  @Test(arguments: [
    "", "a|b", "^[^a-z]+(x|y){2,3}$", "(?i)net(1)?\\.exe", "(?<name>a)(?P=name)", "(?P<x>a)|(?P<x>b)",
    "\\p{L}\\x{1F600}",
    "é{2}", "(?<!ab)c", "a++", "<1-5>~\"x\"&@", "%placeholder%",
  ])
  func takesWhatCompiles(pattern: String) { #expect(fault(inRegex: pattern) == nil) }

  /// Offsets are where reading can't go on.
  @Test(arguments: [
    ("(a", 2), ("a)", 1), ("[a", 2), ("*a", 0), ("a{3,2}", 5), ("[z-a]", 3), ("\\", 1), ("(?<n", 4), ("C:\\Users", 4),
  ])
  func refusesWhatNoEngineTakes(pattern: String, offset: Int) throws {
    let found = try #require(fault(inRegex: pattern))
    #expect(found.kind == .malformed && found.offset == offset, "\(found)")
  }

  @Test(arguments: [
    // PCRE2's own limits, or ours: parentheses 101 deep, a pattern that unfolds to too much, 8,193 bytes.
    String(repeating: "(", count: 101) + String(repeating: ")", count: 101),
    "((((a{1,999}){1,999}){1,999}){1,999})", String(repeating: "a", count: 8_193),
    // As .NET, Java, Lucene and RE2 have it.
    "(?<=a+)b", "\\u00e9", "\\p{javaLowerCase}", "a**", "[\\w-.]",
  ])
  func judgesNothingThatOtherEnginesMayTake(pattern: String) throws {
    #expect(try #require(fault(inRegex: pattern)).kind == .unjudged)
  }
}
