extension PythonStatement {
  /// The variables that statements set or change; nil if they may also end the function, or aren't read.
  static func names(setBy statements: [PythonStatement]) -> [String]? {
    var names: [String] = []
    for statement in statements {
      guard let own = statement.namesSet else { return nil }
      names += own
    }
    return names
  }

  /// Whether statements may change what a variable holds; `return` doesn't.
  static func mayChange(_ name: String, in statements: [PythonStatement]) -> Bool {
    statements.contains { statement in
      switch statement.kind {
      case .condition, .attempt, .block: mayChange(name, in: statement.inner)
      case .loop(let loop, _, _):
        names(in: [loop.target]).contains(name) || mayChange(name, in: statement.inner)
      case .expression(let expression): isChanged(name, by: expression)
      case .assignment(let targets, let value): names(in: targets).contains(name) || isChanged(name, by: value)
      case .result, .failure: false
      case .unread: true
      default: statement.namesSet?.contains(name) ?? true
      }
    }
  }

  /// Whether an expression calls a method of what a variable holds: `self.find(x)`.
  private static func isChanged(_ name: String, by expression: PythonExpression) -> Bool {
    if names(changedBy: expression).contains(name) { return true }
    guard case .path(let base, let steps) = expression.kind, names(in: [base]).contains(name) else { return false }
    return steps.contains { if case .call = $0 { true } else { false } }
  }

  /// The statements that it consists of.
  private var inner: [PythonStatement] {
    switch kind {
    case .condition(let branches, let otherwise): branches.flatMap(\.body) + otherwise
    case .loop(_, let body, let otherwise): body + otherwise
    case .attempt(let body, let handlers, let last): body + handlers.flatMap(\.self) + last
    case .block(let body): body
    default: []
    }
  }

  private var namesSet: [String]? {
    switch kind {
    case .expression(let expression): PythonStatement.names(changedBy: expression)
    case .assignment(let targets, _), .removal(let targets): PythonStatement.names(in: targets)
    case .change(let target, _, _): PythonStatement.names(in: [target])
    case .condition, .attempt, .block: PythonStatement.names(setBy: inner)
    case .loop(let loop, _, _):
      PythonStatement.names(setBy: inner).map { PythonStatement.names(in: [loop.target]) + $0 }
    case .function(let function): [function.name]
    case .imports(let items): items.map(\.local)
    case .repeated(let names): names
    case .breakLoop, .nextRound, .nothing, .decorator: []
    case .result, .failure, .unread: nil
    }
  }

  /// `found.append(x)`, `(x := y)`
  private static func names(changedBy expression: PythonExpression) -> [String] {
    switch expression.kind {
    case .named(let name, _): [name]
    case .path(let base, let steps):
      steps.contains { if case .member(let name) = $0 { PythonLibrary.changes.contains(name) } else { false } }
        ? names(in: [base]) : []
    default: []
    }
  }

  /// The names that expressions are, or of which they change a part.
  private static func names(in expressions: [PythonExpression]) -> [String] {
    expressions.flatMap { expression -> [String] in
      switch expression.kind {
      case .name(let name): [name]
      case .list(let parts): names(in: parts)
      case .path(let base, _): names(in: [base])
      case .spread(let part, _): names(in: [part])
      default: []
      }
    }
  }
}
