/// A pattern of names in a condition, as in `1 of sel_*`: `*` stands for any number of characters, anywhere in it (Sigma
/// Specification 2.1.0, “Condition”).
struct NamePattern {
  private let bytes: [UInt8]

  /// Whether it has two stars or more, between which a match may have to be looked for again and again.
  private let hasStars: Bool

  init(_ text: String) {
    bytes = Array(text.utf8)
    hasStars = bytes.count { $0 == UInt8(ascii: "*") } > 1
  }

  /// What a name that matches begins and ends with.
  var prefix: [UInt8] { Array(bytes.prefix { $0 != UInt8(ascii: "*") }) }
  var suffix: [UInt8] { Array(bytes.suffix(from: (bytes.lastIndex(of: UInt8(ascii: "*")) ?? -1) + 1)) }

  /// How many steps it takes at most to match a name of that length, the call itself among them.
  func work(nameLength: Int) -> Int {
    guard hasStars else { return 64 + min(nameLength, bytes.count) }
    return (64 + nameLength).multipliedReportingOverflow(by: bytes.count).partialValue
  }

  /// Backtracks to the last star only, so that the time is bounded by the product of the lengths.
  func matches(_ name: [UInt8]) -> Bool {
    var (at, place) = (0, 0)
    var retry: (at: Int, place: Int)?
    while at < name.count {
      if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
        place += 1
        retry = (at, place)
      } else if place < bytes.count, bytes[place] == name[at] {
        at += 1
        place += 1
      } else if let last = retry {
        retry = (last.at + 1, last.place)
        (at, place) = (last.at + 1, last.place)
      } else {
        return false
      }
    }
    return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
