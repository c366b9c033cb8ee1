package import RuleModel

/// An operator of a language, as data for ``PrattParser``.
package struct Operator: Sendable {
  package enum Place: Hashable, Sendable {
    case prefix, postfix
    case infix(Associativity)
  }

  package enum Associativity: Hashable, Sendable {
    case right
    /// Nothing of the same power may follow: `a = b = c` means nothing.
    case none
    /// Any number of operands side by side, from left to right: `a or b or c` has three.
    case chain
  }

  package enum Meaning: Hashable, Sendable {
    case and, or, not
    case comparison(FieldComparison)
    /// From its left operand to its right one.
    case range
    /// A value made of values: `a + b`, `-a`.
    case arithmetic
    /// What changes nothing that a test says: of a value to a type, `a::keyword`, or a mark before a field, EQL's `?a`.
    case cast
    /// Of a number to a length of time: `5 minutes`.
    case timespan
    /// What only the language knows, such as quantifiers.
    case named(String)
  }

  /// What follows a prefix or infix operator.
  package enum Operand: Hashable, Sendable {
    case expression
    /// One word that isn't reserved.
    case name
    /// Two values with a word between them: `between 1 and 5`.
    case bounds(separator: String)
  }

  /// Its tokens, with spaces where the language needs them: `and`, `==`, `!in~`, `matches regex`.
  package var spelling: String
  package var place: Place
  /// How tightly it binds, from 1.
  package var power: Int
  package var meaning: Meaning
  package var operand: Operand
  package var ignoresCase: Bool
  /// Whether it is read although the language doesn't have it; ``PrattParser/unusualOperators`` lists where.
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

  /// Whether it joins or turns statements, so that it ends whatever couldn't be read before it.
  var isLogical: Bool {
    switch meaning {
    case .and, .or, .not: true
    case .comparison, .range, .arithmetic, .cast, .timespan, .named: false
    }
  }
}

/// How a field is compared with what follows it.
package struct FieldComparison: Hashable, Sendable {
  /// How much of a list must match.
  package enum Quantity: Hashable, Sendable { case any, all }

  /// What a value says.
  package enum Form: Hashable, Sendable {
    /// Itself.
    case plain
    /// A pattern in which these stand for any text and for one character; in quotes they may stand for themselves.
    ///
    /// - Parameter escape: takes their meaning from them, in a text whose own escapes are undone: ES|QL's `"\\*"` is a star.
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
}
