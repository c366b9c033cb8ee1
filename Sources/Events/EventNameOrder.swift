import Diagnostics
import Text

/// The order in which a provider's events are listed: numbers by value, then names by their UTF-8 bytes.
package struct EventNameOrder: Comparable {
  private let number: Int?
  private let name: String

  package init(_ name: String) {
    number = Int(name)
    self.name = name
  }

  package static func < (left: EventNameOrder, right: EventNameOrder) -> Bool {
    switch (left.number, right.number) {
    case (let one?, let other?) where one != other: one < other
    case (.some, nil): true
    case (nil, .some): false
    // `7` and `07` are two names with the same value.
    default: inByteOrder(left.name, right.name)
    }
  }
}
