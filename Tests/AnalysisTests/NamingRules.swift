import Diagnostics
import RuleModel
import TestSupport

@testable import Analysis

/// Tests of rules that name each other. They are given by their keys, as the catalog has them; a reference is in line 9.
protocol NamingRules {}

private let namedPlace = SourcePosition(line: 9, column: 7)

extension NamingRules {
  func rule(
    _ slug: String, id: String? = nil, name: String? = nil, file: String? = nil,
    related: [(RelatedRule.Kind, String)] = [], logSource: LogSource = LogSource(product: "windows")
  ) -> Rule {
    let path = file ?? "\(slug).yml"
    var rule = RuleDraft(
      key: RuleKey(dialect: .sigma, slug: slug), title: slug,
      source: RuleSource(in: SourceFile(path: "rules/" + path, source: path)))
    rule.id = id
    rule.idPosition = id == nil ? nil : SourcePosition(line: 2, column: 5)
    rule.name = name
    rule.logSource = logSource
    rule.related = related.map { RelatedRule(kind: $0.0, id: $0.1, position: namedPlace) }
    return Rule(rule)
  }

  func correlation(_ slug: String, id: String? = nil, file: String? = nil, of targets: String...) -> Rule {
    let rule = rule(slug, id: id, file: file).with {
      $0.body = .correlation(
        Correlation(kind: .eventCount, rules: targets.map { RuleReference($0, at: SourceSpan(namedPlace)) }))
    }
    return rule
  }

  func filter(
    _ slug: String, id: String? = nil, _ scope: FilterScope, logSource: LogSource = LogSource(product: "windows")
  ) -> Rule {
    let rule = rule(slug, id: id, logSource: logSource).with {
      $0.body = .filter(scope, .single)
    }
    return rule
  }

  func named(_ targets: String...) -> FilterScope {
    .rules(targets.map { RuleReference($0, at: SourceSpan(namedPlace)) })
  }

  /// As a correlation or a filter has it.
  func name(_ target: String) -> RuleReference { RuleReference(target, at: SourceSpan(namedPlace)) }

  func faults(_ references: RuleReferences) -> [ReferenceFault] { Array(references.faults.joined()) }
}
