import Testing
import XML

@Suite struct XMLWriterTests {
  @Test func writesElementsAttributesAndText() throws {
    var writer = XMLWriter()
    writer.instruction("xml-stylesheet", "href=\"a.css\"")
    writer.comment(" made ")
    writer.element("rules", ["xmlns": "urn:r", "count": "2", "absent": nil]) { writer in
      writer.element("rule", ["key": "ä<\"&"], text: "a & b\u{1}")
      writer.element("rule")
      writer.element("rule", text: "")
    }
    #expect(
      String(decoding: try writer.finish(), as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <?xml-stylesheet href="a.css"?>
        <!-- made -->
        <rules xmlns="urn:r" count="2">
          <rule key="ä&lt;&quot;&amp;">a &amp; b\u{FFFD}</rule>
          <rule/>
          <rule/>
        </rules>

        """)
  }

  @Test func addsNoSpaceToMixedContent() throws {
    var writer = XMLWriter()
    writer.element("a") { writer in
      writer.element("p") { writer in
        writer.text("b ")
        writer.element("i") { $0.element("u", text: "c") }
        writer.element("i")
      }
      writer.element("q")
    }
    #expect(
      String(decoding: try writer.finish(), as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <a>
          <p>b <i><u>c</u></i><i/></p>
          <q/>
        </a>

        """)
  }

  /// Unicode Technical Report 36, section 2.10: what is read is the same, and nobody who looks at the file is misled.
  @Test func writesControlsOfDirectionAsReferences() throws {
    let text = "\u{202E}a<b\u{2066}\u{2069}é\u{61C}"
    var writer = XMLWriter(isIndented: false)
    writer.element("a", ["b": text]) { $0.text(text) }
    let bytes = try writer.finish()
    let written = "&#x202E;a&lt;b&#x2066;&#x2069;é&#x61C;"
    #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("<a b=\"\(written)\">\(written)</a>\n"))
    let root = try XMLDocument(parsing: bytes, path: "a.xml").root()
    #expect(root.text == text && root.value(of: "b") == text)
  }

  @Test func endsWhatIsOpen() throws {
    var writer = XMLWriter(isIndented: false)
    writer.start("a")
    writer.start("b")
    #expect(String(decoding: try writer.finish(), as: UTF8.self).hasSuffix("<a><b/></a>\n"))
  }

  @Test(arguments: ["", "a b", "1a", "a<b", "a\u{0}b"])
  func refusesWhatIsNoName(name: String) {
    #expect(throws: XMLWriterError.badName(name)) {
      var writer = XMLWriter()
      writer.element(name)
      _ = try writer.finish()
    }
    #expect(throws: XMLWriterError.badName(name)) {
      var writer = XMLWriter()
      writer.element("a", [name: "b"])
      _ = try writer.finish()
    }
  }

  @Test func keepsTheFirstFailure() {
    #expect(throws: XMLWriterError.badMarkup("a--b")) {
      var writer = XMLWriter()
      writer.comment("a--b")
      writer.element("1")
      _ = try writer.finish()
    }
    #expect(throws: XMLWriterError.outOfPlace("b")) {
      var writer = XMLWriter()
      writer.element("a") { writer in
        writer.text("x")
        writer.attribute("b", "c")
      }
      _ = try writer.finish()
    }
  }
}
