package import Diagnostics
import RuleModel

extension CheckID {
  package static let valueCovered = CheckID(
    "value-covered", .note,
    "One value of the list makes another redundant: every match of the narrower value is also a match of the broader one. Remove the redundant value, or narrow the broader one."
  )
}

extension LogicCheck {
  /// Values of a list that a broader one makes needless.
  static let coveredValues = LogicCheck(
    .valueCovered,
    examples: [
      CheckExample(
        "A word and a part of it",
        finds: "7:15: 'powershell' changes nothing, as 'power' in line 6 matches all that it does; remove one",
        in: exampleRule(
          detection: """
            selection:
                CommandLine|contains:
                    - power
                    - powershell
            condition: selection
            """)),
      CheckExample(
        "Both required",
        finds: "6:15: 'power' changes nothing, as all that has 'powershell' in line 7 has it; remove one",
        in: exampleRule(
          detection: """
            selection:
                CommandLine|contains|all:
                    - power
                    - powershell
            condition: selection
            """)),
      CheckExample(
        "Two words",
        in: exampleRule(
          detection: """
            selection:
                CommandLine|contains:
                    - whoami
                    - hostname
            condition: selection
            """)),
      CheckExample(
        "A whole value and the end of another",
        in: exampleRule(
          detection: """
            selection:
                Image|endswith:
                    - '\\net.exe'
                    - '\\net1.exe'
            condition: selection
            """)),
    ]
  ) { logic in
    let file = logic.rule.source.file
    return logic.lists.flatMap { list in
      list.covered().map { narrow, broad in
        let (needless, reason) =
          list.isAll
          ? (broad, "all that has \(narrow.words) in line \(narrow.position.line) has it")
          : (narrow, "\(broad.words) in line \(broad.position.line) matches all that it does")
        return Diagnostic(
          .valueCovered, at: SourceLocation(file, at: needless.position),
          "\(needless.words) changes nothing, as \(reason); remove one")
      }
    }
  }
}

extension ValueList {
  /// Longer lists aren't compared pair by pair.
  private static let longest = 500
  /// Nor are lists of so many bytes: each pair is searched for one in the other.
  private static let largest = 65_536

  /// Each test that matches less than another of the list, with the first such other. In a list of which all must
  /// match, each test that matches more, with the first that matches less.
  func covered() -> [(narrow: Test, broad: Test)] {
    guard tests.count <= ValueList.longest, values.reduce(0, { $0 + $1.count }) <= ValueList.largest,
      tests[0].modifiers.subtracting(.cased).isEmpty
    else { return [] }
    let broad = tests.indices.filter { ValueList.isBroad(tests[$0].kind) && !tests[$0].value.isEmpty }
    guard !broad.isEmpty else { return [] }
    func covers(_ one: Int, _ other: Int) -> Bool {
      one != other && tests[one].kind.covers(tests[other].kind, values[one], values[other])
        // The same value twice is another finding.
        && (tests[one].kind != tests[other].kind || values[one].count != values[other].count)
    }
    if isAll {
      return broad.compactMap { index in
        tests.indices.first { covers(index, $0) }.map { (tests[$0], tests[index]) }
      }
    }
    return tests.indices.compactMap { index in
      broad.first { covers($0, index) }.map { (tests[index], tests[$0]) }
    }
  }

  /// Keywords aren't: many engines look for them as whole words.
  private static func isBroad(_ kind: TestKind) -> Bool {
    kind == .contains || kind == .startsWith || kind == .endsWith
  }
}

extension TestKind {
  /// Whether whatever a value of another kind matches is matched by one of this kind.
  fileprivate func covers(_ other: TestKind, _ value: [UInt8], _ narrow: [UInt8]) -> Bool {
    guard value.count <= narrow.count else { return false }
    switch self {
    case .startsWith: return (other == .eq || other == .startsWith) && narrow.starts(with: value)
    case .endsWith: return (other == .eq || other == .endsWith) && narrow.suffix(value.count).elementsEqual(value)
    case .contains:
      return [.eq, .contains, .startsWith, .endsWith].contains(other) && narrow.hasPart(value)
    default: return false
    }
  }
}

extension [UInt8] {
  /// Whether they hold other bytes, one after the other; the others aren't empty.
  fileprivate func hasPart(_ part: [UInt8]) -> Bool {
    withUnsafeBufferPointer { text in
      part.withUnsafeBufferPointer { part in
        var at = 0
        while at + part.count <= text.count {
          if text[at] == part[0] {
            var length = 1
            while length < part.count, text[at + length] == part[length] { length += 1 }
            if length == part.count { return true }
          }
          at += 1
        }
        return false
      }
    }
  }
}
