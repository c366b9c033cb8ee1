import TestSupport
import Testing

/// `--templates`: the looks of the site, changed by its owner. What is wrong is told with its place and what to write instead, and
/// nothing is written.
@Suite struct TemplateOptionTests {
  private let folder = TemporaryFolder()

  init() {
    folder.keepSitesSmall()
    folder.write(smallRule("Rule"), to: "rules/rule.yml")
  }

  private func build() throws -> ProgramRun {
    try ruledex("build", "rules", "-o", "site", "--templates", "looks", in: folder.path)
  }

  /// One of our templates.
  private func template(_ name: String) throws -> String {
    let bytes = try #require(TemporaryFolder.bytes(of: "\(projectFolder)/templates/\(name)"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Puts a change of one of our templates into the user's folder.
  ///
  /// - Returns: the line and column of the first byte that differs.
  private func change(_ name: String, _ text: String, to other: String) throws -> String {
    let template = try template(name)
    let range = try #require(template.firstRange(of: text), "\(name) has no '\(text)'")
    folder.write(template.replacing(text, with: other, maxReplacements: 1), to: "looks/\(name)")
    let common = zip(text.utf8, other.utf8).prefix { $0 == $1 }.count
    let before = Array(template[..<range.lowerBound].utf8) + text.utf8.prefix(common)
    let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
    return "\(before.count { $0 == UInt8(ascii: "\n") } + 1):\(column)"
  }

  @Test func usesTheTemplatesAndAssetsOfTheFolderInThePlaceOfOurs() throws {
    _ = try change("index.html", "<h2>Files</h2>", to: "<h2>What was read</h2>")
    folder.write("body { color: red }\n", to: "looks/style.css")
    folder.write([0, 1, 2, 0xFF], to: "looks/logo.png")
    folder.write("for people", to: "looks/README.md")
    folder.write("hidden", to: "looks/.draft.css")
    folder.write("deeper", to: "looks/old/style.css")
    let run = try build()
    #expect(run.code == 0)
    #expect(run.errors == "")
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    #expect(try site.text("index.html").contains("<h2>What was read</h2>"))
    #expect(try site.text("assets/style.css") == "body { color: red }\n")
    #expect(site.files["assets/logo.png"] == [0, 1, 2, 0xFF])
    #expect(try site.text("assets/site.js") == template("site.js"))
    #expect(
      folder.names(in: "site/assets") == [
        "attack-license.txt", "compare.js", "logo.png", "matrix.js", "pictures", "rules.js", "search-index.js",
        "search-values-1.js",
        "search.js",
        "site.js", "style.css",
      ])
  }

  /// All our templates, copied as they are, change nothing.
  @Test func givesTheSameSiteFromACopyOfOurs() throws {
    for (name, bytes) in TemporaryFolder.contents(of: projectFolder + "/templates") {
      // The README's picture would become an asset like any other.
      if !name.hasSuffix(".png") { folder.write(bytes, to: "looks/\(name)") }
    }
    #expect(try build().code == 0)
    let copied = folder.contents(of: "site")
    #expect(try ruledex("build", "rules", "-o", "site", in: folder.path).published?.written == 0)
    #expect(folder.contents(of: "site") == copied)
  }

  @Test(arguments: [
    // A misspelt member.
    (
      "rule.html", #"<h1 tal:content="page/title">"#, #"<h1 tal:content="page/titel">"#,
      "'page' has no member 'titel'; write 'title'"
    ),
    // A text where only a link may stand.
    (
      "rule.html", #"tal:attributes="href facts/file""#, #"tal:attributes="href facts/source""#,
      "'facts/source' is a text, and only a link can be bound to 'href'; use a link of the model"
    ),
    // A kind that doesn't fit.
    (
      "rules.html", #"repeat="facet page/facets""#, #"repeat="facet page/title""#,
      "'page/title' is a text where a list is expected; name a list"
    ),
    // A macro's file that isn't there.
    (
      "index.html", #"metal:use-macro="frame.html/frame""#, #"metal:use-macro="fram.html/frame""#,
      "there is no template 'fram.html'; write 'frame.html'"
    ),
    // What no value can be bound to.
    (
      "rule.html", #"<h1 tal:content="page/title">"#, #"<h1 tal:attributes="onclick page/title">"#,
      "'onclick' holds a script, and nothing can be bound to it; use a class or a 'data-' attribute"
    ),
  ])
  func saysWhatToWriteInstead(file: String, text: String, other: String, message: String) throws {
    let place = try change(file, text, to: other)
    let run = try build()
    #expect(run.code == 2)
    #expect(run.errorLines.count == 1)
    let line = try #require(run.errorLines.first)
    #expect(line.hasSuffix(": error: \(message) [template]"), "\(line)")
    // The place is that of the value or of the word in it, on the line that was changed.
    let linePart = try #require(place.split(separator: ":").first)
    #expect(line.hasPrefix("looks/\(file):\(linePart):"), "\(line), not at \(place)")
    #expect(run.output == "")
    #expect(folder.names() == ["looks", "ruledex.yml", "rules"])
  }

  @Test func pointsAtTheMisspeltWordItself() throws {
    let place = try change("rule.html", "tal:content=\"page/title\"", to: "tal:content=\"page/xitle\"")
    #expect(
      try build().errorLines == [
        "looks/rule.html:\(place): error: 'page' has no member 'xitle'; write 'title' [template]"
      ])
  }

  @Test(arguments: [
    ("<br>", "opening and ending tag mismatch"), ("<p>a &nbsp; b</p>", "entity 'nbsp' not defined"),
    ("<p a=b/>", "attvalue"),
  ])
  func saysWhereATemplateIsMalformed(markup: String, message: String) throws {
    let place = try change("rule.html", "<div id=\"top\">", to: "<div id=\"top\">\(markup)")
    let run = try build()
    #expect(run.code == 2)
    let line = try #require(run.errorLines.first)
    #expect(line.hasPrefix("looks/rule.html:") && line.hasSuffix(" [template]"), "\(line)")
    #expect(line.lowercased().contains(message), "\(line)")
    let number = try #require(place.split(separator: ":").first.flatMap { Int($0) })
    if markup != "<br>" { #expect(line.hasPrefix("looks/rule.html:\(number):"), "\(line)") }
    #expect(!folder.exists("site"))
  }

  @Test func tellsTheFaultsOfAllTemplatesAtOnce() throws {
    let places = [
      try change("index.html", "tal:content=\"page/title\"", to: "tal:content=\"page/Xitle\""),
      try change("rule.html", "tal:content=\"page/title\"", to: "tal:content=\"page/Xitle\""),
    ]
    #expect(
      try build().errorLines.map { $0.split(separator: " ").first } == [
        "looks/index.html:\(places[0]):", "looks/rule.html:\(places[1]):",
      ])
  }

  @Test func tellsThatTheFolderIsMissing() throws {
    let run = try build()
    #expect(run.code == 2)
    #expect(run.errorLines == ["looks: error: no such file or directory; check the path [file-unreadable]"])
  }
}
