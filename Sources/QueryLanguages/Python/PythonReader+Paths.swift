import RuleModel

/// Members, indices, and what follows them.
extension PythonReader {
  /// The value at the end of a path.
  func follow(
    _ steps: ArraySlice<PythonExpression.Step>, from base: PythonExpression, in whole: PythonExpression,
    _ scope: inout Scope
  ) -> PythonValue {
    var value = evaluate(base, &scope)
    var steps = steps
    while let step = steps.popFirst() {
      guard spend() else { return .unknown }
      switch step {
      case .member(let name):
        if case .call(let arguments) = steps.first {
          steps.removeFirst()
          let call = Call(arguments: self.arguments(arguments, &scope), expressions: arguments, span: whole.span)
          value = method(name, of: value.plain, call, &scope)
        } else {
          value = member(name, of: value.plain, scope)
        }
      case .index(let index): value = item(evaluate(index, &scope), of: value.plain)
      case .slice: value = isUnknown(value) ? .unknown : .worked
      case .call(let arguments):
        let call = Call(arguments: self.arguments(arguments, &scope), expressions: arguments, span: whole.span)
        value = self.call(value, call, &scope)
      }
    }
    return value
  }

  func member(_ name: String, of value: PythonValue, _ scope: Scope) -> PythonValue {
    if let mapped = mapped(value, { member(name, of: $0, scope) }) { return mapped }
    switch value {
    case .module(let module): return self.module(module).map { global(name, in: $0, scope) } ?? .unknown
    case .library(let library): return .library(library + "." + name)
    case .field where PythonLibrary.attributes.contains(name): return .worked
    case .worked, .truth, .found: return .worked
    default: return .unknown
    }
  }

  /// `value[index]`
  func item(_ index: PythonValue, of value: PythonValue) -> PythonValue {
    if let mapped = mapped(value, { item(index, of: $0) }) { return mapped }
    switch value {
    case .field: return value.part(index)
    case .dictionary: return looked(up: index.plain, in: value, standard: .none)
    case .list(let items):
      guard case .number(_, let number) = index.plain, value.isConstant || items.allSatisfy(\.condition.isAlways),
        let place = Int(exactly: number)
      else { return .worked }
      let wanted = place < 0 ? items.count + place : place
      return items.indices.contains(wanted) ? items[wanted].value : .worked
    case .none: return .none
    case .unknown: return .unknown
    default: return .worked
    }
  }

  /// What a dictionary has for a key, which may be a field.
  func looked(up key: PythonValue, in dictionary: PythonValue, standard: PythonValue) -> PythonValue {
    guard case .dictionary(let entries) = dictionary else { return .unknown }
    if key.isConstant {
      return entries.last { key.isEqual(to: $0.key) == true }?.value ?? standard
    }
    guard entries.count <= PythonReader.roundLimit else { return .worked }
    return .cases(
      entries.map { PythonValue.Case(condition: equal(key, $0.key.plain, nil), value: $0.value) }, otherwise: standard)
  }

  /// A field of the event by its keys.
  func path(_ value: PythonValue, _ keys: [PythonValue], _ standard: PythonValue) -> PythonValue {
    if let mapped = mapped(value, { path($0, keys, standard) }) { return mapped }
    if case .dictionary = value {
      guard let key = keys.first else { return value }
      let inner = looked(up: key.plain, in: value, standard: standard)
      return keys.count == 1 ? inner : path(inner.plain, Array(keys.dropFirst()), standard)
    }
    guard case .field = value else { return value == .worked || value == .none ? value : .unknown }
    var result = value
    for (index, key) in keys.enumerated() {
      guard case .field = result else { return result }
      result = result.part(key, standard: index == keys.count - 1 ? standard : .none)
    }
    return result
  }
}
