package import Analysis
package import Diagnostics
package import Events
package import RuleModel
import Text

/// Everything found in a catalog: while reading and indexing it, and by all checks.
package struct CatalogFindings: Sendable {
  /// For each rule, in the order of places.
  package let ofRules: OnDemandColumn<[Diagnostic]>
  /// On notes about techniques and events, in the order of places.
  package let ofNotes: [Diagnostic]
  private let foundDuplicates: OnDemand<[RuleID: Diagnostic]>

  /// - Parameters:
  ///   - settings: which checks report, and how severe what they find is.
  ///   - visibility: what the rules see of what is collected; nil if unknown.
  package init(
    in index: CatalogIndex, events map: EventMap, fields: FieldMap, settings: CheckSettings = CheckSettings(),
    _ visibility: VisibilityReview? = nil
  ) {
    let catalog = CheckedCatalog(index: index, map: map, fields: fields, settings: settings)
    let checks = ruleChecks.filter { $0.id.map(settings.isOn) ?? true }
    let duplicates = OnDemand {
      settings.isOn(.ruleDuplicate) ? duplicateFindings(in: index).compactMapValues(settings.applied) : [:]
    }
    let comments = IgnoreComments(in: index, settings: settings) { duplicates.value[$0] }
    ofRules = OnDemandColumn(index.rules.indices) { rules in
      rules.map { rule in
        let dead = (visibility?.deadExclusions[rule] ?? []).map { $0.diagnostic(in: index.rules[rule]) }
        let known = index.rules[rule].findings + index.attack[rule].findings + dead
        let found = settings.applied(to: known + checks.flatMap { $0.findings(rule, catalog) })
        return comments.applied(to: found, of: rule).sorted()
      }
    }
    foundDuplicates = OnDemand { duplicates.value.filter { !comments.ignore(.ruleDuplicate, in: $0.key) } }
    let notes = Array(index.notes.techniques.values) + Array(index.notes.events.values)
    let inNotes = notes.flatMap { linkFindings(on: $0, index.noteLinks) + pictureFindings(on: $0, index.notePictures) }
    ofNotes = settings.applied(to: placeFindings(on: index.notes) + inNotes).sorted()
  }

  /// Findings on rules that have the same tests in the same condition as another one. They are kept apart from
  /// ``ofRules`` because nothing is wrong with the rule's file by itself.
  package var duplicates: [RuleID: Diagnostic] { foundDuplicates.value }
}
