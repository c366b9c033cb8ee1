/// The variables that an element sees, the innermost last.
struct Scope {
  struct Variable {
    var name: String
    var type: any TemplateModel.Type
    /// Whether `repeat/name/…` tells of it.
    var isRepeated: Bool
    /// The variable of the program's start that this one is, or lies below.
    var origin: String?
    /// Whether it lies at least one step below its origin.
    var isBelow: Bool
  }

  var variables: [Variable]

  /// The variable's place in the frame.
  func index(of name: String) -> Int? { variables.lastIndex { $0.name == name } }

  /// What can be named: each name once, in an order that doesn't depend on how they came about.
  var visible: [(index: Int, variable: Variable)] {
    Set(variables.map(\.name)).sorted().compactMap { name in index(of: name).map { ($0, variables[$0]) } }
  }

  /// The scope of a program that is handed what can be seen here.
  var forCallee: Scope {
    Scope(
      variables: visible.map { _, variable in
        var variable = variable
        variable.origin = variable.name
        variable.isBelow = false
        return variable
      })
  }
}

/// What makes two compiled macros the same.
struct MacroKey: Hashable {
  struct Variable: Hashable {
    var name: String
    var type: ObjectIdentifier
    var isRepeated: Bool
  }

  var macro: MacroReference
  var variables: [Variable]
  var fillings: Int

  init(_ macro: MacroReference, _ scope: Scope, fillings: Int) {
    self.macro = macro
    self.fillings = fillings
    variables = scope.variables.map {
      Variable(name: $0.name, type: ObjectIdentifier($0.type), isRepeated: $0.isRepeated)
    }
  }
}
