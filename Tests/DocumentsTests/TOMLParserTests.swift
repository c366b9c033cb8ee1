import Diagnostics
import Documents
import Testing

@Suite struct TOMLParserTests {
  private func parse(_ text: String) throws -> Node { try #require(try parseTOML(Array(text.utf8))) }

  /// A tree in short: `{a: 1, b: ["x"]}`, texts in quotes.
  private func words(_ node: Node) -> String {
    switch node.kind {
    case .scalar: node.isPlain ? node.text ?? "" : "\"\(node.text ?? "")\""
    case .sequence: "[" + node.items.map { words($0) }.joined(separator: ", ") + "]"
    case .mapping: "{" + node.entries.map { "\($0.key.text ?? ""): \(words($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// TOML 1.0, its chapters in turn; keys are in the order of the file.
  @Test(arguments: [
    ("a = 1\nb = 'x' # why", #"{a: 1, b: "x"}"#), ("z = 1\na = 2", "{z: 1, a: 2}"),
    ("\"q k\" = 1\n'' = 2\n3.14 = 3", "{q k: 1, : 2, 3: {14: 3}}"),
    ("x.y.z = 1\nx.\"b c\" = 2", "{x: {y: {z: 1}, b c: 2}}"),
    (#"a = "t\tq\"\\ \u00e4 \U0001F600""#, "{a: \"t\tq\"\\ ä 😀\"}"), (#"a = 'C:\temp\new'"#, #"{a: "C:\temp\new"}"#),
    ("a = \"\"\"\none\n  two \\\n     three\"\"\"", "{a: \"one\n  two three\"}"),
    ("a = '''\nx 'y' \\n'''", "{a: \"x 'y' \\n\"}"),
    ("a = [0x1F, 1_000, -3, +1.5e3, inf, -nan, true]", "{a: [0x1F, 1_000, -3, +1.5e3, inf, -nan, true]}"),
    ("a = 1979-05-27T07:32:00Z\nb = 07:32:00\nc = 1979-05-27", "{a: 1979-05-27T07:32:00Z, b: 07:32:00, c: 1979-05-27}"),
    ("a = [\n  [1, 2],\n  ['x',], # why\n]", "{a: [[1, 2], [\"x\"]]}"),
    ("a = {b = 1, c.d = 'e'}", "{a: {b: 1, c: {d: \"e\"}}}"),
    ("[t.u]\nk = 1\n[t]\nl = 2", "{t: {u: {k: 1}, l: 2}}"),
    ("[[r]]\nn = 1\n[r.s]\nm = 2\n[[r]]\nn = 3", "{r: [{n: 1, s: {m: 2}}, {n: 3}]}"),
    ("a = ''\n[e]\n", "{a: \"\", e: {}}"),
  ])
  func readsTables(text: String, expected: String) throws { #expect(words(try parse(text)) == expected) }

  @Test(arguments: ["", "\n", "# nothing\n"])
  func isNothingWhereTheFileSaysNothing(text: String) throws { #expect(try parseTOML(Array(text.utf8)) == nil) }

  @Test func knowsWhatIsText() throws {
    let node = try parse("a = '1'\nb = 1\nc = true\nd = \"true\"")
    #expect(["a", "b", "c", "d"].map { node[$0]?.scalarKind } == [.text, .number, .boolean, .text])
  }

  /// toml++ counts characters, our columns count bytes.
  @Test(arguments: [
    ("a = 1\n  b = 2", "b", 2, 7), ("\"ä\" = 'ö'\nb = ['é', 3]", "b", 2, 5), ("k = 'é'\r\nb = 1", "b", 2, 5),
    ("[t]\nx = 1\n[b]\ny = 2", "b", 3, 1), ("\u{FEFF}b = 1", "b", 1, 5), ("a = ['äöü', {b = 'x'}]", "a", 1, 5),
  ])
  func knowsWhereItIs(text: String, key: String, line: Int, column: Int) throws {
    #expect(try parse(text)[key]?.position == SourcePosition(line: line, column: column))
  }

  @Test func knowsWhereInALongLineItIs() throws {
    let text = "\"é\" = [" + (0..<1000).map { "'ä\($0)', " }.joined() + "{b = 'é', c = 7}]"
    let last = try #require(try parse(text)["é"]?.items.last)
    #expect(Int(try #require(last["c"]).position.column) == text.utf8.count - "7}]".utf8.count + 1)
  }

  @Test(arguments: [
    ("k = 'abc'", "abc"), (#"k = "a\tbcd""#, "a\tbcd"), (#"k = "\u00e4bc""#, "äbc"),
    ("k = '''\nabc\n  def\n'''", "abc\n  def\n"),
    ("k = \"\"\"\nabc \\\n\n   def\"\"\"", "abc def"), ("k = '''abc'''", "abc"),
    ("k = '''\r\nabc\r\ndef'''", "abc\ndef"),
    ("k = \"\"\"ab\"c\"\"\"", "ab\"c"), ("k = '''''a'b'''", "''a'b"),
  ])
  func knowsWhereTheLettersOfATextAre(toml: String, text: String) throws {
    let node = try #require(try parse(toml)["k"])
    #expect(node.text == text)
    let places = TextPlaces(of: node)
    for (offset, byte) in text.utf8.enumerated() where (UInt8(ascii: "a")...UInt8(ascii: "g")).contains(byte) {
      let place = try #require(toml.utf8.lastIndex(of: byte))
      let lines = toml.utf8[..<place].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let expected = SourcePosition(line: lines.count, column: (lines.last?.count ?? 0) + 1)
      #expect(places.position(ofByte: offset) == expected, "\(Character(Unicode.Scalar(byte)))")
    }
  }

  @Test(arguments: [
    ("a = ", 1, 5, "in a key-value pair: encountered end-of-file"),
    ("a = 'x", 1, 7, "in a string: encountered end-of-file"),
    ("a = 1\na = 2", 2, 5, "in a key-value pair: cannot redefine existing integer 'a'"),
    ("\"é\" = 1\n[\"ü\"\nb=1", 2, 6, "in a table header: expected ']', saw '\\n'"),
    ("a = [1,,2]", 1, 8, "in an array: expected value or closing ']', saw comma"),
    ("a: 1", 1, 2, "in a key-value pair: expected '=', saw ':'"),
    ("[&", 1, 2, "in a key: expected bare key starting character or string delimiter, saw '&'"),
  ])
  func saysWhatIsWrongAndWhere(text: String, line: Int, column: Int, expected: String) {
    let error = #expect(throws: DocumentError.self) { try parseTOML(Array(text.utf8)) }
    #expect(error?.message == expected + "; correct the TOML here")
    #expect(error?.id == .tomlSyntax && error?.position == SourcePosition(line: line, column: column))
  }

  // MARK: Hostile

  private static let deep = [
    "a = " + String(repeating: "[", count: 100_000), "a = " + String(repeating: "{b=", count: 100_000),
    (0..<100_000).map { _ in "a" }.joined(separator: ".") + " = 1",
    "[" + (0..<100_000).map { _ in "a" }.joined(separator: ".") + "]",
    "[[" + (0..<100_000).map { _ in "\"a\"" }.joined(separator: " . ") + "]]",
    "k = " + String(repeating: "{a.a.a.a.a.a.a.a=", count: 20) + "1" + String(repeating: "}", count: 20),
    (0..<33).map { _ in "a" }.joined(separator: ".") + " = {" + (0..<33).map { _ in "a" }.joined(separator: ".")
      + " = 1}",
  ]

  @Test(arguments: deep.indices)
  func refusesWhatIsNestedTooDeep(index: Int) {
    let error = #expect(throws: DocumentError.self) { try parseTOML(Array(Self.deep[index].utf8)) }
    #expect(error?.id == .tomlDepth)
  }

  @Test func readsWhatIsNoDeeperThanTheLimit() throws {
    let text =
      "[" + (0..<30).map { _ in "a" }.joined(separator: ".") + "]\nb = '''.[[[.{{'''\n# [[[[\n"
      + String(repeating: "c.d = 1\n[[x]]\n", count: 100)
    _ = try parse(text)
  }

  @Test func refusesWhatIsTooLargeOrNoText() {
    let limits = DocumentLimits(bytes: 8, depth: 64)
    #expect(throws: DocumentError.self) { try parseTOML(Array("a = 12345".utf8), limits: limits) }
    for bytes: [UInt8] in [[0x61, 0x3D, 0xFF], [0x61, 0x3D, 0x27, 0x00, 0x27], [0xFF, 0xFE, 0x61, 0x00]] {
      #expect(throws: DocumentError.self) { try parseTOML(bytes) }
    }
  }

  /// Time grows with the size only: a single line of many tables, whose places are asked for out of order.
  @Test func readsOneLongLineInTime() throws {
    let pairs = (0..<20_000).map { "a\($0 % 2000).b\($0) = 'ä'" }.joined(separator: ", ")
    let node = try #require(try parse("t = {\(pairs)}")["t"])
    #expect(node.entries.count == 2000)
  }
}
