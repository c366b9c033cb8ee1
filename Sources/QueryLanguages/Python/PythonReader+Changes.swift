import RuleModel

/// Methods that change the list or the dictionary that a variable holds: `found.append(x)`.
extension PythonReader {
  /// Changes the value of a variable, or of one of the module's constants, which then is a variable of the function.
  ///
  /// - Parameter body: changes the value, which nothing else holds, and gives what the change returns; nil if it can't be
  ///   followed.
  /// - Returns: what the change returns, as far as it can be followed; nil if there is no such value.
  @discardableResult
  func change(
    _ name: String, _ scope: inout Scope, _ body: (inout PythonValue) -> PythonValue?
  ) -> PythonValue? {
    guard var known = scope.variables.updateValue(.none, forKey: name) ?? constant(name, scope) else {
      scope.variables[name] = nil
      return nil
    }
    if let result = body(&known) {
      scope.variables[name] = known
      return result
    }
    switch known {
    case .field: scope.variables[name] = known
    case .cases:
      let changed = known.changingCases { value in
        var value = value
        return body(&value) == nil ? nil : value
      }
      scope.variables[name] = changed ?? .worked
    default: scope.variables[name] = isUnknown(known) ? .unknown : .worked
    }
    return isUnknown(known) ? .unknown : .worked
  }

  /// A list or a dictionary of the module.
  private func constant(_ name: String, _ scope: Scope) -> PythonValue? {
    switch global(name, in: scope.module, scope) {
    case .list(let items): .list(items)
    case .dictionary(let entries): .dictionary(entries)
    default: nil
    }
  }

  /// A call of such a method; nil if the variable holds nothing that it changes.
  func changed(
    _ name: String, by method: String, _ arguments: [PythonExpression.Argument], _ span: Range<Int>,
    _ scope: inout Scope
  ) -> PythonValue? {
    guard scope.variables[name] != nil || constant(name, scope) != nil else { return nil }
    switch scope.variables[name] {
    // Methods of these may have the same names.
    case .module?, .object?, .type?, .library?: return nil
    default: break
    }
    let call = Call(arguments: self.arguments(arguments, &scope), expressions: arguments, span: span)
    return change(name, &scope) { value in
      switch value {
      case .list(var items):
        value = .none
        let result = changed(&items, by: method, call)
        value = .list(items)
        return result
      case .dictionary(var entries):
        value = .none
        let result = changed(&entries, by: method, call)
        value = .dictionary(entries)
        return result
      default: return nil
      }
    }
  }

  /// - Returns: what the method returns; nil if the change can't be followed.
  private func changed(_ items: inout [PythonValue.Item], by method: String, _ call: Call) -> PythonValue? {
    guard items.count < PythonReader.itemLimit else { return nil }
    switch (method, call.first, call.second) {
    case ("append", let value?, nil), ("add", let value?, nil): items.append(PythonValue.Item(limited(value)))
    case ("extend", let value?, nil):
      let added = elements(of: value)
      guard items.count + added.count < PythonReader.itemLimit, isSmall(.list(added)) else { return nil }
      items += added
    case ("update", _, _):
      for value in call.arguments.values { items += elements(of: value) }
      guard items.count < PythonReader.itemLimit, isSmall(.list(items)) else { return nil }
    case ("insert", .number(_, let place)?, let value?):
      let item = PythonValue.Item(limited(value))
      let at = Int(exactly: place) ?? items.count
      let isPlain = items.allSatisfy(\.condition.isAlways)
      items.insert(item, at: at == 0 || isPlain && items.indices.contains(at) ? at : items.count)
    case ("remove", let value?, nil), ("discard", let value?, nil):
      remove(value, from: &items, onlyFirst: method == "remove")
    case ("difference_update", .list(let others)?, nil): for other in others { remove(other.value, from: &items) }
    case ("pop", nil, nil):
      guard let last = items.popLast() else { return PythonValue.none }
      return last.condition.isAlways ? last.value : nil
    case ("pop", let place?, nil):
      guard items.allSatisfy(\.condition.isAlways), let index = items.index(of: place) else { return nil }
      return items.remove(at: index).value
    case ("clear", nil, nil): items = []
    case ("sort", _, _): break
    case ("reverse", nil, nil): items.reverse()
    default: return nil
    }
    return PythonValue.none
  }

  private func isSmall(_ value: PythonValue) -> Bool { !isUnknown(limited(value)) }

  /// Removes a value from a list: where it isn't known whether an item is equal, the item stays unless it is.
  private func remove(_ value: PythonValue, from items: inout [PythonValue.Item], onlyFirst: Bool = false) {
    guard spend(items.count / 16) else { return }
    var kept: [PythonValue.Item] = []
    var isFound = false
    for var item in items {
      let isEqual = isFound ? Predicate.never : equal(item.value.plain, value, nil)
      if isEqual.isAlways, item.condition.isAlways {
        isFound = onlyFirst
      } else {
        item.condition = Predicate.conjunction([item.condition, isEqual.opposite]).flat
        if !item.condition.isNever { kept.append(item) }
      }
    }
    items = kept
  }

  private func changed(_ entries: inout [PythonValue.Entry], by method: String, _ call: Call) -> PythonValue? {
    guard entries.count < PythonReader.itemLimit else { return nil }
    switch (method, call.first) {
    case ("update", let value):
      guard let added = self.entries(of: value, call.arguments), isSmall(.dictionary(added)) else { return nil }
      entries += added
    case ("setdefault", let key?):
      let value = limited(call.second ?? .none)
      guard key.isConstant else { return nil }
      let known = looked(up: key, in: .dictionary(entries), standard: .unknown)
      guard isUnknown(known) else { return known }
      entries.append(PythonValue.Entry(key: key, value: value))
      return value
    case ("pop", let key?):
      let value = looked(up: key, in: .dictionary(entries), standard: call.second ?? .none)
      var whole = PythonValue.dictionary(entries)
      guard removed(key, from: &whole) != nil, case .dictionary(let rest) = whole else { return nil }
      entries = rest
      return value
    case ("clear", nil): entries = []
    default: return nil
    }
    return PythonValue.none
  }

  /// Removes what a list or a dictionary has under a key; nil if it isn't known what that is.
  func removed(_ key: PythonValue, from whole: inout PythonValue) -> PythonValue? {
    switch whole {
    case .dictionary(let entries):
      guard key.isConstant, entries.allSatisfy({ $0.key.isConstant }) else { return nil }
      whole = .dictionary(entries.filter { key.isEqual(to: $0.key) != true })
    case .list(var items):
      guard items.allSatisfy(\.condition.isAlways), let index = items.index(of: key) else { return nil }
      items.remove(at: index)
      whole = .list(items)
    default: return nil
    }
    return PythonValue.none
  }
}
