import Attack
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

@testable import Analysis

/// How much of each language is understood.
@Suite struct LanguageShareTests {
  private func stage(_ language: QueryLanguage?, _ predicate: Predicate) -> Stage {
    Stage(
      name: "where", form: .command, language: language, text: "where …", predicate: predicate,
      position: SourcePosition(line: 1, column: 1))
  }

  private func rows(_ rules: [Rule]) async throws -> [CoverageReview.DialectRow] {
    let (matrix, map) = (try AttackMatrix(parsing: emptyMatrix), try EventMap(parsing: []))
    let index = try await catalogIndex(of: rules, events: map)
    return CoverageReview(of: index, attack: matrix, events: map, strategies: StrategyEvents(matrix, map)).dialects
  }

  /// Stages that no predicate names count too, and references to stages are no leaves.
  @Test func countsTheLeavesOfEachLanguage() async throws {
    let hunt = rule("hunt", dialect: .elastic).with {
      $0.stages = [
        stage(.eql, .all([.stage(1), .test(Test(field: "a", kind: .eq, value: "1"))])),
        stage(.eql, .any([.noTest("length(b) > 3"), .opaque("b $ c")])),
        stage(.esql, .not(.test(Test(field: "a", kind: .eq, value: "2")))),
      ]
    }
    let other = rule("other", dialect: .elastic).with {
      $0.stages = [stage(.esql, .test(Test(field: "a", kind: .eq, value: "2")))]
    }
    let rows = try await rows([hunt, other, rule("sigma", test("a", .eq, "1"), .opaque("near"))])
    #expect(rows.map(\.dialect) == [.sigma, .elastic])
    #expect(
      rows.map(\.languages) == [
        [.init(language: nil, rules: 1, tests: 1, noTests: 0, opaque: 1)],
        [
          .init(language: .eql, rules: 1, tests: 1, noTests: 1, opaque: 1),
          .init(language: .esql, rules: 2, tests: 2, noTests: 0, opaque: 0),
        ],
      ])
    #expect(rows[1].languages.map(\.leaves) == [3, 2])
  }

  /// Where a dialect has one language, a rule without a query makes no second row.
  @Test func countsRulesWithoutAQueryWithTheDialectsLanguage() async throws {
    let query = rule("query", dialect: .kusto).with {
      $0.stages = [
        stage(.kusto, .test(Test(field: "a", kind: .eq, value: "1"))),
        stage(nil, .test(Test(field: "b", kind: .eq, value: "1"))),
      ]
    }
    let built = rule("built", dialect: .kusto).with { $0.stages = [] }
    let search = rule("search", dialect: .splunk).with { $0.stages = [] }
    let model = rule("model", dialect: .elastic).with { $0.stages = [] }
    let rows = try await rows([query, built, model, search])
    #expect(rows.map(\.dialect) == [.elastic, .kusto, .splunk])
    #expect(
      rows.map(\.languages) == [
        [.init(language: nil, rules: 1)], [.init(language: .kusto, rules: 2, tests: 2, noTests: 0, opaque: 0)],
        [.init(language: .spl, rules: 1)],
      ])
  }

  @Test(arguments: [
    (Rule.Body.detection(.single), false, [true, true, true]), (.hunt(.single), false, [false, true, true]),
    (.detection(.single), true, [false, false, true]), (.forwarder(.single), false, [false, false, false]),
  ])
  func countsWhatTheConfigurationSays(body: Rule.Body, isDisabled: Bool, expected: [Bool]) {
    let rule = rule("r").with {
      $0.body = body
      $0.isDisabled = isDisabled
    }
    let hunts = CountedRules(classes: [.detection, .hunt])
    let all = CountedRules(classes: [.detection, .hunt], includesDisabled: true)
    #expect([CountedRules(), hunts, all].map { $0.contains(rule) } == expected)
  }
}
