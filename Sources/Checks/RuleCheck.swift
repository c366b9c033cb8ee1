import Analysis
import Diagnostics
import Events
import RuleModel

/// Looks for one thing in a rule, by all that is known of its catalog.
struct RuleCheck: Sendable {
  let findings: @Sendable (_ rule: RuleID, _ catalog: CheckedCatalog) -> [Diagnostic]
}

/// What checks look at.
struct CheckedCatalog: Sendable {
  let index: CatalogIndex
  let map: EventMap
}

/// Those that are made of each rule, one a file; their order says nothing.
let ruleChecks: [RuleCheck] = [
  .correlationCircles, .events, .logSourceSpelling, .noteLinks, .relatedRules, .ruleNames, .sharedID,
]

extension Rule {
  /// Where its log source is in its file, or the rule where it has none.
  var logSourceLocation: SourceLocation {
    SourceLocation(source.file, at: logSourcePosition ?? source.position)
  }
}
