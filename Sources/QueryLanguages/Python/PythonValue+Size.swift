import RuleModel

extension PythonValue {
  /// The number of its parts: conditions, cases, items that aren't constants. Counting ends beyond the limit, since each
  /// line of a program can double a value.
  func size(upTo limit: Int) -> Int {
    var left = limit
    count(&left)
    return limit - max(-1, left)
  }

  private func count(_ left: inout Int) {
    left -= 1
    guard left >= 0 else { return }
    switch self {
    case .truth(let predicate), .found(let predicate): PythonValue.count(predicate, &left)
    case .list(let items):
      for item in items where left >= 0 {
        if item.condition.isAlways, item.value.isScalar { continue }
        PythonValue.count(item.condition, &left)
        item.value.count(&left)
      }
    case .dictionary(let entries):
      for entry in entries where left >= 0 {
        if entry.condition.isAlways, entry.key.isScalar, entry.value.isScalar { continue }
        PythonValue.count(entry.condition, &left)
        entry.key.count(&left)
        entry.value.count(&left)
      }
    case .cases(let cases, let otherwise):
      for part in cases where left >= 0 {
        PythonValue.count(part.condition, &left)
        part.value.count(&left)
      }
      otherwise.count(&left)
    case .alternatives(let values): for value in values where left >= 0 { value.count(&left) }
    case .result(_, let value): value.count(&left)
    case .object(let object): for value in object.attributes.values where left >= 0 { value.count(&left) }
    case .none, .boolean, .number, .text, .field, .regex, .network, .function, .lambda, .module, .type, .library,
      .worked,
      .unknown:
      break
    }
  }

  private var isScalar: Bool {
    switch self {
    case .none, .boolean, .number, .text: true
    default: false
    }
  }

  private static func count(_ predicate: Predicate, _ left: inout Int) {
    left -= 1
    guard left >= 0 else { return }
    switch predicate {
    case .all(let parts), .any(let parts): for part in parts where left >= 0 { count(part, &left) }
    case .not(let part): count(part, &left)
    case .test, .stage, .text: break
    }
  }
}
