import RuleModel

/// What `from` and `join` read.
extension SQLReader {
  /// Records the tables of a `from` or `join`.
  ///
  /// - Returns: the logic of the subqueries among them, and of the rows that `match_recognize` looks for.
  func tables(in range: Range<Int>) -> [Predicate] {
    pipelineCommands(of: bytes, in: range, dividedBy: ",", sql.grammar.tokens).flatMap { item in
      [table(in: item.span)].compactMap(\.self) + matchedRows(in: item.span)
    }
  }

  /// Reads `match_recognize (… measures count(*) as n … define failed as result = 'x')`: what it measures is computed.
  ///
  /// - Returns: the conditions on the rows that it defines.
  private func matchedRows(in range: Range<Int>) -> [Predicate] {
    guard let word = clauseSearch.first(of: ["match_recognize"], in: range),
      let inner = clauseSearch.brackets(in: word.upperBound..<range.upperBound, atMost: 1).first
    else { return [] }
    if let start = clauseSearch.first(of: ["measures"], in: inner) {
      let rest = start.upperBound..<inner.upperBound
      let end = clauseSearch.first(of: ["one", "all", "after", "pattern"], in: rest)?.lowerBound
      noteComputed(in: rest.lowerBound..<(end ?? rest.upperBound))
    }
    guard let start = clauseSearch.first(of: ["define"], in: inner) else { return [] }
    let definitions = pipelineCommands(
      of: bytes, in: start.upperBound..<inner.upperBound, dividedBy: ",", sql.grammar.tokens)
    return definitions.compactMap { definition in
      clauseSearch.first(of: ["as"], in: definition.span).map {
        condition(in: $0.upperBound..<definition.span.upperBound)
      }
    }
  }

  /// Records a table.
  ///
  /// - Returns: its logic, if it is a query.
  private func table(in range: Range<Int>) -> Predicate? {
    if let inner = subquery(startingIn: range) {
      noteAlias(in: min(inner.upperBound + 1, range.upperBound)..<range.upperBound)
      return query(in: inner)
    }
    guard let (name, span) = tableName(in: range) else { return nil }
    let isNamed = named[name.lowercased()] != nil
    if name.contains(".") || isNamed { noteAlias(in: span.upperBound..<range.upperBound) }
    if isNamed {
      aliases[name.lowercased()] = .table
      return logic(ofNamed: name.lowercased())
    }
    // A function makes a table of what it is given.
    let isFunction =
      bytes[span.upperBound..<range.upperBound].first { !ByteSet.spaces.contains($0) } == UInt8(ascii: "(")
    if !isFunction { sources.add(QuerySource(.table, name, at: place(span.lowerBound))) }
    return nil
  }

  /// The query in brackets that a part of `from` begins with; nil if it doesn't.
  private func subquery(startingIn range: Range<Int>) -> Range<Int>? {
    guard let first = words(in: range).first(where: { _ in true }), source(first.span) == "(" else { return nil }
    return clauseSearch.brackets(in: range, atMost: 1).first
  }

  /// The name of the table that a part of `from` begins with, and where it is; nil if a template puts in some of it.
  private func tableName(in range: Range<Int>) -> (String, Range<Int>)? {
    var parts: [String] = []
    var span: Range<Int>?
    var needsPart = true
    for token in words(in: range) {
      if needsPart {
        guard let part = name(of: token) else { return nil }
        parts.append(part)
      } else if source(token.span) != "." {
        if case .text = token.kind, token.span.lowerBound == span?.upperBound { return nil }
        break
      }
      needsPart.toggle()
      span = (span?.lowerBound ?? token.span.lowerBound)..<token.span.upperBound
    }
    return span.map { (parts.joined(separator: "."), $0) }
  }

  /// The tokens of a part of `from`, without what only says how the table is used.
  func words(in range: Range<Int>) -> some Sequence<Token> {
    sequence(state: (lexer: Lexer(bytes, in: range, rules: sql.grammar.tokens), isFirst: true)) { [self] state in
      while let token = state.lexer.next() {
        let isWord = state.isFirst && ["lateral", "only"].contains(source(token.span).lowercased())
        if token.kind == .comment || isWord { continue }
        state.isFirst = false
        return token
      }
      return nil
    }
  }

  /// Notes the other name that follows a table: `AS l`, `l`.
  private func noteAlias(in range: Range<Int>) {
    var lexer = Lexer(bytes, in: range, rules: sql.grammar.tokens)
    while let token = lexer.next() {
      guard token.kind == .word || token.kind == .comment else { return }
      let word = source(token.span)
      if token.kind == .comment || word.lowercased() == "as" { continue }
      if !["on", "using", "sample", "tablesample", "match_recognize", "pivot", "unpivot"].contains(word.lowercased()) {
        aliases[word.lowercased()] = .table
      }
      return
    }
  }
}
