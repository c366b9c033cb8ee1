import Testing

@testable import Commands
@testable import Site

@Suite struct TextLayoutTests {
  private func text(_ lines: [TextLine], width: Int?, colour: Bool = false) -> String {
    TextLayout(width: width, usesColour: colour).text(lines)
  }

  @Test func leavesLinesWholeForOtherPrograms() {
    let long = String(repeating: "word ", count: 50)
    #expect(text([TextLine(indent: 4, long)], width: nil) == "    " + long)
  }

  @Test func breaksAtSpacesAndGoesOnFurtherIn() {
    let line = TextLine(indent: 2, hanging: 2, "one two three four five six seven eight nine")
    #expect(text([line], width: 24) == "  one two three four \n    five six seven eight \n    nine")
  }

  @Test func breaksAWordThatIsLongerThanARow() {
    let value = String(repeating: "x", count: 45)
    let lines = text([TextLine(value)], width: 20).split(separator: "\n")
    #expect(lines.map(\.count) == [20, 20, 5])
    #expect(lines.joined() == value)
  }

  @Test func losesNoCharacter() {
    let words = "  two  spaces and a-very-long-word-that-is-broken-somewhere and äöü 漢字 end"
    for width in 20...60 {
      #expect(text([TextLine(words)], width: width).replacing("\n", with: "") == words, "\(width)")
    }
  }

  @Test func coloursOnlyWhereItShould() {
    let line = TextLine([TextLine.Span("a", .strong), TextLine.Span("b"), TextLine.Span("c", .alarm)])
    #expect(text([line], width: nil, colour: true) == "\u{1B}[1ma\u{1B}[0mb\u{1B}[33mc\u{1B}[0m")
    #expect(text([line], width: nil) == "abc")
  }

  @Test func showsControlsAsEscapes() {
    #expect(text([TextLine("a\u{1B}[2J\u{202E}b\nc")], width: nil) == "a\\u{1B}[2J\\u{202E}b\\u{A}c")
  }
}
