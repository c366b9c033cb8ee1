/// Operands: values, names and the parts after them, and bracketed expressions.
extension PrattParser {
  mutating func primary(depth: Int) throws(SyntaxFault) -> Expression {
    let token = tokens[next]
    if let bracket = grammar.brackets.first(where: { isToken(token, $0.open) }) {
      if let query = try subquery(closedBy: bracket.close, isCertain: bracket.content == .query) { return query }
      let group = try bracketed(bracket, depth: depth)
      return grammar.names.groupsHaveParts ? try withParts(group, depth: depth) : group
    }
    switch token.kind {
    case .number: return literal(.number)
    case .text(let quote):
      let text = literal(.text(quote: quote))
      return grammar.names.joinTexts ? joinedTexts(text) : text
    case .regex(let quote): return literal(.regex(quote: quote))
    case .word where grammar.names.joinWords: return try joinedWords()
    case .word where isTime(token): return timeLiteral()
    case .word, .quotedName: return try withParts(try name(orElse: .missingOperand), depth: depth)
    case .unclosed: throw fault(.unclosedText)
    case .symbol, .comment, .unknown: throw fault(.missingOperand)
    }
  }

  /// Whether a word and the string after it are a time.
  private func isTime(_ token: Token) -> Bool {
    guard grammar.names.times.contains(token.span, of: bytes), next + 1 < tokens.count,
      case .text = tokens[next + 1].kind
    else { return false }
    return true
  }

  private mutating func timeLiteral() -> Expression {
    let start = tokens[next].span.lowerBound
    let name = literal(.name)
    let end = tokens[next].span.upperBound
    next += 1
    return Expression(.literal(name), start..<end)
  }

  private mutating func literal(_ kind: Expression.Kind) -> Expression {
    defer { next += 1 }
    return Expression(kind, tokens[next].span)
  }

  /// A string, with any strings directly after it.
  private mutating func joinedTexts(_ first: Expression) -> Expression {
    var texts = [first]
    while next < tokens.count, case .text(let quote) = tokens[next].kind { texts.append(literal(.text(quote: quote))) }
    guard texts.count > 1 else { return first }
    return Expression(.infix(.arithmetic, texts), first.span.lowerBound..<tokens[next - 1].span.upperBound)
  }

  /// A word that isn't reserved, or a name in quotes.
  mutating func name(orElse kind: SyntaxFault.Kind = .missingName) throws(SyntaxFault) -> Expression {
    guard next < tokens.count else { throw fault(kind) }
    switch tokens[next].kind {
    case .word where !grammar.reserved.contains(tokens[next].span, of: bytes): return literal(.name)
    case .quotedName(let quote): return literal(.quotedName(quote: quote))
    default: throw fault(kind)
    }
  }

  /// The words up to the next operator, as one value.
  private mutating func joinedWords() throws(SyntaxFault) -> Expression {
    var words = try name(orElse: .missingOperand)
    while next < tokens.count, tokens[next].kind == .word, !grammar.reserved.contains(tokens[next].span, of: bytes),
      grammar.infixes.match(tokens, at: next, in: bytes) == nil
    {
      words.span = words.span.lowerBound..<tokens[next].span.upperBound
      next += 1
    }
    return words
  }

  // MARK: Parts and calls

  /// What follows a name: its parts, calls and indices.
  private mutating func withParts(_ first: Expression, depth: Int) throws(SyntaxFault) -> Expression {
    let names = grammar.names
    var base = first
    var steps: [Expression.Step] = []
    let start = first.span.lowerBound
    reading: while next < tokens.count {
      let token = tokens[next]
      if names.members.contains(where: { isToken(token, $0) }) {
        next += 1
        if names.indexFollowsJoin, let bracket = names.index, isNext(bracket.open) { continue reading }
        let part = try partName()
        steps.append(.member(part))
        if try takesEmptyCall(of: part) {
          steps.append(.call([]))
          break reading
        }
      } else if let bracket = names.index, isToken(token, bracket.open) {
        steps.append(.index(try bracketed(bracket, depth: depth)))
      } else if isCallable(base, steps), isToken(token, [UInt8(ascii: "(")]) {
        let name = start..<tokens[next - 1].span.upperBound
        if steps.isEmpty, names.literals.contains(name, of: bytes) {
          base = try literal(named: base)
          continue reading
        }
        next += 1
        let arguments = try items(closedBy: [UInt8(ascii: ")")], opener: token, depth: depth).items
        let span = start..<tokens[next - 1].span.upperBound
        note(call: name, span)
        if names.calls == .namespaced {
          base = Expression(.call(Expression(.name, name), arguments), span)
          steps = []
        } else if steps.isEmpty, !base.isCall {
          base = Expression(.call(base, arguments), span)
        } else {
          steps.append(.call(arguments))
        }
        if names.calls != .anything { break reading }
      } else {
        break reading
      }
    }
    return steps.isEmpty ? base : Expression(.path(base, steps), start..<tokens[next - 1].span.upperBound)
  }

