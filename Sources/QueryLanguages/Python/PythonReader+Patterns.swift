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
    if let logic = each(value, { matches($0, pattern, flags, origin) }) { return logic }
    switch value {
    case .field(let field): return test(field, .regex, pattern, flags, origin)
    case .none: return .never
    case .unknown: return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }

  func glob(_ value: PythonValue, _ pattern: PythonValue, _ origin: Origin) -> Predicate {
    if let logic = each(value, { glob($0, pattern, origin) }) ?? each(pattern, { glob(value, $0, origin) }) {
      return logic
    }
    switch (value, pattern) {
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
