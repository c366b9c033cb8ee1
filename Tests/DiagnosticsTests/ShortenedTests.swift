import Diagnostics
import Testing

@Suite struct ShortenedTests {
  @Test func keeps120Characters() {
    let text = String(repeating: "é", count: 120)
    #expect(shortened(text) == text)
  }

  @Test func cutsWhatIsLonger() {
    #expect(shortened(String(repeating: "é", count: 5_000_000)) == String(repeating: "é", count: 119) + "…")
  }

  @Test func staysInOneLine() { #expect(shortened("a\nb\r\u{2028}c\td") == "a b  c\td") }
}
