/// The variables visible to an element, the innermost last.
struct Scope {
  /// Where a variable's model comes from.
  struct Origin {
    /// A variable that the program started with.
    var name: String
    /// Whether the model is inside that one, rather than the same.
    var isBelow: Bool
  }

  struct Variable {
    var name: String
    /// nil if the definition couldn't be resolved.
    var type: (any TemplateModel.Type)?
    /// Whether `repeat/name/…` is available for it.
    var isRepeated: Bool
    var origin: Origin?
  }

  var variables: [Variable]

  init(_ name: String, _ type: any TemplateModel.Type) {
    variables = [Variable(name: name, type: type, isRepeated: false, origin: Origin(name: name, isBelow: false))]
  }

  mutating func removeLast() { variables.removeLast() }

  /// The variable's index in the frame.
  func index(of name: String) -> Int? { variables.lastIndex { $0.name == name } }

  /// The accessible variables: each name once, in an order that doesn't depend on how they were defined.
  var visible: [(index: Int, variable: Variable)] {
    Set(variables.map(\.name)).sorted().compactMap { name in index(of: name).map { ($0, variables[$0]) } }
  }

  /// The scope of a program that receives all variables accessible here.
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

/// Identifies a compiled macro.
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
