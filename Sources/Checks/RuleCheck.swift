import Analysis
import Diagnostics
import Events
import RuleModel
import Text

/// Looks for one kind of problem in a rule, using everything known about its catalog.
struct RuleCheck: Sendable {
  /// What it reports, if that is one kind of finding.
  let id: CheckID?
  let examples: [CheckExample]
  let findings: @Sendable (_ rule: RuleID, _ catalog: CheckedCatalog) -> [Diagnostic]

  init(_ findings: @escaping @Sendable (_ rule: RuleID, _ catalog: CheckedCatalog) -> [Diagnostic]) {
    (id, examples, self.findings) = (nil, [], findings)
  }

  init(
    _ id: CheckID, examples: [CheckExample],
    _ findings: @escaping @Sendable (_ rule: RuleID, _ catalog: CheckedCatalog) -> [Diagnostic]
  ) {
    (self.id, self.examples, self.findings) = (id, examples, findings)
  }
}

/// The catalog as checks see it.
struct CheckedCatalog: Sendable {
  let index: CatalogIndex
  let map: EventMap
  /// Which checks report, for checks that are worked out together.
  let settings: CheckSettings
  /// What several checks, or many rules, need; worked out when the first of them asks.
  let titles: OnDemand<FirstRules>
  let spellings: OnDemand<FieldSpellings>
  let knownFields: OnDemand<KnownFields>

  init(index: CatalogIndex, map: EventMap, fields: FieldMap, settings: CheckSettings) {
    (self.index, self.map, self.settings) = (index, map, settings)
    titles = OnDemand { FirstRules(byTitleIn: index) }
    spellings = OnDemand { FieldSpellings(in: index) }
    knownFields = OnDemand { KnownFields(in: index, map: map, fields: fields) }
  }
}

/// The checks that run on each rule, one per file; their order doesn't matter.
let ruleChecks: [RuleCheck] = [
  .correlationCircles, .events, .logSourceMissing, .logSourceSpelling, .noteLinks, .notePictures, .relatedRules,
  .ruleNames, .sharedID,
  // What a rule says about itself
  .missingID, .missingDescription, .missingAuthor, .missingDate, .missingLevel, .missingFalsePositives,
  .repeatedTitle, .repeatedTags, .repeatedReferences,
  // Fields and values
  .unknownFields, .oddSpellings, .originalFileNames, .hashLengths,
  // Logic
  .logic,
]

extension Rule {
  /// Where the log source is in the rule's file; the place of the rule if it has none.
  var logSourceLocation: SourceLocation {
    SourceLocation(source.file, at: logSourcePosition ?? source.position)
  }
}
