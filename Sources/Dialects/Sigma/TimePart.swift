/// A number taken from a date, such as its hour (Sigma Specification 2.1.0, appendix “Modifiers”, “Time Modifiers”).
struct TimePart: Equatable {
  let name: String
  let range: ClosedRange<Int>

  /// nil if no modifier with that name takes a part of a time.
  init?(named name: String) {
    self.name = name
    switch name {
    case "minute": range = 0...59
    case "hour": range = 0...23
    case "day": range = 1...31
    // The specification says 52, but in ISO 8601, which engines use, some years have one more.
    case "week": range = 1...53
    case "month": range = 1...12
    case "year": range = 1000...9999
    default: return nil
    }
  }
}
