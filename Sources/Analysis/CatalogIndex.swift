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
  /// Each rule's place in the order of titles without case, then keys.
  package let ranksByTitle: RuleColumn<Int32>
  /// The other rules that share an operation with each.
  package let sameAction: OnDemandColumn<ListedRules>
  /// The rules whose tests are most like each one's, in the order shown.
  package let neighbours: OnDemandColumn<[Neighbour]>
  package let references: RuleReferences
  /// Where links in notes lead.
  package let noteLinks: NoteLinks

  /// Notes on techniques and events.
  package let notes: PlacedNotes

  /// What follows from each rule by itself.
  private let own: RuleColumn<OwnFacts>

  /// - Parameters:
  ///   - rules: by key.
  ///   - namedNotes: those from folders of their own.
  ///   - last: an index that was made with the same knowledge. What it knows of rules that are the same objects counts.
  ///   - jobs: how many threads work on it.
  package init(
    of rules: [Rule], attack matrix: AttackMatrix, events map: EventMap, fields: FieldMap,
    counted: CountedRules = CountedRules(), notes namedNotes: NamedNotes = NamedNotes(),
    after last: CatalogIndex? = nil, jobs: Int = 1
  ) async {
    let rules = RuleColumn(rules)
    // Beside the rest, which leaves a core without work now and then; so are some of the tables below.
    async let namedRules = RuleReferences(of: rules)
    let own = await ownFacts(
      of: rules, attack: matrix, events: map, fields: fields, known: last.map { ($0.rules, $0.own) }, jobs: jobs)
    async let tables = inParallel([{ $0.indicators }, { $0.exclusions }] as [TestsOfSign], jobs: jobs, chunk: 1) {
      IndicatorTable(of: rules, tests: own.mapValues($0))
    }
    async let titleRanks = Analysis.ranksByTitle(rules)
    let attack = own.mapValues(\.attack)
    let references = await namedRules
    let resolutions = withCorrelatedEvents(own.mapValues(\.events), references: references)
    techniques = TechniqueCoverage(
      of: rules, attack: attack, matrix: matrix, counted: counted,
      neverMatching: Set(resolutions.indices.filter { resolutions[$0].contradiction != nil }))
    notes = PlacedNotes(namedNotes, matrix: matrix, events: resolutions, map: map)
    noteLinks = NoteLinks(of: rules, notes)
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

  /// The rule of a key; nil where there is none.
  package func rule(of key: RuleKey) -> RuleID? {
    var (low, high) = (0, rules.count)
    while low < high {
      let middle = low + (high - low) / 2
      if rules.values[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < rules.count && rules.values[low].key == key ? RuleID(low) : nil
  }

  /// Makes what is needed to tell what any rule is like, and which are of the same action.
  package func prepareRelations() {
    neighbours.prepare()
    sameAction.prepare()
  }

  /// Works out of all rules at once what else is worked out of each one that is asked for.
  ///
  /// - Parameter jobs: how many threads work on it.
  package func workOutRelations(jobs: Int) async {
    async let ofSameAction: Void = sameAction.workOut(jobs: jobs)
    await neighbours.workOut(jobs: jobs)
    await ofSameAction
  }
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
