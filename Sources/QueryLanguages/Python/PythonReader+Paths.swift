import RuleModel

/// Members, indices, and what follows them.
extension PythonReader {
  /// The value at the end of a path.
  func follow(
    _ steps: ArraySlice<PythonExpression.Step>, from base: PythonExpression, in whole: PythonExpression,
    _ scope: inout Scope
  ) -> PythonValue {
    var steps = steps
    var value: PythonValue
    if case .name(let name) = base.kind, steps.count > 1, case .member(let method) = steps[steps.startIndex],
      case .call(let arguments) = steps[steps.startIndex + 1], PythonLibrary.changes.contains(method),
      let result = changed(name, by: method, arguments, whole.span, &scope)
    {
      value = result
      steps = steps.dropFirst(2)
    } else if let (result, count) = method(base, steps, &scope) {
      value = result
      steps = steps.dropFirst(count)
    } else {
      value = evaluate(base, &scope)
    }
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
    case .module(let module): return self.module(module).map { filledIn(global(name, in: $0, scope)) } ?? .unknown
    case .library(let library): return .library(library + "." + name)
    case .object(let object): return attribute(name, of: object, scope)
    case .field, .text, .number: return PythonLibrary.attributes.contains(name) ? .worked : .unknown
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
      guard value.isConstant || items.allSatisfy(\.condition.isAlways), let place = items.index(of: index.plain)
      else { return .worked }
      return items[place].value
    case .none: return .none
    case .unknown: return .unknown
    default: return .worked
    }
  }

  /// What a dictionary has for a key, which may be a field.
  func looked(up key: PythonValue, in dictionary: PythonValue, standard: PythonValue) -> PythonValue {
    guard case .dictionary(let entries) = dictionary else { return .unknown }
    if key.isConstant { return looked(upConstant: key, in: entries, standard) }
    guard entries.count <= PythonReader.roundLimit else { return .worked }
    let known = PythonValue.distinct(entries)
    if known.isEmpty { return standard }
    // Of keys that are all different, a value can only be one.
    if known.allSatisfy({ $0.condition.isAlways && $0.key.isConstant }) {
      return .cases(
        known.map { PythonValue.Case(condition: equal(key, $0.key, nil), value: $0.value, isKey: true) },
        otherwise: standard)
    }
    return .cases(
      known.reversed().map { entry in
        let isIt = equal(key, entry.key.plain, nil)
        return PythonValue.Case(
          condition: Predicate.conjunction([entry.condition, isIt]).flat, value: entry.value)
      }, otherwise: standard)
  }

  /// The last entry with a key holds; those whose key or condition depends on the event may.
  private func looked(
    upConstant key: PythonValue, in entries: [PythonValue.Entry], _ standard: PythonValue
  ) -> PythonValue {
    var cases: [PythonValue.Case] = []
    var otherwise = standard
    for entry in entries.reversed() {
      let isIt = key.isEqual(to: entry.key).map { $0 ? Predicate.always : .never }
      if isIt?.isNever == true { continue }
      if isIt == nil, cases.count > PythonReader.roundLimit { return .worked }
      let condition = Predicate.conjunction([entry.condition, isIt ?? equal(entry.key.plain, key, nil)]).flat
      if condition.isAlways {
        otherwise = entry.value
        break
      }
      if !condition.isNever { cases.append(PythonValue.Case(condition: condition, value: entry.value)) }
    }
    return cases.isEmpty ? otherwise : .cases(cases, otherwise: otherwise)
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

extension [PythonValue.Item] {
  /// The index of the item with a number, which counts from the end if it is negative; nil if there is none.
  func index(of number: PythonValue) -> Int? {
    guard case .number(_, let value) = number, let place = Int(exactly: value) else { return nil }
    let index = place < 0 ? count + place : place
    return indices.contains(index) ? index : nil
  }
}
