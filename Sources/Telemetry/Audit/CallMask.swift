/// System calls by number, for each interface through which programs make them: one bit per call, as in the kernel's
/// representation of a rule.
struct CallMask: Hashable, Sendable {
  /// The numbering in use: the same number is a different call in each.
  enum Interface: String, Hashable, Sendable, CaseIterable {
    /// Calls by 64-bit programs. Machines other than a PC number them differently; only the names matter here.
    case native = "x86_64"
    /// Calls by 32-bit programs on a 64-bit machine.
    case compat = "i386"
    /// Operations of io_uring.
    case uring
  }

  /// How many call numbers a rule can hold (`AUDIT_BITMASK_SIZE` words, linux/audit.h).
  static let count = 64 * 32
  private static let words = count / 64

  private var words = [UInt64](repeating: 0, count: CallMask.words * Interface.allCases.count)

  init() {}

  /// All calls of these interfaces.
  init(all interfaces: [Interface]) {
    for interface in interfaces {
      for index in CallMask.indices(of: interface) { words[index] = .max }
    }
  }

  private static func indices(of interface: Interface) -> Range<Int> {
    let start = (Interface.allCases.firstIndex(of: interface) ?? 0) * words
    return start..<start + words
  }

  /// - Parameter number: below ``count``.
  mutating func insert(_ number: Int, of interface: Interface) {
    words[CallMask.indices(of: interface).lowerBound + number / 64] |= 1 << UInt64(number % 64)
  }

  func numbers(of interface: Interface) -> [Int] {
    let start = CallMask.indices(of: interface).lowerBound
    return (0..<CallMask.count).filter { words[start + $0 / 64] & 1 << UInt64($0 % 64) != 0 }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func isSuperset(of other: CallMask) -> Bool { zip(words, other.words).allSatisfy { $0 & $1 == $1 } }

  /// The calls of one interface.
  func calls(of interface: Interface) -> CallMask { intersection(CallMask(all: [interface])) }

  func intersection(_ other: CallMask) -> CallMask { joined(with: other) { $0 & $1 } }
  func union(_ other: CallMask) -> CallMask { joined(with: other) { $0 | $1 } }
  func subtracting(_ other: CallMask) -> CallMask { joined(with: other) { $0 & ~$1 } }

  private func joined(with other: CallMask, by operation: (UInt64, UInt64) -> UInt64) -> CallMask {
    var result = self
    for index in words.indices { result.words[index] = operation(words[index], other.words[index]) }
    return result
  }
}
