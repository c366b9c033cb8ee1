import Text

/// A number formatted for readers, with commas between thousands: `4,041`.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
}

/// A number with a noun, given in the singular: `1 rule`, `4,041 rules`.
func counted(_ number: Int, _ name: String) -> String { "\(grouped(number)) \(plural(name, number))" }

/// Hundredths as a number with two decimals: `0.42` for 42.
func hundredths(_ number: Int) -> String {
  "\(number / 100).\(number % 100 < 10 ? "0" : "")\(number % 100)"
}
