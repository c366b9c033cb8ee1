import RuleModel

/// What a test asks of a value beside being one text, without regard to the case of ASCII letters.
enum ValueTest: Hashable {
  case pattern(ValuePattern)
  /// One of several, as a regular expression asks for.
  case anyPattern([ValuePattern])
  /// `lt`, `lte`, `gt` or `gte`, and the number that is compared with.
  case number(TestKind, Int)

  func matches(_ value: String) -> Bool {
    switch self {
    case .pattern(let pattern): pattern.matches(value)
    case .anyPattern(let patterns): patterns.contains { $0.matches(value) }
    case .number(let kind, let bound):
      Int(value).map { number in
        switch kind {
        case .lt: number < bound
        case .lte: number <= bound
        case .gt: number > bound
        default: number >= bound
        }
      } ?? false
    }
  }
}

/// A text with wildcards, as tests have them: `*` for any text, `?` for one character.
struct ValuePattern: Hashable {
  private enum Part: Hashable {
    case literal(Unicode.Scalar)
    case any
    case one
  }

  private let parts: [Part]

  /// nil for kinds that compare no texts.
  init?(_ test: Test) {
    let value = Array(lowercasedASCII(test.value).unicodeScalars)
    let literal = value.map(Part.literal)
    switch test.kind {
    case .eq: parts = literal
    case .contains: parts = [.any] + literal + [.any]
    case .startsWith: parts = literal + [.any]
    case .endsWith: parts = [.any] + literal
    case .wildcard: parts = ValuePattern.parts(ofWildcard: value)
    default: return nil
    }
  }

  /// A backslash before `*`, `?` or itself takes their meaning away (contract, “Words”, `wildcard`).
  private static func parts(ofWildcard value: [Unicode.Scalar]) -> [Part] {
    var parts: [Part] = []
    var rest = value[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": parts.append(.any)
      case "?": parts.append(.one)
      case "\\":
        guard let next = rest.first, ["*", "?", "\\"].contains(next) else {
          parts.append(.literal(scalar))
          continue
        }
        parts.append(.literal(next))
        rest.removeFirst()
      default: parts.append(.literal(scalar))
      }
    }
    return parts
  }

  func matches(_ text: String) -> Bool {
    let text = Array(lowercasedASCII(text).unicodeScalars)
    var (part, at) = (0, 0)
    // Where to go on when a shorter text of the last star was not enough.
    var retry: (part: Int, at: Int)?
    while at < text.count {
      if part < parts.count, parts[part] == .any {
        part += 1
        retry = (part, at)
      } else if part < parts.count, parts[part] == .one || parts[part] == .literal(text[at]) {
        part += 1
        at += 1
      } else if let last = retry {
        retry = (last.part, last.at + 1)
        (part, at) = (last.part, last.at + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .any }
  }
}

/// The texts that a regular expression matches, as tests of the same field: `^(4624|4625)$`, `4624|4625`. Without `^` or `$` any text may
/// be there.
///
/// - Returns: nil for one that is more than a few texts of letters and digits; and whether all of them are written out.
func texts(inRegex test: Test) -> (tests: [Test], areWrittenOut: Bool)? {
  guard let (words, areWrittenOut) = regexWords(test.value) else { return nil }
  var tests: [Test] = []
  for var word in words.map({ $0[...] }) {
    let (isAtStart, isAtEnd) = (word.hasPrefix("^"), word.hasSuffix("$"))
    word = word.drop { $0 == "^" }
    while word.last == "$" { word.removeLast() }
    guard !word.isEmpty, !word.contains("^"), !word.contains("$") else { return nil }
    let kind: TestKind =
      switch (isAtStart, isAtEnd) {
      case (true, true): .eq
      case (true, false): .startsWith
      case (false, true): .endsWith
      case (false, false): .contains
      }
    tests.append(Test(field: test.field, kind: kind, value: String(word), position: test.position))
  }
  return (tests, areWrittenOut)
}
