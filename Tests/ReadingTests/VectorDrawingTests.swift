import Testing

@testable import Reading

/// Which SVG files are only pictures.
@Suite struct VectorDrawingTests {
  private func fault(_ content: String, attributes: String = "") -> String? {
    read(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \(attributes)>\(content)</svg>"
    )
  }

  private func read(_ text: String) -> String? {
    do throws(VectorDrawing.Fault) {
      _ = try VectorDrawing(Array(text.utf8))
      return nil
    } catch {
      return error.reason
    }
  }

  @Test(arguments: [
    ##"<defs><linearGradient id="g"/></defs><rect fill="url(#g)" style="fill: url('#g'); stroke:red"/>"##,
    ##"<use xlink:href="#a"/><a href="#b"><text>b</text></a>"##,
    #"<image href="data:image/png;base64,iVBORw0KGgo="/>"#,
    "<style>.a { fill: #abc } /* http://example.org */ @media print { .a { fill: red } }</style>",
    "<style>@font-face { font-family: a; src: url(data:font/woff2;base64,d09GMg==) format('woff2') }</style>",
    "<!-- https://example.org --><title>onload</title><desc>script</desc>",
    ##"<animate attributeName="x" from="0" to="9"/>"##,
    #"<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>"#,
    #"<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="C:\pictures"/>"#,
  ])
  func takesWhatIsOnlyAPicture(content: String) { #expect(fault(content) == nil) }

  @Test(arguments: [
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n",
    "\u{FEFF}", "<?xml version='1.0' encoding='utf-8'?>",
  ])
  func takesTheProloguesThatProgramsWrite(prologue: String) {
    #expect(read(prologue + #"<svg xmlns="http://www.w3.org/2000/svg"/>"#) == nil)
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "contains 'script'; save it as plain SVG, without scripts and HTML"),
    ("<g><SCRIPT/></g>", "contains 'SCRIPT'; save it as plain SVG, without scripts and HTML"),
    ("<foreignObject/>", "contains 'foreignObject'; save it as plain SVG, without scripts and HTML"),
    (
      #"<h:p xmlns:h="http://www.w3.org/1999/xhtml"/>"#, "contains 'p'; save it as plain SVG, without scripts and HTML"
    ),
    (#"<g onclick="x()"/>"#, "contains the script of 'onclick'; save it as plain SVG, without scripts"),
    (#"<a xlink:href="javascript:alert(1)"/>"#, "refers to 'javascript:alert(1)'; embed that, or remove it"),
    (#"<a href=" java&#10;script:alert(1)"/>"#, "refers to ' java\nscript:alert(1)'; embed that, or remove it"),
    (#"<image href="https://example.org/a.png"/>"#, "refers to 'https://example.org/a.png'; embed that, or remove it"),
    (#"<image href="other.png"/>"#, "refers to 'other.png'; embed that, or remove it"),
    (
      #"<image href="data:image/svg+xml;base64,AAAA"/>"#,
      "refers to 'data:image/svg+xml;base64,AAAA'; embed that, or remove it"
    ),
    (#"<g fill="url(//example.org/#a)"/>"#, "refers to '//example.org/#a'; embed that, or remove it"),
    (#"<g style="background: URL( 'http://a/b' )"/>"#, "refers to 'http://a/b'; embed that, or remove it"),
    (#"<g style="fill: \75rl(http://a)"/>"#, "has escapes in its styles; save it without them"),
    ("<style>@import 'a.css';</style>", "uses '@import' in its styles; save it without that"),
    ("<style>a { b: image-set('http://a' 1x) }</style>", "uses 'image-set' in its styles; save it without that"),
    (
      ##"<set attributeName="xlink:href" to="javascript:x"/>"##, "animates 'xlink:href'; save it without that"
    ),
    (#"<set attributeName="onclick" to="x"/>"#, "animates 'onclick'; save it without that"),
    ("<?xml-stylesheet href='http://a/b.css'?>", "contains processing instructions; remove them"),
    (#"<g xml:base="http://a/"/>"#, "refers to 'http://a/'; embed that, or remove it"),
  ])
  func refusesWhatCouldDoMore(content: String, expected: String) { #expect(fault(content) == expected) }

  /// HTML and XML end a comment and a declaration at different places: what a browser reads isn't what was checked.
  @Test(arguments: [
    #"<!--><svg xmlns="http://www.w3.org/2000/svg"><![CDATA[--><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><desc id="]]>"/></svg>"#,
    #"<!DOCTYPE svg SYSTEM "><svg xmlns='http://www.w3.org/2000/svg'><![CDATA["><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><desc id=']]>'/></svg>"#,
  ])
  func refusesWhatABrowserReadsInAnotherWay(text: String) { #expect(read(text) != nil) }

  /// Each target of 800,000 would be looked for to the end of the file.
  @Test func refusesTargetsInTargets() {
    let content = "<g style=\"\(String(repeating: "url(#", count: 100_000))\"/>"
    #expect(fault(content)?.hasPrefix("refers to '") == true)
  }

  @Test(arguments: [
    (
      "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
      "defines entities; remove its DOCTYPE"
    ),
    (
      "<?xml version='1.0' encoding='UTF-7'?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
      "isn't in UTF-8; save it in UTF-8"
    ),
    ("<?xml version='1.0'?><?xml-stylesheet href='a'?><svg/>", "contains processing instructions; remove them"),
    (
      "<?xml-stylesheet href='http://a/b.css'?><svg xmlns='http://www.w3.org/2000/svg'/>",
      "contains processing instructions; remove them"
    ),
    ("<svg/>", "isn't a picture but XML of another kind"),
    ("<svg xmlns='http://www.w3.org/2000/svg'", nil),
    ("not XML", "is neither a picture nor XML in UTF-8"),
  ])
  func refusesOtherFiles(text: String, expected: String?) {
    let found = read(text)
    if let expected { #expect(found == expected) } else { #expect(found?.hasPrefix("isn't well-formed XML: ") == true) }
  }
}
