import Testing

@testable import Commands

@Suite struct CoverageThresholdTests {
  /// 348 of 1,000 are 34.8 %; in binary fractions, 34.8 times 1,000 is more than 34,800.
  @Test(arguments: [
    ("34.8", 348, 1000, true), ("34.8", 347, 1000, false), ("34.8000", 348, 1000, true),
    ("34.800001", 348, 1000, false),
    ("0.1", 1, 1000, true), ("33.3", 333, 1000, true), ("57.6", 576, 1000, true), ("100", 697, 697, true),
    ("100", 696, 697, false), ("0", 0, 697, true), (".5", 1, 200, true), ("33.333333", 1, 3, true),
  ])
  func comparesExactly(text: String, part: Int, whole: Int, isMet: Bool) throws {
    #expect(try #require(CoverageThreshold(argument: text)).isMet(by: part, of: whole) == isMet)
  }

  @Test(arguments: ["", ".", "-1", "+1", "100.1", "101", "1e1", "1.2.3", "0.1234567", "nan", "12 ", "٣"])
  func refusesWhatIsNoShare(text: String) { #expect(CoverageThreshold(argument: text) == nil) }

  /// 3,476 of 10,000 are 34.76 %: with one decimal they would seem to be the 34.8 % that is asked for.
  @Test func saysAShortfallSoThatItIsSeen() throws {
    #expect(try #require(CoverageThreshold(argument: "34.8")).shortfall(3476, of: 10_000) == "34.76 %")
    #expect(try #require(CoverageThreshold(argument: "50")).shortfall(3476, of: 10_000) == "34.8 %")
    #expect(try #require(CoverageThreshold(argument: "100")).shortfall(2999, of: 3000) == "99.97 %")
  }
}
