import Analysis
import Diagnostics
import RuleModel
import Search
import Templates
import Text

/// Makes the models of the pages of fields, and of their list.
struct FieldPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let plan: FieldPlan
  /// The item for each rule on a field's page.
  private let items: RuleColumn<FieldRuleItem>
  /// The log sources of each rule, as indices of ``logSources``.
  private let logSourcesOfRule: RuleColumn<[Int]>
  private let logSources: [LogSource]
  /// All pages: a field, and which of its pages.
  private let pages: [(field: Int, part: Int)]

  /// The maximum number of events, and of log sources, on a field's page.
  private static let usesShown = 12
  /// The maximum number of log sources beside an alternative name of a field.
  private static let placesShown = 3
  /// The maximum number of fields in the list.
  private static let fieldsShown = 2500
  /// The maximum length of a value in a search query.
  private static let scalarsAsked = 200
  /// The number of values whose shares are drawn.
  private static let sharesDrawn = 40

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
    plan = frames.map.fieldPlan
    let address = Address.field("")
    items = content.index.rules.mapValues {
      FieldRuleItem(title: $0.title, page: address.link(to: .rule($0.key)), level: $0.level)
    }
    var numbers: [LogSource: Int] = [:]
    var logSources: [LogSource] = []
    logSourcesOfRule = content.index.rules.mapValues { rule in
      rule.logSources.map(\.withoutDefinition).filter { !$0.isEmpty }.map { logSource in
        if let known = numbers[logSource] { return known }
        numbers[logSource] = logSources.count
        logSources.append(logSource)
        return logSources.count - 1
      }
    }
    self.logSources = logSources
    pages = plan.fields.indices.flatMap { field in
      frames.map.fieldPlan.fields[field].parts.indices.map { (field, $0) }
    }
  }

  var count: Int { pages.count }

  func address(of number: Int) -> Address { plan.fields[pages[number].field].parts[pages[number].part].address }

  // MARK: One field

  func page(of number: Int) -> FieldPage {
    let (field, place) = (plan.fields[pages[number].field], pages[number].part)
    let (use, part) = (field.use, field.parts[place])
    let address = part.address
    let words = rulesWords(use)
    let title = place == 0 ? field.title : "\(field.title), page \(place + 1)"
    var page = FieldPage(
      frame: frames.frame(
        of: address, titles: [title, "Field"],
        summary: "Values of the field \(field.title) by the number of rules that share them: \(words).",
        crumbs: [("Fields", .fields)] + (place == 0 ? [] : [(field.title, field.address)]), showsAttack: false),
      title: title)
    page.parts = partLinks(field, place)
    page.looked = list(\.values, of: use.values, .value, in: field, place)
    page.excluded = list(\.excluded, of: use.excludedValues, .excludes, in: field, place)
    page.query = SearchFilter.field.term(field.title)
    if place == 0 { page.facts = facts(of: field, words) }
    return page
  }

  private func partLinks(_ field: FieldPlan.Field, _ place: Int) -> [TitledLink] {
    if field.parts.count < 2 { return [] }
    return field.parts.enumerated().map { number, part in
      var title = "Page \(number + 1)"
      if let most = part.values.shared.first?.value.rules, let least = part.values.shared.last?.value.rules {
        title +=
          most == least
          ? ": values of \(grouped(most)) rules" : ": values of \(grouped(most)) to \(grouped(least)) rules"
      }
      return TitledLink(
        title: title, page: number == place ? nil : field.parts[place].address.link(to: part.address))
    }
  }

  private func facts(of field: FieldPlan.Field, _ words: String) -> FieldFacts {
    let use = field.use
    let totals = use.totals
    var facts = FieldFacts(name: use.name, rules: words, values: valuesWords(totals), kinds: kindsWords(totals))
    facts.otherNames = use.otherNames.map { OtherNameItem(name: $0.name, places: logSourceWords(of: $0.rules)) }
    if let name = use.name {
      facts.elsewhere = content.fields.names(ofCanonical: name).map { placed in
        ElsewhereRow(
          places: placed.places.joined(separator: ", "),
          schemas: placed.schemas.map { SchemaRow(schema: $0.schema, names: $0.names) })
      }
    }
    let rules = merged(use.rules, use.excludingRules)
    facts.events = events(of: rules, from: field.address)
    facts.logSources = logSources(of: rules, from: field.address)
    return facts
  }

  private func rulesWords(_ use: FieldUse) -> String {
    let parts = [(use.rules.count, "look for it"), (use.excludingRules.count, "exclude by it")]
    return parts.filter { $0.0 > 0 }.map { "\(counted($0.0, "rule")) \($0.0 == 1 ? singular($0.1) : $0.1)" }
      .joined(separator: ", ")
  }

  private func singular(_ words: String) -> String { words.hasPrefix("look") ? "looks for it" : "excludes by it" }

  private func valuesWords(_ totals: FieldUse.Totals) -> String {
    let (all, once) = (totals.values, totals.ofOneRule)
    return once > 0 && once < all ? "\(grouped(all)), \(grouped(once)) of them in one rule only" : grouped(all)
  }

  private func kindsWords(_ totals: FieldUse.Totals) -> String {
    TestKind.allCases.compactMap { kind in totals.kinds[kind].map { (kind: kind, count: $0) } }
      .sorted { $0.count > $1.count }.map { "\($0.kind.words) \(grouped($0.count))" }.joined(separator: ", ")
  }

  private func events(of rules: [RuleID], from address: Address) -> UseList {
    var counts: [Event: Int] = [:]
    for rule in rules { for mapped in content.index.events[rule].events { counts[mapped.event, default: 0] += 1 } }
    let order = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return UseList(
      uses: order.prefix(FieldPageBuilder.usesShown).map { event, count in
        UseItem(
          title: event.isAny ? event.provider : "\(event.provider) \(event.name)",
          page: frames.map.event(event, from: address), count: count)
      }, hidden: max(0, order.count - FieldPageBuilder.usesShown))
  }

  private func logSources(of rules: [RuleID], from address: Address) -> UseList {
    let order = logSourceCounts(rules)
    return UseList(
      uses: order.prefix(FieldPageBuilder.usesShown).map { number, count in
        UseItem(
          title: logSources[number].shortWords, page: frames.map.logSource(logSources[number], from: address),
          count: count)
      }, hidden: max(0, order.count - FieldPageBuilder.usesShown))
  }

  /// The most common log sources of some rules, and how many more there are.
  private func logSourceWords(of rules: [RuleID]) -> String {
    let order = logSourceCounts(rules)
    let shown = order.prefix(FieldPageBuilder.placesShown).map { logSources[$0.logSource].shortWords }
    return (shown + (order.count > shown.count ? ["\(grouped(order.count - shown.count)) more"] : []))
      .joined(separator: ", ")
  }

  /// The log sources of rules as indices, the most common first.
  private func logSourceCounts(_ rules: [RuleID]) -> [(logSource: Int, count: Int)] {
    let counts = rules.reduce(into: [Int: Int]()) { counts, rule in
      for number in logSourcesOfRule[rule] { counts[number, default: 0] += 1 }
    }
    return counts.map { (logSource: $0.key, count: $0.value) }.sorted { left, right in
      left.count != right.count
        ? left.count > right.count
        : inByteOrder(logSources[left.logSource].shortWords, logSources[right.logSource].shortWords)
    }
  }

  /// The values on one of a field's pages; nil if there are none.
  ///
  /// - Parameters:
  ///   - all: the field's values, on all of its pages.
  ///   - filter: the search filter that finds one of them.
  private func list(
    _ kind: KeyPath<FieldPlan.Part, FieldListings.Page>, of all: [FieldUse.Value], _ filter: SearchFilter,
    in field: FieldPlan.Field, _ place: Int
  ) -> FieldValueList? {
    let listing = field.parts[place][keyPath: kind]
    let before = field.parts[..<place].reduce(0) { $0 + $1[keyPath: kind].shared.count }
    let sharedInAll = all.prefix { $0.rules > 1 }.count
    // Values of a single rule come after all shared ones.
    let isEnd = before + listing.shared.count == sharedInAll && (place == 0 || !listing.shared.isEmpty)
    let onceInAll = isEnd ? all.count - sharedInAll : 0
    if listing.shared.isEmpty && onceInAll == 0 { return nil }
    let address = field.parts[place].address
    let query = SearchFilter.field.term(field.title)
    func search(_ shared: FieldListings.Shared) -> Link? {
      guard shared.value.rules > shared.rules.count else { return nil }
      let text = shared.value.test.value.unicodeScalars.prefix(FieldPageBuilder.scalarsAsked)
      return address.link(toSearchFor: "\(query) \(filter.term(String(String.UnicodeScalarView(text))))")
    }
    return FieldValueList(
      shared: listing.shared.enumerated().map { number, shared in
        FieldValueRow(
          anchor: shared.anchor, value: ShownValue(shared.value.test), kind: shared.value.test.kind.words,
          count: shared.value.rules, largest: all.first?.rules ?? 0,
          isDrawn: before + number < FieldPageBuilder.sharesDrawn, rules: shared.rules.map { items[$0] },
          search: search(shared))
      },
      sharedBefore: before, sharedInAll: sharedInAll,
      once: listing.once.map { value, rule in
        FieldOnceRow(value: ShownValue(value.test), kind: value.test.kind.words, rule: items[rule])
      },
      onceInAll: onceInAll, search: address.link(toSearchFor: query))
  }

  // MARK: All fields

  func listPage() -> FieldListPage {
    let address = Address.fields
    let rows = plan.fields.map { field in
      let rules = merged(field.use.rules, field.use.excludingRules)
      let logSources = logSourceCounts(rules)
      let words = logSources.prefix(3).map { "\(self.logSources[$0.logSource].shortWords) \(grouped($0.count))" }
      return FieldRow(
        title: field.title, isName: field.use.name != nil, page: address.link(to: field.address),
        logSources: (words + (logSources.count > 3 ? ["\(grouped(logSources.count - 3)) more"] : []))
          .joined(separator: ", "),
        rules: rules.count, values: field.use.values.count, shared: field.use.values.prefix { $0.rules > 1 }.count,
        excluded: field.use.excludedValues.count)
    }
    // The explicit tie-break keeps fields with the same number of rules in the order of names.
    let order = rows.indices.sorted { rows[$0].rules != rows[$1].rules ? rows[$0].rules > rows[$1].rules : $0 < $1 }
    let lead =
      "\(counted(rows.count, "field")) that rules test, by the names under which they are compared: names of other schemas "
      + "for the same value count as one."
    return FieldListPage(
      frame: frames.frame(of: address, titles: ["Fields"], summary: lead, showsAttack: false), title: "Fields",
      lead: lead, rows: order.prefix(FieldPageBuilder.fieldsShown).map { rows[$0] },
      hidden: max(0, rows.count - FieldPageBuilder.fieldsShown))
  }

  /// The rules of two ascending lists, without duplicates.
  private func merged(_ left: [RuleID], _ right: [RuleID]) -> [RuleID] {
    right.isEmpty ? left : Set(left + right).sorted()
  }
}
