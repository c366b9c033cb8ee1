import Diagnostics
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

  private func parse(_ json: String) throws -> Node { try #require(try parseJSON(Array(json.utf8), limits: .standard)) }

  /// A tree in short, texts in quotes.
  private func words(_ node: Node) -> String {
    switch node.kind {
    case .scalar: node.isPlain ? node.text ?? "" : "\"\(node.text ?? "")\""
    case .sequence: "[" + node.items.map { words($0) }.joined(separator: ", ") + "]"
    case .mapping: "{" + node.entries.map { "\($0.key.text ?? ""): \(words($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  @Test(arguments: [
    (#"{"a": [1, -0.5e+3, true, false, null, "x"], "": {}}"#, #"{a: [1, -0.5e+3, true, false, null, "x"], : {}}"#),
    ("[]", "[]"), ("[[],[{}]]", "[[], [{}]]"), (" 7 ", "7"), (#""x""#, #""x""#),
    (#"{"a":{"b":[{"c":1}]}}"#, "{a: {b: [{c: 1}]}}"),
    ("\r\n{\t\"a\" : 0 }\n", "{a: 0}"), (#"{"a": 1, "a": 2}"#, "{a: 2}"),
    // Comments are white space, where they aren't in a text.
    ("// first\n[1, // why\r\n/* a ** / * */2/**/]//", "[1, 2]"),
    ("{/*k*/\"a//b\"/**/:/*v*/\"/* c */\"}", "{a//b: \"/* c */\"}"),
  ])
  func readsValues(json: String, expected: String) throws { #expect(words(try parse(json)) == expected) }

  @Test(arguments: ["", " \n"])
  func isNothingWhereTheFileSaysNothing(json: String) throws {
    #expect(try parseJSON(Array(json.utf8), limits: .standard) == nil)
  }

  @Test func readsAValueALine() throws {
    let nodes = try parseJSONLines(Array("{\"a\": 1}\n\n[2]\n3".utf8))
    #expect(nodes.map { words($0) } == ["{a: 1}", "[2]", "3"])
    #expect(nodes.map(\.position.line) == [1, 3, 4])
  }

  /// What is before it in its line may be escapes, and characters that YAML would have to write as such.
  @Test func knowsWhereItIs() throws {
    let node = try parse("{\"\u{85}é\\ud83d\\ude00\": [\"\u{2028}\", {\"b\": \"x\\u0041\\ud83d\\ude00yz\"}]}")
    let b = try #require(node.entries.first?.value.items.last?["b"])
    #expect(b.position == SourcePosition(line: 1, column: 36))
    // `x` is one byte; A is one of an escape of six, and the face four of an escape of twelve.
    #expect([0, 1, 2, 5, 6, 7].map { b.position(ofByte: $0).column } == [37, 38, 44, 44, 56, 57])
  }

  @Test(arguments: [
    ("[1,]", 1, 4, "expected a value"), (#"{"a":1,}"#, 1, 8, "expected a key in double quotes"),
    ("{a: 1}", 1, 2, "expected a key in double quotes"), (#"{"a" 1}"#, 1, 6, "expected ':' after the key"),
    ("[1 2]", 1, 4, "expected ',' or ']'"), ("[1}", 1, 3, "expected ',' or ']'"),
    ("[01]", 1, 2, "'01' isn't a value"),
    ("[1.]", 1, 2, "'1.' isn't a value"), ("[+1]", 1, 2, "'+1' isn't a value"),
    ("[True]", 1, 2, "'True' isn't a value"),
    ("['x']", 1, 2, "expected a value"), ("[1] 2", 1, 5, "something follows the value"),
    ("[\"a\nb\"]", 1, 4, "a text has a control character; write it as an escape"),
    (#"["ab"#, 1, 2, "the text that starts here isn't closed"), (#"["\x41"]"#, 1, 3, "the escape isn't JSON's"),
    (#"["\u12"]"#, 1, 3, "the escape isn't JSON's"), ("[\n\n1", 3, 2, "expected ',' or ']'"),
    ("[1, /* why\n2]", 1, 5, "the comment that starts here isn't closed"), ("[1, / 2]", 1, 5, "expected a value"),
    ("[1 /2]", 1, 4, "expected ',' or ']'"), ("{", 1, 2, "expected a key in double quotes"),
  ])
  func refusesWhatIsNotJSON(json: String, line: Int, column: Int, expected: String) {
    let error = #expect(throws: DocumentError.self) { try parseJSON(Array(json.utf8), limits: .standard) }
    #expect(error?.message == expected + "; correct the JSON here")
    #expect(error?.position == SourcePosition(line: line, column: column))
    #expect(error?.id == .jsonSyntax)
  }

  @Test func refusesHostileBytes() {
    for json in [String(repeating: "[", count: 1_000_000), String(repeating: #"{"a":"#, count: 100_000)] {
      let error = #expect(throws: DocumentError.self) { try parseJSON(Array(json.utf8), limits: .standard) }
      #expect(error?.id == .jsonDepth)
    }
    let broken: [[UInt8]] = [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x5B, 0x00, 0x5D],
      [0x22, 0x00, 0x22],
    ]
    for bytes in broken { #expect(throws: DocumentError.self) { try parseJSON(bytes, limits: .standard) } }
    let limits = DocumentLimits(bytes: 8, depth: 64)
    #expect(throws: DocumentError.self) { try parseJSON(Array("123456789".utf8), limits: limits) }
  }

  @Test func tellsOfKeysThatAreThereTwice() throws {
    let node = try parse("{\"a\": 1,\n \"a\": 2}")
    #expect(parsingFaults(of: [node]).map(\.id) == [.yamlDuplicateKey])
  }
}
