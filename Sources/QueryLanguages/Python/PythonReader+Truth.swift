import Diagnostics
import RuleModel

/// Whether a value is true, as a test, a stage, or a text that is none.
extension PythonReader {
  func position(_ span: Range<Int>, _ module: PythonModule) -> SourcePosition {
    place(identity(module), span.lowerBound)
  }

  func opaque(_ span: Range<Int>, _ module: PythonModule) -> Predicate {
    let text = shortened(module.beginning(of: span))
    if opaqueParts[text] == nil { opaqueParts[text] = (identity(module), span.lowerBound) }
    return .opaque(text, at: position(span, module))
  }

  func noTest(_ span: Range<Int>, _ module: PythonModule) -> Predicate {
    .noTest(shortened(module.beginning(of: span)), at: position(span, module))
  }

  /// Whether a value is true; a function that decides becomes a stage if it is the rule's own or long.
  func truth(of value: PythonValue, _ span: Range<Int>, _ module: PythonModule) -> Predicate {
    guard case .result(let key, let inner) = value else { return truth(ofPlain: value, span, module) }
    let logic = truth(of: inner, span, module)
    let parts = key.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard !logic.isAlways, !logic.isNever, parts.count == 2, let home = self.module(parts[0]),
      let function = home.function(parts[1])
    else { return logic }
    if let known = stages.firstIndex(where: { $0.name == parts[1] && $0.predicate == logic }) { return .stage(known) }
    stages.append(stage(of: function, in: home, logic))
    return .stage(stages.count - 1)
  }

  func truth(ofPlain value: PythonValue, _ span: Range<Int>, _ module: PythonModule) -> Predicate {
    if let constant = value.constantTruth { return constant ? .always : .never }
    switch value {
    case .field(let field) where field.path.isEmpty: return .always
    case .field(let field):
      return .test(
        Test(
          field: field.path, kind: field.isFalseByDefault ? .eq : .exists, value: "true",
          position: position(span, module)))
    case .truth(let predicate), .found(let predicate): return predicate
    case .cases(let cases, let otherwise):
      return folded(cases, otherwise) { truth(of: $0, span, module) }
    case .alternatives(let values): return Predicate.disjunction(values.map { truth(of: $0, span, module) }).flat
    case .list(let items): return Predicate.disjunction(items.map(\.condition)).flat
    case .worked, .library: return noTest(span, module)
    default: return opaque(span, module)
    }
  }

  /// The logic of several cases.
  func folded(
    _ cases: [PythonValue.Case], _ otherwise: PythonValue, _ logic: (PythonValue) -> Predicate
  ) -> Predicate {
    var result = logic(otherwise)
    /// Conditions that decide by themselves, last first, and whether those after them must hold as well. They are joined
    /// at once, however many there are.
    var deciding: (parts: [Predicate], byAnd: Bool) = ([], false)
    func join() {
      if deciding.parts.isEmpty { return }
      result = Predicate.joined(deciding.parts.reversed() + [result], byAnd: deciding.byAnd).flat
      deciding.parts = []
    }
    for one in cases.reversed() {
      let value = logic(one.value)
      guard value.isAlways || value.isNever else {
        join()
        result = .conditional(one.condition, value, result)
        continue
      }
      if deciding.byAnd != value.isNever {
        join()
        deciding.byAnd = value.isNever
      }
      deciding.parts.append(value.isNever ? one.condition.opposite : one.condition)
    }
    join()
    return result
  }
}
