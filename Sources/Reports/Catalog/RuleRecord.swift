package import Analysis
import Attack
package import RuleModel
import Text

/// One rule for programs: its object of `catalog.json`, on a separate line.
///
/// - Parameters:
///   - visibility: what the rules see of what is collected; nil if that isn't known.
///   - page: the path of the rule's page relative to the site's root.
package func ruleJSON(
  _ id: RuleID, of index: CatalogIndex, _ visibility: VisibilityReview?, page: String
) -> [UInt8] {
  jsonDocument { $0.write(id, of: index, visibility, page: page) }
}

/// A rule for programs, the `rule.xml` beside its page: its element from `catalog.xml`, plus its stages, as described
/// by `catalog.rng`.
///
/// - Parameters: as for ``ruleJSON(_:of:_:page:)``.
package func ruleXML(
  _ id: RuleID, of index: CatalogIndex, _ visibility: VisibilityReview?, page: String
) -> [UInt8] {
  xmlDocument("rule") { record in
    record.number("format", 2)
    record.write(id, of: index, visibility, page: page)
    record.writeStages(of: index.rules[id])
  }
}

extension RecordWriter where Self: ~Copyable {
  /// The members of a rule.
  mutating func write(_ id: RuleID, of index: CatalogIndex, _ visibility: VisibilityReview?, page: String) {
    let rule = index.rules[id]
    let seen = visibility?.rules[id]
    text("key", rule.key.description)
    text("dialect", rule.key.dialect.rawValue)
    text("slug", rule.key.slug)
    text("id", rule.id)
    longText("title", rule.title)
    longText("description", rule.description)
    text("status", rule.status?.rawValue)
    text("level", rule.level?.rawValue)
    text("class", rule.ruleClass.rawValue)
    texts(.around("authors", "author"), rule.authors)
    text("date", rule.date?.description)
    text("modified", rule.modified?.description)
    texts(.around("references", "reference"), rule.references)
    texts(.around("falsePositives", "falsePositive"), rule.falsePositives)
    texts(.around("tags", "tag"), rule.tags)
    text("source", rule.source.path)
    text("page", page)
    record("logsource") { $0.write(rule.logSource) }
    if rule.logSources.count > 1 {
      records(.around("logsources", "logsource"), rule.logSources) { logSource, record in record.write(logSource) }
    }
    text("logic", before: "source", rule.logic)
    if rule.isDisabled { flag("disabled", true) }
    if rule.raisesSignal { flag("signal", true) }
    if index.techniques.isCounted[id], !CountedRules().contains(rule) { flag("counted", true) }
    text(
      "state", before: "source",
      seen.map { KeptVisibility.State(RuleState($0)).rawValue }
        ?? index.events[id].contradiction.map { _ in KeptVisibility.State.blind.rawValue })
    if let seen, seen.isExplained { record("visibility") { $0.write(KeptVisibility(seen)) } }
    record("attack") { $0.write(index.attack[id]) }
    records(.around("events", "event"), index.events[id].events) { event, record in
      record.write(event.event)
      record.flag("operation", event.isOperation)
    }
    write(index.indicators, of: id, .around("indicators", "indicator"))
    write(index.exclusions, of: id, .around("exclusions", "exclusion"))
    let sameAction = index.sameAction[id]
    texts(
      .around("sameAction", "ref"), attribute: "key", count: sameAction.isCut ? sameAction.count : nil,
      index.keys(of: sameAction.rules))
    records(.around("neighbours", "neighbour"), index.neighbours[id]) { neighbour, record in
      record.text(MemberName(json: "rule", xml: "key"), index.rules[neighbour.rule].key.description)
      record.text("relation", neighbour.relation.rawValue)
      record.hundredths("score", neighbour.score)
    }
    writeRelations(of: id, in: index)
    if !rule.simulations.isEmpty {
      records(.around("simulations", "simulation"), rule.simulations) { simulation, record in
        record.text("collection", simulation.collection)
        record.text("name", simulation.name)
        record.text("technique", simulation.technique?.description)
        record.text("id", simulation.id)
      }
    }
  }

