import Documents
import Testing

@Suite struct YAMLScalarTests {
  @Test(arguments: [
    ("Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon/Operational"), ("4688", "4688"),
    ("Script block (1 of 2)", "Script block (1 of 2)"), ("", #""""#), ("null", #""null""#), ("Yes", #""Yes""#),
    ("a: b", #""a: b""#), ("a #b", #""a #b""#), ("- a", #""- a""#), ("[a]", #""[a]""#), ("a, b", #""a, b""#),
    (" a", #"" a""#), ("a ", #""a ""#), (#"a"\b"#, #""a\"\\b""#), ("é", #""é""#), ("a\nb\tc", #""a\nb\tc""#),
    ("a\u{0}b", #""a\U00000000b""#), ("\u{202E}x", #""\U0000202Ex""#),
  ])
  func quotesWhatWouldNotReadAsItself(text: String, expected: String) { #expect(yamlScalar(text) == expected) }

  @Test(arguments: [
    "a", "a b", "null", "~", "12", "0x1F", "1e3", "yes", "no", "-", "?", ":", "a:", "a: b", "#", "a #", "*a", "&a",
    "!a",
    "%", "@", "`", "{a: b}", "[", "]", ",", "'", "\"", "|", ">", "\\", "a\nb", "\n", "\t", " ", "a\r\nb", "é", "日本",
    "…",
    "\u{85}", "\u{2028}", "\u{FEFF}a", "<<", "=", "a{b}c",
  ])
  func readsBackAsKeyAndAsValueInBlockAndInFlow(text: String) throws {
    let scalar = yamlScalar(text)
    for source in ["\(scalar): \(scalar)\n", "{\(scalar): \(scalar)}\n", "{\(scalar): [\(scalar)]}\n"] {
      let entry = try #require(try parseYAML(Array(source.utf8)).first?.entries.first)
      #expect(entry.0.text == text, "\(source)")
      #expect((entry.1.kind == .sequence ? entry.1.items.first?.text : entry.1.text) == text, "\(source)")
    }
  }
}
