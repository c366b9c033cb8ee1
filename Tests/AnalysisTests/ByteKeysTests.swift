import Testing

@testable import Analysis

@Suite struct ByteKeysTests {
  /// A few are looked through one by one, more by their hashes.
  @Test(arguments: [3, 16, 17, 18, 500]) func keepsEachOnceInTheOrderInWhichTheyCame(count: Int) {
    let words = (0..<count).map { Array("value \($0 * 7919)".utf8) }
    var keys = ByteKeys()
    #expect(words.allSatisfy { keys.insert($0) })
    #expect(!words.contains { keys.insert($0) })
    keys.finish()
    #expect(keys.count == count)
    #expect((0..<count).map { keys.withBytes($0) { Array($0) } } == words)
    #expect((0..<count).map { number in words[number].withUnsafeBufferPointer { hashOfBytes($0) } } == keys.hashes)
  }
}
