/// The patterns of `case`.
///
/// - SeeAlso: The Python Language Reference 3, "The match statement".
extension PythonParser {
  enum Pattern {
    /// The value is one of these constants.
    case values([PythonExpression])
    /// Any value, which gets a name, or none if it is `_`.
    case any(String?)
    /// The parts of a sequence, a mapping or an object.
    case parts
  }

  /// A pattern, up to what follows it: `if` or a colon.
  mutating func pattern() throws(Fault) -> Pattern {
    let start = next
    if let name = name(), !PythonParser.constants.contains(name), isAtEndOfPattern {
      return .any(name == "_" ? nil : name)
    }
    next = start
    var values: [PythonExpression] = []
    repeat {
      guard let value = try constant() else { break }
      values.append(value)
    } while take("|")
    if isAtEndOfPattern, !values.isEmpty { return .values(values) }
    next = start
    skip(to: ":", "if")
    return .parts
  }

  private static let constants: Set = ["None", "True", "False"]

  private var isAtEndOfPattern: Bool { isAtEnd || isNext(":") || isNext("if") }

  /// nil for anything else.
  private mutating func constant() throws(Fault) -> PythonExpression? {
    guard next < end else { return nil }
    switch tokens[next].kind {
    case .number, .text: return try signed()
    case .symbol where isNext("-"): return try signed()
    case .word:
      // `None`, `True` and `False`, and names of constants: `Colour.RED`.
      let value = try path()
      switch value.kind {
      case .name(let name): return PythonParser.constants.contains(name) ? value : nil
      case .path(_, let steps): return steps.allSatisfy { if case .member = $0 { true } else { false } } ? value : nil
      default: return nil
      }
    default: return nil
    }
  }
}
