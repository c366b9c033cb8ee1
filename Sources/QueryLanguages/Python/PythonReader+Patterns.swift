import RuleModel

/// Regular expressions and file name patterns.
extension PythonReader {
  func search(_ call: Call, _ origin: Origin) -> PythonValue {
    guard let pattern = call.first, let text = call.second else { return .unknown }
    switch pattern {
    case .text(let pattern): return .found(matches(text, pattern, flags(call.value(2, "flags")), origin))
    case .regex(let pattern, let flags): return .found(matches(text, pattern, flags, origin))
    case .unknown: return .unknown
    default: return .worked
    }
  }

  func flags(_ value: PythonValue?) -> TestModifiers {
    guard case .library(let names) = value else { return [] }
    return TestModifiers(names.split(separator: "|").compactMap { PythonLibrary.flags[String($0)] })
  }

  func matches(
    _ value: PythonValue, _ pattern: String, _ flags: TestModifiers, _ origin: Origin
  ) -> Predicate {
    switch value {
    case .field(let field): return test(field, .regex, pattern, flags, origin)
    case .cases(let cases, let otherwise):
      return folded(cases, otherwise) { matches($0.plain, pattern, flags, origin) }
    case .alternatives(let values):
      return Predicate.disjunction(values.map { matches($0.plain, pattern, flags, origin) }).flat
    case .none: return .never
    case .unknown: return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }

  func glob(_ value: PythonValue, _ pattern: PythonValue, _ origin: Origin) -> Predicate {
    switch (value, pattern) {
    case (.cases(let cases, let otherwise), _):
      return folded(cases, otherwise) { glob($0.plain, pattern, origin) }
    case (.alternatives(let values), _):
      return Predicate.disjunction(values.map { glob($0.plain, pattern, origin) }).flat
    case (.field(let field), .text(let text)):
      let parts: [TextPattern.Part] = text.utf8.map { byte in
        byte == UInt8(ascii: "*") ? .many : byte == UInt8(ascii: "?") ? .one : .literal(byte)
      }
      // A set of characters is no wildcard of a test.
      if text.contains("[") { return opaque(origin.span, origin.module) }
      let (kind, value) = TextPattern(parts).comparison
      return test(field, kind, value, [], origin)
    case (.unknown, _), (_, .unknown): return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }
}
