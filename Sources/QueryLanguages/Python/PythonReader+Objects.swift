import RuleModel

/// Classes of the repository, which hold parts of the event and work with them.
extension PythonReader {
  /// More than in any real class.
  private static let lineageLimit = 8

  /// A class and those that it is derived from, nearest first; nil if one of them can't be read.
  private func lineage(of type: PythonName, _ scope: Scope) -> [(name: PythonName, type: PythonClass)]? {
    var found: [(name: PythonName, type: PythonClass)] = []
    var next: PythonName? = type
    while let name = next {
      guard found.count < PythonReader.lineageLimit, let module = module(name.module),
        let type = module.type(name.name), type.bases.count <= 1
      else { return nil }
      found.append((name, type))
      next = nil
      guard let base = type.bases.first else { break }
      // A base may be worked out with the class itself.
      guard var inner = entered(name, of: module, from: scope) else { return nil }
      switch evaluate(base, &inner) {
      case .type(let name): next = name
      case .library("object"): break
      default: return nil
      }
    }
    return found
  }

  /// - Parameter owner: the class whose own methods are passed over, as `super()` does.
  private func method(
    _ name: String, of type: PythonName, after owner: PythonName? = nil, _ scope: Scope
  ) -> (PythonFunction, of: PythonName)? {
    guard let lineage = lineage(of: type, scope) else { return nil }
    let first = owner.flatMap { owner in lineage.firstIndex { $0.name == owner } }.map { $0 + 1 } ?? 0
    for (owner, type) in lineage[first...] {
      if let method = type.methods[name] { return (method, owner) }
    }
    return nil
  }

  /// Makes an object, as its class's `__init__` says.
  func make(_ type: PythonName, _ arguments: PythonArguments, _ scope: Scope) -> PythonValue {
    guard lineage(of: type, scope) != nil else { return .unknown }
    let object = PythonValue.Object(type: type)
    guard let (first, owner) = method("__init__", of: type, scope) else { return .object(object) }
    return run(first, of: owner, object, arguments, scope).object ?? .unknown
  }

  /// - Returns: the method's value, and the object as it is afterwards; nil where that isn't followed.
  func run(
    _ name: String, of object: PythonValue.Object, after owner: PythonName? = nil, _ arguments: PythonArguments,
    _ scope: Scope
  ) -> (value: PythonValue, object: PythonValue?) {
    guard let (method, owner) = method(name, of: object.type, after: owner, scope), method.decorator == nil else {
      // What no class defines is that of all objects, and does nothing.
      return (name == "__init__" ? .none : .unknown, .object(object))
    }
    return run(method, of: owner, object, arguments, scope)
  }

  private func run(
    _ method: PythonFunction, of owner: PythonName, _ object: PythonValue.Object, _ arguments: PythonArguments,
    _ scope: Scope
  ) -> (value: PythonValue, object: PythonValue?) {
    guard method.isOrdinary, let first = method.parameters.first, let module = module(owner.module) else {
      return (.unknown, nil)
    }
    let key = PythonName(owner.name + "." + method.name, in: module)
    guard var inner = entered(key, of: module, from: scope) else { return (.unknown, nil) }
    frames += 1
    inner.frame = frames
    inner.method = (owner, first.name)
    var arguments = arguments
    arguments.values.insert(.object(object), at: 0)
    bind(method.parameters, to: arguments, &inner)
    let flow = flow(of: method.body[...], inner)
    // Where it ends earlier in one case, what it set by then isn't followed.
    let mayChange = PythonStatement.mayChange(first.name, in: method.body)
    return (flow.value, flow.alwaysFalls ? flow.fallen?[first.name] : mayChange ? nil : .object(object))
  }

  func attribute(_ name: String, of object: PythonValue.Object, _ scope: Scope) -> PythonValue {
    if let known = object.attributes[name] { return known }
    if let (method, owner) = method(name, of: object.type, scope) {
      return method.decorator == "property" ? run(method, of: owner, object, PythonArguments(), scope).value : .unknown
    }
    for (owner, type) in lineage(of: object.type, scope) ?? [] {
      guard let value = type.constants[name], let module = module(owner.module) else { continue }
      let key = PythonName(owner.name + "." + name, in: module)
      guard var inner = entered(key, of: module, from: scope) else { return .unknown }
      return evaluate(value, &inner)
    }
    return .unknown
  }

  /// The object with another value under a name; nil if it isn't one.
  func setting(_ attribute: String, to value: PythonValue, of whole: PythonValue) -> PythonValue? {
    switch whole {
    case .object(var object):
      object.attributes[attribute] = value
      return .object(object)
    default: return whole.changingCases { setting(attribute, to: value, of: $0) }
    }
  }

  /// The call of a method of the object that a variable holds, which it may change, or of `super()`; nil for anything
  /// else.
  ///
  /// - Returns: the method's value, and the number of steps.
  func method(
    _ base: PythonExpression, _ steps: ArraySlice<PythonExpression.Step>, _ scope: inout Scope
  ) -> (PythonValue, steps: Int)? {
    guard case .name(let name) = base.kind, steps.count > 1 else { return nil }
    var variable = name
    var rest = steps
    var owner: PythonName?
    if name == "super", case .call = steps[steps.startIndex] {
      guard let method = scope.method else { return nil }
      (variable, owner) = (method.object, method.type)
      rest = steps.dropFirst()
    }
    guard rest.count > 1, case .object(let object) = scope.variables[variable],
      case .member(let method) = rest[rest.startIndex], case .call(let arguments) = rest[rest.startIndex + 1]
    else { return nil }
    let given = self.arguments(arguments, &scope)
    let (value, after) = run(method, of: object, after: owner, given, scope)
    scope.variables[variable] = after ?? .unknown
    return (value, steps.count - rest.count + 2)
  }
}
