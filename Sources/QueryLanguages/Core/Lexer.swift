/// Splits a text into tokens by a language's rules. It never fails: text that no rule matches is a token too, so that
/// the tokens and the white space between them add up to the text. It runs in time linear in the text's length.
package struct Lexer: Sendable {
  private let rules: TokenRules
  private var cursor: Cursor
  /// Whether the last token was a name, a value or a closing bracket.
  private var isAfterValue = false

  package init(_ bytes: [UInt8], in range: Range<Int>? = nil, rules: TokenRules) {
    self.rules = rules
    cursor = Cursor(bytes, in: range)
  }

  /// The next token, comments included; nil at the end.
  package mutating func next() -> Token? {
    repeat { cursor.skip(while: rules.spaces) } while rules.wideSpaces.contains { cursor.take($0) }
    let start = cursor.at
    guard let byte = cursor.peek else { return nil }
    let kind = take(byte)
    switch kind {
    case .comment: break
    case .symbol: isAfterValue = ByteSet.closers.contains(byte)
    case .unknown: isAfterValue = false
    case .word, .number, .text, .quotedName, .regex, .unclosed: isAfterValue = true
    }
    return Token(kind, start..<cursor.at)
  }

  private mutating func take(_ byte: UInt8) -> Token.Kind {
    if let kind = takeComment() { return kind }
    for index in rules.quotesByStart[Int(byte)] {
      let quotes = rules.quotes[index]
      if quotes.needsPlaceOfValue && isAfterValue { continue }
      if cursor.take(quotes.open) { return takeQuoted(quotes, index: index) }
    }
    if let numbers = rules.numbers, numbers.starts.contains(byte) || isFraction(byte, numbers) {
      takeNumber(numbers)
      return .number
    }
    if takeWord() { return .word }
    for symbol in rules.symbolsByStart[Int(byte)] where cursor.take(symbol) { return .symbol }
    cursor.skipCharacter()
    return .unknown
  }

  private mutating func takeComment() -> Token.Kind? {
    guard !rules.comments.isEmpty, let comment = rules.comments.first(where: { cursor.take($0.open) }) else {
      return nil
    }
    while let byte = cursor.peek {
      if comment.close.isEmpty {
        if byte == UInt8(ascii: "\n") { break }
      } else if cursor.take(comment.close) {
        return .comment
      }
      cursor.skipCharacter()
    }
    return comment.close.isEmpty ? .comment : .unclosed
  }

  private mutating func takeQuoted(_ quotes: TokenRules.Quotes, index: Int) -> Token.Kind {
    let (hasBackslash, isDoubled) = (quotes.escape.hasBackslash, quotes.escape.isDoubled)
    while let byte = cursor.peek {
      if quotes.endsWithLine, byte == UInt8(ascii: "\n") { break }
      if byte == UInt8(ascii: "\\"), hasBackslash {
        cursor.skipCharacter()
        cursor.skipCharacter()
      } else if cursor.take(quotes.close) {
        if isDoubled, cursor.take(quotes.close) { continue }
        for _ in 0..<quotes.moreQuotes where cursor.peek == quotes.close.first { cursor.skipCharacter() }
        return switch quotes.content {
        case .text: .text(quote: index)
        case .name: .quotedName(quote: index)
        case .regex: .regex(quote: index)
        }
      } else {
        cursor.skipCharacter()
      }
    }
    return .unclosed
  }

  private func isFraction(_ byte: UInt8, _ numbers: TokenRules.Numbers) -> Bool {
    guard numbers.canStartWithPoint, byte == UInt8(ascii: "."), cursor.at + 1 < cursor.end,
      ByteSet.digits.contains(cursor.bytes[cursor.at + 1])
    else { return false }
    return !isAfterValue || cursor.at > 0 && rules.spaces.contains(cursor.bytes[cursor.at - 1])
  }

  private mutating func takeNumber(_ numbers: TokenRules.Numbers) {
    cursor.skipCharacter()
    let isHexadecimal = cursor.peek.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    while let byte = cursor.peek, numbers.body.contains(byte) {
      if numbers.hasExponent, !isHexadecimal, takeExponent() { return }
      if numbers.pointNeedsDigit, byte == UInt8(ascii: ".") {
        let next = cursor.at + 1
        guard next < cursor.end, ByteSet.digits.contains(cursor.bytes[next]) else { return }
      }
      cursor.skipCharacter()
    }
    if numbers.hasExponent { _ = takeExponent() }
  }

  private mutating func takeExponent() -> Bool {
    guard let byte = cursor.peek, byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return false }
    var next = cursor.at + 1
    if next < cursor.end, "+-".utf8.contains(cursor.bytes[next]) { next += 1 }
    guard next < cursor.end, ByteSet.digits.contains(cursor.bytes[next]) else { return false }
    cursor.move(to: next)
    cursor.skip(while: .digits)
    return true
  }

  private mutating func takeWord() -> Bool {
    let words = rules.words
    let start = cursor.at
    for prefix in words.prefixes where cursor.take(prefix) { cursor.skip(while: rules.spaces) }
    if let byte = cursor.peek, words.sigils.contains(byte) { cursor.skipCharacter() }
    guard let byte = cursor.peek else { return cursor.at > start }
    if words.single.contains(byte) {
      cursor.skipCharacter()
    } else if words.starts.contains(byte) || byte == words.escape || cursor.at > start && words.body.contains(byte) {
      takeBody(words)
    }
    return cursor.at > start
  }

  private func isInner(_ byte: UInt8, _ words: TokenRules.Words) -> Bool {
    guard words.inner.contains(byte), cursor.at + 1 < cursor.end else { return false }
    let next = cursor.bytes[cursor.at + 1]
    return words.body.contains(next) || words.inner.contains(next)
  }

  private mutating func takeBody(_ words: TokenRules.Words) {
    while let byte = cursor.peek {
      if byte == words.escape {
        cursor.skipCharacter()
        cursor.skipCharacter()
      } else if byte >= 0x80, rules.wideSpaces.contains(where: { cursor.isAt($0) }) {
        return
      } else if words.body.contains(byte) || isInner(byte, words) {
        cursor.skipCharacter()
        cursor.skip(while: rules.asciiBody)
      } else {
        return
      }
    }
  }
}
