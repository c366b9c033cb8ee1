import RuleModel
import TestSupport
import Testing

@testable import Analysis
@testable import Site

@Suite struct FieldListingsTests {
  /// Values of so many rules each; the first is of rules 0, 1 …
  private func values(_ counts: [Int], text: (Int) -> String = { "value \($0)" }) -> [FieldUse.Value] {
    counts.enumerated().map { number, count in
      FieldUse.Value(
        test: Test(field: "F", kind: .eq, value: text(number)), id: IndicatorID(number), rules: count, firstRule: 0)
    }
  }

  /// The pages of values: of each value its number, with a `+` where rules share it.
  private func pages(_ counts: [Int], room: Int) -> [[String]] {
    let rules = IndicatorColumn(counts.map { (0..<$0).map { RuleID($0) } })
    // A rule costs 100 bytes, a value 200 and its 7 bytes.
    return listings(values(counts), rules: rules, costs: RuleColumn(repeating: 100, count: 100), room: room, mark: "v")
      .pages.map {
        $0.shared.map { "\($0.value.id.index)+" } + $0.once.map { "\($0.value.id.index)" }
      }
  }

  private func listings(
    _ values: [FieldUse.Value], rules: IndicatorColumn<[RuleID]>, costs: RuleColumn<Int>, room: Int, mark: Character
  ) -> FieldListings {
    var listings = FieldListings(room: room, mark: mark)
    listings.add(shared: values.filter { $0.rules > 1 }, rules: rules, costs: costs)
    listings.add(once: values.filter { $0.rules == 1 }, costs: costs)
    return listings
  }

  @Test(arguments: [
    (10_000, [["0+", "1+", "2+", "3", "4"]]),
    // 607 and 507 and 407 bytes; then 307 for each of the others.
    (1521, [["0+", "1+", "2+"]]),
    (1120, [["0+", "1+"], ["2+", "3", "4"]]),
    (800, [["0+"], ["1+"], ["2+", "3"]]),
    // What is shared stands somewhere, however little room there is.
    (10, [["0+"], ["1+"], ["2+"]]),
  ])
  func goesOnWithSharedValuesOnFurtherPages(room: Int, expected: [[String]]) {
    #expect(pages([4, 3, 2, 1, 1], room: room) == expected)
  }

  @Test func leavesOutValuesOfOneRuleThatFindNoRoom() {
    #expect(pages([1, 1, 1], room: 700) == [["0", "1"]])
    #expect(pages([1], room: 10) == [[]])
    #expect(pages([], room: 10) == [])
  }

  @Test func listsFiftyRulesUnderAValue() {
    let found = listings(
      values([80]), rules: [(0..<80).map { RuleID($0) }], costs: RuleColumn(repeating: 1, count: 80), room: 1000,
      mark: "v")
    #expect(found.pages.first?.shared.first?.rules == (0..<50).map { RuleID($0) })
  }

  @Test func givesEachValueAnIdThatStaysTheSame() throws {
    let rules = IndicatorColumn<[RuleID]>(repeating: [0, 1], count: 3)
    func anchors(_ values: [FieldUse.Value]) -> [String] {
      listings(values, rules: rules, costs: [1, 1], room: 1000, mark: "x").pages.flatMap { $0.shared.map(\.anchor) }
    }
    let ids = anchors(values([2, 2, 2]))
    #expect(Set(ids).count == 3 && ids.allSatisfy { $0.hasPrefix("x") })
    #expect(anchors(values([2, 2])) == Array(ids.prefix(2)))
    #expect(anchors(values([2, 2]) { "VALUE \($0)" }) == Array(ids.prefix(2)))
    // Even where two have one hash.
    let twins = anchors(values([2, 2]) { _ in "same" })
    #expect(twins.count == 2 && twins[1] == twins[0] + "-")
  }
}
