import Diagnostics
import RuleModel

/// Whether a value is true, as a test, as a stage, or as text that isn't a test.
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
    guard case .result(let name, let inner) = value else { return truth(ofPlain: value, span, module) }
    let logic = truth(of: inner, span, module)
    guard !logic.isAlways, !logic.isNever, let home = self.module(name.module),
      let function = home.function(name.name)
    else { return logic }
    if let known = stages.firstIndex(where: { $0.name == name.name && $0.predicate == logic }) { return .stage(known) }
    stages.append(stage(of: function, in: home, logic))
    return .stage(stages.count - 1)
  }

  func truth(ofPlain value: PythonValue, _ span: Range<Int>, _ module: PythonModule) -> Predicate {
    if let constant = value.constantTruth { return constant ? .always : .never }
    if let logic = eachTruth(value, { truth(of: $0, span, module) }) { return logic }
    switch value {
    case .field(let field) where field.path.isEmpty: return .always
    case .field(let field):
      return .test(
        Test(
          field: field.path, kind: field.isFalseByDefault ? .eq : .exists, value: "true",
          position: position(span, module)))
    case .truth(let predicate), .found(let predicate): return predicate
    case .list(let items): return Predicate.disjunction(items.map(\.condition)).flat
    case .dictionary(let entries): return Predicate.disjunction(entries.map(\.condition)).flat
    case .worked, .library: return noTest(span, module)
    default: return opaque(span, module)
    }
  }
}
