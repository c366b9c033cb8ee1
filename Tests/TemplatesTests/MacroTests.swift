import Templates
import Testing

@Suite struct MacroTests {
  private let page = Page(rules: [Rule(name: "a", parts: [Rule(name: "a1")]), Rule(name: "b")])

  @Test(arguments: [
    // A macro's definition is shown where it stands.
    (#"<div><p metal:define-macro="m">x</p><p metal:use-macro="m">y</p></div>"#, "<div><p>x</p><p>x</p></div>"),
    // What uses a macro may be repeated, kept or left out.
    (#"<ul><li metal:define-macro="m" tal:condition="page/open">x</li><li tal:repeat="r page/rules" metal:use-macro="n"/><li tal:condition="page/open" metal:use-macro="n"/><tal:block condition="page/open"><li metal:define-macro="n" tal:content="string:${page/title} ${r/name}"/></tal:block></ul>"#,
      nil),
    // A slot that isn't filled shows what stands in it.
    (#"<div><p metal:use-macro="lib.html/two"/></div>"#, "<div><p><b>1</b><i>2</i></p></div>"),
    (#"<div><p metal:use-macro="lib.html/two"><u metal:fill-slot="second">x</u></p></div>"#, "<div><p><b>1</b><u>x</u></p></div>"),
    // The filling's own statements hold, and those of the slot's element don't.
    (#"<div><p metal:use-macro="lib.html/two"><u metal:fill-slot="first" tal:repeat="r page/rules" tal:content="r/name"/></p></div>"#,
      "<div><p><u>a</u><u>b</u><i>2</i></p></div>"),
    (#"<div><p metal:use-macro="lib.html/two"><tal:block metal:fill-slot="first" condition="page/open">x</tal:block></p></div>"#,
      "<div><p><i>2</i></p></div>"),
    // A filling sees the variables of the place that it fills.
    (#"<div><ul metal:use-macro="lib.html/list"><li metal:fill-slot="item" tal:content="string:${repeat/item/number} ${item/name}"/></ul></div>"#,
      "<div><ul><li>1 a</li><li>2 b</li></ul></div>"),
    // A filling may use a macro, and be a slot of the macro in which it stands.
    (#"<div><p metal:use-macro="lib.html/two"><q metal:fill-slot="first" metal:use-macro="lib.html/two"><u metal:fill-slot="first">x</u></q></p></div>"#,
      "<div><p><p><u>x</u><i>2</i></p><i>2</i></p></div>"),
    (#"<div><p metal:use-macro="lib.html/outer"><u metal:fill-slot="middle">x</u></p></div>"#,
      "<div><p><b>1</b><em><u>x</u></em></p></div>"),
    (#"<div><p metal:use-macro="lib.html/outer"/></div>"#, "<div><p><b>1</b><em><s>none</s></em></p></div>"),
    // Variables end with their element.
    (#"<div tal:define="r page/rule"><p tal:repeat="r page/rules"><b tal:repeat="r r/parts" tal:content="r/name"/><i tal:content="r/name"/></p><u tal:content="r/name"/></div>"#,
      "<div><p><b>a1</b><i>a</i></p><p><i>b</i></p><u>One</u></div>"),
    // Outer variables and repetitions are seen inside.
    (#"<p><tal:block repeat="r page/rules"><tal:block repeat="s r/parts">${}</tal:block><b tal:repeat="s r/parts" tal:content="string:${repeat/r/number}.${repeat/s/number} ${r/name} ${s/name} ${page/title}"/></tal:block></p>"#,
      "<p>${}<b>1.1 a a1 Title</b></p>"),
  ] as [(String, String?)])
  func expandsAsMETALSays(template: String, expected: String?) throws {
    let library = templateFile(
      "lib.html",
      """
      <tal:block>
      <p metal:define-macro="two"><b metal:define-slot="first" tal:condition="page/title">1</b><i metal:define-slot="second">2</i></p>
      <ul metal:define-macro="list"><tal:block repeat="item page/rules"><li metal:define-slot="item"/></tal:block></ul>
      <p metal:define-macro="outer" tal:omit-tag=""><p metal:use-macro="two"><em metal:fill-slot="second"><s \
      metal:define-slot="middle">none</s></em></p></p>
      </tal:block>
      """)
    guard let expected else {
      // 'n' is written for where 'r' is repeated; elsewhere there is no 'r'.
      let error = try #require(throws: TemplateErrors.self) { try render(template, page, with: [library]) }
      #expect(error.diagnostics.count == 1)
      #expect(error.diagnostics.first?.message == "no variable is named 'r' here; there is 'page'")
      return
    }
    #expect(try render(template, page, with: [library]) == expected)
  }

  @Test func rendersAMacroAlone() throws {
    let library = try TemplateLibrary(files: [
      templateFile("row.html", #"<table><tr metal:define-macro="row"><td tal:content="rule/name"/></tr></table>"#)
    ])
    let template = try library.macro("row", in: "row.html", for: Rule.self, as: "rule")
    #expect(String(decoding: template.render(Rule(name: "a")), as: UTF8.self) == "<tr><td>a</td></tr>")
  }

  /// A chain of models, a list in each but the last.
  private func tree(depth: Int) -> Rule {
    Rule(name: "\(depth)", parts: depth == 0 ? [] : [tree(depth: depth - 1)])
  }

  @Test(arguments: [0, 1, 64, 500])
  func goesAsDeepAsTheModel(depth: Int) throws {
    let template = """
      <div tal:define="node page/rule"><ul metal:define-macro="tree"><li tal:content="node/name"/><tal:block \
      repeat="node node/parts"><ul metal:use-macro="tree"/></tal:block></ul></div>
      """
    let expected = (0...depth).reversed().map { "<ul><li>\($0)</li>" }.joined() + String(repeating: "</ul>", count: depth + 1)
    #expect(try render(template, Page(rule: tree(depth: depth))) == "<div>\(expected)</div>")
  }

  @Test func letsTwoMacrosUseEachOther() throws {
    let template = """
      <div tal:define="node page/rule"><b metal:define-macro="odd"><tal:block replace="node/name"/><tal:block \
      repeat="node node/parts"><b metal:use-macro="even"/></tal:block></b><tal:block condition="page/open"><i \
      metal:define-macro="even"><tal:block replace="node/name"/><i metal:use-macro="below"/></i><u metal:define-macro="below" \
      tal:repeat="node node/parts"><b metal:use-macro="odd"/></u></tal:block></div>
      """
    #expect(
      try render(template, Page(rule: tree(depth: 3))) == "<div><b>3<i>2<u><b>1<i>0</i></b></u></i></b></div>")
  }

  @Test(arguments: [
    // The same model again
    #"<p metal:define-macro="m"><p metal:use-macro="m"/></p>"#,
    #"<p metal:define-macro="m"><p tal:condition="page/open" metal:use-macro="m"/></p>"#,
    #"<p metal:define-macro="m" tal:define="r page/rule"><p metal:use-macro="m"/></p>"#,
    // The same list again
    #"<p metal:define-macro="m"><p tal:repeat="r page/rules" metal:use-macro="m"/></p>"#,
    #"<p tal:repeat="s page/rules"><b metal:define-macro="m"><b tal:repeat="r s/parts" metal:use-macro="m"/></b></p>"#,
    // One way round that doesn't go down
    #"<p tal:repeat="s page/rules"><b metal:define-macro="m"><b tal:repeat="s s/parts" metal:use-macro="m"/><i metal:use-macro="n"/></b><i tal:condition="page/open"><i metal:define-macro="n"><b metal:use-macro="m"/></i></i></p>"#,
    // Down, and back up
    #"<p tal:define="r page/rule"><b metal:define-macro="m"><tal:block repeat="r r/parts"><tal:block define="r page/rule"><b metal:use-macro="m"/></tal:block></tal:block></b></p>"#,
  ])
  func refusesAMacroThatMightNeverEnd(template: String) throws {
    let error = try #require(throws: TemplateErrors.self) { try render(template) }
    #expect(error.diagnostics.allSatisfy { $0.message.contains("may use itself without end; ") }, "\(error.diagnostics)")
  }

  @Test func refusesSlotsThatAreFilledWithoutEnd() throws {
    let template = """
      <p tal:define="r page/rule"><b metal:define-macro="m"><i metal:define-slot="s"/><tal:block repeat="r r/parts"><b \
      metal:use-macro="m"><u metal:fill-slot="s"><i metal:define-slot="s"/></u></b></tal:block></b></p>
      """
    let error = try #require(throws: TemplateErrors.self) { try render(template) }
    #expect(
      error.diagnostics.map(\.message) == [
        "the macro 'm' uses itself with ever more slots filled, and would never end; use it without filling slots"
      ])
  }
}
