/// A day in the Gregorian calendar, without a time or time zone.
package struct CalendarDate: Hashable, Sendable, Comparable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Reads `2023-09-07` and Sigma's old `2023/09/07`; months and days may omit their leading zero.
  ///
  /// - Returns: nil if the text isn't a valid calendar date. Year 0 isn't valid either: XML Schema dates, which our XML
  ///   output uses, don't have it (XML Schema Part 2, section 3.2.9).
  package init?(_ text: String) {
    let parts = Array(text.utf8).split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/")
    }
    guard parts.count == 3, parts[0].count == 4, (1...2).contains(parts[1].count), (1...2).contains(parts[2].count),
      let year = decimal(parts[0]), year > 0, let month = decimal(parts[1]), let day = decimal(parts[2]),
      (1...12).contains(month), (1...CalendarDate.days(in: month, of: year)).contains(day)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day of a date or a timestamp: `2023-09-07T10:00:00Z`, `2023-09-07 10:00`.
  package init?(dayOf text: String) { self.init(String(text.prefix { $0 != "T" && $0 != " " })) }

  /// The day in UTC of a point in time.
  ///
  /// - Parameter seconds: since the beginning of 1970, as POSIX counts them.
  /// - Returns: nil before year 1 and after year 9999.
  package init?(secondsSince1970 seconds: Int) {
    guard (-62_135_596_800..<253_402_300_800).contains(seconds) else { return nil }
    var days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400 + 719_162
    // From here on, days count from the first of January of year 1. 400 years have 146,097 days.
    var year = 1 + 400 * (days / 146_097)
    days %= 146_097
    while days >= CalendarDate.days(in: year) {
      days -= CalendarDate.days(in: year)
      year += 1
    }
    var month = 1
    while days >= CalendarDate.days(in: month, of: year) {
      days -= CalendarDate.days(in: month, of: year)
      month += 1
    }
    (self.year, self.month, day) = (year, month, days + 1)
  }

  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func days(in year: Int) -> Int { isLeap(year) ? 366 : 365 }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: CustomStringConvertible {
  /// ISO 8601: `2023-09-07`.
  package var description: String {
    "\(zeroPadded(year, to: 4))-\(zeroPadded(month, to: 2))-\(zeroPadded(day, to: 2))"
  }
}
