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
    case .type(let type): return make(type, call.arguments, scope)
    case .lambda(let lambda):
      return self.call(lambda, call.arguments, scope)
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
    case "dict":
      if case .field = call.first, call.arguments.named.isEmpty { return call.first ?? .unknown }
      if let entries = entries(of: call.first, call.arguments) { return .dictionary(entries) }
      return isUnknown(call.first ?? .unknown) ? .unknown : .worked
    case "list", "set", "tuple", "frozenset", "str":
      guard let value = call.first else {
        return name == "str" ? .text("") : .list([])
      }
      if name != "str", case .dictionary = value { return .list(elements(of: value)) }
      if name == "str", let text = value.testText { return .text(text) }
      return value
    case "zip": return zipped(call)
    case "next": return next(call)
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

  /// The first of the values, or else a default.
  private func next(_ call: Call) -> PythonValue {
    guard let value = call.first, !isUnknown(value) else { return .unknown }
    guard case .list(let items) = value, items.count <= PythonReader.depthLimit else { return .worked }
    var cases: [PythonValue.Case] = []
    for item in items {
      if item.condition.isAlways {
        return cases.isEmpty ? item.value : .cases(cases, otherwise: item.value)
      }
      cases.append(PythonValue.Case(condition: item.condition, value: item.value))
    }
    return cases.isEmpty ? call.second ?? .none : .cases(cases, otherwise: call.second ?? .none)
  }

  private func zipped(_ call: Call) -> PythonValue {
    // Of fields, the elements at the same place.
    if !call.arguments.values.isEmpty,
      call.arguments.values.allSatisfy({ if case .field = $0.plain { true } else { false } })
    {
      return .list(of: [.list(of: call.arguments.values.flatMap { elements(of: $0).map(\.value) })])
    }
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
      // Only tests of the rule replace a value with a mock.
      if type.hasPrefix("unittest.") { return .boolean(false) }
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
