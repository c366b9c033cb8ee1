import Diagnostics

/// Assigns numbers to places in files, together with the text there.
struct PlaceNumbers {
  private struct Place: Hashable {
    var location: SourceLocation
    var text: String
  }

  private var numbers: [Place: Int32] = [:]

  mutating func number(of location: SourceLocation, _ text: String) -> Int32 {
    let place = Place(location: location, text: text)
    if let number = numbers[place] { return number }
    let number = Int32(numbers.count)
    numbers[place] = number
    return number
  }
}
