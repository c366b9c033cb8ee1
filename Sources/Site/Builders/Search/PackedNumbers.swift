/// Non-negative numbers as text: five bits per character, the lowest first, in the Base64 alphabet (RFC 4648, section
/// 4); a character from `g` on means that more follow. Small numbers, such as differences in a sorted list, take one
/// character.
///
/// - SeeAlso: ECMA-426, “Source map format”, whose mappings are written in a similar way.
struct PackedNumbers {
  private(set) var text: [UInt8] = []

  /// The Base64 alphabet.
  static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  mutating func add(_ number: Int) {
    var rest = number
    repeat {
      let digit = rest & 31
      rest >>= 5
      text.append(PackedNumbers.digits[rest > 0 ? digit | 32 : digit])
    } while rest > 0
  }

  /// Their count, then each as the difference from the previous one.
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
