import Templates
import Testing

/// Each message, whole. The templates stand in the second line, so that columns are those of the text.
@Suite struct ErrorTests {
  private func errors(_ text: String, with files: [TemplateFile] = []) -> [String] {
    let file = templateFile("page.html", "<html>\n\(text)\n</html>")
    do throws(TemplateErrors) {
      _ = try TemplateLibrary(files: [file] + files).page("page.html", for: Page.self)
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  @Test(
    arguments: [
      // Names
      (#"<p tal:content="page/titel"/>"#, #"2:22: error: 'page' has no member 'titel'; write 'title'"#),
      (#"<p tal:content="page/rule/nome"/>"#, #"2:27: error: 'page/rule' has no member 'nome'; write 'name'"#),
      (
        #"<p tal:content="page/rule/x"/>"#,
        #"2:27: error: 'page/rule' has no member 'x'; there are 'name', 'new', 'parts', 'first'"#
      ),
      (#"<p tal:content="pag/title"/>"#, #"2:17: error: no variable is named 'pag' here; write 'page'"#),
      (#"<p tal:content="string:a ${page/titel}"/>"#, #"2:33: error: 'page' has no member 'titel'; write 'title'"#),
      (#"<p tal:condition="not: page/opn"/>"#, #"2:29: error: 'page' has no member 'opn'; write 'open'"#),
      (#"<p tal:repeat="r page/ruless"/>"#, #"2:23: error: 'page' has no member 'ruless'; write 'rules'"#),
      (
        "<p tal:attributes=\"class page/title;\n  title page/titel\"/>",
        #"3:14: error: 'page' has no member 'titel'; write 'title'"#
      ),
      (
        #"<p tal:repeat="r page/rules"><b tal:content="repeat/s/number"/></p>"#,
        #"2:53: error: 's' is not repeated here; there is 'r'"#
      ),
      (
        #"<p tal:repeat="r page/rules" tal:content="repeat/r/nummer"/>"#,
        #"2:52: error: a repetition has no 'nummer'; write 'number'"#
      ),
      (
        #"<p tal:content="repeat/number"/>"#,
        #"2:17: error: 'repeat/number' isn't a property of a repetition; write a path such as 'repeat/item/number'"#
      ),
      // Kinds
      (
        #"<p tal:repeat="r page/title"/>"#,
        #"2:18: error: 'page/title' is a text where a list is expected; name a list"#
      ),
      (#"<p tal:content="page/open"/>"#, #"2:17: error: 'page/open' is a flag where a text is expected; name a text"#),
      (#"<p tal:content="page/rule"/>"#, #"2:17: error: 'page/rule' is a model where a text is expected; name a text"#),
      (
        #"<p tal:content="page/rules"/>"#, #"2:17: error: 'page/rules' is a list where a text is expected; name a text"#
      ),
      (
        #"<p tal:content="page/rules/name"/>"#,
        #"2:28: error: 'page/rules' is a list, which has no members; repeat over it and use the item"#
      ),
      (
        #"<p tal:content="page/title/name"/>"#,
        #"2:28: error: 'page/title' is a text, which has no members; end the path there"#
      ),
      (
        #"<p tal:define="r page/title"/>"#,
        #"2:18: error: 'page/title' is a text where a model is expected; name a model"#
      ),
      (
        #"<p tal:content="not:page/open"/>"#,
        #"2:17: error: 'not:' gives a flag where a text is expected; use it in 'tal:condition'"#
      ),
      (
        #"<p tal:condition="string:x"/>"#,
        #"2:19: error: a condition is expected here; write a path, or 'not:' and a path"#
      ),
      (
        #"<p tal:attributes="title page/row"/>"#,
        #"2:26: error: 'page/row' is a fragment where a text is expected; name a text"#
      ),
      (
        #"<p tal:attributes="title page/open"/>"#,
        #"2:20: error: a flag can't be the value of 'title'; bind a text, or an attribute that is there or not, such as 'hidden'"#
      ),
      // What can't be bound
      (
        #"<a tal:attributes="href page/title"/>"#,
        #"2:25: error: 'page/title' is a text, and only a link can be bound to 'href'; use a link of the model"#
      ),
      (
        #"<img tal:attributes="SRC page/title"/>"#,
        #"2:26: error: 'page/title' is a text, and only a link can be bound to 'SRC'; use a link of the model"#
      ),
      (
        #"<form tal:attributes="action string:x${page/title}"/>"#,
        #"2:23: error: 'action' takes an address, and only a link can be bound to it; use a link of the model"#
      ),
      (
        #"<a tal:attributes="onclick page/title"/>"#,
        #"2:20: error: 'onclick' holds a script, and nothing can be bound to it; use a class or a 'data-' attribute"#
      ),
      (
        #"<a tal:attributes="STYLE page/title"/>"#,
        #"2:20: error: 'style' holds a style sheet, and nothing can be bound to it; use a class or a 'data-' attribute"#
      ),
      (
        #"<iframe tal:attributes="srcdoc page/title"/>"#,
        #"2:25: error: 'srcdoc' holds a page, and nothing can be bound to it; use a class or a 'data-' attribute"#
      ),
      (
        #"<meta http-equiv="refresh" tal:attributes="content page/title"/>"#,
        #"2:44: error: 'content' directs the browser here, and nothing can be bound to it; write it out"#
      ),
      (
        #"<svg><set tal:attributes="to page/title"/></svg>"#,
        #"2:27: error: 'to' may set an address in 'set', and nothing can be bound to it; use a class or a 'data-' attribute"#
      ),
      (
        #"<script tal:content="page/title"/>"#,
        #"2:22: error: nothing can be bound inside 'script'; bind a 'data-' attribute, which a script can read"#
      ),
      (
        #"<style><tal:block replace="page/title"/></style>"#,
        #"2:8: error: an element isn't allowed in 'style'; move it out"#
      ),
      (
        #"<script>a &lt; b</script>"#,
        #"2:1: error: '<' and '&' mean different things in HTML and XML inside 'script'; move the text to a file"#
      ),
      (
        #"<p tal:attributes="a=b page/title"/>"#,
        #"2:20: error: 'a=b' isn't an attribute name; write letters, digits and '-'"#
      ),
      (
        #"<p tal:attributes="title page/title; TITLE page/title"/>"#,
        #"2:38: error: 'TITLE' is bound twice; remove one of them"#
      ),
      (
        #"<p tal:content="structure page/title"/>"#,
        #"2:17: error: text is always escaped, and fragments never are; remove 'structure'"#
      ),
      // Statements
      (#"<p tal:contant="page/title"/>"#, #"2:17: error: there is no 'tal:contant'; write 'tal:content'"#),
      (
        #"<p metal:fill="x"/>"#,
        #"2:16: error: there is no 'metal:fill'; write 'metal:fill-slot'"#
      ),
      (
        #"<tal:block on-error="x"/>"#,
        #"2:22: error: there is no 'tal:on-error'; there are 'tal:attributes', 'tal:condition', 'tal:content', 'tal:define', 'tal:omit-tag', 'tal:repeat', 'tal:replace'"#
      ),
      (
        #"<p tal:content="page/title" tal:replace="page/title"/>"#,
        #"2:42: error: 'tal:content' and 'tal:replace' can't be on the same element; keep one of them"#
      ),
      (#"<p tal:content=""/>"#, #"2:17: error: a path is expected here; write one such as 'page/title'"#),
      (
        #"<p tal:content="page//title"/>"#,
        #"2:17: error: 'page//title' isn't a valid path; write names separated by '/', such as 'page/title'"#
      ),
      (
        #"<p tal:content="string:a $b"/>"#,
        #"2:26: error: a lone '$' has no meaning; write '$$' for a dollar sign, '${path}' for a value"#
      ),
      (#"<p tal:content="string:a ${b"/>"#, #"2:26: error: '${' lacks its '}'; add it"#),
      (
        #"<p tal:repeat="page/rules"/>"#,
        #"2:16: error: a name and a path are expected here; write them as in 'tal:repeat="rule page/rules"'"#
      ),
      (
        #"<p tal:repeat="repeat page/rules"/>"#, #"2:16: error: 'repeat' is reserved; choose another name"#
      ),
      (
        #"<p tal:define="1 page/rule"/>"#,
        #"2:16: error: '1' isn't a valid name; write letters, digits, '_', '-' and '.'"#
      ),
      (
        #"<p tal:attributes="title"/>"#,
        #"2:20: error: 'title' has no value here; write 'tal:attributes="title page/title"'"#
      ),
      (
        #"<tal:block attributes="title page/title"/>"#,
        #"2:24: error: an element of TAL or METAL has no tag to bind attributes to; use an HTML element"#
      ),
      // Macros
      (#"<p metal:use-macro="tree"/>"#, #"2:21: error: 'page.html' defines no macro 'tree'; there is none"#),
      (
        #"<p metal:use-macro="frme.html/page"/>"#, #"2:21: error: there is no template 'frme.html'; write 'frame.html'"#
      ),
      (#"<p metal:use-macro="frame.html/pag"/>"#, #"2:21: error: 'frame.html' defines no macro 'pag'; write 'page'"#),
      (
        #"<p metal:use-macro="frame.html/page"><b metal:fill-slot="mian"/></p>"#,
        #"2:58: error: the macro 'page' has no slot 'mian'; write 'main'"#
      ),
      (
        #"<p metal:use-macro="frame.html/page"><b metal:fill-slot="main"/><b metal:fill-slot="main"/></p>"#,
        #"2:85: error: the slot 'main' is filled twice; remove one of them"#
      ),
      (
        #"<p metal:fill-slot="main"/>"#,
        #"2:21: error: no macro used here has a slot 'main'; move it into an element with 'metal:use-macro'"#
      ),
      (
        #"<p metal:use-macro="a/b/c"/>"#,
        #"2:21: error: 'a/b/c' isn't the name of a macro; write its name, or 'file.html/name' for one of another file"#
      ),
      (
        #"<p metal:use-macro="frame.html/page" tal:content="page/title"/>"#,
        #"2:51: error: the macro 'page' takes the place of this element; move the statement to an element around it, or into the macro"#
      ),
      (
        #"<p metal:define-macro="a"/><p metal:define-macro="a"/>"#,
        #"2:51: error: the macro 'a' is defined twice in this file; rename one of them"#
      ),
      (
        #"<p metal:define-macro="a"><b metal:use-macro="a"/></p>"#,
        #"2:47: error: the macro 'a' may use itself without end; use it inside a 'tal:repeat' over a list of the item itself, under the same name"#
      ),
      // Markup
      ("<p>", "3:8: error: opening and ending tag mismatch: p line 2 and html; correct the XML here"),
      ("<p>a&nbsp;b</p>", "2:11: error: entity 'nbsp' not defined; correct the XML here"),
      ("<br>a</br>", "2:1: error: 'br' can't have content; remove it"),
      (#"<br tal:content="page/title"/>"#, "2:1: error: 'br' can't have content; remove it"),
      ("<DIV/>", "2:1: error: HTML element names are lowercase; write 'div'"),
      (#"<x:p xmlns:x="urn:x"/>"#, "2:1: error: the element 'x:p' isn't allowed in HTML; write it without the prefix"),
      (
        #"<p xmlns:x="urn:x" x:y="z"/>"#,
        "2:25: error: the attribute 'x:y' isn't allowed in HTML; write it without the prefix"
      ),
      (
        #"<p xmlns:tal="urn:tal" tal:content="page/title"/>"#,
        "2:37: error: the prefix 'tal' means 'urn:tal' here; declare it as xmlns:tal=\"http://xml.zope.org/namespaces/tal\""
      ),
      (
        #"<svg><use xmlns:x="http://www.w3.org/1999/xlink" x:href="a"/></svg>"#,
        "2:58: error: the attribute 'x:href' isn't allowed in HTML; write it without the prefix"
      ),
    ] as [(String, String)])
  func saysWhatIsWrongAndWhatToDo(template: String, expected: String) throws {
    let frame = templateFile("frame.html", #"<html metal:define-macro="page"><b metal:define-slot="main"/></html>"#)
    #expect(errors(template, with: [frame]).first == "templates/page.html:\(expected) [template]")
  }

  @Test func tellsAllErrorsOfAllFilesAtOnce() throws {
    let files = [
      templateFile("a.html", "<html>\n<p tal:contnt=\"x\"/>\n<p tal:replac=\"y\"/>\n</html>"),
      templateFile("b.html", "<html>\n<p>\n</html>"),
      templateFile("c.html", "<html>\n<p metal:use-macro=\"b.html/x\"/><p metal:use-macro=\"a.html/x\"/></html>"),
    ]
    let error = try #require(throws: TemplateErrors.self) { try TemplateLibrary(files: files) }
    #expect(
      error.diagnostics.map(\.description) == [
        "templates/a.html:2:16: error: there is no 'tal:contnt'; write 'tal:content' [template]",
        "templates/a.html:3:16: error: there is no 'tal:replac'; write 'tal:replace' [template]",
        "templates/b.html:3:8: error: opening and ending tag mismatch: p line 2 and html; correct the XML here [template]",
        "templates/b.html:3:8: error: premature end of data in tag html line 1; correct the XML here [template]",
        "templates/c.html:2:52: error: 'a.html' defines no macro 'x'; there is none [template]",
      ])
  }

  @Test func tellsAllThatDoesNotFitTheModelAndNothingThatFollowsFromIt() {
    let found = errors(
      """
      <p tal:repeat="r page/ruless"><b tal:content="r/name"/><b tal:content="page/titel"/></p>
      <p tal:define="r page/rul" tal:condition="r/new" tal:content="r/name"/>
      """)
    #expect(
      found == [
        "templates/page.html:2:23: error: 'page' has no member 'ruless'; write 'rules' [template]",
        "templates/page.html:2:77: error: 'page' has no member 'titel'; write 'title' [template]",
        "templates/page.html:3:23: error: 'page' has no member 'rul'; write 'rule' [template]",
      ])
  }

  @Test func tellsAnErrorInAMacroOnce() {
    let found = errors(
      """
      <p metal:define-macro="m" tal:content="page/titel"/>
      <b tal:repeat="r page/rules"><i metal:use-macro="m"/></b>
      """)
    #expect(found == ["templates/page.html:2:45: error: 'page' has no member 'titel'; write 'title' [template]"])
  }

  @Test func namesPagesAndMacrosThatAreMissing() throws {
    let library = try TemplateLibrary(files: [templateFile("row.html", "<tr metal:define-macro=\"row\"/>")])
    let page = try #require(throws: TemplateErrors.self) { try library.page("rwo.html", for: Page.self) }
    #expect(
      page.diagnostics.map(\.description) == [
        "rwo.html: error: there is no template 'rwo.html'; write 'row.html' [template]"
      ])
    let macro = try #require(throws: TemplateErrors.self) {
      try library.macro("rwo", in: "row.html", for: Rule.self, as: "rule")
    }
    #expect(
      macro.diagnostics.map(\.description) == [
        "templates/row.html: error: 'row.html' defines no macro 'rwo'; write 'row' [template]"
      ])
  }

  @Test func refusesTwoFilesOfOneName() throws {
    let files = [templateFile("a.html", "<p/>"), templateFile("a.html", "<p metal:define-macro=\"m\"/>")]
    let error = try #require(throws: TemplateErrors.self) { try TemplateLibrary(files: files) }
    #expect(
      error.diagnostics.map(\.description) == [
        "templates/a.html: error: two templates are named 'a.html'; rename one of them [template]"
      ])
  }

  @Test func asksForTheNamespacesThatAreMissing() throws {
    let file = TemplateFile(name: "a.html", path: "a.html", bytes: Array("<p tal:content=\"page/title\"/>".utf8))
    let error = try #require(throws: TemplateErrors.self) { try TemplateLibrary(files: [file]) }
    #expect(
      error.diagnostics.map(\.description) == [
        "a.html:1:28: error: namespace prefix tal for content on p is not defined; add xmlns:tal=\"http://xml.zope.org/namespaces/tal\" to the first element [template]"
      ])
  }
}
