package import RuleModel

extension Rule {
  /// Its tests in short, with `not` before those under an odd number of `not`.
  package var testWords: [String] {
    var words: [String] = []
    forEachTest { test, negated in
      words.append("\(negated ? "not " : "")\(test.field ?? "-") \(test.kind.rawValue) \(test.value)")
    }
    return words
  }

  package var findingWords: [String] {
    findings.map { finding in
      "\(finding.location.position.map { "\($0.line):\($0.column)" } ?? "-"): \(finding.message) [\(finding.id.name)]"
    }
  }

  /// A fact's values; nil where there is none of that name.
  package func fact(_ name: String) -> [String]? { facts.first { $0.name == name }?.values }
}
