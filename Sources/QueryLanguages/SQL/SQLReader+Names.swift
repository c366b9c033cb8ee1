import RuleModel

/// The names that `with` and select lists define.
extension SQLReader {
  /// Records what `with` names; it counts where it is read.
  func name(in range: Range<Int>) {
    for item in pipelineCommands(of: bytes, in: range, dividedBy: ",", sql.grammar.tokens) {
      var lexer = Lexer(bytes, in: item.span, rules: sql.grammar.tokens)
      var first = lexer.next()
      while let token = first, token.kind == .comment || source(token.span).lowercased() == "recursive" {
        first = lexer.next()
      }
      let inner = clauseSearch.brackets(in: item.span).last
      guard let name = first.flatMap(name), let inner else { continue }
      named[name.lowercased()] = NamedQuery(span: inner)
    }
  }

  /// The name that a token is, without its quotes; nil for anything else.
  func name(of token: Token) -> String? {
    switch token.kind {
    case .word: source(token.span)
    case .quotedName(let quote): text(of: token, in: quote)
    // SQLite takes a string for a name where it needs one. What a template puts in isn't known.
    case .text(let quote) where sql.grammar.tokens.quotes[quote].open.count == 1: text(of: token, in: quote)
    default: nil
    }
  }

  private func text(of token: Token, in quote: Int) -> String? {
    ValueReader(bytes: bytes, rules: sql.grammar.tokens).text(of: Expression(.text(quote: quote), token.span))
  }

  /// The logic of a query that `with` names; nil if it has none, or is being read.
  func logic(ofNamed name: String) -> Predicate? {
    guard let query = named[name], !query.isBeingRead else { return nil }
    if let known = query.logic {
      sources.add(query.sources)
      return known
    }
    named[name]?.isBeingRead = true
    // Wherever it is read first, it has its own sources, which also count where it is read again.
    let (logic, own) = apart { self.query(in: query.span) }
    sources.add(own)
    named[name]?.sources = own
    named[name]?.logic = logic
    named[name]?.isBeingRead = false
    return logic
  }

  /// Notes which names of a select list are computed: `count(*) AS n` is, `actor:id::string AS id` isn't. A name that its
  /// own expression uses is a column's: conditions refer to the column, as in `lower(name) AS name`.
  func noteComputed(in range: Range<Int>) {
    for item in pipelineCommands(of: bytes, in: range, dividedBy: ",", sql.grammar.tokens) {
      guard let (own, end) = alias(of: item.span) else { continue }
      let expressionSpan = item.span.lowerBound..<end
      var parser = PrattParser(bytes, in: expressionSpan, grammar: sql.grammar)
      let lowering = ExpressionLowering(language: sql.lowering, bytes: bytes, computed: computed, place: place)
      var isComputed = true
      if let expression = try? parser.parse(), case .field(let field) = lowering.operand(expression) {
        isComputed = field.isComputed
      }
      let usesItself = uses(own, in: expressionSpan)
      computed.define(own.lowercased(), isComputed: isComputed && !usesItself)
    }
  }

  /// The name that an item of a select list gets, and where its expression ends: `a AS n`, `a n`; nil if it gets none.
  private func alias(of item: Range<Int>) -> (String, end: Int)? {
    if let word = clauseSearch.first(of: ["as"], in: item) {
      return words(in: word.upperBound..<item.upperBound).first { _ in true }.flatMap(name).map {
        ($0, word.lowerBound)
      }
    }
    let tokens = Array(words(in: item).suffix(2))
    guard tokens.count == 2, let name = name(of: tokens[1]), !isPartOfExpression(tokens[1]) else { return nil }
    let isAfterValue = tokens[0].kind != .symbol || ByteSet.closers.contains(bytes[tokens[0].span.lowerBound])
    let isEnd = source(tokens[0].span).lowercased() == "end"
    return isAfterValue && (isEnd || !isPartOfExpression(tokens[0])) ? (name, tokens[0].span.upperBound) : nil
  }

  /// Whether a word has a meaning of its own in an expression.
  private func isPartOfExpression(_ token: Token) -> Bool {
    token.kind == .word && SQLReader.wordsOfExpressions.contains(source(token.span).lowercased())
  }

  private static let wordsOfExpressions: Set = [
    "all", "and", "any", "asc", "between", "by", "case", "desc", "distinct", "else", "end", "false", "ilike", "in",
    "interval", "is", "like", "not", "null", "or", "over", "rlike", "then", "true", "when",
  ]

  private func uses(_ name: String, in range: Range<Int>) -> Bool {
    var lexer = Lexer(bytes, in: range, rules: sql.grammar.tokens)
    while let token = lexer.next() {
      if token.kind == .word, source(token.span).lowercased() == name.lowercased() { return true }
    }
    return false
  }
}
