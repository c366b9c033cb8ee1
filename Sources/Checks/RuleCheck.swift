import Analysis
import Diagnostics
import Events
import RuleModel

/// Looks for one kind of problem in a rule, using everything known about its catalog.
struct RuleCheck: Sendable {
  let findings: @Sendable (_ rule: RuleID, _ catalog: CheckedCatalog) -> [Diagnostic]
}

/// The catalog as checks see it.
struct CheckedCatalog: Sendable {
  let index: CatalogIndex
  let map: EventMap
}

/// The checks that run on each rule, one per file; their order doesn't matter.
let ruleChecks: [RuleCheck] = [
  .correlationCircles, .events, .logSourceMissing, .logSourceSpelling, .noteLinks, .notePictures, .relatedRules,
  .ruleNames, .sharedID,
]

extension Rule {
  /// Where the log source is in the rule's file; the place of the rule if it has none.
  var logSourceLocation: SourceLocation {
    SourceLocation(source.file, at: logSourcePosition ?? source.position)
  }
}
