import Templates
import Testing
import XML

/// Pages are valid HTML and well-formed XML at once.
@Suite struct OutputTests {
  @Test(arguments: [
    // Void elements have no end tag, all others have one.
    (#"<p>a<br/>b<wbr/><img src="x" alt=""></img><input type="search"/></p>"#,
      #"<p>a<br/>b<wbr/><img src="x" alt=""/><input type="search"/></p>"#),
    (#"<div><script src="a.js"/><p/><textarea/><iframe/></div>"#,
      #"<div><script src="a.js"></script><p></p><textarea></textarea><iframe></iframe></div>"#),
    // Drawings stay as they are.
    (#"<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><linearGradient id="g"/><path d="M0 0"></path><text>a</text></svg></p>"#,
      #"<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><linearGradient id="g"/><path d="M0 0"/><text>a</text></svg></p>"#),
    (#"<p><svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="x"/><foreignObject><div/></foreignObject></svg></p>"#,
      #"<p><svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="x"/><foreignObject><div></div></foreignObject></svg></p>"#),
    // Namespaces of TAL, METAL and XHTML are gone, comments and instructions too.
    (#"<html xmlns="http://www.w3.org/1999/xhtml"><!-- a --><?b c?><body>d<!-- e -->f</body></html>"#,
      "<html><body>df</body></html>"),
    // Characters are written as they are, quotes and references as XML has them.
    (#"<p title='a "b" &amp; &#xFC;'>&lt;ü&#x20AC;&#62;</p>"#, #"<p title="a &quot;b&quot; &amp; ü">&lt;ü€&gt;</p>"#),
    ("<style>a > b { color: red }</style>", "<style>a > b { color: red }</style>"),
  ])
  func writesWhatBothReadersUnderstand(template: String, expected: String) throws {
    #expect(try render(template) == expected)
  }

  @Test(arguments: [
    // Beside blocks white space with a line end goes, in a line of text it is one space.
    ("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<p>\n  a\n  b <b>c</b>\n  <i>d</i>\n</p>", "<p>a b <b>c</b> <i>d</i></p>"),
    ("<p>a <b>b</b> <i>c</i>  d</p>", "<p>a <b>b</b> <i>c</i>  d</p>"),
    ("<div>\n<p>a</p>\n<b>b</b>\n<custom-tag/>\n</div>", "<div><p>a</p><b>b</b> <custom-tag></custom-tag></div>"),
    ("<ul>\n  <tal:block>\n    <li>a</li>\n  </tal:block>\n</ul>", "<ul><li>a</li></ul>"),
    ("<p><b>\n a</b>\n<tal:block>\n<i>c</i></tal:block></p>", "<p><b> a</b>  <i>c</i></p>"),
    // Where it counts, it stays; HTML drops one line end after the start tag.
    ("<pre>\n a\n  <b>\n b</b>\n</pre>", "<pre> a\n  <b>\n b</b>\n</pre>"),
    ("<pre>\n\na</pre>", "<pre>\n\na</pre>"),
    ("<textarea>\na\n</textarea>", "<textarea>a\n</textarea>"),
  ])
  func keepsTheWhiteSpaceThatShows(template: String, expected: String) throws {
    #expect(try render(template) == expected)
  }

  @Test(arguments: ["pre", "textarea"])
  func doublesALineEndThatABrowserWouldDrop(element: String) throws {
    let page = Page(title: "\n a\n")
    #expect(try render("<\(element) tal:content=\"page/title\"/>", page) == "<\(element)>\n\n a\n</\(element)>")
    let inner = "<\(element)><tal:block condition=\"page/open\">x</tal:block><tal:block replace=\"page/title\"/></\(element)>"
    #expect(try render(inner, page) == "<\(element)>\n\n a\n</\(element)>")
    #expect(try render("<\(element) tal:content=\"page/title\"/>", Page(title: " \n")) == "<\(element)> \n</\(element)>")
  }

  @Test(arguments: [
    (#""><script>alert(1)</script>"#, #""&gt;&lt;script&gt;alert(1)&lt;/script&gt;"#,
      #"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"#),
    ("' onmouseover='x", "' onmouseover='x", "' onmouseover='x"),
    ("&lt;&amp;", "&amp;lt;&amp;amp;", "&amp;lt;&amp;amp;"),
    ("a\u{202E}b\u{2067}", "a[U+202E]b[U+2067]", "a[U+202E]b[U+2067]"),
    ("\u{0}\u{1B}\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("a\r\nb\tc", "a&#13;\nb\tc", "a&#13;&#10;b&#9;c"),
    (String(decoding: [0x61, 0x80, 0xBF, 0x62] as [UInt8], as: UTF8.self), "a\u{FFFD}\u{FFFD}b", "a\u{FFFD}\u{FFFD}b"),
    ("${page/rule} $$ tal:content", "${page/rule} $$ tal:content", "${page/rule} $$ tal:content"),
    ("]]>", "]]&gt;", "]]&gt;"),
  ])
  func escapesWhatTheModelSays(value: String, text: String, attribute: String) throws {
    let template = #"<p tal:attributes="title page/title; class string:a-${page/title}" tal:content="page/title">x</p>"#
    let page = Page(title: value)
    let rendered = try render(template, page)
    #expect(rendered == #"<p title="\#(attribute)" class="a-\#(attribute)">\#(text)</p>"#)
    // Read back, it is what it was, but for what can't be written.
    let element = try XMLDocument(parsing: Array(rendered.utf8), path: "page.html").root()
    let shown = String(
      String.UnicodeScalarView(
        value.unicodeScalars.map { scalar in
          scalar == "\u{0}" || scalar == "\u{1B}" || scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar
        })
    ).replacing("\u{202E}", with: "[U+202E]").replacing("\u{2067}", with: "[U+2067]")
    #expect(Array(element.text.unicodeScalars) == Array(shown.unicodeScalars))
    #expect(element.value(of: "title").map { Array($0.unicodeScalars) } == Array(shown.unicodeScalars))
  }

  @Test func writesAWholePageThatReadsBack() throws {
    let library = try TemplateLibrary(files: [
      templateFile("page.html", "<html lang=\"en\">\n<head><meta charset=\"utf-8\"/><title tal:content=\"page/title\"/></head>\n<body/>\n</html>")
    ])
    let bytes = try library.page("page.html", for: Page.self).render(Page(title: "a < b"))
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"/><title>a &lt; b</title></head><body></body></html>
        """)
    let document = try XMLDocument(parsing: bytes, path: "page.html")
    #expect(document.root().elements.first?.text == "a < b")
  }

  @Test func copiesAFragmentAsItIs() throws {
    let library = try TemplateLibrary(files: [
      templateFile("row.html", #"<table><tr metal:define-macro="row"><td tal:content="rule/name"/></tr></table>"#)
    ])
    let row = try library.macro("row", in: "row.html", for: Rule.self, as: "rule")
    let fragment = row.fragment(Rule(name: "<b>"))
    let template = #"<table><tr tal:replace="page/row"/><tbody tal:condition="page/row" tal:content="page/row"/></table>"#
    #expect(
      try render(template, Page(row: fragment))
        == "<table><tr><td>&lt;b&gt;</td></tr><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>")
  }

  @Test func rendersTheSameInSeveralThreads() async throws {
    let library = try TemplateLibrary(files: [
      templateFile("page.html", #"<ul><li tal:repeat="r page/rules" tal:content="string:${repeat/r/number} ${r/name}"/></ul>"#)
    ])
    let template = try library.page("page.html", for: Page.self)
    let pages = (0..<64).map { number in Page(rules: (0..<number).map { Rule(name: "rule \($0)") }) }
    let rendered = await withTaskGroup(of: (Int, [UInt8]).self) { group in
      for (number, page) in pages.enumerated() { group.addTask { (number, template.render(page)) } }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for (number, page) in pages.enumerated() {
      let items = page.rules.enumerated().map { "<li>\($0 + 1) \($1.name)</li>" }.joined()
      #expect(rendered[number].map { String(decoding: $0, as: UTF8.self) } == "<!DOCTYPE html>\n<ul>\(items)</ul>")
    }
  }
}
