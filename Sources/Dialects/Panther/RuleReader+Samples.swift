import DialectReading
import Documents
import RuleModel

/// The events of a rule's own tests that it is expected to match.
extension RuleReader {
  mutating func readSamples() {
    var samples: [Predicate] = []
    for test in values["Tests"]?.items ?? [] {
      guard samples.count < RuleReader.sampleLimit, let expected = test["ExpectedResult"]?.boolean,
        expected != (type == .policy), let event = test["Log"] ?? test["Resource"]
      else { continue }
      var tests: [Predicate] = []
      collect(event, path: "", depth: 0, into: &tests)
      if !tests.isEmpty { samples.append(.all(tests)) }
    }
    if !samples.isEmpty { rule.sampleEvents = .group(samples, byAnd: false) }
  }

  /// How many events, values of an event and levels of it count: those that name an operation come early.
  private static let (sampleLimit, valueLimit, levelLimit) = (8, 64, 3)

  private func collect(_ node: Node, path: String, depth: Int, into tests: inout [Predicate]) {
    for (key, value) in node.entries where tests.count < RuleReader.valueLimit {
      guard let name = key.text else { continue }
      let path = path.isEmpty ? name : path + "." + name
      switch value.kind {
      case .scalar where !value.isNull && value.bytes.count <= 128:
        tests.append(.test(Test(field: path, kind: .eq, value: value.text ?? "", position: value.position)))
      case .mapping where depth < RuleReader.levelLimit: collect(value, path: path, depth: depth + 1, into: &tests)
      default: break
      }
    }
  }
}
