/// Parses a query by its language's grammar: an operand, then operators as long as they bind tighter than the one
/// before (V. Pratt, "Top Down Operator Precedence").
///
/// Its stack depth is bounded by ``Grammar/Limits/depth`` and the number of powers in the grammar, its time by the
/// number of tokens.
package struct PrattParser {
  let grammar: Grammar
  package let bytes: [UInt8]
  /// Without comments.
  package let tokens: [Token]
  private let end: Int
  /// The index of the next token.
  var next = 0
  /// How often an operator followed another of the same power: each time adds a level to the tree that doesn't come
  /// from a bracket.
  private var turns = 0

  /// The calls that were parsed, each with the spans of its name and of the whole call, in the order in which they end.
  package private(set) var calls: [(name: Range<Int>, span: Range<Int>)] = []
  /// The operators that are marked ``Operator/isUnusual``.
  package private(set) var unusualOperators: [Token] = []
  /// What couldn't be read, if the grammar allows reading to continue after an error.
  package private(set) var faults: [SyntaxFault] = []

  /// - Parameter range: the part of the text to parse.
  package init(_ bytes: [UInt8], in range: Range<Int>? = nil, grammar: Grammar) {
    self.init(
      bytes, tokens: grammar.tokens(of: bytes, in: range), end: range?.upperBound ?? bytes.count, grammar: grammar)
  }

  /// - Parameters:
  ///   - tokens: the tokens to parse, without comments.
  ///   - end: the offset after the last byte to parse.
  package init(_ bytes: [UInt8], tokens: [Token], end: Int, grammar: Grammar) {
    self.grammar = grammar
    self.bytes = bytes
    self.tokens = tokens
    self.end = end
  }

  package mutating func parse() throws(SyntaxFault) -> Expression {
    guard tokens.count <= grammar.limits.tokens else {
      next = grammar.limits.tokens
      throw fault(.tooLong)
    }
    var result = try expression(above: 0, depth: 0)
    while next < tokens.count {
      guard grammar.recovers else { throw fault(.unexpected) }
      // An unmatched closing bracket.
      faults.append(fault(.unexpected))
      next += 1
      result = try continued(result, from: result.span.lowerBound, above: 0, depth: 0)
    }
    return result
  }

  // MARK: Operators

  /// An operand and all operators after it that bind tighter than a power.
  mutating func expression(above power: Int, depth: Int) throws(SyntaxFault) -> Expression {
    let offset = next < tokens.count ? tokens[next].span.lowerBound : end
    guard grammar.recovers, power <= grammar.logicalPower else {
      return try continued(try operand(depth: depth), from: offset, above: power, depth: depth)
    }
    let start = next
    let known = faults.count
    var first: Expression
    do throws(SyntaxFault) {
      first = try continued(try operand(depth: depth), from: offset, above: grammar.logicalPower, depth: depth)
    } catch {
      if error.kind == .tooDeep { throw error }
      faults.removeSubrange(known...)
      faults.append(error)
      next = start
      first = unread(from: offset)
    }
    return try continued(first, from: offset, above: power, depth: depth)
  }

  /// Applies the operators that follow an operand.
  ///
  /// - Parameter start: where the operand starts, with its brackets, which aren't part of its own span.
  private mutating func continued(
    _ first: Expression, from start: Int, above power: Int, depth: Int
  ) throws(SyntaxFault) -> Expression {
    var left = first
    // The operands of one chain, collected separately so that a long chain isn't copied for each operand.
    var chain: (operation: Operator, parts: [Expression])?
    var ceiling = Int.max
    while next < tokens.count {
      guard let (operation, count) = operationHere,
        operation.power <= ceiling || operation.isLogical || !grammar.recovers
      else {
        guard grammar.recovers, power <= grammar.logicalPower, !isAtBoundary else { break }
        faults.append(fault(.unexpected))
        let last = chain?.parts.popLast() ?? left
        let rest = unread(from: last.span.lowerBound)
        if chain != nil { chain?.parts.append(rest) } else { left = rest }
        continue
      }
      guard operation.power > power, operation.power <= ceiling else { break }
      if operation.isUnusual { unusualOperators.append(tokens[next]) }
      let isContinued = chain.map { $0.operation.meaning == operation.meaning } ?? false
      if !isContinued, let finished = chain.take() {
        left = joined(finished.parts, finished.operation, from: start)
        if finished.operation.power == operation.power { turns += 1 }
        guard turns <= grammar.limits.turns else { throw fault(.tooDeep) }
      }
      next += count
      guard case .infix(let associativity) = operation.place else {
        left = Expression(.postfix(operation.meaning, left), start..<endOfLast)
        ceiling = operation.power - 1
        continue
      }
      let right = try operand(of: operation, associativity, depth: depth)
      switch associativity {
      case .chain:
        if isContinued { chain?.parts.append(right) } else { chain = (operation, [left, right]) }
      case .none:
        ceiling = operation.power - 1
        left = joined([left, right], operation, from: start)
      case .right: left = joined([left, right], operation, from: start)
      }
    }
    if let chain { left = joined(chain.parts, chain.operation, from: start) }
    return left
  }

  /// The next operator, and how many tokens it has; it has none where two adjacent operands imply it.
  private var operationHere: (Operator, count: Int)? {
    if let found = grammar.infixes.match(tokens, at: next, in: bytes) { return found }
    guard let implicit = grammar.implicit, !isAtBoundary, tokens[next].kind != .unknown else { return nil }
    return (implicit, 0)
  }

  private func joined(_ parts: [Expression], _ operation: Operator, from start: Int) -> Expression {
    let span = start..<max(start, endOfLast)
    switch operation.meaning {
    case .comparison(let comparison) where parts.count == 2:
      return Expression(.comparison(parts[0], comparison, parts[1]), span)
    case .range where parts.count == 2:
      return Expression(.range(parts[0], parts[1], includesLower: true, includesUpper: true), span)
    case .and, .or, .not, .arithmetic, .cast, .timespan, .named, .comparison, .range:
      return Expression(.infix(operation.meaning, parts), span)
    }
  }

  private mutating func operand(
    of operation: Operator, _ associativity: Operator.Associativity, depth: Int
  ) throws(SyntaxFault) -> Expression {
    switch operation.operand {
    case .name: return try name()
    case .group where isNext([UInt8(ascii: "(")]):
      guard let group = try subquery(closedBy: [UInt8(ascii: ")")], isCertain: true) else { return try name() }
      return group
    case .group: return try name()
    case .bounds(let separator): return try bounds(separator, above: operation.power, depth: depth)
    case .expression where associativity == .right:
      // Each one can contain another: `a ** b ** c`.
      guard depth < grammar.limits.depth else { throw fault(.tooDeep) }
      return try expression(above: operation.power - 1, depth: depth + 1)
    case .expression: return try expression(above: operation.power, depth: depth)
    }
  }

  /// - Parameter depth: the number of brackets and prefix operators around it.
  private mutating func operand(depth: Int) throws(SyntaxFault) -> Expression {
    guard next < tokens.count else { throw fault(.missingOperand) }
    let token = tokens[next]
    if let (operation, count) = grammar.prefixes.match(tokens, at: next, in: bytes) {
      if operation.operand == .expression, depth >= grammar.limits.depth { throw fault(.tooDeep) }
      if operation.isUnusual { unusualOperators.append(token) }
      next += count
      let right =
        operation.operand == .name ? try name() : try expression(above: operation.power, depth: depth + 1)
      return Expression(
        .prefix(operation.meaning, right), token.span.lowerBound..<max(right.span.upperBound, endOfLast))
    }
    return try primary(depth: depth)
  }

  // MARK: Unreadable text

  /// Skips to the next logical operator, comma or closing bracket outside any bracket that opens on the way.
  private mutating func unread(from offset: Int) -> Expression {
    var level = 0
    while next < tokens.count {
      if level == 0, isAtBoundary || isAtLogicalOperator { break }
      if isOpener(tokens[next]) { level += 1 } else if isCloser(tokens[next]) { level -= 1 }
      next += 1
    }
    return Expression(.unread, offset..<max(offset, endOfLast))
  }

  private var isAtLogicalOperator: Bool { grammar.infixes.match(tokens, at: next, in: bytes)?.0.isLogical ?? false }

  /// Whether the next token ends an expression.
  private var isAtBoundary: Bool { isCloser(tokens[next]) || isComma(tokens[next]) }

  private var endOfLast: Int { next > 0 ? tokens[next - 1].span.upperBound : 0 }

  func fault(_ kind: SyntaxFault.Kind, opener: Token? = nil) -> SyntaxFault {
    let offset = next < tokens.count ? tokens[next].span.lowerBound : end
    return SyntaxFault(kind: kind, index: next, offset: offset, opener: opener)
  }

  mutating func note(_ fault: SyntaxFault) { faults.append(fault) }

  mutating func note(call name: Range<Int>, _ span: Range<Int>) { calls.append((name, span)) }
}
