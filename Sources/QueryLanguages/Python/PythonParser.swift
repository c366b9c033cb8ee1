/// Parses one logical line's expressions. Its stack depth is bounded, its time linear.
struct PythonParser {
  let bytes: [UInt8]
  let tokens: [Token]
  /// The index of the next token, and the one after the last.
  var next: Int
  var end: Int
  var depth = 0
  /// Deeper than in any real rule, and shallow enough for the stack.
  static let maximalDepth = 48

  struct Fault: Error, Hashable {
    enum Kind: Hashable {
      case syntax
      case tooDeep
      /// A line is indented more than those before it, or as none around it.
      case indentation
      /// Nothing is indented below a line that ends with a colon.
      case missingBlock
    }

    var kind = Kind.syntax
    var offset: Int
  }

  init(_ lines: PythonLines, _ range: Range<Int>) {
    (bytes, tokens) = (lines.bytes, lines.tokens)
    (next, end) = (range.lowerBound, range.upperBound)
  }

  var isAtEnd: Bool { next >= end }

  func isNext(_ text: StaticString, ahead count: Int = 0) -> Bool {
    guard next + count < end else { return false }
    let token = tokens[next + count]
    guard token.kind == .word || token.kind == .symbol, token.span.count == text.utf8CodeUnitCount else { return false }
    var place = token.span.lowerBound
    for index in 0..<text.utf8CodeUnitCount {
      if bytes[place] != text.utf8Start[index] { return false }
      place += 1
    }
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard isNext(text) else { return false }
    next += 1
    return true
  }

  mutating func expect(_ text: StaticString) throws(Fault) {
    guard take(text) else { throw fault }
  }

  var fault: Fault { Fault(offset: offset) }

  /// Where the next token starts.
  var offset: Int {
    next < end ? tokens[next].span.lowerBound : end > 0 ? tokens[end - 1].span.upperBound : 0
  }

  var endOfLast: Int { next > 0 ? tokens[next - 1].span.upperBound : 0 }

  /// Goes to the first of these outside any brackets that open on the way, or to the end.
  mutating func skip(to texts: StaticString...) {
    var level = 0
    while !isAtEnd, level > 0 || !texts.contains(where: { isNext($0) }) {
      if tokens[next].kind == .symbol {
        let byte = bytes[tokens[next].span.lowerBound]
        if ByteSet.openers.contains(byte) { level += 1 } else if ByteSet.closers.contains(byte) { level -= 1 }
      }
      next += 1
    }
  }

  /// A name that isn't a keyword.
  mutating func name() -> String? {
    guard next < end, tokens[next].kind == .word else { return nil }
    let text = String(decoding: bytes[tokens[next].span], as: UTF8.self)
    guard !PythonParser.reserved.contains(text) else { return nil }
    next += 1
    return text
  }

  private static let reserved = Set(Python.keywords + ["and", "in", "is", "not", "or"])
}
