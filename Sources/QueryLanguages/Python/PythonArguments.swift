/// What a call gives to a function.
struct PythonArguments {
  var values: [PythonValue] = []
  var named: [String: PythonValue] = [:]
  /// Whether there are no others: of `*values`, where the values aren't known, nothing is.
  var isComplete = true

  init(_ values: PythonValue...) { self.values = values }
}

extension PythonReader {
  func arguments(_ arguments: [PythonExpression.Argument], _ scope: inout Scope) -> PythonArguments {
    var found = PythonArguments()
    for argument in arguments {
      let value = evaluate(argument.value, &scope)
      if let name = argument.name {
        found.named[name] = value
      } else if case .spread(_, let isDictionary) = argument.value.kind {
        add(value.plain, isDictionary: isDictionary, to: &found)
      } else {
        found.values.append(value)
      }
    }
    return found
  }

  /// Adds `*values` or `**values`.
  private func add(_ value: PythonValue, isDictionary: Bool, to arguments: inout PythonArguments) {
    switch value {
    case .list(let items) where !isDictionary && items.allSatisfy(\.condition.isAlways):
      arguments.values += items.map(\.value)
    case .dictionary(let entries) where !isDictionary: arguments.values += entries.map(\.key)
    case .dictionary(let entries):
      for entry in entries {
        guard case .text(let name) = entry.key.plain else {
          arguments.isComplete = false
          continue
        }
        arguments.named[name] = entry.value
      }
    default:
      arguments.isComplete = false
      if !isDictionary { arguments.values.append(.unknown) }
    }
  }
}
