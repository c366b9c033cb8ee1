import RuleModel
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: [
    ("2023-09-07", "2023-09-07"), ("2023/9/7", "2023-09-07"), ("0001-01-01", "0001-01-01"),
    ("9999-12-31", "9999-12-31"), ("2024-02-29", "2024-02-29"), ("2000-02-29", "2000-02-29"),
  ])
  func readsDaysOfTheCalendar(text: String, expected: String) {
    #expect(CalendarDate(text)?.description == expected)
  }

  /// Days as `date -u -d @SECONDS` tells them.
  @Test(arguments: [
    (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1969-12-31"), (951_782_400, "2000-02-29"),
    (1_709_164_800, "2024-02-29"), (1_735_689_599, "2024-12-31"), (4_107_542_400, "2100-03-01"),
    (-62_135_596_800, "0001-01-01"), (253_402_300_799, "9999-12-31"), (-2_203_891_200, "1900-03-01"),
  ])
  func readsThePOSIXTimeOfADay(seconds: Int, expected: String) {
    #expect(CalendarDate(secondsSince1970: seconds)?.description == expected)
  }

  @Test(arguments: [-62_135_596_801, 253_402_300_800, .min, .max])
  func hasNoDaysOutsideOfFourDigitYears(seconds: Int) { #expect(CalendarDate(secondsSince1970: seconds) == nil) }

  /// Of the years, XML Schema's `date` has neither 0 nor, as the rules write them, others than of four digits.
  @Test(arguments: [
    "0000-01-01", "0000/12/31", "-0001-01-01", "+2023-01-01", "12023-01-01", "999-01-01", "23-01-01", "2023-02-29",
    "1900-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023-04-31", "2023-09", "20230907", "٢٠٢٣-٠٩-٠٧", "",
  ])
  func refusesOtherTexts(text: String) { #expect(CalendarDate(text) == nil) }
}
