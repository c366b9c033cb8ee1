import Testing
import XML

@Suite struct EscapingTests {
  private func text(_ string: String) -> String {
    var buffer = ByteBuffer()
    buffer.append(text: string)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private func attribute(_ string: String) -> String {
    var buffer = ByteBuffer()
    buffer.append(attribute: string)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("a & b < c > d \"e\" 'f'", "a &amp; b &lt; c &gt; d \"e\" 'f'", "a &amp; b &lt; c &gt; d &quot;e&quot; 'f'"),
    ("\"><script>", "\"&gt;&lt;script&gt;", "&quot;&gt;&lt;script&gt;"),
    ("]]>", "]]&gt;", "]]&gt;"),
    ("a\tb\nc\rd", "a\tb\nc&#13;d", "a&#9;b&#10;c&#13;d"),
    ("\u{0}\u{1}\u{8}\u{B}\u{C}\u{E}\u{1F}", String(repeating: "\u{FFFD}", count: 7), String(repeating: "\u{FFFD}", count: 7)),
    ("\u{FFFE}x\u{FFFF}\u{FFFD}\u{FFFC}", "\u{FFFD}x\u{FFFD}\u{FFFD}\u{FFFC}", "\u{FFFD}x\u{FFFD}\u{FFFD}\u{FFFC}"),
    ("a\u{202E}b\u{2066}\u{61C}\u{200E}", "a[U+202E]b[U+2066][U+061C][U+200E]", "a[U+202E]b[U+2066][U+061C][U+200E]"),
    ("\u{200D}\u{2029}\u{2065}\u{206A}\u{61B}\u{7F}\u{85}", "\u{200D}\u{2029}\u{2065}\u{206A}\u{61B}\u{7F}\u{85}",
      "\u{200D}\u{2029}\u{2065}\u{206A}\u{61B}\u{7F}\u{85}"),
    ("ü€😀", "ü€😀", "ü€😀"), ("", "", ""),
  ])
  func escapesWhatHasToBe(string: String, text: String, attribute: String) {
    #expect(self.text(string) == text)
    #expect(self.attribute(string) == attribute)
  }

  @Test(arguments: [
    ([0x61, 0x80, 0x62], "a\u{FFFD}b"), ([0xC3], "\u{FFFD}"), ([0xC0, 0xBC], "\u{FFFD}\u{FFFD}"),
    ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xE2, 0x80, 0x3C], "\u{FFFD}&lt;"), ([0xE2, 0x80], "\u{FFFD}"),
  ] as [([UInt8], String)])
  func replacesIllFormedUTF8(bytes: [UInt8], expected: String) {
    var buffer = ByteBuffer()
    buffer.append(text: bytes)
    #expect(String(decoding: buffer.bytes, as: UTF8.self) == expected)
  }

  /// What libxml2's own writer makes of it.
  private func fromLibxml2(_ string: String) throws -> (text: String, attribute: String) {
    var writer = XMLWriter(isIndented: false)
    writer.element("a", ["b": string], text: string)
    // Between the marks, in bytes: a combining mark would make one character with the quote before it.
    let written = try writer.finish().split(separator: UInt8(ascii: "<"), maxSplits: 2, omittingEmptySubsequences: false).last ?? []
    let marks = [Array("a b=\"".utf8), Array("\">".utf8), Array("</a>\n".utf8)]
    #expect(written.starts(with: marks[0]))
    let value = written.dropFirst(marks[0].count).prefix { $0 != UInt8(ascii: "\"") }
    let rest = written[value.endIndex...]
    guard rest.starts(with: marks[1]) else {
      #expect(rest.elementsEqual("\"/>\n".utf8))
      return ("", String(decoding: value, as: UTF8.self))
    }
    #expect(rest.suffix(5).elementsEqual(marks[2]))
    let text = String(decoding: rest.dropFirst(2).dropLast(5), as: UTF8.self)
    // In text, quotes need no escape; libxml2's writer has one function for both places.
    return (text.replacing("&quot;", with: "\""), String(decoding: value, as: UTF8.self))
  }

  /// Directions have no meaning for libxml2.
  private func withVisibleDirections(_ string: String) -> String {
    let controls: [UInt32] = [0x61C, 0x200E, 0x200F] + (0x202A...0x202E) + (0x2066...0x2069)
    return string.unicodeScalars.map { scalar in
      controls.contains(scalar.value)
        ? "[U+\(String(repeating: "0", count: scalar.value < 0x1000 ? 1 : 0))\(String(scalar.value, radix: 16, uppercase: true))]"
        : String(scalar)
    }.joined()
  }

  private func expectSame(_ string: String) throws {
    let expected = try fromLibxml2(withVisibleDirections(string))
    let (text, attribute) = (text(string), attribute(string))
    // Only a short word of the difference: the strings are long.
    #expect(text.utf8.elementsEqual(expected.text.utf8), "text of \(string.unicodeScalars.first.map { $0.value } ?? 0)")
    #expect(attribute.utf8.elementsEqual(expected.attribute.utf8), "attribute of \(string.unicodeScalars.first.map { $0.value } ?? 0)")
  }

  @Test func agreesWithLibxml2OnEveryScalar() throws {
    for start in stride(from: UInt32(0), to: 0x110000, by: 0x800) {
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: (start..<(start + 0x800)).compactMap(Unicode.Scalar.init))
      if !scalars.isEmpty { try expectSame(String(scalars)) }
    }
  }

  @Test func agreesWithLibxml2OnRandomStrings() throws {
    var random = SplitMix(state: 42)
    let pieces = ["&", "<", ">", "\"", "'", "\r", "\n", "\t", " ", "a", "&amp;", "]]>", "\u{0}", "\u{1F}", "ü", "€", "😀",
      "\u{202E}", "\u{2069}", "\u{61C}", "\u{FFFE}", "\u{FFFF}", "\u{D7FF}", "\u{E000}", "plain text"]
    for _ in 0..<2_000 {
      let length = Int.random(in: 0..<40, using: &random)
      try expectSame((0..<length).compactMap { _ in pieces.randomElement(using: &random) }.joined())
    }
  }

  @Test func growsAsFarAsItMust() {
    var buffer = ByteBuffer(capacity: 1)
    let piece = String(repeating: "<", count: 1_000)
    for _ in 0..<1_000 { buffer.append(text: piece) }
    #expect(buffer.count == 4_000_000)
    #expect(buffer.bytes.suffix(4) == Array("&lt;".utf8))
    buffer.removeAll()
    buffer.append(text: "ab")
    buffer.insert(UInt8(ascii: "-"), at: 1)
    #expect(buffer.bytes == Array("a-b".utf8))
  }
}

/// Random numbers that are the same in each run (Steele, Lea, Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
