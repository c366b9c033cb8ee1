package import RuleModel

/// A parsed `condition` (Sigma Specification 2.1.0, "Condition"), before its names are looked up.
package struct SigmaCondition: Hashable, Sendable {
  package enum Quantifier: Hashable, Sendable {
    case any, all
  }

  /// An operand of the logical operators; offsets count UTF-8 bytes from the start of the condition.
  package enum Part: Hashable, Sendable {
    /// A search identifier.
    case name(String, offset: Int)
    /// `1 of` or `all of` a pattern; a `nil` pattern means `them`.
    case quantified(Quantifier, pattern: String?, offset: Int)

    /// The span of the name or the pattern.
    package var span: Range<Int> {
      switch self {
      case .name(let name, let offset): offset..<offset + name.utf8.count
      case .quantified(_, let pattern, let offset): offset..<offset + (pattern ?? "them").utf8.count
      }
    }
  }

  private let bytes: [UInt8]
  private let expression: Expression

  /// - Parameter text: without the part after a pipe; see ``SigmaAggregation``.
  package init(_ text: String) throws(SigmaConditionError) {
    let bytes = Array(text.utf8)
    var parser = PrattParser(bytes, grammar: SigmaCondition.grammar)
    if parser.tokens.isEmpty { throw .empty }
    for token in parser.tokens where "&|,!".utf8.contains(bytes[token.span.lowerBound]) {
      let word = SigmaConditionWord(token, in: bytes)
      if let instead = word.instead { throw .foreignOperator(word.text, instead: instead, offset: word.offset) }
    }
    self.bytes = bytes
    do throws(SyntaxFault) { expression = try parser.parse() } catch { throw SigmaConditionError(error, of: parser) }
  }

  /// The condition's logic.
  ///
  /// - Parameter leaf: makes a predicate from a part.
  package func predicate(_ leaf: (Part) -> Predicate) -> Predicate {
    expression.predicate { leaf(part($0)) }
  }

  private func part(_ expression: Expression) -> Part {
    switch expression.kind {
    case .prefix(SigmaCondition.any, let name): quantified(.any, name)
    case .prefix(SigmaCondition.all, let name): quantified(.all, name)
    default: .name(text(expression), offset: expression.span.lowerBound)
    }
  }

  private func quantified(_ quantifier: Quantifier, _ name: Expression) -> Part {
    let pattern = text(name)
    let isThem = pattern.utf8.count == 4 && pattern.lowercased() == "them"
    return .quantified(quantifier, pattern: isThem ? nil : pattern, offset: name.span.lowerBound)
  }

  private func text(_ expression: Expression) -> String { String(decoding: bytes[expression.span], as: UTF8.self) }
}

extension SigmaCondition {
  private static let any = Operator.Meaning.named("any")
  private static let all = Operator.Meaning.named("all")

  /// `or` binds least tightly, then `and`, `not`, `1 of` and `all of`, parentheses (Sigma Specification 2.1.0,
  /// "Condition"). Operators are read in any case; the specification writes them in lower case.
  package static let grammar = Grammar(
    tokens: TokenRules(
      spaces: " \t\n\r",
      // Everything between white space and these characters is one name.
      words: TokenRules.Words(body: (" \t\n\r()," as ByteSet).inverted), symbols: ["(", ")", ","]),
    operators: [
      Operator("or", .infix(.chain), power: 1, .or), Operator("and", .infix(.chain), power: 2, .and),
      Operator("not", .prefix, power: 3, .not), Operator("1 of", .prefix, power: 4, any, operand: .name),
      Operator("any of", .prefix, power: 4, any, operand: .name),
      Operator("all of", .prefix, power: 4, all, operand: .name),
    ], brackets: [Grammar.Bracket("(", ")", .group)], reserved: ["and", "or", "not"])
}
