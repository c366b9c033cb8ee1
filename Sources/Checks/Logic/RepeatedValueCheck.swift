package import Diagnostics
import RuleModel

extension CheckID {
  package static let valueRepeated = CheckID(
    "value-repeated", .note,
    "The list contains the same value twice. Remove one, or correct it if it was meant to be a different value.")
}

extension LogicCheck {
  /// Values that a list has twice, as they are compared.
  static let repeatedValues = LogicCheck(
    .valueRepeated,
    examples: [
      CheckExample(
        "Twice, once in capitals", finds: "8:15: the list has 'WHOAMI' already, as 'whoami' in line 6; remove one",
        in: exampleRule(
          detection: """
            selection:
                CommandLine|contains:
                    - whoami
                    - net user
                    - WHOAMI
            condition: selection
            """)),
      CheckExample(
        "Encoded texts, which differ if their case does",
        in: exampleRule(
          detection: """
            selection:
                CommandLine|base64offset|contains:
                    - iex
                    - IEX
            condition: selection
            """)),
      CheckExample(
        "In two lists",
        in: exampleRule(
          detection: """
            selection:
                CommandLine|contains: whoami
                ParentCommandLine|contains: whoami
            condition: selection
            """)),
      CheckExample(
        "Where case counts",
        in: exampleRule(
          detection: """
            selection:
                CommandLine|contains|cased:
                    - whoami
                    - WHOAMI
            condition: selection
            """)),
    ]
  ) { logic in
    let file = logic.rule.source.file
    return logic.lists.flatMap { list -> [Diagnostic] in
      var first: [ComparedTest: Int] = [:]
      return list.tests.indices.compactMap { index in
        let (test, value) = (list.tests[index], list.values[index])
        if value.isEmpty { return nil }
        let compared = ComparedTest(kind: test.kind, value: value)
        guard let known = first[compared].map({ list.tests[$0] }) else {
          first[compared] = index
          return nil
        }
        let isSame = known.value.utf8.elementsEqual(test.value.utf8)
        return Diagnostic(
          .valueRepeated, at: SourceLocation(file, at: test.position),
          "the list has \(test.words) already\(isSame ? "" : ", as \(known.words)") in line \(known.position.line); remove one"
        )
      }
    }
  }
}

/// A test of a list by what is compared.
private struct ComparedTest: Hashable {
  var kind: TestKind
  var value: [UInt8]
}
