import CPCRE2

/// A compiled pattern of PCRE2's, owned.
struct CompiledRegex: ~Copyable {
  /// In bytes: longer ones are lists of words rather than patterns, and take their time.
  static let maximalLength = 8 << 10
  /// Of parentheses; PCRE2 goes one level of its stack deeper with each.
  static let maximalNesting: UInt32 = 100

  private let handle: OpaquePointer

  init(_ pattern: String) throws(RegexFault) {
    guard pattern.utf8.count <= CompiledRegex.maximalLength else {
      throw RegexFault(
        kind: .unjudged, reason: "it has more than \(CompiledRegex.maximalLength) bytes", offset: 0)
    }
    // nil only when memory is exhausted; PCRE2 takes that for its defaults.
    let context = pcre2_compile_context_create_8(nil)
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_parens_nest_limit_8(context, CompiledRegex.maximalNesting)
    var code: Int32 = 0
    var offset = 0
    var text = pattern
    let handle = text.withUTF8 { bytes in
      pcre2_compile_8(
        bytes.baseAddress, bytes.count, UInt32(PCRE2_UTF) | UInt32(PCRE2_DUPNAMES), &code, &offset, context)
    }
    guard let handle else {
      throw RegexFault(code: code, offset: min(offset, pattern.utf8.count), in: Array(pattern.utf8))
    }
    self.handle = handle
  }

  deinit { pcre2_code_free_8(handle) }
}

extension RegexFault {
  /// - Parameters:
  ///   - code: as `pcre2_compile` sets it.
  ///   - offset: where PCRE2 stopped reading.
  fileprivate init(code: Int32, offset: Int, in pattern: [UInt8]) {
    let isUnjudged =
      RegexFault.limits.contains(code)
      || RegexFault.isForeign(code, before: pattern[..<offset], after: pattern[offset...])
    self.init(kind: isUnjudged ? .unjudged : .malformed, reason: RegexFault.words(of: code), offset: offset)
  }

  /// Errors that tell of PCRE2's own limits, not of the pattern.
  private static let limits: Set<Int32> = [
    PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP, PCRE2_ERROR_PATTERN_TOO_LARGE, PCRE2_ERROR_HEAP_FAILED,
    PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED, PCRE2_ERROR_PATTERN_TOO_COMPLICATED, PCRE2_ERROR_LOOKBEHIND_TOO_LONG,
    PCRE2_ERROR_PATTERN_STRING_TOO_LONG, PCRE2_ERROR_TOO_MANY_CAPTURES, PCRE2_ERROR_TOO_MANY_NAMED_SUBPATTERNS,
  ]

  /// Whether an engine that rules run on takes what PCRE2 stopped at.
  private static func isForeign(_ code: Int32, before: ArraySlice<UInt8>, after: ArraySlice<UInt8>) -> Bool {
    switch code {
    // Lookbehinds of any length: .NET, and Java within bounds.
    case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH: true
    // Names of properties that Java or RE2 alone have.
    case PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY: true
    // `\u00e9`: Java, .NET, JavaScript.
    case PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE:
      before.last == UInt8(ascii: "u") && after.count >= 4 && after.prefix(4).allSatisfy(isHexDigit)
    // `a**`: Lucene; `^*`: RE2, Java.
    case PCRE2_ERROR_QUANTIFIER_INVALID: before.last.map { "*+?}^$".utf8.contains($0) } ?? false
    // `[\w-.]`, where the dash is itself: Perl, RE2, JavaScript.
    case PCRE2_ERROR_CLASS_INVALID_RANGE: true
    default: false
    }
  }

  private static func words(of code: Int32) -> String {
    let text = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      count = max(0, Int(pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)))
    }
    return text.isEmpty ? "error \(code)" : String(decoding: text, as: UTF8.self)
  }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
    UInt8(ascii: "A")...UInt8(ascii: "F"):
    true
  default: false
  }
}
