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
