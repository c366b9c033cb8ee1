import Diagnostics
import Documents
import RuleModel
import Sigma
import Testing

/// Reads a file's text as Sigma.
func read(_ text: String, stem: String = "rule") throws -> Reading {
  let documents = try parseYAML(Array(text.utf8))
  return readSigma(documents, from: RuleSource(in: SourceFile(path: "\(stem).yml", bytes: Array(text.utf8))))
}

/// The only rule of a file.
func readRule(_ text: String) throws -> Rule {
  let rules = try read(text).rules
  try #require(rules.count == 1)
  return Rule(rules[0])
}

/// A rule with the given lines in its detection section, which each stand four spaces in.
func readDetection(_ lines: String...) throws -> Rule {
  try readRule("title: T\nlogsource: {product: windows}\ndetection:\n" + lines.map { "    \($0)\n" }.joined())
}

extension Rule {
  /// Its tests in short: `Image ends_with \x.exe`, with `not` before those under an odd number of `not`.
  var testWords: [String] {
    var words: [String] = []
    forEachTest { test, negated in words.append((negated ? "not " : "") + test.words) }
    return words
  }
}

extension RuleDraft {
  var testWords: [String] { Rule(self).testWords }
}

extension RuleModel.Test {
  var words: String {
    let names = modifiers.names.isEmpty ? "" : " [\(modifiers.names.joined(separator: " "))]"
    return "\(field ?? "-") \(kind.rawValue) \(value)\(names)"
  }
}

extension Predicate {
  /// The tree in short: `all(1, not(any(2, 3)))` for stages, tests as their words.
  var words: String {
    switch self {
    case .all(let parts): "all(\(parts.map(\.words).joined(separator: ", ")))"
    case .any(let parts): "any(\(parts.map(\.words).joined(separator: ", ")))"
    case .not(let part): "not(\(part.words))"
    case .test(let test): test.words
    case .stage(let index): "\(index)"
    case .text(let text): "“\(text.text)”"
    }
  }
}

extension RuleDraft {
  var ruleClass: RuleClass { body.ruleClass }
  var correlation: Correlation? { body.correlation }
  var filter: FilterScope? { body.filter }
  var match: Match? { body.match }
  var groupBy: [String] { body.groupBy }
  var timeWindow: String? { body.timeWindow }
}
