import Testing

@testable import QueryLanguages

@Suite struct EscapesTests {
  private func text(_ query: String, _ escapes: Escapes) -> String? {
    let bytes = Array(query.utf8)
    let rules = TokenRules(
      words: TokenRules.Words(body: .letters), quotes: [TokenRules.Quotes("\"", escape: .sequences(escapes))],
      symbols: [])
    return ValueReader(bytes: bytes, rules: rules).text(of: Expression(.text(quote: 0), 0..<bytes.count))
  }

  @Test(arguments: [
    (#""a\tb\nc\rd""#, "a\tb\nc\rd"), (#""\"\\""#, #""\"#), (#""\d\*\.""#, #"\d\*\."#), (#""\u00e9\u0041""#, "éA"),
    (#""\u{1F600}\u{41}""#, "😀A"),
    (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\u12""#, #"\u12"#), (#""\u{110000}""#, "\u{FFFD}"),
    (#""\u{""#, #"\u{"#),
    (#""\u-123""#, #"\u-123"#), (#""\and\ANDy""#, "andANDy"), (#""é\é""#, #"é\é"#),
  ])
  func readsWhatTheLanguageHas(query: String, expected: String) {
    let escapes = Escapes(literals: "\"\\", digits: [UInt8(ascii: "u"): 4], words: ["and"])
    #expect(text(query, escapes) == expected)
  }

  @Test func allCharactersMayLoseTheirMeaning() {
    #expect(text(#""\a\n\*\é""#, .literal) == "an*é")
    #expect(text(#""\a\n\*""#, .common) == "a\n*")
  }
}

@Suite struct TimeWordsTests {
  @Test(arguments: [
    ("now", true), ("now-1d/d", true), ("now+5m", true), ("now||/d", true), ("nowhere", false), ("2024-05-01", true),
    ("2024-05-01T10:00:00Z", true),
    ("2024-05-01 10:00", true), ("2024-05-01||-1d", true), ("2024-05-012", false), ("2024-05", false),
    ("20240501", false), ("10.0.0.1", false), ("", false),
  ])
  func datesAreTold(text: String, isDate: Bool) {
    #expect(TimeWords.isDate(text) == isDate)
  }

  @Test(arguments: [
    ("@timestamp", true), ("TimeGenerated", true), ("Timestamp", true), ("_time", true), ("time", false),
    ("timestamp_1", false),
  ])
  func fieldsOfTimeAreTold(name: String, isTime: Bool) {
    #expect(TimeWords.isField(name) == isTime)
  }
}
