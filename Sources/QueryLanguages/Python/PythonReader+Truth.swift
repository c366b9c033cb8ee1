import Diagnostics
import RuleModel

/// Whether a value is true, as a test, a stage, or a text that is none.
extension PythonReader {
  func position(_ span: Range<Int>, _ module: PythonModule) -> SourcePosition {
    place(identity(module), span.lowerBound)
  }

  func opaque(_ span: Range<Int>, _ module: PythonModule) -> Predicate {
    let text = shortened(module.source(span))
    if opaqueParts[text] == nil { opaqueParts[text] = (identity(module), span.lowerBound) }
    return .opaque(text, at: position(span, module))
  }

  func noTest(_ span: Range<Int>, _ module: PythonModule) -> Predicate {
    .noTest(shortened(module.source(span)), at: position(span, module))
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
    stages.append(
      Stage(
        name: parts[1], language: .python, text: home.source(function.span), predicate: logic,
        position: position(function.span, home)))
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
    cases.reversed().reduce(logic(otherwise)) { .conditional($1.condition, logic($1.value), $0) }
  }
}
