import Diagnostics
import RuleModel
import Testing

/// Modifiers that can't be loaded, and what is advised.
@Suite struct ModifierTests {
  /// Each works on what the one before it makes; what is meant is read all the same.
  @Test(arguments: [
    (
      "F|contains|base64: a", "F contains a [base64]",
      "'base64' can't work on what 'contains' makes; write 'base64' before 'contains'"
    ),
    ("F|contains|re: a", "F regex a", "'re' can't work on what 'contains' makes; write 're' before 'contains'"),
    (
      "F|base64|wide: a", "F eq a [base64 wide]",
      "'wide' can't work on what 'base64' makes; write 'wide' before 'base64'"
    ),
    (
      "F|base64offset|windash: a", "F eq a [base64offset windash]",
      "'windash' can't work on what 'base64offset' makes; write 'windash' before 'base64offset'"
    ),
    ("F|re|cased: a", "F regex a [cased]", "the modifiers 're' and 'cased' exclude each other; remove one"),
    ("F|windash|re: a", "F regex a [windash]", "the modifiers 'windash' and 're' exclude each other; remove one"),
    (
      "F|cidr|cased: 10.0.0.0/8", "F cidr 10.0.0.0/8 [cased]",
      "the modifiers 'cidr' and 'cased' exclude each other; remove one"
    ),
    (
      "F|fieldref|base64: G", "F field_ref G [base64]",
      "the modifiers 'fieldref' and 'base64' exclude each other; remove one"
    ),
    ("F|lt|day: 3", "F lt 3 [day]", "'day' can't work on what 'lt' makes; write 'day' before 'lt'"),
    ("F|neq|exists: true", "not F exists true", "'exists' can't work on what 'neq' makes; write 'exists' before 'neq'"),
    ("F|hour|minute: 3", "F eq 3 [hour minute]", "the modifiers 'hour' and 'minute' exclude each other; remove one"),
    ("F|hour|contains: 3", "F contains 3 [hour]", "the modifiers 'hour' and 'contains' exclude each other; remove one"),
    ("F|re|re: a", "F regex a", "the modifier 're' occurs twice; remove one"),
    ("F|neq|neq: a", "F eq a", "the modifier 'neq' occurs twice; remove one"),
    (
      "F|utf16|wide|base64: a", "F eq a [base64 utf16 wide]",
      "the modifiers 'utf16' and 'wide' exclude each other; remove one"
    ),
    ("F|hour|cased: 3", "F eq 3 [cased hour]", "the modifiers 'hour' and 'cased' exclude each other; remove one"),
  ])
  func reportsModifiersInAnOrderThatCannotWork(line: String, words: String, message: String) throws {
    let rule = try readDetection("selection:", "    \(line)", "condition: selection")
    #expect(rule.findings.map(\.message) == [message] && rule.findings.allSatisfy { $0.id == .sigmaModifier })
    #expect(rule.testWords == [words])
  }

  /// Engines refuse what can't be done twice; what says nothing the second time is only reported.
  @Test(arguments: [
    ("F|re|re: a", Diagnostic.Severity.error), ("F|lt|lt: 1", .error), ("F|contains|contains: a", .warning),
    ("F|all|all: [a, b]", .warning),
  ])
  func judgesModifiersThatAreThereTwice(line: String, severity: Diagnostic.Severity) throws {
    let rule = try readDetection("s: {\(line)}", "condition: s")
    #expect(rule.findings.map(\.severity) == [severity] && rule.findings.map(\.id) == [.sigmaModifier])
  }

  /// Polarity isn't guessed: the value stays as text.
  @Test(arguments: [
    ("F|not", "write 'neq', or a search identifier of its own with 'not' before it in the condition"),
    ("F|in", "remove it, as a list of values means any of them"), ("F|Contains", "did you mean 'contains'?"),
    ("F|contains ", "did you mean 'contains'?"), ("F|regex", "did you mean 're'?"),
    ("F|equals", "remove it, as a value without modifiers means equal"), ("F|startwith", "did you mean 'startswith'?"),
    ("F|iendswith", "remove the 'i', as values are compared without case unless 'cased' says otherwise"),
    ("F|like", "remove it, as '*' and '?' in a value are wildcards, or write 're' for a regular expression"),
    ("F|xyzzy", "see the specification's appendix “Modifiers”"),
  ])
  func advisesOnAnUnknownModifier(key: String, advice: String) throws {
    let rule = try readDetection("selection:", "    '\(key)': a", "condition: selection")
    #expect(rule.findings.map(\.message) == ["unknown modifier '\(key.dropFirst(2))'; \(advice)"])
    #expect(rule.stages.last?.predicate == .opaque("\(key): a"))
  }

  @Test(arguments: ["F|", "F||contains", "F|contains|"])
  func asksForNothingInPlaceOfAnEmptyModifier(key: String) throws {
    let rule = try readDetection("selection:", "    '\(key)': a", "condition: selection")
    #expect(rule.findings.map(\.message) == ["a modifier is missing behind '|'; write one or remove the '|'"])
  }
}
