import Templates
import Testing
import XML

@testable import Site

extension SamplePages {
  /// The page of pictures with one picture, with `text` applied to each text.
  static func pictures(text: (String) -> String = { $0 }) -> PicturesPage {
    PicturesPage(
      frame: frame(root: "", current: nil, text: text), title: text("At a glance"), lead: text("In pictures."),
      sections: [
        PictureSection(
          anchor: "coverage-by-tactic", title: text("Coverage by tactic"), text: text("3 of 4 have a rule."),
          file: Link(relative: "assets/pictures/coverage-by-tactic.svg"), fileName: "coverage-by-tactic.svg",
          width: 504, height: 420,
          table: PictureTable(
            head: text("Tactic"), columns: [text("Techniques"), text("Rules")],
            rows: [
              PictureRow(
                label: text("Execution"), page: Link(relative: "attack/tactics/TA0002/index.html"),
                cells: [text("1 of 2"), text("3")]),
              PictureRow(label: text("high"), mark: "lv high", cells: [text("2 of 2"), text("1,200")]),
            ]))
      ])
  }
}

@Suite struct PictureTests {
  private func root(_ drawing: Drawing) throws -> XMLElement {
    try XMLDocument(parsing: drawing.svg, path: "picture.svg").root()
  }

  @Test func isAFileOfItsOwnThatNeedsNothingElse() throws {
    var drawing = Drawing(title: "One", subtitle: "Two", summary: "Three")
    drawing.add(.bar(x: 0, y: 60, width: 20, height: 9, tone: .h3))
    drawing.add(.frame(x: 0, y: 60, width: 20, height: 9))
    drawing.add(.squares([(0, 80, 9), (11, 82, 5)], tone: nil))
    let text = String(decoding: drawing.svg, as: UTF8.self)
    let root = try root(drawing)
    #expect(root.name == "svg" && root.value(of: "role") == "img" && root.value(of: "viewBox") == "-12 -4 504 105")
    #expect(root.elements.prefix(2).map { [$0.name, $0.text] } == [["title", "One"], ["desc", "Three"]])
    for word in ["<script", "href", "url(", "@import", "<image", "<foreignObject"] {
      #expect(!text.contains(word), "\(word)")
    }
    // Each shape has the colour of light paper as an attribute, for programs that know no style sheets.
    for element in root.elements.dropFirst(3) { #expect(element.value(of: "fill") != nil, "\(element.name)") }
    #expect(root.elements.last?.value(of: "d") == "M0.5 80.5h9v9h-9zM11.5 82.5h5v5h-5z")
  }

  @Test func showsHostileTextAsText() throws {
    let hostile = SamplePages.hostile + "\u{202E}\u{1}"
    var drawing = Drawing(title: hostile, subtitle: hostile, summary: hostile)
    drawing.add(.text(hostile, x: 0, y: 70))
    let root = try root(drawing)
    #expect(root.elements.first?.text == SamplePages.hostile + "[U+202E]\u{FFFD}")
    #expect(root.selfAndDescendants.allSatisfy { $0.name != "script" })
  }

  @Test func growsAsFarDownAsItsShapes() {
    var drawing = Drawing(title: "", subtitle: "", summary: "")
    drawing.add(.bar(x: 0, y: 100, width: 1, height: 20, tone: .bar))
    #expect(drawing.height == 128)
    drawing.add(.text("", x: 0, y: 10))
    #expect(drawing.height == 128)
  }

  @Test func shortensWhatHasNoRoom() {
    #expect(Drawing.fitted("Execution", width: 66) == "Execution")
    #expect(Drawing.fitted("Command and Control", width: 66) == "Command a…")
  }

  /// WCAG 2.2, success criteria 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for what bars and outlines say.
  @Test(arguments: [
    (Drawing.Tone.ink, 4.5), (.quiet, 4.5), (.line, 3), (.bar, 3), (.h5, 3),
  ])
  func standsOutOnItsPaper(tone: Drawing.Tone, least: Double) {
    #expect(contrast(tone.light, Drawing.Tone.paper.light) >= least)
    #expect(contrast(tone.dark, Drawing.Tone.paper.dark) >= least)
  }

  private func contrast(_ one: String, _ other: String) -> Double {
    let (left, right) = (luminance(one), luminance(other))
    return (max(left, right) + 0.05) / (min(left, right) + 0.05)
  }

  /// Of sRGB, near enough: its curve is taken as a power of 2.2.
  private func luminance(_ colour: String) -> Double {
    let digits = Array(colour.dropFirst())
    let channels = stride(from: 0, to: 6, by: 2).map {
      Double(Int(String(digits[$0...($0 + 1)]), radix: 16) ?? 0) / 255
    }
    let linear = channels.map { channel in powered(channel) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// x to the power of 2.2, by 2 and the fifth root, which Newton's method finds.
  private func powered(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    var root = 1.0
    for _ in 0..<60 { root -= (root * root * root * root * root - value) / (5 * root * root * root * root) }
    return value * value * root
  }

  @Test func showsThePictureBesideItsNumbers() throws {
    let page = try RenderedPage("pictures.html", SamplePages.pictures())
    let image = try #require(page.elements("img").first)
    #expect(image.value(of: "src") == "assets/pictures/coverage-by-tactic.svg" && image.value(of: "alt") == "")
    #expect(image.value(of: "width") == "504" && image.value(of: "height") == "420")
    #expect(page.elements("td").map(\.text) == ["1 of 2", "3", "2 of 2", "1,200"])
  }
}
