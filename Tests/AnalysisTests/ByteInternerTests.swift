import Testing

@testable import Analysis

@Suite struct ByteInternerTests {
  @Test func numbersStringsInTheOrderInWhichTheyAreFirstSeen() {
    var interner = ByteInterner()
    let words = ["b", "", "a", "b", "ab", "", "a"]
    #expect(words.map { interner.intern(Array($0.utf8)) } == [0, 1, 2, 0, 3, 1, 2])
    #expect(interner.count == 4)
  }

  /// What decides is the bytes, not the hash that goes with them.
  @Test func tellsStringsOfOneHashApart() {
    var interner = ByteInterner()
    func number(_ word: String) -> Int { Array(word.utf8).withUnsafeBufferPointer { interner.intern($0, hash: 7) } }
    #expect(["a", "b", "ab", "", "b", "a"].map(number) == [0, 1, 2, 3, 1, 0])
  }

  /// It starts with 1,024 places and doubles them several times on the way.
  @Test func keepsNumbersWhenItGrows() {
    var interner = ByteInterner()
    let words = (0..<20_000).map { Array("value \($0 * 7919)".utf8) }
    #expect(words.map { interner.intern($0) } == Array(words.indices))
    #expect(words.map { interner.intern($0) } == Array(words.indices))
    #expect(interner.count == words.count)
  }

  /// Strings that differ in one byte, which no part of the hash may lose.
  @Test func tellsStringsOfAllBytesApart() {
    var interner = ByteInterner()
    let words = (UInt8.min...UInt8.max).map { [0, $0, 0] }
    #expect(words.map { interner.intern($0) } == Array(words.indices))
    #expect(words.map { interner.intern($0) } == Array(words.indices))
  }
}
