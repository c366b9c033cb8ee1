import ArgumentParser
import Diagnostics
import Files
import RuleModel

/// The option for the day by which it is decided whether dates in the configuration have passed.
struct DateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day by which accepted gaps have passed their date. (default: that of SOURCE_DATE_EPOCH; without it, today for coverage, gaps, badge and lint, while build and serve don't judge)",
      valueName: "yyyy-mm-dd"))
  var date: String?

  /// The given day, or that of the environment variable SOURCE_DATE_EPOCH (reproducible-builds.org), in UTC.
  ///
  /// - Returns: nil if there is neither.
  /// - Throws: if one of them isn't valid.
  func day() throws(InputError) -> CalendarDate? {
    if let date {
      guard let day = CalendarDate(date) else {
        throw InputError(.configuration, at: "--date", "'\(shortened(date))' isn't a date; write it as 2027-03-31")
      }
      return day
    }
    guard let text = environmentVariable("SOURCE_DATE_EPOCH"), !text.isEmpty else { return nil }
    guard let seconds = Int(text), let day = CalendarDate(secondsSince1970: seconds) else {
      throw InputError(
        .configuration, at: "SOURCE_DATE_EPOCH",
        "'\(shortened(text))' isn't a number of seconds since 1970; correct it, or give --date")
    }
    return day
  }

  /// The same; today in UTC if there is neither.
  ///
  /// - Throws: if one of them isn't valid.
  func dayOrToday() throws(InputError) -> CalendarDate? {
    try day() ?? CalendarDate(secondsSince1970: CurrentProcess.secondsNow)
  }
}
