import Documents
import Testing

@Suite struct JSONParserTests {
  private func text(_ json: String) throws -> String? {
    try parseJSON(Array(json.utf8), limits: .standard)?["a"]?.text
  }

  /// RFC 8259, section 7, has the G clef as its example.
  @Test(arguments: [
    (#"{"a": "\ud834\udd1e"}"#, "\u{1D11E}"), (#"{"a": "x\uD83D\uDE00\ud83d\ude00y"}"#, "x\u{1F600}\u{1F600}y"),
    (#"{"a": "\u00e9\/\b\n"}"#, "\u{E9}/\u{8}\n"), (#"{"a":"\\ud834\\udd1e"}"#, #"\ud834\udd1e"#),
    (#"{"a": "\\\ud834\udd1e"}"#, "\\\u{1D11E}"),
  ])
  func readsEscapes(json: String, expected: String) throws {
    #expect(try text(json) == expected)
  }

  /// JSON's texts hold them as they are (section 7: all but the quotation mark, the backslash and C0 controls).
  @Test(arguments: [
    "\u{7F}", "\u{80}", "\u{85}", "\u{9B}", "\u{A0}", "q\u{2028} r", " \u{2029} ", "\u{20AC}", "\u{FFFD}",
  ])
  func keepsCharactersThatYAMLWouldNot(character: String) throws {
    let read = try text("{\"a\": \"\(character)\"}")
    #expect(read.map { Array($0.unicodeScalars) } == Array(character.unicodeScalars))
  }

  @Test func replacesWhatXMLForbids() throws {
    #expect(try text("{\"a\": \"\u{FFFE}\u{FFFF}\"}") == "\u{FFFD}\u{FFFD}")
  }

  @Test(arguments: [#"{"a": "\ud834"}"#, #"{"a": "\udd1e\ud834"}"#, #"{"a": "\ud834x"}"#, #"{"a": "\ud834\"#])
  func refusesHalfACharacter(json: String) {
    #expect(throws: DocumentError.self) { try text(json) }
  }

  @Test func callsItsFaultsThoseOfJSON() throws {
    let error = try #require(throws: DocumentError.self) { try text("{\n  \"a\": [1, 2\n}") }
    #expect(error.message.hasSuffix("; correct the JSON here"))
    #expect(error.position?.line == 3)
  }
}
