import Diagnostics
import Documents
import Testing

/// Where the bytes of a scalar's text are in its file.
@Suite struct TextPlacesTests {
  private static let scalars: [(yaml: String, text: String)] = [
    // As written.
    ("k: abc", "abc"), ("k: 'abc'", "abc"), ("k: \"abc\"", "abc"), ("k: äbc", "äbc"),
    // Plain, over several lines (YAML 1.2.2, section 7.3.3).
    ("k: abc\n  def", "abc def"), ("k: abc  \n\n\n \t def\n  ghi", "abc\n\ndef ghi"),
    ("- k: abc\r\n    def", "abc def"),
    ("k:\n  abc\n   def # no", "abc def"), ("k: ab  c\n  d", "ab  c d"), ("k: &x !!str abc\n  def", "abc def"),
    // In single quotes (7.3.2).
    ("k: 'ab''c'", "ab'c"), ("k: 'a\n\n  b  c '' d'", "a\nb  c ' d"), ("k: ' a \n b '", " a b "),
    // In double quotes (7.3.1), with escapes (5.7).
    (#"k: "a\tb\\c\"d""#, "a\tb\\c\"d"), (#"k: "\x41b\u00e4c\U0001F600d""#, "Ab\u{E4}c\u{1F600}d"),
    ("k: \"ab \\\n   cd\"", "ab cd"), ("k: \"ab\\\n\n  cd\"", "ab\ncd"), ("k: \"a\n  b\n\n\\  c\"", "a b\n  c"),
    ("k: \"a\\N\\_\\L\\P\\e\\0b\"", "a\u{85}\u{A0}\u{2028}\u{2029}\u{1B}\u{0}b"),
    // Literal blocks (8.1.2).
    ("k: |\n  abc\n  def\n", "abc\ndef\n"), ("k: |\n  abc\n\n    def\n\n\n", "abc\n\n  def\n"),
    ("k: |-\n    abc\n    def", "abc\ndef"), ("k: |+\n  abc\n\n\nz: 1", "abc\n\n\n"),
    ("k: |2\n    abc\n   def\n", "  abc\n def\n"), ("k: |2-  # why\n    abc\n", "  abc"),
    ("k: |\n\n\n  abc\n", "\n\nabc\n"), ("k: |\r\n  abc\r\n  def\r\n", "abc\ndef\n"),
    ("a:\n - k: |\n     abc\n    \n     def\n   z: 1", "abc\n\ndef\n"), ("k: |\n  ab\n     \n  c\n", "ab\n   \nc\n"),
    ("k: |1\n \tab\n \tc", "\tab\n\tc"), ("k: !!str |\n  abc\n", "abc\n"), ("k: |\n  äb\n  😀c\n", "äb\n😀c\n"),
    // Folded blocks (8.1.3).
    ("k: >\n  abc\n  def\n", "abc def\n"), ("k: >-\n  abc\n\n  def\n\n\n  ghi\n", "abc\ndef\n\nghi"),
    ("k: >\n  abc\n    def\n    ghi\n  jkl\n", "abc\n  def\n  ghi\njkl\n"),
    ("k: >\n  abc\n\n    def\n\n  ghi\n", "abc\n\n  def\n\nghi\n"), ("k: >1\n  abc\n def\n", " abc\ndef\n"),
    ("k: >\n\n  abc\n  def\n\n", "\nabc def\n"), ("k: >+\n  abc\n\n", "abc\n\n"),
  ]

  private func node(_ yaml: String) throws -> Node {
    let document = try #require(try parseYAML(Array(yaml.utf8)).first)
    var found: Node?
    document.forEachNode { node in
      guard let value = node["k"] else { return }
      found = value
    }
    return try #require(found)
  }

  /// What follows an empty block belongs to another key.
  @Test(arguments: ["k: |\nz: 1", "k: >\n     \n   \n\nz: 1", "k: |+\n\n\n# comment\nz: 1", "z: 1\nk: |\n"])
  func areTheNodesOwnWhereABlockIsEmpty(yaml: String) throws {
    let node = try node(yaml)
    #expect(node.style == .literal || node.style == .folded)
    #expect(TextPlaces(of: node).position(ofByte: 0) == node.position)
  }

  /// Each letter of the text is where the file has it.
  @Test(arguments: scalars)
  func areThoseOfTheLetters(yaml: String, text: String) throws {
    let node = try node(yaml)
    #expect(node.text == text)
    let places = TextPlaces(of: node)
    let value = try #require(yaml.firstRange(of: "k:")).upperBound
    for (offset, byte) in text.utf8.enumerated() where (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) {
      // Escapes are written with letters, too.
      let letter = Character(Unicode.Scalar(byte))
      let hits = yaml[value...].indices.filter {
        yaml[$0] == letter && (yaml[yaml.index(before: $0)] != "\\" || yaml[$0] == "b")
      }
      guard hits.count == 1, let place = hits.first else { continue }
      let before = yaml[..<place].utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let expected = SourcePosition(line: before.count, column: (before.last?.count ?? 0) + 1)
      #expect(places.position(ofByte: offset) == expected, "\(letter)")
    }
  }

  @Test(arguments: [
    // An escape is at its backslash, whatever it stands for.
    (#"k: "a\u00e4b""#, 1, 1, 6), (#"k: "a\u00e4b""#, 2, 1, 6), (#"k: "a\u00e4b""#, 3, 1, 12),
    // A fold is at its first line break.
    ("k: a\n  b", 1, 1, 5), ("k: >\n  a\n  b\n", 1, 2, 4),
    // What is missing at the end is missing behind the last word.
    ("k: abc", 3, 1, 7), ("k: 'a''b'", 3, 1, 9), ("k: |\n  ab\n", 3, 2, 5), ("k: |+\n  ab\n\n\n", 5, 2, 5),
    ("k: >-\n  ab\n  c\nz: 1", 4, 3, 4), ("k: |\n  ab", 2, 2, 5), ("k: |\n  ab\n", 99, 2, 5),
  ])
  func areExactBesideLetters(yaml: String, byte: Int, line: Int, column: Int) throws {
    #expect(TextPlaces(of: try node(yaml)).position(ofByte: byte) == SourcePosition(line: line, column: column))
  }

  /// With its quotes, and without the line end that a block has.
  @Test(
    arguments: [
      ("k: abc", 1, 7), ("k: abc # why", 1, 7), ("k: 'abc'", 1, 9), ("k: ''", 1, 6), ("k: 'a'''", 1, 9),
      ("k: 'a''b'", 1, 10), (#"k: "a\\""#, 1, 9), (#"k: "a\"""#, 1, 9), (#"k: "äb""#, 1, 9),
      ("k: &x !!str abc", 1, 16), ("k: !x 'ab'", 1, 11), ("k: a\n  b", 2, 4), ("k: \"a\n  b\"", 2, 5),
      ("k: |\n  ab\n  c\n\nz: 1", 3, 4), ("k: >-\n  ab\n  c\n", 3, 4), ("k: {z: 1}", nil, nil), ("k: [1]", nil, nil),
      ("k:", nil, nil), ("k: |\nz: 1", nil, nil), ("k: 'a\u{2028}  b'", nil, nil),
    ] as [(String, Int?, Int?)])
  func endWithTheScalar(yaml: String, line: Int?, column: Int?) throws {
    let span = try node(yaml).span
    #expect(span.start == (try node(yaml).position))
    #expect(span.end == line.flatMap { line in column.map { SourcePosition(line: line, column: $0) } })
  }

  @Test func spanWords() throws {
    let node = try node("k: >\n  ab cd\n  ef\n")
    func span(_ bytes: Range<Int>) -> [Int32?] {
      let span = node.span(ofBytes: bytes)
      return [span.start.line, span.start.column, span.end?.line, span.end?.column]
    }
    #expect(span(0..<2) == [2, 3, 2, 5])
    #expect(span(3..<5) == [2, 6, 2, 8])
    #expect(span(6..<8) == [3, 3, 3, 5])
    // Nothing has no end.
    #expect(span(3..<3) == [2, 6, nil, nil])
    #expect(TextPlaces(of: node).span(ofBytes: 0..<2, behind: 6).start == SourcePosition(line: 3, column: 3))
  }

  /// A byte that isn't UTF-8 and a control character are shown as three bytes, and count as those that the file has.
  @Test(arguments: [
    (DocumentFormat.yaml, "k: |\n  ", "ab\n  c", 3), (.json, "{\n\"k\": \"", "ab\"}", 7),
    (.toml, "k = '''\n  ", "ab'''", 3),
  ])
  func countTheBytesOfTheFile(format: DocumentFormat, before: String, after: String, column: Int) throws {
    let odd: [UInt8] = [0xFF, 0x7F, 0xC2, 0x80]
    let text = try repairedText(Array(before.utf8) + odd + odd + Array(after.utf8))
    let node = try #require(try parse(text, as: format).first?["k"])
    let value = Array(try #require(node.text).utf8)
    let places = TextPlaces(of: node)
    let a = try #require(value.firstIndex(of: UInt8(ascii: "a")))
    #expect(places.position(ofByte: a) == SourcePosition(line: 2, column: column + 8))
    // All bytes of what is shown are at what it stands for.
    let first = try #require(value.firstIndex(of: 0xEF))
    #expect((0...3).map { Int(places.position(ofByte: first + $0).column) - column } == [0, 0, 0, 1])
  }

  @Test func countTheBytesOfTheFileInFaults() throws {
    let text = try repairedText([0xFF, 0xFF] + Array(": 'a".utf8))
    let error = #expect(throws: DocumentError.self) { try parse(text, as: .yaml) }
    #expect(error?.position == SourcePosition(line: 1, column: 5))
  }

  /// What libyaml breaks lines at, and we don't look for, is the whole scalar.
  @Test func areThatOfTheScalarWhereTheSourceIsReadOtherwise() throws {
    let places = TextPlaces(of: try node("k: 'a\u{2028}  b'"))
    #expect(places.position(ofByte: 5) == SourcePosition(line: 1, column: 4))
  }
}
