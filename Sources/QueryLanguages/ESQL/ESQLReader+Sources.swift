import RuleModel

extension ESQLReader {
  /// The operands of `FROM`: index names and queries, up to `METADATA`.
  ///
  /// - Returns: the logic of the queries among them; nil if everything is let through.
  func read(sources range: Range<Int>, _ columns: inout ComputedNames) -> Predicate? {
    var lexer = Lexer(bytes, in: range, rules: ESQL.sourceRules)
    var legs: [Predicate] = []
    var hasQuery = false
    // Adjacent tokens are one name: `<logs-{now/d}>`.
    var name: Range<Int>?
    func finishName() {
      if let found = name.take() { add(source(found), at: found.lowerBound, &legs) }
    }
    reading: while let token = lexer.next() {
      let byte = bytes[token.span.lowerBound]
      switch token.kind {
      case .comment, .unclosed: continue
      case .text(let quote):
        finishName()
        let values = ValueReader(bytes: bytes, rules: ESQL.sourceRules)
        let text = values.text(of: Expression(.text(quote: quote), token.span)) ?? ""
        // A quoted name may be a comma-separated list.
        for part in text.split(separator: ",") {
          add(String(part.drop { $0 == " " }), at: token.span.lowerBound, &legs)
        }
      case .symbol where byte == UInt8(ascii: "("):
        finishName()
        let brackets = clauses.brackets(in: token.span.lowerBound..<range.upperBound, atMost: 1)
        let end = brackets.first?.upperBound ?? range.upperBound
        hasQuery = true
        var its = ComputedNames()
        let known = sources.count
        if let stage = pipeline(in: token.span.upperBound..<end, &its) {
          stages[stage].reads = sources[known...].map(\.name)
          legs.append(.stage(stage))
        }
        columns.merge(its)
        lexer = Lexer(bytes, in: min(end + 1, range.upperBound)..<range.upperBound, rules: ESQL.sourceRules)
      case .symbol where byte == UInt8(ascii: ","): finishName()
      case .symbol where byte == UInt8(ascii: "["): break reading
      default:
        if let known = name, known.upperBound == token.span.lowerBound {
          name = known.lowerBound..<token.span.upperBound
          continue
        }
        finishName()
        if source(token.span).lowercased() == "metadata" { break reading }
        name = token.span
      }
    }
    finishName()
    return hasQuery ? .any(legs) : nil
  }

  /// A name that starts with a minus excludes something from the preceding ones.
  private func add(_ name: String, at offset: Int, _ legs: inout [Predicate]) {
    guard !name.isEmpty, !name.hasPrefix("-") else { return }
    sources.append(QuerySource(.index, name, at: place(offset)))
    legs.append(.all([]))
  }
}
