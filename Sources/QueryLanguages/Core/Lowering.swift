package import Diagnostics
package import RuleModel

/// Turns an expression into a predicate, using tables of what a language's functions and names mean. Anything that
/// isn't in a table becomes an opaque leaf with its text, so that no part of a rule is lost.
package struct Lowering: Sendable {
  /// A function that is a test: its first argument is the field, and each of the others is a value.
  package struct Function: Sendable {
    package var comparison: FieldComparison
    /// The value to test for if there are no value arguments: `isnotempty(field)` is `exists` `true`.
    package var value: String?
    /// How many of its arguments are values; any further ones are options.
    package var valueCount: Int

    package init(_ comparison: FieldComparison, value: String? = nil, valueCount: Int = .max) {
      self.comparison = comparison
      self.value = value
      self.valueCount = valueCount
    }
  }

  /// The meaning of a name or value that isn't compared with anything.
  package enum Bare: Sendable {
    /// A search of the whole event.
    case keyword(FieldComparison.Form)
    /// A field that must be true.
    case truth
    case opaque
  }

  package var grammar: Grammar
  /// By name in lower case.
  package var functions: [String: Function]
  /// Functions that change only type or case, by name in lower case: a test of the result is a test of the field.
  package var transparent: Set<String>
  /// Other functions of the language, whose results no test can express, by name in lower case.
  package var known: Set<String>
  /// Functions whose results are times, by name in lower case: `now`.
  package var times: Set<String>
  /// Words that are times without being called, in lower case: `current_date`.
  package var moments: Set<String> = []
  /// Whether names that differ only in case are one.
  package var ignoresCaseOfNames = false
  /// The characters that start the names of values supplied when the query runs.
  package var parameters: ByteSet
  package var bare: Bare
  /// Whether a bare word after a comparison operator is a value rather than another field.
  package var wordsAreValues: Bool
  /// The field name that means any field: `*: x`.
  package var anyField: String?
  /// Words that are values everywhere, in lower case.
  package var constants: Set<String>
  /// Words for a missing value, in lower case: a field compared with one is null.
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

  /// What a name is found by among those that a query defines.
  func key(of name: String) -> String { ignoresCaseOfNames ? name.lowercased() : name }

  /// Whether the language has a function with this name in lower case.
  package func hasFunction(_ name: String) -> Bool {
    functions[name] != nil || transparent.contains(name) || known.contains(name) || times.contains(name)
  }

  /// - Parameters:
  ///   - bytes: the query's bytes.
  ///   - computed: names that the query has computed so far.
  ///   - place: converts an offset in the query into a position in the rule's file.
  package func predicate(
    of expression: Expression, in bytes: [UInt8], computed: ComputedNames = ComputedNames(),
    place: @escaping (Int) -> SourcePosition = { SourcePosition(line: 1, column: $0 + 1) }
  ) -> Predicate {
    ExpressionLowering(language: self, bytes: bytes, computed: computed, place: place).predicate(of: expression)
  }
}
