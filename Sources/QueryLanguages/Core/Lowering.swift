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
    /// How many of its arguments are values; those behind them are options.
    package var valueCount: Int

    package init(_ comparison: FieldComparison, value: String? = nil, valueCount: Int = .max) {
      self.comparison = comparison
      self.value = value
      self.valueCount = valueCount
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
  /// Functions of the language whose results no test speaks of, by name in lower case.
  package var known: Set<String>
  /// Functions whose results are times, by name in lower case: `now`.
  package var times: Set<String>
  /// What names of values begin with that are given when the query runs.
  package var parameters: ByteSet
  package var bare: Bare
  /// Whether a bare word behind a comparison is a value, not another field.
  package var wordsAreValues: Bool
  /// A field's name that means any: `*: x`.
  package var anyField: String?
  /// Words that are values wherever they are, in lower case.
  package var constants: Set<String>
  /// Words for the absence of a value, in lower case: compared with one, a field is null.
  package var nulls: Set<String>

  package init(
    _ grammar: Grammar, functions: [String: Function] = [:], transparent: Set<String> = [], known: Set<String> = [],
    times: Set<String> = [], parameters: ByteSet = "", bare: Bare = .opaque, wordsAreValues: Bool = false,
    anyField: String? = nil, constants: Set<String> = ["true", "false"], nulls: Set<String> = ["null"]
  ) {
    self.grammar = grammar
    self.functions = functions
    self.transparent = transparent
    self.known = known
    self.times = times
    self.parameters = parameters
    self.bare = bare
    self.wordsAreValues = wordsAreValues
    self.anyField = anyField
    self.constants = constants
    self.nulls = nulls
  }

  /// Whether the language has a function, by its name in lower case.
  package func hasFunction(_ name: String) -> Bool {
    functions[name] != nil || transparent.contains(name) || known.contains(name) || times.contains(name)
  }

  /// - Parameters:
  ///   - bytes: of the query.
  ///   - computed: names that the query has made before.
  ///   - place: finds the place of one of them in the rule's file.
  package func predicate(
    of expression: Expression, in bytes: [UInt8], computed: ComputedNames = ComputedNames(),
    place: @escaping (Int) -> SourcePosition = { SourcePosition(line: 1, column: $0 + 1) }
  ) -> Predicate {
    ExpressionLowering(language: self, bytes: bytes, computed: computed, place: place).predicate(of: expression)
  }
}
