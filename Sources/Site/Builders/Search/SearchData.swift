import Analysis
import RuleModel
import Search

/// The data of the lists' filters and the search page: classic scripts, since a page on disk can't fetch anything.
///
/// `assets/rules.js` has what a list shows of each rule, by key; `assets/search-index.js` has what else can be searched
/// for; each `assets/search-values-N.js` has values, first those that rules look for, then those that they exclude.
/// Texts and numbers are packed as ``PackedTexts`` and ``PackedNumbers`` describe; `templates/site.js` and
/// `templates/search.js` unpack them.
struct SearchData: Sendable {
  private let content: SiteContent
  private let map: SiteMap
  private let table: SearchTable
  /// Parts of the lists of values.
  private let shards: [(isExcluded: Bool, values: Range<Int>)]

  /// The approximate maximum size in bytes of the values in a file.
  private static let room = 400_000

  init(_ content: SiteContent, _ map: SiteMap) {
    self.content = content
    self.map = map
    table = SearchTable(
      of: content.index, attack: content.attack, events: content.events, uses: map.fieldPlan.fields.map(\.use),
      threats: map.threats.searched, states: content.states)
    shards =
      SearchData.shards(of: table.values).map { (false, $0) }
      + SearchData.shards(of: table.exclusions).map { (true, $0) }
  }

  private static func shards(of values: [SearchTable.Value]) -> [Range<Int>] {
    var shards: [Range<Int>] = []
    var (start, size) = (0, 0)
    for number in values.indices {
      size += values[number].test.value.utf8.count
      if size > room || number == values.count - 1 {
        shards.append(start..<number + 1)
        (start, size) = (number + 1, 0)
      }
    }
    return shards
  }

  /// The number of files.
  var count: Int { 2 + shards.count }

  func file(_ number: Int) -> PlannedFile {
    switch number {
    case 0: PlannedFile(path: Address.asset("rules.js").path) { rules.script(naming: "ruledexRules") }
    case 1: PlannedFile(path: Address.asset("search-index.js").path) { index.script(naming: "ruledexIndex") }
    default:
      PlannedFile(path: Address.asset("search-values-\(number - 1).js").path) {
        values(shards[number - 2]).script(naming: "ruledexValues\(number - 1)")
      }
    }
  }

  // MARK: Rules

  private var rules: ScriptValue {
    let rules = content.index.rules
    var dates = PackedNumbers()
    var sources: [String] = []
    var sourceNumbers: [String: Int] = [:]
    var sourceOfRule = PackedNumbers()
    for rule in rules {
      // In a calendar where each month has 31 days; 0 means no date.
      dates.add(rule.lastChange.map { ($0.year * 12 + $0.month - 1) * 31 + $0.day - 1 } ?? 0)
      let words = rule.shortWords
      let number = sourceNumbers[words] ?? sources.count
      if number == sources.count {
        sources.append(words)
        sourceNumbers[words] = number
      }
      sourceOfRule.add(number)
    }
    let active = Set(content.attack.techniques.filter(\.isActive).map(\.id.description))
    let withdrawn = table.techniques.names.indices.filter { !active.contains(table.techniques.names[$0][0]) }
    return .map([
      ("titles", PackedTexts(table.titles).value),
      ("slugs", PackedTexts(table.keys.map(\.slug)).value),
      ("dates", dates.value),
      ("sources", .list(sources.map(ScriptValue.text))),
      ("sourceOfRule", sourceOfRule.value),
      ("dialects", things(table.dialects)), ("levels", things(table.levels)), ("statuses", things(table.statuses)),
      ("states", things(table.states)), ("products", things(table.products)),
      ("tactics", things(table.tactics)),
      ("techniques", things(table.techniques, names: 1)),
      ("withdrawn", .list(withdrawn.map(ScriptValue.number))),
    ])
  }

  /// Named things: their names, and which of them each rule has.
  ///
  /// - Parameters:
  ///   - names: how many names of each thing are written.
  ///   - pages: their addresses, relative to the site's root; nil for things without a page.
  private func things(_ table: NameTable, names: Int = .max, pages: [String?]? = nil) -> ScriptValue {
    var ofRule = PackedNumbers()
    for things in table.ofRule { ofRule.add(ascending: things) }
    let names = table.names.map { ScriptValue.list($0.prefix(names).map(ScriptValue.text)) }
    return .map(
      [("names", .list(names)), ("ofRule", ofRule.value)]
        + (pages.map { [("pages", PackedTexts($0.map { $0 ?? "" }).value)] } ?? []))
  }

  // MARK: What else can be searched

