import Templates

/// A page with one member of each kind.
struct Page: TemplateModel {
  var title = "Title"
  var note: String?
  var isOpen = false
  var link = Link(relative: "a/index.html")
  var source: Link?
  var rule = Rule(name: "One")
  var other: Rule?
  var rules: [Rule] = []
  var row = Template<Rule>.empty

  static let shape = Shape<Page>(
    .text("title") { $0.title }, .optionalText("note") { $0.note }, .flag("open") { $0.isOpen },
    .link("link") { $0.link }, .optionalLink("source") { $0.source }, .model("rule") { $0.rule },
    .optionalModel("other") { $0.other }, .list("rules") { $0.rules }, .fragment("row") { $0.row })
}

struct Rule: TemplateModel {
  var name: String
  var isNew = false
  var parts: [Rule] = []

  static let shape = Shape<Rule>(
    .text("name") { $0.name }, .flag("new") { $0.isNew }, .list("parts") { $0.parts },
    .optionalModel("first") { $0.parts.first })
}

extension Template where Model == Rule {
  /// A fragment without content.
  static var empty: Fragment {
    let file = templateFile("empty.html", #"<tal:block metal:define-macro="empty"/>"#)
    guard let library = try? TemplateLibrary(files: [file]),
      let template = try? library.macro("empty", in: "empty.html", for: Rule.self, as: "rule")
    else { preconditionFailure("the template above is right") }
    return template.fragment(Rule(name: ""))
  }
}

/// A file whose first tag is given the namespaces of TAL and METAL.
func templateFile(_ name: String, _ text: String) -> TemplateFile {
  let namespaces =
    #" xmlns:tal="http://xml.zope.org/namespaces/tal" xmlns:metal="http://xml.zope.org/namespaces/metal""#
  let end = text.firstIndex { $0 == ">" || $0 == " " || $0 == "/" } ?? text.endIndex
  return TemplateFile(
    name: name, path: "templates/\(name)", bytes: Array((text[..<end] + namespaces + text[end...]).utf8))
}

/// What a page's element becomes, without the DOCTYPE.
func render(_ element: String, _ page: Page = Page(), with files: [TemplateFile] = []) throws -> String {
  let library = try TemplateLibrary(files: [templateFile("page.html", element)] + files)
  let bytes = try library.page("page.html", for: Page.self).render(page)
  return String(decoding: bytes.dropFirst("<!DOCTYPE html>\n".utf8.count), as: UTF8.self)
}
