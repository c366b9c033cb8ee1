import Diagnostics
import Documents
import Testing

@Suite struct YAMLParserTests {
  private func parse(_ text: String) throws -> [Node] { try parseYAML(Array(text.utf8)) }

  @Test(arguments: ["00000429", "null", "2023-09-07", "0x1F", "true", "1e3", "~"])
  func keepsTheTextOfAPlainScalar(text: String) throws {
    let node = try #require(try parse("value: \(text)").first?["value"])
    #expect(node.text == text)
    #expect(node.style == .plain)
  }

  /// A byte order mark is no part of the first key, and no column of the first line.
  @Test func readsBehindAByteOrderMark() throws {
    let node = try #require(try parse("\u{FEFF}a:\n  b: 1\nc: 2").first)
    #expect(node.entries.map(\.key.text) == ["a", "c"])
    #expect(node["a"]?["b"]?.position == SourcePosition(line: 2, column: 6))
    #expect(try parseJSON(Array("\u{FEFF}{\"a\": 1}".utf8), limits: .standard)?["a"]?.text == "1")
  }

  @Test func refusesUTF16() {
    let error = #expect(throws: DocumentError.self) { try parseYAML([0xFE, 0xFF, 0, 0x61]) }
    #expect(error?.message == "the file is UTF-16; save it as UTF-8")
  }

  @Test func tellsNullFromAnEmptyText() throws {
    let node = try #require(try parse("a:\nb: ''\nc: ~\nd: 'null'\ne: null").first)
    #expect(["a", "b", "c", "d", "e"].map { node[$0]?.isNull } == [true, false, true, false, true])
    #expect(node["b"]?.text == "")
  }

  @Test(
    arguments: [
      ("true", true), ("Yes", true), ("ON", true), ("no", false), ("False", false), ("OFF", false), ("yEs", nil),
      ("'yes'", nil), ("y", nil), ("1", nil), ("", nil), ("[yes]", nil),
    ] as [(String, Bool?)])
  func readsTheBooleansOfYAML(written: String, expected: Bool?) throws {
    #expect(try parse("value: \(written)").first?["value"]?.boolean == expected)
  }

  @Test func readsEachDocumentOfAFile() throws {
    let documents = try parse("title: one\n---\ntitle: two\n---\n# nothing\n---\ntitle: three\n")
    #expect(documents.map { $0["title"]?.text } == ["one", "two", "three"])
  }

  @Test func placesCountBytesFromOne() throws {
    let node = try #require(try parse("ä: [ö, é]\nlist:\n  - one\n  - \"two\"").first)
    let items = try #require(node.entries.first?.value.items)
    #expect(items.map(\.position) == [SourcePosition(line: 1, column: 6), SourcePosition(line: 1, column: 10)])
    let list = try #require(node["list"]).items
    #expect(list.map(\.position) == [SourcePosition(line: 3, column: 5), SourcePosition(line: 4, column: 5)])
    #expect(list[1].position(ofByte: 2) == SourcePosition(line: 4, column: 8))
  }

