import Diagnostics

/// A parsed `condition` (Sigma Specification 2.1.0, “Condition”), before its names are looked up.
indirect enum Condition: Equatable {
  case and([Condition])
  case or([Condition])
  case not(Condition)
  /// A search identifier; the offset counts UTF-8 bytes from the condition's first.
  case identifier(String, offset: Int)
  /// `1 of` or `all of` a pattern; the pattern `nil` is `them`.
  case quantified(Quantifier, pattern: String?, offset: Int)

  enum Quantifier: Equatable {
    case any, all
  }
}

/// Why a Sigma `condition` could not be parsed; offsets count UTF-8 bytes from its first character.
enum ConditionError: Error, Equatable {
  case empty
  /// An operator, or the end, where an operand was due: `selection and`.
  case missingOperand(after: String, offset: Int)
  /// Two operands side by side: `selection filter`.
  case missingOperator(before: String, offset: Int)
  case unbalancedParenthesis(offset: Int)
  /// `2 of x`, `1 selection`, `all of (…)`.
  case badQuantifier(String, offset: Int)
  /// What other languages write for an operator: `&&`, `!selection`, a comma.
  case foreignOperator(String, instead: String, offset: Int)
  /// A pipe with something after it that counts nothing: `selection|contains`.
  case unknownAggregation(String, offset: Int)
  case tooDeep(offset: Int)

  var offset: Int {
    switch self {
    case .empty: 0
    case .missingOperand(_, let offset), .missingOperator(_, let offset), .unbalancedParenthesis(let offset),
      .badQuantifier(_, let offset), .foreignOperator(_, _, let offset), .unknownAggregation(_, let offset),
      .tooDeep(let offset):
      offset
    }
  }

  /// What is wrong and what to do, as in `Diagnostic.message`.
  var message: String {
    switch self {
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
    case .tooDeep: "the condition is nested more than \(ConditionParser.maximalDepth) deep; simplify it"
    }
  }
}
