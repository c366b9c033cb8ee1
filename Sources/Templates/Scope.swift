/// The variables that an element sees, the innermost last.
struct Scope {
  /// Where a variable's model comes from.
  struct Origin {
    /// A variable that the program started with.
    var name: String
    /// Whether the model lies below that one, and is not the same.
    var isBelow: Bool
  }

  struct Variable {
    var name: String
    /// Nil if what it refers to could not be found.
    var type: (any TemplateModel.Type)?
    /// Whether `repeat/name/…` tells of it.
    var isRepeated: Bool
    var origin: Origin?
  }

  var variables: [Variable]

  init(_ name: String, _ type: any TemplateModel.Type) {
    variables = [Variable(name: name, type: type, isRepeated: false, origin: Origin(name: name, isBelow: false))]
  }

  mutating func removeLast() { variables.removeLast() }

  /// The variable's place in the frame.
  func index(of name: String) -> Int? { variables.lastIndex { $0.name == name } }

  /// What can be named: each name once, in an order that doesn't depend on how they came about.
  var visible: [(index: Int, variable: Variable)] {
    Set(variables.map(\.name)).sorted().compactMap { name in index(of: name).map { ($0, variables[$0]) } }
  }

  /// The scope of a program that is handed what can be seen here.
  var forCallee: Scope {
    var callee = self
    callee.variables = visible.map { _, variable in
      var variable = variable
      variable.origin = Origin(name: variable.name, isBelow: false)
      return variable
    }
    return callee
  }
}

/// What makes two compiled macros the same.
struct MacroKey: Hashable {
  struct Variable: Hashable {
    var name: String
    var type: ObjectIdentifier?
    var isRepeated: Bool
  }

  var macro: MacroReference
  var variables: [Variable]
  var fillings: Int

  init(_ macro: MacroReference, _ scope: Scope, fillings: Int) {
    self.macro = macro
    self.fillings = fillings
    variables = scope.variables.map { variable in
      Variable(name: variable.name, type: variable.type.map { ObjectIdentifier($0) }, isRepeated: variable.isRepeated)
    }
  }
}
