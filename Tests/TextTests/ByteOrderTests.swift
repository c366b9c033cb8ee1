import Testing
import Text

@Suite struct ByteOrderTests {
  @Test(arguments: [
    ("a", "b"), ("", "a"), ("a", "ab"), ("Z", "a"), ("z", "é"),
    // U+FFFD comes before U+1F600 by bytes, and after it by UTF-16 units.
    ("\u{FFFD}", "\u{1F600}"),
    // Equal for Swift: one letter, or two scalars.
    ("e\u{301}", "\u{E9}"),
    (String(repeating: "x", count: 40) + "a", String(repeating: "x", count: 40) + "b"),
  ])
  func putsTheLesserByteFirst(first: String, second: String) {
    #expect(byteOrder(first, second) < 0)
    #expect(byteOrder(second, first) > 0)
    #expect(inByteOrder(first, second))
    #expect(!inByteOrder(second, first))
  }

  @Test(arguments: ["", "a", "naïve", String(repeating: "long ", count: 20)])
  func takesATextForAsGreatAsItself(text: String) {
    #expect(byteOrder(text, text) == 0)
    #expect(!inByteOrder(text, text))
  }
}
