import Testing

@testable import Site

@Suite struct PackingTests {
  /// Five bits a character, by hand: 31 is the last that takes one; 32 is 0 with more to follow, then 1.
  @Test(arguments: [([0], "A"), ([1, 31], "Bf"), ([32], "gB"), ([33, 1023, 1024], "hB/fggB")])
  func writesFiveBitsACharacter(numbers: [Int], text: String) {
    var packed = PackedNumbers()
    for number in numbers { packed.add(number) }
    #expect(String(decoding: packed.text, as: UTF8.self) == text)
  }

  @Test func writesSortedNumbersAsDifferences() {
    var packed = PackedNumbers()
    packed.add(ascending: [3, 4, 40])
    packed.add(ascending: [])
    // Three of them: 3, 1 more, 36 more (4 and more to follow, 1); none.
    #expect(String(decoding: packed.text, as: UTF8.self) == "DDBkBA")
  }

  @Test(
    arguments: [
      // 0 shared, 3 left; then three times 2 shared, 1 left.
      (["abc", "abd"], "ADGB", "abcd"),
      (["", "a", "a"], "AAABDA", "a"),
      // A letter beyond U+FFFF is two units.
      (["😀", "😀é"], "ACGB", "😀é"),
      // A control that turns the direction is shown: eight units.
      (["a\u{202E}b", "a\u{202E}c"], "AKbB", "a[U+202E]bc"),
      // Half of one is no text: nothing is shared by letters that start alike in UTF-16 and UTF-8.
      (["😀", "😁"], "ACAC", "😀😁"),
      // A hash: 16 digits are 8 bytes, and these 11 characters of base 64.
      (["0123456789abcdef"], "BQ", "ASNFZ4mrze8"),
      // Two digits are a byte, so that the F in common is written again.
      (["x=FFFFFFFFFFFFFFFF", "x=FEFFFFFFFFFFFFFFFF"], "ASIS", "x=FFFFFFFFFFFFFFFF/v//////////"),
    ] as [([String], String, String)])
  func writesWhatATextHasNotFromTheOneBefore(texts: [String], sizes: String, text: String) {
    let bytes = PackedTexts(texts).value.script(naming: "x")
    #expect(String(decoding: bytes, as: UTF8.self) == "globalThis.x = {\"sizes\":\"\(sizes)\",\"text\":\"\(text)\"};\n")
  }
}
