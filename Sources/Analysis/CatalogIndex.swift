package import Attack
package import Events
package import RuleModel
import Text

/// The catalog with all that follows from its rules together: what each covers, which events it reaches, what it shares with
/// others.
package struct CatalogIndex: Sendable {
  /// By key, in UTF-8 byte order.
  package let rules: RuleColumn<Rule>
  /// Which of them coverage counts, unless they can never match.
  package let counted: CountedRules
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
  /// Where links in notes lead.
  package let noteLinks: NoteLinks

  /// Notes on techniques and events.
  package let notes: PlacedNotes

  /// - Parameters:
  ///   - rules: by key.
  ///   - namedNotes: those from folders of their own.
  ///   - jobs: how many threads work on it.
  package init(
    of rules: [Rule], attack matrix: AttackMatrix, events map: EventMap, fields: FieldMap,
    counted: CountedRules = CountedRules(), notes namedNotes: NamedNotes = NamedNotes(), jobs: Int = 1
  ) async {
    let rules = RuleColumn(rules)
    // Beside the rest, which leaves a core without work now and then; so are some of the tables below.
    async let namedRules = RuleReferences(of: rules)
    let single = await inParallel(rules.values, jobs: jobs) { rule in
      (
        attack: matrix.coverage(of: rule.attackTags, in: rule.source.file),
        events: resolution(of: rule.ruleClass, map.events(for: rule))
      )
    }
    let attack = RuleColumn(single.map(\.attack))
    let references = await namedRules
    let resolutions = withCorrelatedEvents(RuleColumn(single.map(\.events)), references: references)
    async let covered = TechniqueCoverage(
      of: rules, attack: attack, matrix: matrix, counted: counted,
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
    notes = PlacedNotes(namedNotes, matrix: matrix, events: resolutions, map: map)
    noteLinks = NoteLinks(of: rules, notes)
    self.rules = rules
    self.counted = counted
    self.attack = attack
    techniques = await covered
    self.references = references
    events = resolutions
    self.indicators = indicators
    self.exclusions = exclusions
    self.eventPins = eventPins
    neighbours = Analysis.neighbours(
      of: rules, naming: references, events: reached, indicators: indicators, exclusions: exclusions, pins: eventPins)
    sameAction = await ofSameAction
  }
}

/// What a filter says of events narrows those of other rules, and is no fault by itself.
private func resolution(of ruleClass: RuleClass, _ found: EventResolution) -> EventResolution {
  if ruleClass == .detection || ruleClass == .hunt { return found }
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