  @Test func seesDuplicateKeysAndLetsTheLastHold() throws {
    let documents = try parse("a: 1\nb: 2\na: 3")
    #expect(documents.first?["a"]?.text == "3")
    #expect(documents.first?.entries.map { [$0.key.text, $0.value.text] } == [["b", "2"], ["a", "3"]])
    #expect(
      parsingFaults(of: documents) == [
        DocumentError(
          .yamlDuplicateKey,
          at: SourceSpan(SourcePosition(line: 3, column: 1), to: SourcePosition(line: 3, column: 2)),
          "the key 'a' is in line 1 already; the last one holds, so rename or remove one of them")
      ])
    let keys = (0..<20).map { "k\($0): 1" } + ["k7: 2"]
    let many = try parse(keys.joined(separator: "\n"))
    #expect(parsingFaults(of: many).map(\.position) == [SourcePosition(line: 21, column: 1)])
  }

  @Test func seesEscapedControlCharacters() throws {
    let documents = try parse(#"a: "x\u0001y\t\n""#)
    #expect(parsingFaults(of: documents).map(\.id) == [.forbiddenCharacter])
    #expect(documents.first?["a"]?.text == "x\u{1}y\t\n")
  }

  @Test func laysMappingsOverEachOther() throws {
    let documents = try parse("a: {x: 1, y: 2}\nb: 1\n---\na: {y: 3, z: 4}\nb: [2]\nc: 5\n")
    var merger = try #require(NodeMerger(documents, work: WorkBudget(bytes: 0, limits: .standard)))
    let merged = merger.merge(merger.handle(of: documents[0]), with: merger.handle(of: documents[1]))
    let node = try #require(merger.nodes(of: [merged]).first)
    #expect(node.entries.map(\.key.text) == ["a", "b", "c"])
    #expect(node["a"]?.entries.map { [$0.key.text, $0.value.text] } == [["x", "1"], ["y", "3"], ["z", "4"]])
    #expect(node["b"]?.items.map(\.text) == ["2"])
  }

  @Test func followsAliasesAndMerges() throws {
    let node = try #require(try parse("base: &b {x: 1, y: 2}\nmade:\n  <<: *b\n  y: 3\nlist: [*b]").first)
    let made = try #require(node["made"])
    #expect(made.entries.map { [$0.key.text, $0.value.text] } == [["y", "3"], ["x", "1"]])
    #expect(node["list"]?.items.first?["x"]?.text == "1")
  }

  /// Of merged keys the first holds, and each is looked up by its hash: this took a minute when each was looked for among all.
  @Test func mergesManyKeys() throws {
    let many = (0..<20_000).map { "k\($0): \($0)" }.joined(separator: ", ")
    let node = try #require(
      try parse("base: &b {\(many)}\nother: &o {k7: x, l: y}\nmade: {k9: own, <<: [*b, *o]}").first)
    let made = try #require(node["made"])
    #expect(made.entries.count == 20_001)
    #expect(["k9", "k7", "l"].map { made[$0]?.text } == ["own", "7", "y"])
  }

  /// libyaml compares each with all before it.
  @Test func refusesVeryManyTagDirectives() {
    func text(_ count: Int) -> String { (0..<count).map { "%TAG !t\($0)! tag:x,2000:\n" }.joined() + "---\na: 1\n" }
    #expect(throws: Never.self) { try parse(text(64)) }
    #expect(throws: Never.self) { try parse(text(64) + "...\n" + text(64)) }
    #expect(
      throws: DocumentError(
        .yamlSyntax, at: SourcePosition(line: 65, column: 1),
        "a document has more than 64 %TAG lines; remove those that nothing uses")
    ) { try parse(text(65)) }
  }

  @Test func limitsWhatAliasesUnfoldTo() throws {
    let text = "a: &a [\(String(repeating: "x", count: 100))]\nb: [*a, *a, *a, *a]\n"
    #expect(throws: Never.self) { try parseYAML(Array(text.utf8), limits: DocumentLimits(bytes: 1_000, depth: 9)) }
    #expect(throws: DocumentError.self) {
      try parseYAML(Array(text.utf8), limits: DocumentLimits(bytes: 1_000, depth: 9, aliasBytes: 100))
    }
  }

  /// What a value starts with that isn't text to YAML: the advice says what to do.
  @Test(arguments: [
    ("a: *tool*", 4, "'*' starts an alias in YAML; put the value in single quotes"),
    (#"a: *\cmd.exe"#, 4, "'*' starts an alias in YAML; put the value in single quotes"),
    ("a: &&x", 4, "'&' starts an anchor in YAML; put the value in single quotes"),
    (
      "a: *tool", 4,
      "'*tool' is an alias in YAML, and no anchor '&tool' is before it; put the value in single quotes, or add the anchor"
    ),
    ("a: @x", 4, "'@' can't start a value; put the value in single quotes"),
    ("a: `x`", 4, "'`' can't start a value; put the value in single quotes"),
    ("a: %x%", 4, "'%' can't start a value; put the value in single quotes"),
    ("a: !x!y", 4, "'!' starts a tag in YAML; put the value in single quotes"),
    (
      #"a: "C:\Windows""#, 7,
      "a backslash in double quotes starts an escape, and this one isn't valid; put the value in single quotes, where a backslash is only itself"
    ),
    (
      #"a: "C:\users""#, 7,
      "a backslash in double quotes starts an escape, and this one isn't valid; put the value in single quotes, where a backslash is only itself"
    ),
    (
      "a: 'it's'", 8, "the value ends at the quote before this; write a quote inside single quotes twice, as in 'it''s'"
    ),
    (#"a: "b" c"#, 8, "the value ends at the quote before this; put the value in single quotes"),
    (
      "a: {b}c", 7,
      "'{' at the start of a value starts a map, which ends before this; put the value in single quotes if it is text"
    ),
    (
      "a: [b]c", 7,
      "'[' at the start of a value starts a list, which ends before this; put the value in single quotes if it is text"
    ),
    (
      "a: b: c", 5,
      "a colon and a space can't be inside a value; put the value in single quotes, or correct the indentation if a new key starts here"
    ),
  ])
  func advisesToQuote(text: String, column: Int, message: String) {
    #expect(throws: DocumentError(.yamlSyntax, at: SourcePosition(line: 1, column: column), message)) {
      try parse(text)
    }
  }

  /// Each fault of structure in plain words, at the place where it is to be corrected.
  @Test(arguments: [
    (
      "a: > x", 1, 4,
      "'>' at the start of a value says that a text follows on the lines below; put the value in single quotes"
    ),
    (
      "a: | more", 1, 4,
      "'|' at the start of a value says that a text follows on the lines below; put the value in single quotes"
    ),
    (
      "a: - foo", 1, 4,
      "'-' and a space start an entry of a list, which belongs on a line of its own; put the value in single quotes if it is text"
    ),
    ("a: ? x", 1, 4, "'?' and a space start a key in YAML; put the value in single quotes"),
    ("a: 'b\nc: d", 1, 4, "the quote that starts here isn't closed; write the same quote at the end of the value"),
    (
      "a: 1\nb\nc: 2", 2, 1,
      "this line has no colon and isn't part of a value; add ': ' and a value, or indent it like the text that it belongs to"
    ),
    (
      "a:\n  b: 1\n c: 2", 3, 2,
      "this isn't a key of the map that starts in line 1; correct the indentation, or put the value before it in single quotes"
    ),
    (
      "a:\n  - b\n  c: d", 3, 3,
      "this isn't an entry of the list that starts in line 2; write '- ' before it, or correct the indentation"
    ),
    (
      "a: [b\nc: d", 2, 2,
      "the list that starts in line 1 isn't closed here; write ',' or ']', or put a text in single quotes"
    ),
    (
      "a: {b\nc: d", 2, 2,
      "the map that starts in line 1 isn't closed here; write ',' or '}', or put a text in single quotes"
    ),
    ("a: [b,,c]", 1, 7, "',' can't start a value; write the value before it, or put a text in single quotes"),
    ("a: ]", 1, 4, "']' can't start a value; write the value before it, or put a text in single quotes"),
    ("a: [", 1, 5, "a value is missing here; write one, and close lists with ']' and maps with '}'"),
    (
      "a: b\n--- |\nc: d", 3, 1,
      "the document ends before this line; correct the indentation, or start another document with '---' alone"
    ),
    ("a: !!", 1, 4, "'!' starts a tag in YAML; put the value in single quotes"),
  ])
  func saysWhatToDoAboutAFaultOfStructure(text: String, line: Int, column: Int, message: String) {
    #expect(throws: DocumentError(.yamlSyntax, at: SourcePosition(line: line, column: column), message)) {
      try parse(text)
    }
  }

  /// What the backslashes of a path in double quotes make by accident.
  @Test(
    arguments: [
      (#""\temp\new.exe""#, #"\t"#), (#""\bin\net.exe""#, #"\b"#), (#""C:\new""#, #"\n"#), (#""\Local\new""#, #"\L"#),
      // The author knows of escapes, or means one.
      (#""C:\\temp\new""#, nil), (#""a\n""#, nil), (#""a\t b""#, nil), (#""\x41b""#, nil), (#"'\temp'"#, nil),
      (#"\temp"#, nil),
    ] as [(String, String?)])
  func seesEscapesThatAPathMakes(value: String, escape: String?) throws {
    let node = try #require(try parse("a: \(value)").first?["a"])
    #expect(node.escapeLikeAPath?.description == escape)
  }

  @Test func advisesToQuoteAPathWithAControlCharacter() throws {
    func message(_ text: String) throws -> [String] { parsingFaults(of: try parse(text)).map(\.message) }
    #expect(
      try message(#"a: "\bin""#) == [
        #"the text has an escaped control character, which is shown as U+FFFD; put the text in single quotes if '\b' is a backslash and a letter"#
      ])
    #expect(
      try message(#"a: "\b""#) == ["the text has an escaped control character, which is shown as U+FFFD; remove it"])
  }

  @Test(arguments: [
    ("a: !", "'!' is a tag in YAML, and no value follows it; put the value in single quotes"),
    ("a: !important", "'!important' is a tag in YAML, and no value follows it; put the value in single quotes"),
    ("a: &x", "'&x' is an anchor in YAML, and no value follows it; put the value in single quotes"),
    ("a: !x y", "'!x' is a tag in YAML and no part of the value; put the value in single quotes if it belongs to it"),
    ("a: !x [y]", "'!x' is a tag in YAML and no part of the value; put the value in single quotes if it belongs to it"),
  ])
  func reportsTagsAndAnchorsThatLoseAValue(text: String, message: String) throws {
    #expect(
      parsingFaults(of: try parse(text)) == [DocumentError(.yamlTag, at: SourcePosition(line: 1, column: 4), message)])
  }

  @Test func knowsTextsByTheirTag() throws {
    let node = try #require(try parse("a: !!str null\nb: ! ~\nc: null\nd: !!null\ne: &x f\ng: *x").first)
    #expect(["a", "b", "c", "d"].map { node[$0]?.isNull } == [false, false, true, true])
    #expect(parsingFaults(of: [node]) == [])
  }

  @Test func readsJSON() throws {
    let node = try #require(try parse(#"{"a":{"b":[1,"zwei\u00fc"]},"c":null}"#).first)
    #expect(node["a"]?["b"]?.items.map(\.text) == ["1", "zweiü"])
    #expect(node["c"]?.isNull == true)
  }

  @Test(arguments: [
    ("a: 'open\nb: 1\n", CheckID.yamlSyntax, 1, 4),
    ("a:\n\tb: 1\n", .yamlSyntax, 2, 1),
    ("a: *none\n", .yamlSyntax, 1, 4),
    ("a: &x [*x]\n", .yamlAliases, 1, 8),
    ("a: [1, 2\n", .yamlSyntax, 2, 1),
    ("a: b: c\n", .yamlSyntax, 1, 5),
  ])
  func pointsAtTheFault(text: String, id: CheckID, line: Int, column: Int) throws {
    let error = try #require(throws: DocumentError.self) { try parse(text) }
    #expect(error.id == id)
    #expect(error.position == SourcePosition(line: line, column: column), "\(error.message)")
  }

  @Test func refusesDeepNestingAndAliasBombs() throws {
    let deep = String(repeating: "[", count: 20_000)
    #expect(try #require(throws: DocumentError.self) { try parse(deep) }.id == .yamlDepth)
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      bomb += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    #expect(try #require(throws: DocumentError.self) { try parse(bomb) }.id == .yamlAliases)
    let large = [UInt8](repeating: UInt8(ascii: "#"), count: 5 << 20)
    #expect(try #require(throws: DocumentError.self) { try parseYAML(large) }.id == .fileTooLarge)
  }

  @Test func repairsWhatIsNoText() throws {
    let bytes = Array("a: \u{1}x".utf8) + [0x96] + Array("y é\n".utf8)
    let repaired = try repairedText(bytes)
    #expect(String(decoding: repaired.bytes, as: UTF8.self) == "a: \u{FFFD}x\u{FFFD}y é\n")
    #expect(repaired.faults.map(\.id) == [.notUTF8, .forbiddenCharacter])
    #expect(
      repaired.faults.map(\.position) == [SourcePosition(line: 1, column: 6), SourcePosition(line: 1, column: 4)])
    #expect(try parseYAML(repaired.bytes).first?["a"]?.text == "\u{FFFD}x\u{FFFD}y é")
    #expect(try #require(throws: DocumentError.self) { try repairedText([0x61, 0, 0x62]) }.id == .notText)
    #expect(try repairedText([0xEF, 0xBB, 0xBF, 0x61]).bytes == [0x61])
  }
}
