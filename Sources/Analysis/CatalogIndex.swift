package import Attack
package import Events
package import RuleModel
import Text

/// The catalog with everything derived from its rules together: what each covers, which events it reads, and what it
/// shares with others.
package struct CatalogIndex: Sendable {
  /// By key, in UTF-8 byte order.
  package let rules: RuleColumn<Rule>
  /// Which of them coverage counts, except for those that can never match.
  package let counted: CountedRules
  package let attack: RuleColumn<AttackCoverage>
  /// The rules for each technique and tactic.
  package let techniques: TechniqueCoverage
  package let events: RuleColumn<EventResolution>
  /// What rules look for, under an even number of `not`.
  package let indicators: IndicatorTable
  /// What they exclude, under an odd one.
  package let exclusions: IndicatorTable
  /// The indicators and exclusions that select the event.
  package let eventPins: EventPins
  /// Each rule's position when sorted by title, ignoring case, then by key.
  package let ranksByTitle: RuleColumn<Int32>
  /// For each rule, the others that share an operation with it.
  package let sameAction: OnDemandColumn<ListedRules>
  /// For each rule, those with the most similar tests, in display order.
  package let neighbours: OnDemandColumn<[Neighbour]>
  package let references: RuleReferences
  /// The targets of links in notes.
  package let noteLinks: NoteLinks
  /// What the pictures in notes are.
  package let notePictures: NotePictures

  /// Notes on techniques and events.
  package let notes: PlacedNotes

  /// What follows from each rule on its own.
  private let own: RuleColumn<OwnFacts>

  /// - Parameters:
  ///   - rules: by key.
  ///   - namedNotes: notes from separate folders.
  ///   - pictures: those of all notes.
  ///   - last: an index made with the same knowledge; its results are reused for rules that are the same objects.
  ///   - jobs: the number of threads.
  package init(
    of rules: [Rule], attack matrix: AttackMatrix, events map: EventMap, fields: FieldMap,
    counted: CountedRules = CountedRules(), notes namedNotes: NamedNotes = NamedNotes(),
    pictures: NotePictures = NotePictures(),
    after last: CatalogIndex? = nil, jobs: Int = 1
  ) async {
    let rules = RuleColumn(rules)
    // Runs in parallel with the rest, which sometimes leaves a core idle; so do some of the tables below.
    async let namedRules = RuleReferences(of: rules)
    let own = await ownFacts(
      of: rules, attack: matrix, events: map, fields: fields, known: last.map { ($0.rules, $0.own) }, jobs: jobs)
    async let tables = inParallel([{ $0.indicators }, { $0.exclusions }] as [TestsOfSign], jobs: jobs, chunk: 1) {
      IndicatorTable(of: rules, tests: own.mapValues($0))
    }
    async let titleRanks = Analysis.ranksByTitle(rules)
    let attack = own.mapValues(\.attack)
    let references = await namedRules
    let resolutions = withCorrelatedEvents(own.mapValues(\.events), of: rules, references: references)
    techniques = TechniqueCoverage(
      of: rules, attack: attack, matrix: matrix, counted: counted,
      neverMatching: Set(resolutions.indices.filter { resolutions[$0].contradiction != nil }))
    notes = PlacedNotes(namedNotes, matrix: matrix, events: resolutions, map: map)
    noteLinks = NoteLinks(of: rules, notes)
    notePictures = pictures
    let made = await tables
    let (indicators, exclusions) = (made[0], made[1])
    let eventPins = EventPins(
      of: own.mapValues(\.indicators), own.mapValues(\.exclusions), indicators: indicators, exclusions: exclusions)
    let ranks = await titleRanks
    let likeRules = OnDemand {
      NeighbourSearch(
        of: rules, naming: references, events: resolutions.mapValues { $0.events.map(\.event) }, indicators: indicators,
        exclusions: exclusions, pins: eventPins, order: ranks)
    }
    neighbours = OnDemandColumn(rules.indices) { wanted in
      var search = likeRules.value
      return wanted.map { search.neighbours(of: $0) }
    }
    let rulesByOperation = OnDemand {
      SameActionSearch(
        operations: resolutions.mapValues { $0.events.filter(\.isOperation).map(\.event) }, indicators: indicators,
        ranks: ranks)
    }
    sameAction = OnDemandColumn(rules.indices) { wanted in
      var search = rulesByOperation.value
      return wanted.map { search.others(than: $0) }
    }
    self.rules = rules
    self.own = own
    self.counted = counted
    self.attack = attack
    self.references = references
    events = resolutions
    self.indicators = indicators
    self.exclusions = exclusions
    self.eventPins = eventPins
    ranksByTitle = ranks
  }

  private typealias TestsOfSign = @Sendable (OwnFacts) -> OwnTests

  /// The rule with a key; nil if there is none.
  package func rule(of key: RuleKey) -> RuleID? {
    var (low, high) = (0, rules.count)
    while low < high {
      let middle = low + (high - low) / 2
      if rules.values[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < rules.count && rules.values[low].key == key ? RuleID(low) : nil
  }

  /// Prepares the shared data for finding each rule's neighbours and the rules for the same action.
  package func prepareRelations() {
    neighbours.prepare()
    sameAction.prepare()
  }

  /// Computes for all rules at once what is otherwise computed for each rule on request.
  ///
  /// - Parameter jobs: the number of threads.
  package func workOutRelations(jobs: Int) async {
    async let ofSameAction: Void = sameAction.workOut(jobs: jobs)
    await neighbours.workOut(jobs: jobs)
    await ofSameAction
  }
}

/// A correlation reads the events of the rules that it relates, at any depth, but for those that must not match.
private func withCorrelatedEvents(
  _ resolutions: RuleColumn<EventResolution>, of rules: RuleColumn<Rule>, references: RuleReferences
) -> RuleColumn<EventResolution> {
  let related = references.correlated.mapPlaces { index in
    let absent = Set(
      rules[index].correlation?.absent.compactMap { references.correlatedByName[index][$0.target] } ?? [])
    return references.correlated[index].compactMap(\.self).filter { !absent.contains($0) }
  }
  let reached = reachedValues(related) { resolutions[$0].events }
  var result = resolutions
  for index in resolutions.indices where !references.correlated[index].isEmpty {
    result[index].events = reached[index].sorted { $0.event < $1.event }
    result[index].unmapped = []
  }
  return result
}

extension Correlation {
  /// The rules of which its condition only says that they don't match.
  fileprivate var absent: [RuleReference] {
    guard case .expression(_, let logic, let names) = criterion else { return [] }
    var (present, absent): (Set<Int>, Set<Int>) = ([], [])
    logic.forEachLeaf { leaf, isNegated in
      guard case .stage(let index) = leaf else { return }
      if isNegated { absent.insert(index) } else { present.insert(index) }
    }
    return absent.subtracting(present).sorted().map { names[$0] }
  }
}