  /// Why a rule is blind or partly blind.
  private mutating func write(_ visibility: KeptVisibility) {
    records(.plain("missing", "missing"), visibility.missing) { event, record in record.write(event) }
    records(.plain("hiding", "hiding"), visibility.hiding) { hiding, record in
      record.write(hiding.place)
      record.text("test", hiding.words)
    }
    number("more", visibility.more > 0 ? visibility.more : nil)
  }

  /// The members of a place in a collector's file.
  mutating func write(_ place: KeptPlace) {
    text("file", place.file)
    number("line", place.line)
  }

  /// The members of a log source.
  mutating func write(_ logSource: LogSource) {
    text("category", logSource.category)
    text("product", logSource.product)
    text("service", logSource.service)
  }

  /// The members of an event.
  mutating func write(_ event: Event) {
    text("provider", event.provider)
    text("event", event.name)
  }

  /// The members of a comparison.
  mutating func write(_ test: Test, canonical: String? = nil) {
    text("field", test.field)
    text("canonical", canonical)
    text("kind", test.kind.rawValue)
    text("value", test.value)
    words("modifiers") { test.modifiers.names }
  }

  private mutating func write(_ coverage: AttackCoverage) {
    texts(.plain("tactics", "tactic"), attribute: "id", coverage.tactics.sorted().lazy.map(\.description))
    texts(.plain("techniques", "technique"), attribute: "id", coverage.techniques.lazy.map(\.description))
    texts(.plain("groups", "group"), attribute: "id", coverage.groups.lazy.map(\.description))
    texts(.plain("software", "software"), attribute: "id", coverage.software.lazy.map(\.description))
    pairs("revoked", attributes: ("id", "by")) { coverage.revoked.map { ($0.written, .text($0.active)) } }
    // What this version no longer has is shown as written, too.
    texts(
      .plain("unknown", "unknown"), attribute: "id", (coverage.deprecated + coverage.unknown).sorted(by: inByteOrder))
  }

  private mutating func write(_ table: IndicatorTable, of rule: RuleID, _ name: ListName) {
    records(name, table.entries[rule]) { entry, record in
      record.write(entry.test, canonical: entry.canonical)
      record.number("corpus", table.ruleCounts[entry.id])
      record.counts("corpusByDialect", element: nil) {
        table.counts(of: entry.id).map { ($0.dialect.rawValue, $0.rules) }
      }
    }
  }

  /// What a correlation or a filter says about other rules.
  private mutating func writeRelations(of id: RuleID, in index: CatalogIndex) {
    let rule = index.rules[id]
    if let correlation = rule.correlation {
      record("correlation") { record in
        record.text("type", correlation.kind?.rawValue)
        record.texts(
          .plain("rules", "ref"), attribute: "key", index.keys(of: index.references.correlated[id].compactMap { $0 }))
        record.texts(.plain("groupBy", "groupBy"), attribute: "field", correlation.groupBy)
        record.text("timespan", correlation.timespan)
        record.text("condition", correlation.condition)
        record.texts(.plain("fields", "field"), attribute: "name", correlation.fields)
        record.records(.plain("aliases", "alias"), correlation.aliases) { alias, record in
          record.text("name", alias.name)
          record.records(.plain("fields", "field"), alias.fields) { field, record in
            record.text(MemberName(json: "field", xml: "name"), field.name)
            record.text("rule", index.key(ofAliased: field.rule, in: id))
          }
        }
        record.flag("generate", correlation.generate)
      }
    }
    if rule.filter != nil {
      let tuned = index.references.filtered[id]
      record("filter") { record in
        record.texts(.plain("rules", "ref"), attribute: "key", index.keys(of: tuned.rules))
        record.number("count", tuned.isCut ? tuned.count : nil)
      }
    }
  }
}

extension CatalogIndex {
  fileprivate func keys(of rules: [RuleID]) -> LazyMapSequence<[RuleID], String> {
    rules.lazy.map { self.rules[$0].key.description }
  }
}
