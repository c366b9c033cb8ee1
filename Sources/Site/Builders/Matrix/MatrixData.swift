import Analysis
import Attack
import Diagnostics
import RuleModel
import Text

/// The filters of the matrix, and the data with which its script recounts.
struct MatrixData: Sendable {
  /// Counted rules with the same properties, techniques and state.
  private struct Kind: Hashable {
    /// The options that apply for each property of rules; empty if none does.
    var options: [[Int]]
    var techniques: [TechniqueIndex]
    /// The state that such a rule gives its techniques; nil without telemetry.
    var state: TechniqueState?
  }

  /// Platforms of techniques first, then the properties of rules.
  let filters: [MatrixFilter]
  /// The number of counted rules with a technique.
  let ruleCount: Int
  private let matrix: AttackMatrix
  private let platforms: [String]
  private let kinds: [(kind: Kind, rules: Int)]
  private let hasStates: Bool

  /// The maximum number of products to choose from; the others are rare.
  private static let products = 24

  init(_ content: SiteContent) {
    let ruleStates = content.collected?.view.states
    hasStates = ruleStates != nil
    matrix = content.attack
    platforms = Set(content.attack.techniques.lazy.filter(\.isActive).flatMap(\.platforms))
      .sorted(by: inByteOrder)
    let rules = content.index.rules.indices.filter {
      content.index.techniques.isCounted[$0] && !content.index.attack[$0].techniques.isEmpty
    }
    ruleCount = rules.count
    let values = rules.map { number -> [[String]] in
      let rule = content.index.rules[number]
      return [
        [rule.key.dialect.rawValue], rule.level.map { [$0.rawValue] } ?? [], rule.status.map { [$0.rawValue] } ?? [],
        rule.products,
      ]
    }
    let counts = (0..<4).map { property in
      values.reduce(into: [String: Int]()) { counts, values in
        for value in values[property] { counts[value, default: 0] += 1 }
      }
    }
    func filter(_ property: Int, _ name: String, _ all: String, _ words: [(value: String, label: String)])
      -> MatrixFilter
    {
      MatrixFilter(
        name: name.lowercased(), label: name, all: all,
        options: words.compactMap { word in
          counts[property][word.value].map {
            MatrixFilterOption(value: word.value, label: "\(word.label) (\(grouped($0)))")
          }
        })
    }
    let products = counts[3]
      .sorted { left, right in
        left.value != right.value ? left.value > right.value : inByteOrder(left.key, right.key)
      }
      .prefix(MatrixData.products)
    let properties = [
      filter(0, "Dialect", "All dialects", content.index.indicators.dialects.map { ($0.rawValue, $0.label) }),
      filter(1, "Level", "All levels", Level.allCases.reversed().map { ($0.rawValue, $0.rawValue) }),
      filter(2, "Status", "All counted", Status.allCases.map { ($0.rawValue, $0.rawValue) }),
      filter(3, "Product", "All products", products.map { ($0.key, $0.key) }),
    ]
    let platform = MatrixFilter(
      name: "platform", label: "Platform", all: "All platforms",
      options: platforms.map { MatrixFilterOption(value: $0, label: $0) })
    filters = [platform] + properties

    let numbers = properties.map { filter in
      Dictionary(filter.options.enumerated().map { ($1.value, $0) }, uniquingKeysWith: { first, _ in first })
    }
    var kinds: [(kind: Kind, rules: Int)] = []
    var known: [Kind: Int] = [:]
    for (number, values) in zip(rules, values) {
      let kind = Kind(
        options: zip(numbers, values).map { numbers, values in values.compactMap { numbers[$0] } },
        techniques: content.index.attack[number].techniques.compactMap(content.attack.index),
        state: ruleStates.map { TechniqueState($0[number]) })
      if let at = known[kind] {
        kinds[at].rules += 1
      } else {
        known[kind] = kinds.count
        kinds.append((kind, 1))
      }
    }
    self.kinds = kinds
  }

  /// `assets/matrix.js`: a classic script, since a page on disk can't fetch anything. A technique is `[id, platforms]`,
  /// a kind of rule `[options, number of rules, techniques, state]`; platforms, options, techniques and states are
  /// indices. An option is -1 if none of them applies, and a list if there are several. `states` are sorted best first,
  /// each with its class, its word, and the words for one and for several techniques in it; without telemetry there are
  /// none.
  var script: [UInt8] {
    let platformNumbers = Dictionary(
      platforms.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let techniques = matrix.techniques.map { technique in
      ScriptValue.list([
        .text(technique.id.description),
        .list(technique.platforms.compactMap { platformNumbers[$0] }.map(ScriptValue.number)),
      ])
    }
    let rules = kinds.map { kind, rules in
      let options = kind.options.map {
        $0.count > 1 ? .list($0.map(ScriptValue.number)) : ScriptValue.number($0.first ?? -1)
      }
      return ScriptValue.list(
        [.list(options), .number(rules), .list(kind.techniques.map { .number($0.index) })]
          + (kind.state.flatMap(TechniqueState.rankedWithRules.firstIndex).map { [.number($0)] } ?? []))
    }
    let states = (hasStates ? TechniqueState.rankedWithRules : []).map { state in
      ScriptValue.list(
        [StateMark(state).rawValue, StateMark(state).word, state.words(1), state.words(2)].map(ScriptValue.text))
    }
    let properties = filters.dropFirst().map { filter in
      (filter.name, ScriptValue.list(filter.options.map { .text($0.value) }))
    }
    let value = ScriptValue.map([
      ("platforms", .list(platforms.map(ScriptValue.text))), ("properties", .map(properties)),
      ("states", .list(states)), ("techniques", .list(techniques)), ("rules", .list(rules)),
    ])
    return value.script(naming: "ruledexMatrix")
  }
}