  /// After a separator, a number is a name too.
  private mutating func partName() throws(SyntaxFault) -> Expression {
    if next < tokens.count, tokens[next].kind == .number { return literal(.name) }
    return try name()
  }

  /// A constant in parentheses, which isn't parsed further.
  private mutating func literal(named name: Expression) throws(SyntaxFault) -> Expression {
    let opener = tokens[next]
    while next < tokens.count, !isCloser(tokens[next]) { next += 1 }
    try expect([UInt8(ascii: ")")], closing: opener)
    return Expression(.literal(name), name.span.lowerBound..<tokens[next - 1].span.upperBound)
  }

  private mutating func takesEmptyCall(of part: Expression) throws(SyntaxFault) -> Bool {
    guard grammar.names.emptyCalls.contains(where: { isSame(bytes, part.span, as: $0, ignoringCase: false) }),
      next < tokens.count, isToken(tokens[next], [UInt8(ascii: "(")])
    else { return false }
    let opener = tokens[next]
    next += 1
    try expect([UInt8(ascii: ")")], closing: opener)
    return true
  }

  private func isCallable(_ base: Expression, _ steps: [Expression.Step]) -> Bool {
    switch (grammar.names.calls, base.kind) {
    case (.none, _): false
    case (.anything, _): true
    // `*` and `.` are names that can't be called.
    case (.plain, .name):
      steps.isEmpty
        && (base.span.count > 1 || !grammar.tokens.words.single.contains(bytes[base.span.lowerBound]))
    // Neither can a variable, which a group in brackets may follow.
    case (.namespaced, .name):
      !grammar.tokens.words.sigils.contains(bytes[base.span.lowerBound])
        && steps.allSatisfy { if case .member = $0 { true } else { false } }
    case (.plain, _), (.namespaced, _): false
    }
  }

  // MARK: Brackets

  /// A bracketed expression; the opening bracket is the next token.
  private mutating func bracketed(_ bracket: Grammar.Bracket, depth: Int) throws(SyntaxFault) -> Expression {
    let opener = tokens[next]
    let start = opener.span.lowerBound
    switch bracket.content {
    case .group, .block:
      guard depth < grammar.limits.depth else { throw fault(.tooDeep) }
      next += 1
      let inner = try expression(above: 0, depth: depth + 1)
      try expect(bracket.close, closing: opener)
      return bracket.content == .group ? inner : Expression(.block(inner), start..<tokens[next - 1].span.upperBound)
    case .list, .groupOrList:
      next += 1
      let (items, hasComma) = try items(closedBy: bracket.close, opener: opener, depth: depth)
      if bracket.content == .groupOrList, !hasComma, let first = items.first { return first }
      return Expression(.list(items), start..<tokens[next - 1].span.upperBound)
    case .query: throw fault(.missingOperand)
    case .bounds(let separator):
      next += 1
      let lower = try bound(before: separator)
      try expect(separator: separator)
      let upper = try bound(before: nil)
      let isOther = next < tokens.count && bracket.otherClose.map { isToken(tokens[next], $0) } ?? false
      try expect(isOther ? bracket.otherClose ?? [] : bracket.close, closing: opener)
      let isInclusive: ([UInt8]) -> Bool = { $0 == [UInt8(ascii: "[")] || $0 == [UInt8(ascii: "]")] }
      return Expression(
        .range(
          lower, upper, includesLower: isInclusive(bracket.open),
          includesUpper: isInclusive(isOther ? bracket.otherClose ?? [] : bracket.close)),
        start..<tokens[next - 1].span.upperBound)
    }
  }

  /// Comma-separated expressions up to the closing bracket, which a trailing comma may precede.
  private mutating func items(
    closedBy close: [UInt8], opener: Token, depth: Int
  ) throws(SyntaxFault) -> (items: [Expression], hasComma: Bool) {
    var items: [Expression] = []
    var hasComma = false
    next -= 1
    if let query = try subquery(closedBy: close) { return ([query], false) }
    next += 1
    func skipEmptyItems() { while grammar.allowsEmptyItems, next < tokens.count, isComma(tokens[next]) { next += 1 } }
    skipEmptyItems()
    while !isNext(close) || hasComma && !grammar.allowsLastComma {
      guard depth < grammar.limits.depth else {
        // The error is at the bracket that is nested too deep.
        next -= 1
        throw fault(.tooDeep)
      }
      items.append(try expression(above: 0, depth: depth + 1))
      guard next < tokens.count, isComma(tokens[next]) else { break }
      hasComma = true
      next += 1
      skipEmptyItems()
    }
    try expect(close, closing: opener)
    return (items, hasComma)
  }

