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

  /// Of the years, XML Schema's `date` has neither 0 nor, as the rules write them, others than of four digits.
  @Test(arguments: [
    "0000-01-01", "0000/12/31", "-0001-01-01", "+2023-01-01", "12023-01-01", "999-01-01", "23-01-01", "2023-02-29",
    "1900-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023-04-31", "2023-09", "20230907", "٢٠٢٣-٠٩-٠٧", "",
  ])
  func refusesOtherTexts(text: String) { #expect(CalendarDate(text) == nil) }
}
