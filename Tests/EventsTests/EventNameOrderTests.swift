import Events
import Testing

@Suite struct EventNameOrderTests {
  @Test func putsNumbersByValueBeforeNamesByTheirBytes() {
    let names = ["b", "10", "é", "9", "*", "B", "07", "7"]
    #expect(
      names.sorted { EventNameOrder($0) < EventNameOrder($1) } == ["07", "7", "9", "10", "*", "B", "b", "é"])
    for name in names { #expect(!(EventNameOrder(name) < EventNameOrder(name))) }
  }
}