  /// The query in the brackets that open at the next token; nil if they don't contain one.
  ///
  /// - Parameter isCertain: whether the brackets contain nothing else.
  mutating func subquery(
    closedBy close: [UInt8], isCertain: Bool = false
  ) throws(SyntaxFault) -> Expression? {
    guard isCertain || grammar.subqueries != nil, next + 1 < tokens.count else { return nil }
    let opener = tokens[next]
    let first = tokens[next + 1]
    let separator = grammar.subqueries?.separator
    var isQuery =
      isCertain || first.kind == .word && grammar.subqueries?.starts.contains(first.span, of: bytes) ?? false
    guard isQuery || separator != nil else { return nil }
    var level = 1
    var last = next + 1
    while last < tokens.count {
      if isOpener(tokens[last]) { level += 1 } else if isCloser(tokens[last]) { level -= 1 }
      if level == 0 { break }
      if level == 1, let separator, isToken(tokens[last], separator) { isQuery = true }
      last += 1
    }
    guard isQuery else { return nil }
    next = last
    try expect(close, closing: opener)
    let end = tokens[next - 1].span
    return Expression(
      .query(opener.span.upperBound..<(next > last ? end.lowerBound : end.upperBound)),
      opener.span.lowerBound..<end.upperBound)
  }

  /// Two values and the word that separates them.
  mutating func bounds(_ separator: String, above power: Int, depth: Int) throws(SyntaxFault) -> Expression {
    let lower = try expression(above: max(power, grammar.logicalPower), depth: depth)
    try expect(separator: separator)
    let upper = try expression(above: max(power, grammar.logicalPower), depth: depth)
    return Expression(
      .range(lower, upper, includesLower: true, includesUpper: true), lower.span.lowerBound..<upper.span.upperBound)
  }

  /// The bound before a word or a bracket: a quoted string, or a single value however it was split into tokens.
  private mutating func bound(before separator: String?) throws(SyntaxFault) -> Expression {
    let first = next
    while next < tokens.count, !isOpener(tokens[next]), !isCloser(tokens[next]) {
      if let separator, isSeparator(tokens[next], separator) { break }
      next += 1
    }
    guard next > first else { throw fault(.missingOperand) }
    if next == first + 1, case .text(let quote) = tokens[first].kind {
      return Expression(.text(quote: quote), tokens[first].span)
    }
    return Expression(.name, tokens[first].span.lowerBound..<tokens[next - 1].span.upperBound)
  }

  private mutating func expect(separator: String) throws(SyntaxFault) {
    guard next < tokens.count, isSeparator(tokens[next], separator) else { throw fault(.missing(separator)) }
    next += 1
  }

  private func isSeparator(_ token: Token, _ separator: String) -> Bool {
    isSame(bytes, token.span, as: Array(separator.lowercased().utf8), ignoringCase: true)
  }

  private mutating func expect(_ text: [UInt8], closing opener: Token) throws(SyntaxFault) {
    guard isNext(text) else {
      let fault = fault(.missing(String(decoding: text, as: UTF8.self)), opener: opener)
      // What was read is kept, as if the bracket were closed at the end.
      guard grammar.closesAtEnd, next == tokens.count else { throw fault }
      return note(fault)
    }
    next += 1
  }

  func isNext(_ text: [UInt8]) -> Bool { next < tokens.count && isToken(tokens[next], text) }

  func isToken(_ token: Token, _ text: [UInt8]) -> Bool { isSame(bytes, token.span, as: text, ignoringCase: false) }

  func isComma(_ token: Token) -> Bool { token.kind == .symbol && bytes[token.span.lowerBound] == UInt8(ascii: ",") }

  func isOpener(_ token: Token) -> Bool {
    token.kind == .symbol && ByteSet.openers.contains(bytes[token.span.lowerBound])
  }

  func isCloser(_ token: Token) -> Bool {
    token.kind == .symbol && ByteSet.closers.contains(bytes[token.span.lowerBound])
  }
}

extension Expression {
  fileprivate var isCall: Bool { if case .call = kind { true } else { false } }
}
