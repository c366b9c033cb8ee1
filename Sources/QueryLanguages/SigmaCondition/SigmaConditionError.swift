import Diagnostics

/// Why a Sigma `condition` could not be parsed; offsets count UTF-8 bytes from its first character.
package enum SigmaConditionError: Error, Equatable {
  case empty
  /// An operand is expected, but an operator, or the end, follows: `selection and`.
  case missingOperand(after: String, offset: Int)
  /// Two operands with no operator between them: `selection filter`.
  case missingOperator(before: String, offset: Int)
  case unbalancedParenthesis(offset: Int)
  /// `2 of x`, `1 selection`, `all of (…)`.
  case badQuantifier(String, offset: Int)
  /// An operator of another language: `&&`, `!selection`, a comma.
  case foreignOperator(String, instead: String, offset: Int)
  /// A pipe followed by something that isn't an aggregation: `selection|contains`.
  case unknownAggregation(String, offset: Int)
  case tooDeep(offset: Int)
  case tooLong(offset: Int)

  package var offset: Int {
    switch self {
    case .empty: 0
    case .missingOperand(_, let offset), .missingOperator(_, let offset), .unbalancedParenthesis(let offset),
      .badQuantifier(_, let offset), .foreignOperator(_, _, let offset), .unknownAggregation(_, let offset),
      .tooDeep(let offset), .tooLong(let offset):
      offset
    }
  }

  /// The span of the word that it refers to, or of the first of several; empty if it refers to none.
  package var span: Range<Int> {
    let word: Substring =
      switch self {
      case .missingOperand(let text, _), .missingOperator(let text, _), .foreignOperator(let text, _, _): text[...]
      case .badQuantifier(let text, _): text.prefix { $0 != " " }
      case .unbalancedParenthesis: "("
      case .empty, .unknownAggregation, .tooDeep, .tooLong: ""
      }
    return offset..<offset + word.utf8.count
  }

  /// What is wrong and how to fix it, as in `Diagnostic.message`.
  package var message: String {
    let limits = SigmaCondition.grammar.limits
    return switch self {
    case .empty: "the condition is empty; name the search identifiers that must match"
    case .missingOperand(let token, _): "'\(shortened(token))' lacks an operand; add one or remove it"
    case .missingOperator(let token, _):
      "an operator is missing before '\(shortened(token))'; write 'and' or 'or' between them"
    case .unbalancedParenthesis: "unbalanced parenthesis; add or remove one"
    case .badQuantifier(let text, _):
      "'\(shortened(text))' quantifies nothing; write '1 of' or 'all of' and a name, a pattern or 'them'"
    case .foreignOperator(let token, let instead, _):
      "'\(shortened(token))' isn't an operator of conditions; write \(instead)"
    case .unknownAggregation(let word, _):
      "'\(shortened(word))' after a pipe isn't an aggregation; conditions have no modifiers, so remove it"
    case .tooDeep: "the condition is nested more than \(limits.depth) deep; simplify it"
    case .tooLong: "the condition has more than \(limits.tokens) words; simplify it"
    }
  }
}

extension SigmaConditionError {
  /// Translates a syntax fault into the terms of conditions.
  init(_ fault: SyntaxFault, of parser: PrattParser) {
    func word(_ index: Int) -> SigmaConditionWord? {
      parser.tokens.indices.contains(index) ? SigmaConditionWord(parser.tokens[index], in: parser.bytes) : nil
    }
    let found = word(fault.index)
    let last = word(fault.index - 1)
    switch fault.kind {
    case .tooDeep: self = .tooDeep(offset: fault.offset)
    case .tooLong: self = .tooLong(offset: fault.offset)
    case .missingName:
      // The last word is `of`.
      let quantifier = word(fault.index - 2)
      self = .badQuantifier((quantifier?.text ?? "") + " of", offset: quantifier?.offset ?? fault.offset)
    case .missingOperand, .unclosedText:
      guard let word = last ?? found else {
        self = .empty
        return
      }
      self =
        last == nil && word.text == ")"
        ? .unbalancedParenthesis(offset: word.offset)
        : .missingOperand(after: word.text, offset: word.offset)
    case .missing, .unexpected:
      guard let found else {
        self = .unbalancedParenthesis(offset: fault.opener?.span.lowerBound ?? fault.offset)
        return
      }
      // `1 of x` before it is complete.
      let isWhole = word(fault.index - 2)?.isWord("of") == true && word(fault.index - 3)?.isQuantifier == true
      if let last, last.text != ")", found.isWord("of"), !isWhole {
        self = .badQuantifier(last.text + " of", offset: last.offset)
      } else if fault.kind == .unexpected, found.text == ")" {
        self = .unbalancedParenthesis(offset: found.offset)
      } else if fault.kind == .unexpected, let last, last.isQuantifier {
        self = .badQuantifier("\(last.text) \(found.text)", offset: last.offset)
      } else {
        self = .missingOperator(before: found.text, offset: found.offset)
      }
    }
  }
}
