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
      // A set of characters is no wildcard of a test.
      guard let parts = globParts(Array(text.utf8)) else { return opaque(origin.span, origin.module) }
      let (kind, value) = TextPattern(parts).comparison
      return test(field, kind, value, [], origin)
    case (.unknown, _), (_, .unknown): return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }
}

/// The parts of a file name pattern; nil if it has a set of characters: `[ab]`. A set of one is that character, and a
/// bracket that isn't closed is a bracket.
///
/// - SeeAlso: The Python Standard Library, "fnmatch".
private func globParts(_ pattern: [UInt8]) -> [TextPattern.Part]? {
  var parts: [TextPattern.Part] = []
  /// Where no bracket is closed, none before is either.
  let lastCloser = pattern.lastIndex(of: UInt8(ascii: "]")) ?? -1
  var at = 0
  while at < pattern.count {
    let byte = pattern[at]
    if byte == UInt8(ascii: "["), at + 2 <= lastCloser {
      guard pattern[at + 1] != UInt8(ascii: "!"), pattern[at + 2] == UInt8(ascii: "]") else { return nil }
      parts.append(.literal(pattern[at + 1]))
      at += 3
      continue
    }
    parts.append(byte == UInt8(ascii: "*") ? .many : byte == UInt8(ascii: "?") ? .one : .literal(byte))
    at += 1
  }
  return parts
}
