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

  package init(in index: CatalogIndex, events map: EventMap) {
    let catalog = CheckedCatalog(index: index, map: map)
    ofRules = OnDemandColumn(index.rules.indices) { rules in
      rules.map { rule in
        let known = index.rules[rule].findings + index.attack[rule].findings
        return (known + ruleChecks.flatMap { $0.findings(rule, catalog) }).sorted()
      }
    }
    foundDuplicates = OnDemand { duplicateFindings(in: index) }
    let notes = Array(index.notes.techniques.values) + Array(index.notes.events.values)
    let inNotes = notes.flatMap { linkFindings(on: $0, index.noteLinks) + pictureFindings(on: $0, index.notePictures) }
    ofNotes = (placeFindings(on: index.notes) + inNotes).sorted()
  }

  /// The findings of a catalog together with what its rules see of what is collected.
  package init(_ findings: CatalogFindings, in index: CatalogIndex, _ visibility: VisibilityReview) {
    ofRules = OnDemandColumn(index.rules.indices) { rules in
      rules.map { rule in
        let dead = visibility.deadExclusions[rule] ?? []
        return (findings.ofRules[rule] + dead.map { $0.diagnostic(in: index.rules[rule]) }).sorted()
      }
    }
    ofNotes = findings.ofNotes
    foundDuplicates = findings.foundDuplicates
  }

  /// Findings on rules that have the same tests in the same condition as another one. They are kept apart from
  /// ``ofRules`` because nothing is wrong with the rule's file by itself.
  package var duplicates: [RuleID: Diagnostic] { foundDuplicates.value }
}
