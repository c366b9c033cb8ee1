package import Diagnostics
package import RuleModel

/// Makes a predicate of an expression, by tables of what a language's functions and names mean. What no table has is an opaque
/// leaf with its text, so that nothing of a rule is lost.
package struct Lowering: Sendable {
  /// A function that is a test: of its first argument with the others, each of them a value.
  package struct Function: Sendable {
    package var comparison: FieldComparison
    /// What it tests where it has no values: `isnotempty(field)` is `exists` `true`.
    package var value: String?

    package init(_ comparison: FieldComparison, value: String? = nil) {
      self.comparison = comparison
      self.value = value
    }
  }

  /// What a name or value says that is compared with nothing.
  package enum Bare: Sendable {
    /// A search over the whole event.
    case keyword(FieldComparison.Form)
    /// A field that must be true.
    case truth
    case opaque
  }

  package var grammar: Grammar
  /// By name in lower case.
  package var functions: [String: Function]
  /// Functions that change only type or case, by name in lower case: what they say of a field, the field says.
  package var transparent: Set<String>
  package var bare: Bare
  /// Whether a bare word behind a comparison is a value, not another field.
  package var wordsAreValues: Bool
  /// Words that are values wherever they stand, in lower case: `true`, `false`. `null` and `none` ask for nothing there.
  package var constants: Set<String>

  package init(
    _ grammar: Grammar, functions: [String: Function] = [:], transparent: Set<String> = [], bare: Bare = .opaque,
    wordsAreValues: Bool = false, constants: Set<String> = ["true", "false"]
  ) {
    self.grammar = grammar
    self.functions = functions
    self.transparent = transparent
    self.bare = bare
    self.wordsAreValues = wordsAreValues
    self.constants = constants
  }

  /// - Parameters:
  ///   - bytes: of the query.
  ///   - place: finds the place of one of them in the rule's file.
  package func predicate(
    of expression: Expression, in bytes: [UInt8],
    place: (Int) -> SourcePosition = { SourcePosition(line: 1, column: $0 + 1) }
  ) -> Predicate {
    withoutActuallyEscaping(place) { place in
      ExpressionLowering(
        language: self, values: ValueReader(bytes: bytes, rules: grammar.tokens), place: place
      ).predicate(of: expression, below: nil)
    }
  }
}
