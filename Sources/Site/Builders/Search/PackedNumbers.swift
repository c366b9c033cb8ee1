/// Numbers from 0 as text: five bits a character, the lowest first, in the alphabet of base 64 (RFC 4648, section 4); a character from
/// `g` on has more to follow. Small numbers, such as differences in a sorted list, take one character.
///
/// - SeeAlso: ECMA-426, “Source map format”, whose mappings are written likewise.
struct PackedNumbers {
  private(set) var text: [UInt8] = []

  /// The alphabet of base 64.
  static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  mutating func add(_ number: Int) {
    var rest = number
    repeat {
      let digit = rest & 31
      rest >>= 5
      text.append(PackedNumbers.digits[rest > 0 ? digit | 32 : digit])
    } while rest > 0
  }

  /// How many there are, then each as the difference to the one before.
  mutating func add(ascending numbers: [Int]) {
    add(numbers.count)
    var last = 0
    for number in numbers {
      add(number - last)
      last = number
    }
  }

  var value: ScriptValue { .text(String(decoding: text, as: UTF8.self)) }
}
