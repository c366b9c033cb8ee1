import Testing

@testable import Analysis

@Suite struct PercentTests {
  /// By hand: to the nearest tenth; of two as near, the greater; all and nothing are only what they say.
  @Test(arguments: [
    (243, 697, "34.9 %"), (242, 697, "34.7 %"), (2425, 6970, "34.8 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"),
    (1, 8, "12.5 %"), (1, 16, "6.3 %"), (3, 16, "18.8 %"), (1, 80, "1.3 %"), (5, 5, "100.0 %"), (0, 5, "0.0 %"),
    (2999, 3000, "99.9 %"), (1, 3000, "0.1 %"), (0, 0, ""),
  ])
  func roundsToTheNearestTenth(part: Int, whole: Int, expected: String) {
    #expect(percent(part, of: whole) == expected)
  }

  @Test func showsAsManyDecimalsAsAskedFor() {
    #expect(percent(1, of: 3, decimals: 3) == "33.333 %")
    #expect(percent(1, of: 50, decimals: 2) == "2.00 %")
    #expect(percent(29_999, of: 30_000, decimals: 2) == "99.99 %")
  }
}
