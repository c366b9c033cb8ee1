package import Attack
package import Diagnostics
package import Events
package import RuleModel
import Text

/// The catalogue with all that follows from its rules together: what each covers, which events it reaches, what it shares with
/// others.
package struct CatalogIndex: Sendable {
  /// By key, in UTF-8 byte order.
  package let rules: RuleColumn<Rule>
  package let attack: RuleColumn<AttackCoverage>
  /// The rules under each technique and tactic.
  package let techniques: TechniqueCoverage
  package let events: RuleColumn<EventResolution>
  /// What rules look for, under an even number of `not`.
  package let indicators: IndicatorTable
  /// What they leave out, under an odd one.
  package let exclusions: IndicatorTable
  /// Which of both name the event.
  package let eventPins: EventPins
  /// The other rules that share an operation with each.
  package let sameAction: RuleColumn<ListedRules>
  /// The rules whose tests are most like each one's, in the order shown.
  package let neighbours: RuleColumn<[Neighbour]>
  package let references: RuleReferences
  /// What was found in each rule, by the reader and by all of the above, in the order of places.
  package let findings: RuleColumn<[Diagnostic]>
  /// What is told of rules that have the same tests in the same condition as another one. It stands apart from ``findings``: nothing
  /// is wrong with the rule's file by itself.
  package let duplicates: [RuleID: Diagnostic]

  /// Where links in notes lead.
  package let noteLinks: NoteLinks

  /// Notes on techniques and events.
  package let notes: PlacedNotes
  /// What was found in these.
  package let noteFindings: [Diagnostic]

  /// - Parameters:
  ///   - rules: by key.
  ///   - namedNotes: those from folders of their own.
  ///   - jobs: how many threads work on it.
  package init(
    of rules: [Rule], attack matrix: AttackMatrix, events map: EventMap, fields: FieldMap,
    notes namedNotes: NamedNotes = NamedNotes(), jobs: Int = 1
  ) async {
    let rules = RuleColumn(rules)
    // Beside the rest, which leaves a core without work now and then; so are some of the tables below.
    async let namedRules = RuleReferences(of: rules)
    let single = await inParallel(rules.values, jobs: jobs) { rule in
      (
        attack: matrix.coverage(of: rule.attackTags, in: rule.source.file),
        events: resolution(of: rule.ruleClass, map.events(for: rule.logSources, stages: rule.stages))
      )
    }
    let attack = RuleColumn(single.map(\.attack))
    let references = await namedRules
    let resolutions = withCorrelatedEvents(RuleColumn(single.map(\.events)), references: references)
    async let covered = TechniqueCoverage(
      of: rules, attack: attack, matrix: matrix,
      neverMatching: Set(resolutions.indices.filter { resolutions[$0].contradiction != nil }))
    let reached = resolutions.mapValues { $0.events.map(\.event) }
    let canonical = CanonicalFields(of: rules, events: reached, map: fields)
    let tables = await inParallel([false, true], jobs: jobs, chunk: 1) { negated in
      var canonical = canonical
      return IndicatorTable(of: rules, negated: negated) { canonical.name(of: $0, for: $1) }
    }
    let (indicators, exclusions) = (tables[0], tables[1])
    async let ofSameAction = rulesOfSameAction(
      rules, operations: resolutions.mapValues { $0.events.filter(\.isOperation).map(\.event) }, indicators: indicators)
    let eventPins = EventPins(of: rules, indicators: indicators, exclusions: exclusions, map: map)
    let notes = PlacedNotes(namedNotes, matrix: matrix, events: resolutions, map: map)
    let noteLinks = NoteLinks(of: rules, notes)
    (self.notes, self.noteLinks) = (notes, noteLinks)
    let allNotes = Array(notes.techniques.values) + Array(notes.events.values)
    noteFindings = (notes.findings + allNotes.flatMap { noteLinks.findings(on: $0) }).sorted()
    self.rules = rules
    self.attack = attack
    techniques = await covered
    self.references = references
    events = resolutions
    self.indicators = indicators
    self.exclusions = exclusions
    self.eventPins = eventPins
    let neighbours = Analysis.neighbours(
      of: rules, events: reached, indicators: indicators, exclusions: exclusions, pins: eventPins)
    self.neighbours = neighbours
    sameAction = await ofSameAction
    duplicates = duplicateFindings(neighbours, of: rules)
    findings = rules.mapPlaces { index in
      var findings = rules[index].findings + attack[index].findings + references.findings[index]
      for note in rules[index].notes { findings += noteLinks.findings(on: note) }
      findings += spellingFindings(on: rules[index], map)
      if rules[index].ruleClass == .detection {
        findings += resolutions[index].findings(at: rules[index].logSourceLocation)
      }
      return findings.sorted()
    }
  }
}

extension Rule {
  fileprivate var logSourceLocation: SourceLocation {
    SourceLocation(source.file, at: logSourcePosition ?? source.position)
  }
}

/// A log source in capitals is found here and by no engine.
private func spellingFindings(on rule: Rule, _ map: EventMap) -> [Diagnostic] {
  return rule.logSources.compactMap { logSource in
    map.respelled(logSource).map { known in
      Diagnostic(
        .sigmaLogSource, at: rule.logSourceLocation, severity: .warning,
        "the log source '\(logSource)' is written '\(known)'; engines compare its names letter by letter")
    }
  }
}

/// What a filter says of events narrows those of other rules, and is no fault by itself.
private func resolution(of ruleClass: RuleClass, _ found: EventResolution) -> EventResolution {
  if ruleClass == .detection { return found }
  var result = found
  (result.contradiction, result.unlisted) = (nil, [])
  return result
}

/// A correlation reaches the events of the rules that it relates, at any depth.
private func withCorrelatedEvents(
  _ resolutions: RuleColumn<EventResolution>, references: RuleReferences
) -> RuleColumn<EventResolution> {
  let related = references.correlated.mapValues { $0.compactMap(\.self) }
  let reached = reachedValues(related) { resolutions[$0].events }
  var result = resolutions
  for index in resolutions.indices where !references.correlated[index].isEmpty {
    result[index].events = reached[index].sorted { $0.event < $1.event }
    result[index].unmapped = []
  }
  return result
}
