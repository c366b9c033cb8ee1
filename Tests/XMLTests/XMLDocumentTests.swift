import Diagnostics
import Testing
import XML

@Suite struct XMLDocumentTests {
  private func root(_ text: String) throws -> XMLElement {
    try XMLDocument(parsing: Array(text.utf8), path: "a.xml").root()
  }

  private func errors(_ bytes: [UInt8]) -> [String] {
    do throws(XMLErrors) {
      _ = try XMLDocument(parsing: bytes, path: "a.xml")
      return []
    } catch {
      return error.errors.map { "\($0.location): \($0.message)" }
    }
  }

  @Test func readsElementsAttributesTextAndComments() throws {
    let element = try root(
      #"""
      <a xmlns:t="urn:t" b="1 &amp; 2" t:c='"'>x &lt; y<![CDATA[ <z>]]><!-- note -->
        <t:d/>ü</a>
      """#)
    #expect(element.name == "a")
    #expect(element.declarations == [XMLNamespaceDeclaration(prefix: "t", uri: "urn:t")])
    #expect(element.value(of: "b") == "1 & 2")
    #expect(element.value(of: "c", namespace: "urn:t") == "\"")
    #expect(element.value(of: "c") == nil)
    #expect(element.children.first == .text("x < y <z>"))
    #expect(element.children.dropFirst().first == .comment(" note "))
    #expect(element.elements.map(\.namespace) == ["urn:t"])
    #expect(element.text == "x < y <z>\n  ü")
  }

  /// libxml2 compares each attribute, and each namespace, with all before it.
  @Test func boundsAttributesAndNamespaces() throws {
    func element(_ count: Int, _ prefix: String, value: String = "urn:v") -> String {
      "<b " + (0..<count).map { "\(prefix)\($0)='\(value)'" }.joined(separator: " ") + "/>"
    }
    func document(_ inner: String) -> [UInt8] { Array("<a><!-- <c \(inner) --><![CDATA[<d]]>\n\(inner)</a>".utf8) }
    #expect(errors(document(element(256, "x", value: "v>"))) == [])
    #expect(errors(document(element(257, "x"))) == ["a.xml:2:1: an element has more than 256 attributes; remove some"])
    #expect(errors(document(element(64, "xmlns:x"))) == [])
    #expect(
      errors(document(element(65, "xmlns:x"))) == ["a.xml:2:1: more than 64 namespaces are declared here; remove some"])
    // Side by side they are forgotten, one inside the other they add up.
    let open = element(40, "xmlns:x").dropLast(2) + ">"
    #expect(errors(document("\(open)</b>\(open)</b>")) == [])
    #expect(
      errors(document("\(open)\n\(open)</b></b>")) == [
        "a.xml:4:1: more than 64 namespaces are declared here; remove some"
      ])
  }

  @Test func reportsNoMoreThan100Mistakes() {
    #expect(errors(Array("<a>\(String(repeating: "<x:b/>", count: 500))</a>".utf8)).count == 100)
  }

  @Test func joinsManySectionsOfText() throws {
    #expect(try root("<a>" + String(repeating: "<![CDATA[x]]>", count: 20_000) + "</a>").text.utf8.count == 20_000)
  }

  @Test func placesCountBytesFromOne() throws {
    let element = try root(
      "<?xml version='1.0'?>\n<!-- <x> -->\n<ä>é<b\n  c = 'a>b'\n  d=\"&amp;x\"/><![CDATA[<no>]]><c/></ä>")
    #expect(element.position == SourcePosition(line: 3, column: 1))
    let (b, c) = (try #require(element.elements.first), try #require(element.elements.last))
    #expect(b.position == SourcePosition(line: 3, column: 7))
    #expect(b.attributes.map(\.position) == [SourcePosition(line: 4, column: 8), SourcePosition(line: 5, column: 6)])
    #expect(c.position == SourcePosition(line: 5, column: 31))
    #expect(b.attributes[0].position(ofByte: 2) == SourcePosition(line: 4, column: 10))
    #expect(b.attributes[1].position(ofByte: 1) == SourcePosition(line: 5, column: 6))
  }

  // Bytes of the text, counted from 0, and the columns where they stand.
  @Test(arguments: [
    ("<a b='c'>xyz</a>", 2, 1, 12), ("<a>x&gt;yz</a>", 1, 1, 5), ("<a>x&gt;yz</a>", 2, 1, 9),
    ("<a>é&amp;z</a>", 3, 1, 11),
    ("<a>x\n yz</a>", 3, 2, 2), ("<a><![CDATA[x&gt;y]]></a>", 3, 1, 16), ("<a>\n<![CDATA[x]]></a>", 1, 2, 1),
    // Behind markup, and where a reference by number stands: the element's own place.
    ("<a>x<b/>yz</a>", 2, 1, 1), ("<a>&#65;yz</a>", 2, 1, 1), ("<a/>", 1, 1, 1),
  ])
  func placesOfTextCountReferencesAsTheyAreWritten(text: String, offset: Int, line: Int, column: Int) throws {
    #expect(try root(text).position(ofTextByte: offset) == SourcePosition(line: line, column: column))
  }

  @Test(arguments: [
    ("<a>\n<b></a>", "a.xml:2:8: opening and ending tag mismatch: b line 2 and a"),
    ("<a>ü&nbsp;</a>", "a.xml:1:12: entity 'nbsp' not defined"),
    ("<a><x:b/></a>", "a.xml:1:8: namespace prefix x on b is not defined"),
    ("<a", "a.xml:1:3: couldn't find end of Start Tag a line 1"),
    ("", "a.xml:1:1: document is empty"),
  ])
  func tellsTheCauseFirst(text: String, expected: String) {
    #expect(errors(Array(text.utf8)).first == expected)
  }

  @Test(arguments: [
    "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<!DOCTYPE html []><html/>", "<!DOCTYPE a><a/>",
    "<!DOCTYPE html SYSTEM \"file:///etc/passwd\"><html/>", "<!DOCTYPE html PUBLIC \"a\" \"b\"><html/>",
    "<!DOCTYPE a SYSTEM \"b\" [<!ENTITY % c SYSTEM \"d\"> %c;]><a/>",
  ])
  func refusesDTDs(text: String) {
    let found = errors(Array(text.utf8))
    #expect(found.count == 1)
    #expect(
      found.first?.hasSuffix("only '<!DOCTYPE html>' is allowed here: DTDs and entities are not read; remove it")
        == true
    )
  }

  @Test func acceptsThePlainDoctype() throws {
    let document = try XMLDocument(parsing: Array("<!DOCTYPE html>\n<html/>".utf8), path: "a.xml")
    let hasDoctype = document.hasDoctype
    #expect(hasDoctype)
    #expect(document.root().position == SourcePosition(line: 2, column: 1))
  }

  @Test func doesNotStopAtAZeroByte() {
    #expect(
      errors(Array("<a/>\n\0<b/>".utf8)) == ["a.xml:2:1: a zero byte isn't allowed in XML; save the file as UTF-8"])
  }

  @Test func readsUTF16ByItsMarkOrItsFirstCharacter() throws {
    let text = "<?xml version='1.0' encoding='UTF-16'?><a>ü😀</a>"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    // Without the mark, XML's first character tells.
    let unmarked = [Array(little.dropFirst(2)), Array(big.dropFirst(2))]
    for bytes in [little, big, [0xEF, 0xBB, 0xBF] + Array(text.utf8)] + unmarked {
      #expect(try XMLDocument(parsing: bytes, path: "a.xml").root().text == "ü😀")
    }
  }

  @Test func refusesDeepNesting() {
    let deep = String(repeating: "<a>", count: 50_000) + String(repeating: "</a>", count: 50_000)
    #expect(errors(Array(deep.utf8)).count >= 1)
  }
}