  private var index: ScriptValue {
    let techniques = table.techniques.names.map { names in
      TechniqueID(names[0]).flatMap { map.technique($0, from: .search)?.address }
    }
    let uses = map.fieldPlan.fields.map(\.use)
    return .map([
      ("ids", PackedTexts(table.ids.map { $0.map(SearchData.packed) ?? "" }).value),
      // The other names can be derived from the parent's.
      (
        "techniqueNames",
        PackedTexts(
          table.techniques.names.map { TechniqueID($0[0]).flatMap { content.attack.technique($0)?.name } ?? "" }
        )
        .value
      ),
      ("techniquePages", PackedTexts(techniques.map { $0 ?? "" }).value),
      ("groups", threats(table.groups)), ("campaigns", threats(table.campaigns)), ("software", threats(table.software)),
      ("events", eventTable),
      // Which of them a rule has can be derived from its events.
      ("providers", .list(table.providers.names.map { .list($0.map(ScriptValue.text)) })),
      ("fields", things(table.fields, pages: uses.map { map.field($0.name, from: .search)?.address })),
      ("authors", things(table.authors)), ("categories", things(table.categories)),
      ("services", things(table.services)),
      ("shards", .number(shards.count)),
    ])
  }

  private func threats(_ table: NameTable) -> ScriptValue {
    things(
      table,
      pages: table.names.map { names in
        AttackObjectID(names[0]).flatMap { map.threat($0, from: .search)?.address }
      })
  }

  /// An id of the usual form without its hyphens, so that it is packed like a hash; any other after `=`.
  private static func packed(_ id: String) -> String {
    let parts = id.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isUsual =
      parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.joined().allSatisfy { "0123456789abcdef".utf8.contains($0) }
    return isUsual ? String(decoding: parts.joined(), as: UTF8.self) : "=" + id
  }

  /// For each event, the index of its provider, its name, and its title if it has one.
  private var eventTable: ScriptValue {
    let providers = Dictionary(
      table.providers.names.enumerated().map { ($1[0], $0) }, uniquingKeysWith: { first, _ in first })
    let events = table.eventOfName
    var (providerOfEvent, ofRule) = (PackedNumbers(), PackedNumbers())
    for event in events { providerOfEvent.add(providers[event.provider] ?? 0) }
    for things in table.events.ofRule { ofRule.add(ascending: things) }
    return .map([
      ("providers", providerOfEvent.value), ("names", PackedTexts(events.map(\.name)).value),
      ("titles", PackedTexts(events.map { content.events.title(of: $0) ?? "" }).value), ("ofRule", ofRule.value),
      ("pages", PackedTexts(events.map { map.event($0, from: .search)?.address ?? "" }).value),
    ])
  }

  // MARK: Values

  /// For each rule, and each field and way of comparing in which it is the first rule to have values: the distance from
  /// the previous rule, the field, the way, and the number of values; then for each value, the other rules that have
  /// it. Values that a page lists are followed by the page's name and their id there.
  private func values(_ shard: (isExcluded: Bool, values: Range<Int>)) -> ScriptValue {
    let values = (shard.isExcluded ? table.exclusions : table.values)[shard.values]
    var ways: [String] = []
    var wayNumbers: [Way: Int] = [:]
    var (groups, texts, pages) = (PackedNumbers(), PackedTexts(), PackedTexts())
    var rest = values
    var lastRule = RuleID(0)
    while let first = rest.first {
      let way = Way(first.test)
      let group = rest.prefix { $0.rules[0] == first.rules[0] && $0.field == first.field && Way($0.test) == way }
      rest = rest.dropFirst(group.count)
      let number = wayNumbers[way] ?? ways.count
      if number == ways.count {
        ways.append(way.words)
        wayNumbers[way] = number
      }
      for number in [lastRule.distance(to: first.rules[0]), first.field, number, group.count] { groups.add(number) }
      lastRule = first.rules[0]
      for value in group {
        groups.add(value.rules.count - 1)
        var last = lastRule
        for rule in value.rules.dropFirst() {
          groups.add(last.distance(to: rule))
          last = rule
        }
        texts.add(value.test.value)
        if value.rules.count > 1 { pages.add(page(of: value, isExcluded: shard.isExcluded)) }
      }
    }
    return .map([
      ("isExcluded", .number(shard.isExcluded ? 1 : 0)), ("ways", .list(ways.map(ScriptValue.text))),
      ("groups", groups.value), ("texts", texts.value), ("pages", pages.value),
    ])
  }

  /// Where a shared value is listed, relative to its field's own page; empty if no page lists it.
  private func page(of value: SearchTable.Value, isExcluded: Bool) -> String {
    let plan = map.fieldPlan
    guard let place = isExcluded ? plan.places.exclusions[value.id] : plan.places.indicators[value.id] else {
      return ""
    }
    let field = plan.fields[value.field].address
    let address = place.address == field ? "" : field.link(to: place.address).address
    return "\(address)#\(place.anchor)"
  }

  /// How a value is compared.
  private struct Way: Hashable {
    var kind: TestKind
    var modifiers: UInt32

    init(_ test: Test) { (kind, modifiers) = (test.kind, test.modifiers.rawValue) }

    var words: String {
      let names = TestModifiers(rawValue: modifiers).names
      return kind.words + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))")
    }
  }
}
