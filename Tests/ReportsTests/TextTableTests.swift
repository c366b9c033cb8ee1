import Reports
import Testing

@Suite struct TextTableTests {
  @Test func standsInColumnsWithoutSpacesAtTheEnd() {
    let table = TextTable(
      head: ["name", "rules", "why"], numbers: [1], rows: [["é", "10", ""], ["longer", "9", "x "]])
    #expect(table.text == "name    rules  why\né          10\nlonger      9  x")
  }

  @Test func aLongCellMovesItsOwnLineOnly() {
    let long = String(repeating: "x", count: 121)
    let table = TextTable(head: ["a", "b"], rows: [[long, "1"], ["cell", "2"]])
    #expect(table.text == "a     b\n\(long)  1\ncell  2")
  }

  @Test func isEmptyWhereItHasNoColumns() { #expect(TextTable(head: [], rows: []).text == "") }
}
