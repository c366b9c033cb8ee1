package import RuleModel

/// An operator of a language, as data for ``PrattParser``.
package struct Operator: Sendable {
  package enum Place: Hashable, Sendable {
    case prefix, postfix
    case infix(Associativity)
  }

  package enum Associativity: Hashable, Sendable {
    case right
    /// No operator of the same power may follow: `a = b = c` is invalid.
    case none
    /// Any number of operands, from left to right: `a or b or c` has three.
    case chain
  }

  package enum Meaning: Hashable, Sendable {
    case and, or, not
    case comparison(FieldComparison)
    /// A range from its left operand to its right one.
    case range
    /// A value computed from others: `a + b`, `-a`.
    case arithmetic
    /// An operator that doesn't change what a test means: a type cast, `a::keyword`, or a mark before a field, EQL's
    /// `?a`.
    case cast
    /// Turns a number into a duration: `5 minutes`.
    case timespan
    /// An operator that only this language handles, such as a quantifier.
    case named(String)
  }

  /// The operand after a prefix or infix operator.
  package enum Operand: Hashable, Sendable {
    case expression
    /// One word that isn't reserved.
    case name
    /// Two values separated by a word: `between 1 and 5`.
    case bounds(separator: String)
    /// One word that isn't reserved, or anything in brackets, which isn't parsed: `over (partition by a)`.
    case group
  }

  /// Its tokens, with spaces where the language requires them: `and`, `==`, `!in~`, `matches regex`.
  package var spelling: String
  package var place: Place
  /// How tightly it binds, at least 1.
  package var power: Int
  package var meaning: Meaning
  package var operand: Operand
  package var ignoresCase: Bool
  /// Whether the operator is accepted although the language doesn't have it; ``PrattParser/unusualOperators`` lists
  /// where it was used.
  package var isUnusual: Bool

  package init(
    _ spelling: String, _ place: Place, power: Int, _ meaning: Meaning, operand: Operand = .expression,
    ignoresCase: Bool = true, isUnusual: Bool = false
  ) {
    self.spelling = spelling
    self.place = place
    self.power = power
    self.meaning = meaning
    self.operand = operand
    self.ignoresCase = ignoresCase
    self.isUnusual = isUnusual
  }

  /// Whether it joins or negates conditions, so that it ends any unreadable text before it.
  var isLogical: Bool {
    switch meaning {
    case .and, .or, .not: true
    case .comparison, .range, .arithmetic, .cast, .timespan, .named: false
    }
  }
}

/// How a field is compared with the value after the operator.
package struct FieldComparison: Hashable, Sendable {
  /// How many values of a list must match.
  package enum Quantity: Hashable, Sendable { case any, all }

  /// How a value is interpreted.
  package enum Form: Hashable, Sendable {
    /// Literally.
    case plain
    /// As a pattern in which these characters match any text and any single character; in quotes they may be literal.
    ///
    /// - Parameter escape: a character that makes them literal, in a string whose own escapes have been decoded:
    ///   ES|QL's `"\\*"` is a star.
    case pattern(many: UInt8, one: UInt8? = nil, inQuotes: Bool = true, escape: UInt8? = nil)
  }

  package var kind: TestKind
  package var modifiers: TestModifiers
  package var isNegated: Bool
  package var quantity: Quantity
  package var form: Form

  package init(
    _ kind: TestKind, modifiers: TestModifiers = [], isNegated: Bool = false, quantity: Quantity = .any,
    form: Form = .plain
  ) {
    self.kind = kind
    self.modifiers = modifiers
    self.isNegated = isNegated
    self.quantity = quantity
    self.form = form
  }

  /// The predicate of a comparison, made from that of the same comparison without negation. A text that is no test stays
  /// as it is, because it includes the operator: `x !in (y)`.
  func signed(_ positive: Predicate) -> Predicate {
    if case .text = positive { return positive }
    return isNegated ? .not(positive) : positive
  }
}
