import RuleModel

/// Calls of functions: the repository's, Python's and Panther's.
extension PythonReader {
  /// A call's arguments.
  struct Call {
    var arguments: PythonArguments
    var expressions: [PythonExpression.Argument]
    /// The whole expression.
    var span: Range<Int>

    var first: PythonValue? { arguments.values.first?.plain }
    var second: PythonValue? { arguments.values.count > 1 ? arguments.values[1].plain : nil }

    /// By its place or its name.
    func value(_ place: Int, _ name: String) -> PythonValue? {
      (place < arguments.values.count ? arguments.values[place] : arguments.named[name])?.plain
    }
  }

  func isUnknown(_ value: PythonValue) -> Bool { value.plain == .unknown }

  func call(_ function: PythonValue, _ call: Call, _ scope: inout Scope) -> PythonValue {
    switch function {
    case .function(let name):
      guard let module = module(name.module) else { return .unknown }
      return self.call(name.name, of: module, call.arguments, scope)
    case .library(let name): return library(name, call, &scope)
    case .lambda(let lambda):
      guard let module = self.module(lambda.module), scope.calls.count < 20 else { return .unknown }
      var inner = scope
      inner.module = module
      inner.calls.append(PythonName("lambda", in: module))
      bind(lambda.parameters, to: call.arguments, &inner)
      return evaluate(lambda.body, &inner)
    case .worked: return .worked
    default: return .unknown
    }
  }

  func library(_ name: String, _ call: Call, _ scope: inout Scope) -> PythonValue {
    let origin = (call.span, scope.module)
    switch name {
    case "deep_get", "deep_walk":
      guard let first = call.first else { return .unknown }
      return path(
        first, Array(call.arguments.values.dropFirst()), call.arguments.named["default"]?.plain ?? .none)
    case "any", "all": return quantified(call, byAnd: name == "all", scope)
    case "bool": return call.first.map { truthValue(truth(of: $0, call.span, scope.module)) } ?? .boolean(false)
    case "isinstance", "hasattr", "callable", "issubclass": return typeTest(call, scope)
    case "len":
      guard let value = call.first else { return .unknown }
      if case .list(let items) = value, items.allSatisfy(\.condition.isAlways) {
        return .number("\(items.count)", Double(items.count))
      }
      return value == .unknown ? .unknown : .worked
    case "dict", "list", "set", "tuple", "frozenset", "str":
      guard let value = call.first else {
        return name == "dict" ? .dictionary([]) : name == "str" ? .text("") : .list([])
      }
      if name != "str", case .dictionary(let entries) = value, name != "dict" { return .list(of: entries.map(\.key)) }
      if name == "str", let text = value.testText { return .text(text) }
      return value
    case "zip": return zipped(call)
    case "enumerate":
      guard case .list(let items) = call.first else { return .worked }
      return .list(
        items.enumerated().map {
          PythonValue.Item(.list(of: [.number("\($0)", Double($0)), $1.value]), if: $1.condition)
        })
    case "re.compile":
      guard case .text(let pattern) = call.first else { return .worked }
      return .regex(pattern, flags(call.value(1, "flags")))
    case _ where PythonLibrary.searches.contains(name):
      return search(call, origin)
    case "fnmatch.fnmatch", "fnmatch.fnmatchcase":
      guard let value = call.first, let pattern = call.second else { return .unknown }
      return truthValue(glob(value, pattern, origin))
    case _ where PythonLibrary.networks.contains(name):
      guard case .text(let text) = call.first else { return isUnknown(call.first ?? .unknown) ? .unknown : .worked }
      return .network(text)
    case _ where PythonLibrary.transparent.contains(name):
      guard let value = call.first else { return .worked }
      return value
    case _ where name.hasPrefix("str."):
      // `str.lower(x)`
      guard let value = call.first else { return .unknown }
      var rest = call
      rest.arguments.values.removeFirst()
      return method(String(name.dropFirst(4)), of: value, rest, &scope)
    default:
      return call.arguments.values.contains(where: isUnknown) && PythonLibrary.isBuiltIn(name) ? .unknown : .worked
    }
  }

  private func zipped(_ call: Call) -> PythonValue {
    var lists: [[PythonValue.Item]] = []
    for value in call.arguments.values {
      guard case .list(let items) = value.plain else { return .worked }
      lists.append(items)
    }
    guard let count = lists.map(\.count).min() else { return .list([]) }
    return .list((0..<count).map { place in PythonValue.Item(.list(lists.map { $0[place] })) })
  }

  /// A check of a value's type says nothing about the event that a test could say.
  private func typeTest(_ call: Call, _ scope: Scope) -> PythonValue {
    guard let value = call.first else { return .unknown }
    if case .library(let type) = call.second ?? .unknown {
      switch value {
      case .text: return .boolean(type == "str")
      case .boolean: return .boolean(type == "bool" || type == "int")
      case .none: return .boolean(false)
      case .dictionary: return .boolean(type == "dict")
      default: break
      }
    }
    if case .list = value { return .worked }
    return .truth(noTest(call.span, scope.module))
  }

  /// `any` and `all`: of a list's values each, of a field's elements one for all.
  private func quantified(_ call: Call, byAnd: Bool, _ scope: Scope) -> PythonValue {
    guard let value = call.first, let argument = call.expressions.first else { return .unknown }
    let span: Range<Int>
    if case .comprehension(_, let inner, _) = argument.value.kind {
      span = inner.span
    } else {
      span = argument.value.span
    }
    switch value {
    case .list(let items):
      let logic = items.map { item in
        let holds = truth(of: item.value, span, scope.module)
        return byAnd
          ? Predicate.disjunction([.negation(item.condition), holds]).flat
          : Predicate.conjunction([item.condition, holds]).flat
      }
      return truthValue(Predicate.joined(logic, byAnd: byAnd).flat)
    case .unknown: return .unknown
    default: return truthValue(truth(of: value, span, scope.module))
    }
  }
}
