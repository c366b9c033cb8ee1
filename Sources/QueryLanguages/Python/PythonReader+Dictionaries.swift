import RuleModel

/// What dictionaries are made of.
extension PythonReader {
  func dictionary(of entries: [PythonExpression.Entry], _ scope: inout Scope) -> PythonValue {
    var found: [PythonValue.Entry] = []
    for entry in entries {
      let value = evaluate(entry.value, &scope)
      if let key = entry.key {
        found.append(PythonValue.Entry(key: evaluate(key, &scope).plain, value: value))
      } else if case .dictionary(let others) = value.plain {
        found += others
      } else if value.constantTruth != false {
        return .worked
      }
    }
    return .dictionary(found)
  }

  /// What `dict()` makes of another dictionary, or of pairs, and of names; nil if it isn't known.
  func entries(of value: PythonValue?, _ arguments: PythonArguments) -> [PythonValue.Entry]? {
    guard arguments.isComplete else { return nil }
    var found: [PythonValue.Entry] = []
    switch value {
    case nil: break
    case .dictionary(let entries): found = entries
    case .list(let items):
      for item in items {
        guard case .list(let pair) = item.value.plain, pair.count == 2 else { return nil }
        found.append(
          PythonValue.Entry(key: pair[0].value.plain, value: pair[1].value, condition: item.condition))
      }
    default: return nil
    }
    return found + PythonValue.entries(named: arguments.named)
  }
}

extension PythonValue {
  /// The entries that named values are, in the order of their names.
  static func entries(named values: [String: PythonValue]) -> [Entry] {
    values.sorted { $0.key < $1.key }.map { Entry(key: .text($0.key), value: $0.value) }
  }

  /// The entries of a dictionary, each key once where it is known: the last one holds, and keeps the place of the first.
  static func distinct(_ entries: [Entry]) -> [Entry] {
    var places: [PythonValue: Int] = [:]
    var found: [Entry] = []
    for entry in entries {
      guard let key = entry.key.comparable else {
        found.append(entry)
        continue
      }
      guard let place = places[key] else {
        places[key] = found.count
        found.append(entry)
        continue
      }
      if entry.condition.isAlways {
        found[place] = entry
      } else {
        found[place].condition = Predicate.conjunction([found[place].condition, entry.condition.opposite]).flat
        places[key] = found.count
        found.append(entry)
      }
    }
    return found.filter { !$0.condition.isNever }
  }

  /// The same for all constants that are equal; nil for what isn't a constant.
  var comparable: PythonValue? {
    switch self {
    case .number(_, let value): .number("", value)
    case .boolean(let isTrue): .number("", isTrue ? 1 : 0)
    default: isConstant ? self : nil
    }
  }
}
