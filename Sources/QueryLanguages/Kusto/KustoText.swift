/// A query as tokens, with the positions where its brackets end: for parts that aren't expressions, such as statements,
/// commands and their clauses. Ranges are token ranges.
struct KustoText {
  let bytes: [UInt8]
  let tokens: [Token]
  /// For each opening bracket, the index of the bracket that closes it, or the number of tokens; for other tokens,
  /// their own index.
  private let ends: [Int]
  /// Unmatched opening and closing brackets, in order.
  let unbalanced: [Int]

  init(_ bytes: [UInt8], tokens: [Token]) {
    self.bytes = bytes
    self.tokens = tokens
    var ends = Array(tokens.indices)
    var open: [Int] = []
    var unbalanced: [Int] = []
    for (index, token) in tokens.enumerated() where token.kind == .symbol {
      let byte = bytes[token.span.lowerBound]
      if "([{".utf8.contains(byte) { open.append(index) }
      guard ")]}".utf8.contains(byte) else { continue }
      // A bracket of another kind doesn't close one: those opened in between stay open.
      guard let match = open.lastIndex(where: { KustoText.closes(byte, bytes[tokens[$0].span.lowerBound]) }),
        open.count - match <= 64
      else {
        unbalanced.append(index)
        continue
      }
      unbalanced += open[(match + 1)...]
      ends[open[match]] = index
      for lost in open[(match + 1)...] { ends[lost] = index - 1 }
      open.removeSubrange(match...)
    }
    for lost in open { ends[lost] = tokens.count }
    self.ends = ends
    self.unbalanced = (unbalanced + open).sorted()
  }

  private static func closes(_ close: UInt8, _ open: UInt8) -> Bool {
    switch open {
    case UInt8(ascii: "("): close == UInt8(ascii: ")")
    case UInt8(ascii: "["): close == UInt8(ascii: "]")
    default: close == UInt8(ascii: "}")
    }
  }

  // MARK: Single tokens

  func text(_ index: Int) -> String { String(decoding: bytes[tokens[index].span], as: UTF8.self) }

  func isWord(_ index: Int, _ word: StaticString) -> Bool {
    tokens[index].kind == .word && isText(index, word, ignoringCase: true)
  }

  func isSymbol(_ index: Int, _ symbol: StaticString) -> Bool {
    tokens[index].kind == .symbol && isText(index, symbol, ignoringCase: false)
  }

  func isOpener(_ index: Int) -> Bool {
    tokens[index].kind == .symbol && "([{".utf8.contains(bytes[tokens[index].span.lowerBound])
  }

  func isCloser(_ index: Int) -> Bool {
    tokens[index].kind == .symbol && ")]}".utf8.contains(bytes[tokens[index].span.lowerBound])
  }

  private func isText(_ index: Int, _ text: StaticString, ignoringCase: Bool) -> Bool {
    let span = tokens[index].span
    guard span.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { expected in
      zip(bytes[span], expected).allSatisfy { ($0 | (ignoringCase && ByteSet.letters.contains($0) ? 0x20 : 0)) == $1 }
    }
  }

  /// Whether there is nothing between a token and the one before it.
  func isAdjacent(_ index: Int) -> Bool {
    index > 0 && tokens[index - 1].span.upperBound == tokens[index].span.lowerBound
  }

  // MARK: Ranges

  /// The byte range from the start of the first token to the end of the last one.
  func span(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else {
      let at = range.lowerBound < tokens.count ? tokens[range.lowerBound].span.lowerBound : bytes.count
      return at..<at
    }
    return tokens[range.lowerBound].span.lowerBound..<tokens[range.upperBound - 1].span.upperBound
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[span(range)], as: UTF8.self) }

  /// The tokens within a byte range.
  func range(_ span: Range<Int>) -> Range<Int> {
    let lower = index(from: span.lowerBound)
    return lower..<max(lower, index(from: span.upperBound))
  }

  /// The first token that starts at or after a byte.
  private func index(from offset: Int) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].span.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The contents of the bracket that a token opens; nil if it opens none.
  func inside(_ index: Int, in range: Range<Int>) -> Range<Int>? {
    guard index < range.upperBound, isOpener(index) else { return nil }
    return index + 1..<min(max(ends[index], index + 1), range.upperBound)
  }

  /// The index after a token, or after the bracket that it opens.
  func after(_ index: Int) -> Int { max(index, min(ends[index], tokens.count - 1)) + 1 }

  /// The same, but no further than a range goes: brackets of different kinds may cross.
  func after(_ index: Int, in range: Range<Int>) -> Int { min(after(index), range.upperBound) }

  /// The first token outside brackets that meets a condition.
  func first(in range: Range<Int>, where isFound: (Int) -> Bool) -> Int? {
    var at = range.lowerBound
    while at < range.upperBound {
      if isFound(at) { return at }
      at = after(at)
    }
    return nil
  }

  func first(_ word: StaticString, in range: Range<Int>) -> Int? { first(in: range) { isWord($0, word) } }

  /// The parts of a range, split at symbols outside brackets, without empty ones.
  func parts(of range: Range<Int>, between symbol: StaticString) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var at = start
    while at < range.upperBound {
      if isSymbol(at, symbol) {
        if start < at { parts.append(start..<at) }
        start = at + 1
      }
      at = after(at)
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }
}
