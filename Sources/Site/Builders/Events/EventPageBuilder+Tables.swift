import Analysis
import Attack
import Diagnostics
import Events
import RuleModel
import Templates
import Text

// What rules test, and what they cover through it.

extension EventPageBuilder {
  func fill(
    _ model: inout EventPage, _ rules: [RuleID], _ tested: EventFields, _ covered: CoveredTechniques,
    at address: Address
  ) {
    model.fields = fieldTable(tested, ofProvider: model.facts?.event == nil, at: address)
    if rules.count > 1 {
      let shared = SharedTestBuilder(frames.map)
      let (index, isEvent) = (content.index, model.facts?.event != nil)
      // On an event's own page, it is obvious that they test its name or its provider's.
      let looked = sharedTests(of: rules, in: index.indicators)
        .filter { !isEvent || !index.eventPins.indicators[$0.entry.id] }
      let excluded = sharedTests(of: rules, in: index.exclusions)
        .filter { !isEvent || !index.eventPins.exclusions[$0.entry.id] }
      model.values = shared.table(
        "What two or more of the counted rules look for\(isEvent ? ", apart from what names the event." : ".")", looked,
        isExcluded: false, at: address)
      model.exclusions = shared.table(
        "What two or more of the counted rules exclude: the false positives that their authors met.", excluded,
        isExcluded: true, at: address)
    }
    model.techniques = techniqueTable(covered, ofProvider: model.facts?.event == nil, at: address)
    model.tactics = tacticTable(covered, at: address)
  }

  func fieldTable(_ tested: EventFields, ofProvider: Bool, at address: Address) -> EventFieldTable? {
    if tested.own.isEmpty && tested.others.isEmpty { return nil }
    let title =
      if ofProvider {
        "What the counted rules that read its events test, by number of rules, and what most of them look for."
      } else if tested.own.isEmpty {
        "What the counted rules that read it test, by number of rules, and what most of them look for. The event map doesn’t know "
          + "which fields it has."
      } else {
        "What the counted rules test besides its fields: what names the event, and fields of other events that they also read."
      }
    return EventFieldTable(
      own: tested.own.map { row($0, at: address) },
      others: Folded(tested.others, seen: 12, most: 100).map { row($0, at: address) }, othersTitle: title)
  }

  func row(_ use: EventFields.Use, at address: Address) -> EventFieldRow {
    let page = use.rules > 0 ? frames.map.field(use.canonical, from: address) : nil
    return EventFieldRow(
      field: use.name, page: page ?? use.name.flatMap { frames.map.field($0, from: address) },
      canonical: use.canonical == use.name ? nil : use.canonical, rules: use.rules,
      excludingRules: use.excludingRules, values: use.values, excludedValues: use.excludedValues,
      commonest: use.commonest.map { FieldValueItem($0, frames.map, from: address) })
  }

  func techniqueTable(
    _ covered: CoveredTechniques, ofProvider: Bool, at address: Address
  ) -> SeenTechniqueTable? {
    if covered.techniques.isEmpty { return nil }
    return SeenTechniqueTable(
      title:
        "What its counted rules look for: how many of them name the technique itself, and how many rules of the catalog do. "
        + "A full bar means that all of the technique’s rules read \(ofProvider ? "events of this provider" : "this event").",
      rows: Folded(covered.techniques, seen: 12, most: 300).map { id, rules in
        SeenTechniqueRow(
          id: id.description, name: content.attack.fullName(of: id), page: frames.map.technique(id, from: address),
          rules: rules,
          catalog: content.attack.index(of: id).map { content.index.techniques.techniques[$0].ownCounted } ?? rules)
      })
  }

  func tacticTable(_ covered: CoveredTechniques, at address: Address) -> ShareTable? {
    let rows = content.attack.tactics.compactMap { tactic in
      covered.tactics[tactic.id].map {
        ShareRow(label: tactic.name, page: frames.map.tactic(tactic.id, from: address), count: $0)
      }
    }
    return rows.isEmpty
      ? nil : ShareTable(title: "Counted rules by tactic; a rule can be under several.", head: "Tactic", rows: rows)
  }

  func equivalents(of event: Event, _ tested: EventFields, at address: Address) -> [EquivalentItem] {
    let uses = tested.own + tested.others
    let counts = uses.reduce(into: [String: Int]()) { if let name = $1.name { $0[name] = $1.rules } }
    return content.events.equivalents(of: event).map { pair in
      var item = EquivalentItem(quality: pair.quality.words, note: pair.note)
      if let second = pair.second {
        item.event = TitledLink(title: words(for: second), page: frames.map.event(second, from: address))
        item.title = content.events.title(of: second)
        let rules = ruleCounts[second] ?? 0
        item.rules = rules == 0 ? "no rule reads it" : "\(counted(rules, "rule")) \(rules == 1 ? "reads" : "read") it"
      }
      for fields in pair.fields {
        if fields.first == fields.second {
          item.sameNames += fields.first
        } else {
          item.pairs.append(FieldPairItem(here: fields.first, there: fields.second))
        }
      }
      item.lacking = pair.firstOnly.map { LackingFieldItem(field: $0, rules: counts[$0] ?? 0) }
      item.alone = pair.secondOnly
      return item
    }
  }
}

extension FieldValueItem {
  /// - Parameter shared: the tests that rules share.
  init(_ shared: AuthoringGuide.SharedTest, _ map: SiteMap, from address: Address) {
    self.init(
      value: ShownValue(shared.entry.test, limit: 80), kind: shared.entry.test.kind.words,
      page: map.value(shared.entry, isExcluded: false, from: address), rules: shared.rules)
  }
}

extension Equivalent.Quality {
  fileprivate var words: String {
    switch self {
    case .same: "reports the same"
    case .partial: "reports it under some conditions, or with fewer fields"
    case .weak: "gives a hint of it"
    case .none: "nothing else reports it"
    }
  }
}
