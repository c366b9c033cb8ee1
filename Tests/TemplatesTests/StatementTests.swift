import Templates
import Testing

/// Each statement, with the sentence of TAL 1.4 or METAL 1.1 that it is about.
@Suite struct StatementTests {
  @Test(arguments: [
    // tal:content takes the place of what stands in the element, tal:replace of the element.
    (#"<p tal:content="page/title">Sample</p>"#, "<p>Title</p>"),
    (#"<p>a <b tal:replace="page/title">Sample</b> c</p>"#, "<p>a Title c</p>"),
    (#"<p>a<b tal:replace="nothing">Sample</b></p>"#, "<p>a</p>"),
    (#"<p tal:content="text page/rule/name"/>"#, "<p>One</p>"),
    (#"<p tal:content="page/note">Sample</p>"#, "<p></p>"),
    (#"<p tal:content="string:${page/title}: $$5 ${page/rule/name}!"/>"#, "<p>Title: $5 One!</p>"),
    (#"<p tal:content="page/link"/>"#, "<p>a/index.html</p>"),
    // tal:condition keeps the element when it is true.
    (#"<p><b tal:condition="page/open">x</b><i tal:condition="not:page/open">y</i></p>"#, "<p><i>y</i></p>"),
    (#"<p><b tal:condition="page/title">1</b><b tal:condition="page/note">2</b></p>"#, "<p><b>1</b></p>"),
    (#"<p><b tal:condition="page/rules">1</b><b tal:condition="page/other">2</b></p>"#, "<p></p>"),
    (#"<p><b tal:condition="page/source">1</b><b tal:condition="page/link">2</b></p>"#, "<p><b>2</b></p>"),
    (#"<p><b tal:condition="page/rule">1</b><b tal:condition="page/row">2</b></p>"#, "<p><b>1</b></p>"),
    // tal:attributes
    (
      #"<a class="x" href="y" tal:attributes="href page/link; title page/title">z</a>"#,
      #"<a class="x" href="a/index.html" title="Title">z</a>"#
    ),
    (#"<a title="x" tal:attributes="title page/note; class string:a;;b">z</a>"#, #"<a class="a;b">z</a>"#),
    (#"<p hidden="" tal:attributes="hidden page/open">z</p>"#, "<p>z</p>"),
    (#"<p tal:attributes="hidden not:page/open">z</p>"#, #"<p hidden="hidden">z</p>"#),
    // tal:omit-tag leaves out the tags.
    (#"<p><b tal:omit-tag="">x</b></p>"#, "<p>x</p>"),
    (#"<p><b tal:omit-tag="page/open">x</b><i tal:omit-tag="not:page/open">y</i></p>"#, "<p><b>x</b>y</p>"),
    (#"<p><tal:block content="page/title"/></p>"#, "<p>Title</p>"),
    // tal:define
    (#"<p tal:define="rule page/rule; r rule" tal:content="r/name"/>"#, "<p>One</p>"),
    (
      #"<p tal:define="other page/other"><b tal:condition="other">x</b><i tal:content="other/name"/></p>"#,
      "<p><i></i></p>"
    ),
  ])
  func doesWhatTheStatementSays(template: String, expected: String) throws {
    #expect(try render(template) == expected)
  }

  @Test func repeatsAnElementForEachItem() throws {
    let page = Page(rules: [Rule(name: "a"), Rule(name: "b"), Rule(name: "c")])
    let template = """
      <ul><li tal:repeat="r page/rules" tal:attributes="class page/title"><tal:block replace="repeat/r/number"/>/<tal:block \
      replace="repeat/r/length"/><b tal:condition="repeat/r/start">first</b><i tal:condition="repeat/r/end">last</i><u \
      tal:condition="repeat/r/odd" tal:content="r/name"/></li></ul>
      """
    #expect(
      try render(template, page) == """
        <ul><li class="Title">1/3<b>first</b></li><li class="Title">2/3<u>b</u></li><li class="Title">3/3<i>last</i></li></ul>
        """)
  }

  @Test func followsEachPathToItsOwnEnd() throws {
    let rules = ["a", "b"].map { name in
      Rule(name: name, parts: [Rule(name: "\(name)1", parts: [Rule(name: "\(name)11")])])
    }
    let paths = [
      "rule/first/first/name", "other/first/first/name", "rule/first/name", "other/name", "other/first/name",
    ]
    let slots = (paths + paths.reversed()).map { "<b tal:content=\"page/\($0)\"/>" }.joined()
    let items = "<i tal:repeat=\"r page/rules\" tal:content=\"string:${r/first/first/name} ${r/first/name}\"/>"
    let missing = "<u tal:content=\"page/rule/first/first/first/name\"/>"
    let page = Page(rule: rules[0], other: rules[1], rules: rules)
    #expect(
      try render("<p>\(slots)\(items)\(missing)</p>", page)
        == """
        <p><b>a11</b><b>b11</b><b>a1</b><b>b</b><b>b1</b><b>b1</b><b>b</b><b>a1</b><b>b11</b><b>a11</b>\
        <i>a11 a1</i><i>b11 b1</i><u></u></p>
        """)
  }

  /// TAL 1.4, "Order of operations": define, condition, repeat, content, attributes, omit-tag.
  @Test func keepsToTheOrderOfOperations() throws {
    let page = Page(rules: [Rule(name: "a"), Rule(name: "b", isNew: true)])
    let template = """
      <div><p title="x" tal:omit-tag="r/new" tal:attributes="title r/name" tal:content="r/name" tal:repeat="r p/rules" \
      tal:condition="p/rules" tal:define="p page">y</p></div>
      """
    #expect(try render(template, page) == #"<div><p title="a">a</p>b</div>"#)
  }

  @Test func usesMacrosOfOtherFilesAndFillsTheirSlots() throws {
    let frame = templateFile(
      "frame.html",
      """
      <html metal:define-macro="page"><head><title tal:content="page/title"/></head><body><main metal:define-slot="main">\
      <p>None</p></main><footer metal:define-slot="foot">Foot</footer></body></html>
      """)
    let template = """
      <html metal:use-macro="frame.html/page"><p>dropped</p><article metal:fill-slot="main" tal:content="page/rule/name"/></html>
      """
    #expect(
      try render(template, with: [frame]) == """
        <html><head><title>Title</title></head><body><article>One</article><footer>Foot</footer></body></html>
        """)
  }

  @Test func letsAMacroUseItself() throws {
    let tree = Rule(
      name: "a", parts: [Rule(name: "b", parts: [Rule(name: "c")]), Rule(name: "d")])
    let template = """
      <div><tal:block tal:define="node page/rule"><ul metal:define-macro="tree"><li><b tal:replace="node/name"/><tal:block \
      condition="node/parts"><tal:block repeat="node node/parts"><ul metal:use-macro="tree"/></tal:block></tal:block></li></ul>\
      </tal:block></div>
      """
    #expect(
      try render(template, Page(rule: tree)) == """
        <div><ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul><ul><li>d</li></ul></li></ul></div>
        """)
  }
}
