import RuleModel

/// What names stand for: functions, constants, modules, names of a data model.
extension PythonReader {
  /// The value that a function returns.
  func run(_ function: PythonFunction, _ arguments: PythonArguments, _ scope: Scope) -> PythonValue {
    var inner = scope
    inner.variables = [:]
    frames += 1
    inner.frame = frames
    inner.method = nil
    bind(function.parameters, to: arguments, &inner)
    return flow(of: function.body[...], inner).value
  }

  /// Gives the parameters of a function their values.
  func bind(_ parameters: [PythonParameter], to arguments: PythonArguments, _ scope: inout Scope) {
    var values = arguments.values[...]
    var named = arguments.named
    func standard(_ parameter: PythonParameter) -> PythonValue {
      guard arguments.isComplete, let standard = parameter.standard else { return .unknown }
      return evaluate(standard, &scope)
    }
    for parameter in parameters {
      let name = parameter.name
      switch parameter.kind {
      case .ordinary:
        scope.variables[name] = values.popFirst() ?? named.removeValue(forKey: name) ?? standard(parameter)
      case .byName: scope.variables[name] = named.removeValue(forKey: name) ?? standard(parameter)
      case .remainingValues:
        scope.variables[name] = arguments.isComplete ? .list(of: Array(values)) : .unknown
        values = []
      case .remainingNames:
        scope.variables[name] = arguments.isComplete ? .dictionary(PythonValue.entries(named: named)) : .unknown
      }
    }
  }

  /// Reads a function of a module in place.
  func call(_ name: String, of module: PythonModule, _ arguments: PythonArguments, _ scope: Scope) -> PythonValue {
    let key = PythonName(name, in: module)
    guard let function = module.function(name), function.isOrdinary else { return .unknown }
    guard let inner = entered(key, of: module, from: scope) else { return .unknown }
    let value = run(function, arguments, inner)
    guard value.constantTruth == nil, module === main || isLong(value) else { return value }
    return .result(of: key, value)
  }

  /// The scope in which what a name stands for is read; nil, as a refusal, if it is being read already or too many are.
  func entered(_ key: PythonName, of module: PythonModule, from scope: Scope) -> Scope? {
    guard scope.calls.count < PythonReader.callLimit, !scope.calls.contains(key) else {
      refusals += 1
      return nil
    }
    return Scope(module: module, calls: scope.calls + [key])
  }

  /// A function that is defined in the one that is being read.
  func lambda(_ parameters: [PythonParameter], _ body: [PythonStatement], _ scope: Scope) -> PythonValue {
    .lambda(
      PythonValue.Lambda(
        parameters: parameters, body: body, module: scope.module.name, frame: scope.frame, variables: scope.variables))
  }

  /// Reads such a function in place, with the variables of where it is defined: as they are now if it is called there.
  func call(_ lambda: PythonValue.Lambda, _ arguments: PythonArguments, _ scope: Scope) -> PythonValue {
    guard let module = module(lambda.module), scope.calls.count < 2 * PythonReader.callLimit else {
      refusals += 1
      return .unknown
    }
    var inner = scope
    inner.module = module
    inner.calls.append(PythonName("lambda", in: module))
    if lambda.frame != scope.frame {
      (inner.variables, inner.frame, inner.method) = (lambda.variables, lambda.frame, nil)
    }
    bind(lambda.parameters, to: arguments, &inner)
    return flow(of: lambda.body[...], inner).value
  }

  /// Whether a helper's logic is too long to be read in place.
  private func isLong(_ value: PythonValue) -> Bool {
    if case .truth(let logic) = value { leafCount(of: logic) > PythonReader.inPlaceLimit } else { false }
  }

  /// What a name stands for in its module.
  func global(_ name: String, in module: PythonModule, _ scope: Scope) -> PythonValue {
    let key = PythonName(name, in: module)
    if let known = constants[key] { return known }
    guard scope.calls.count < 2 * PythonReader.callLimit else {
      refusals += 1
      return .unknown
    }
    // While it is being read it has no value: it may name itself.
    constants[key] = .unknown
    let known = refusals
    let value = definition(of: name, in: module, scope)
    // Met elsewhere, with fewer functions around it, it may have another value.
    constants[key] = refusals == known ? value : nil
    return value
  }

  /// An empty list or dictionary of a module is there to be filled in: what it holds isn't known.
  func filledIn(_ value: PythonValue) -> PythonValue {
    switch value {
    case .list(let items) where items.isEmpty: .worked
    case .dictionary(let entries) where entries.isEmpty: .worked
    default: value
    }
  }

  private func definition(of name: String, in module: PythonModule, _ scope: Scope) -> PythonValue {
    if module.function(name) != nil { return .function(PythonName(name, in: module)) }
    let statements = module.definition(of: name)
    if !statements.isEmpty {
      let inner = Scope(module: module, calls: scope.calls + [PythonName(name, in: module)])
      guard case .falls(let variables) = flow(of: statements[...], inner) else { return .unknown }
      return variables[name] ?? .unknown
    }
    if let item = module.imports[name] { return imported(item, scope) }
    if module.classes.contains(name) { return .type(PythonName(name, in: module)) }
    for whole in module.wholeImports.reversed() {
      if let other = self.module(whole), other.origin(of: name) != nil { return global(name, in: other, scope) }
    }
    return PythonLibrary.isBuiltIn(name) ? .library(name) : .unknown
  }

  func imported(_ item: PythonImport, _ scope: Scope) -> PythonValue {
    if let module = self.module(item.module) {
      guard let name = item.name else { return .module(module.name) }
      if let function = module.function(name), PythonLibrary.isAccessor(function) { return .library(name) }
      return global(name, in: module, scope)
    }
    if let name = item.name, PythonLibrary.isAccessor(name, of: item.module) { return .library(name) }
    let whole = item.name.map { item.module + "." + $0 } ?? item.module
    if let name = item.name, self.module(item.module + "." + name) != nil { return .module(item.module + "." + name) }
    return PythonLibrary.isKnown(whole) ? .library(whole) : .unknown
  }

  /// A module of the repository; nil if no module has that name.
  func module(_ name: String) -> PythonModule? {
    if name.isEmpty { return main }
    if let known = modules[name] { return known }
    let module = name.hasPrefix(".") ? nil : program.module(name).map { PythonModule(name, $0) }
    modules[name] = module
    return module
  }

  /// What a name of the unified data model stands for.
  func modelled(_ name: String, standard: PythonValue, _ scope: Scope) -> PythonValue {
    var values: [PythonValue] = []
    for item in program.model(name) {
      let value: PythonValue
      switch item {
      case .path(let path):
        value = .field(PythonValue.Field(path: path, isFalseByDefault: standard == .boolean(false)))
      case .function(let function, let module):
        value = self.module(module).map { call(function, of: $0, PythonArguments(.event), scope).plain } ?? .unknown
      }
      // A method that finds nothing says nothing.
      if value != .none, !values.contains(value) { values.append(value) }
    }
    // What methods work out in all logs has only the model's name.
    if !values.contains(where: \.isPlain) { return PythonValue.event.part(.text(name), standard: standard) }
    return values.count == 1 ? values[0] : .alternatives(values)
  }
}
