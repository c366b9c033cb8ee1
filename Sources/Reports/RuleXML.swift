package import Analysis
import Attack
package import RuleModel
import XML

/// A rule for programs, the `rule.xml` beside its page: its element of `catalog.xml`, and its stages. `catalog.rng` describes it.
///
/// - Parameters:
///   - page: the path of the rule's page from the site's root.
package func ruleXML(_ number: RuleID, of index: CatalogIndex, page: String) -> [UInt8] {
  xmlDocument { xml in
    xml.start("rule")
    xml.attribute("format", "2")
    xml.writeContent(ofRule: number, of: index, page: page)
    let rule = index.rules[number]
    xml.start("stages")
    for (at, role) in rule.stages.roles.enumerated() { xml.write(rule.stages[at], number: at + 1, role, of: rule) }
    if let aggregation = rule.aggregation { xml.element("aggregation", text: aggregation) }
    xml.end()
    xml.end()
  }
}

/// What `write` writes, as bytes.
func xmlDocument(_ write: (inout XMLWriter) -> Void) -> [UInt8] {
  var xml = XMLWriter()
  write(&xml)
  do throws(XMLWriterError) {
    return try xml.finish()
  } catch {
    // All names of elements are written in this module, and what rules say is text, which can't fail.
    fatalError("a report writes XML that is none: \(error)")
  }
}

extension XMLWriter {
  mutating func optionalAttribute(_ name: String, _ value: String?) { if let value { attribute(name, value) } }

  private mutating func write(_ logSource: LogSource) {
    start("logsource")
    optionalAttribute("category", logSource.category)
    optionalAttribute("product", logSource.product)
    optionalAttribute("service", logSource.service)
    end()
  }

  /// An element for each text, in one around them, which is there even when they are none.
  private mutating func elements(_ name: String, _ each: String, _ texts: [String]) {
    start(name)
    for text in texts { element(each, text: text) }
    end()
  }

  /// An element without content for each value.
  private mutating func elements(_ name: String, _ attributeName: String, values: some Sequence<String>) {
    for value in values {
      start(name)
      attribute(attributeName, value)
      end()
    }
  }

  /// The attributes and elements of a rule, in the order of `catalog.json`'s members.
  mutating func writeContent(ofRule number: RuleID, of index: CatalogIndex, page: String) {
    let rule = index.rules[number]
    attribute("key", rule.key.description)
    attribute("dialect", rule.key.dialect.rawValue)
    attribute("slug", rule.key.slug)
    optionalAttribute("id", rule.id)
    optionalAttribute("status", rule.status?.rawValue)
    optionalAttribute("level", rule.level?.rawValue)
    attribute("class", rule.ruleClass.rawValue)
    optionalAttribute("date", rule.date?.description)
    optionalAttribute("modified", rule.modified?.description)
    attribute("logic", rule.logic)
    optionalAttribute("state", index.events[number].contradiction.map { _ in "blind" })
    attribute("source", rule.source.path)
    attribute("page", page)
    element("title", text: rule.title)
    if let description = rule.description { element("description", text: description) }
    elements("authors", "author", rule.authors)
    elements("references", "reference", rule.references)
    elements("falsePositives", "falsePositive", rule.falsePositives)
    elements("tags", "tag", rule.tags)
    write(rule.logSource)
    if rule.logSources.count > 1 {
      start("logsources")
      for logSource in rule.logSources { write(logSource) }
      end()
    }
    write(index.attack[number])
    start("events")
    for event in index.events[number].events {
      start("event")
      attribute("provider", event.event.provider)
      attribute("event", event.event.name)
      attribute("operation", event.isOperation ? "true" : "false")
      end()
    }
    end()
    write(index.indicators, ofRule: number, "indicators", "indicator")
    write(index.exclusions, ofRule: number, "exclusions", "exclusion")
    let sameAction = index.sameAction[number]
    start("sameAction")
    if sameAction.isCut { attribute("count", "\(sameAction.count)") }
    elements("ref", "key", values: sameAction.rules.lazy.map { index.rules[$0].key.description })
    end()
    start("neighbours")
    for neighbour in index.neighbours[number] {
      start("neighbour")
      attribute("key", index.rules[neighbour.rule].key.description)
      attribute("relation", neighbour.relation.rawValue)
      attribute("score", hundredths(neighbour.score))
      end()
    }
    end()
    writeRelations(ofRule: number, of: index)
  }

  private mutating func write(_ coverage: AttackCoverage) {
    start("attack")
    elements("tactic", "id", values: coverage.tactics.sorted().lazy.map(\.description))
    elements("technique", "id", values: coverage.techniques.lazy.map(\.description))
    elements("group", "id", values: coverage.groups.lazy.map(\.description))
    elements("software", "id", values: coverage.software.lazy.map(\.description))
    for replacement in coverage.revoked {
      start("revoked")
      attribute("id", replacement.written)
      attribute("by", replacement.active)
      end()
    }
    elements("unknown", "id", values: coverage.unknown)
    end()
  }

  private mutating func write(_ table: IndicatorTable, ofRule rule: RuleID, _ name: String, _ each: String) {
    start(name)
    for entry in table.entries[rule] {
      start(each)
      write(entry.test, canonical: entry.canonical)
      attribute("corpus", String(table.ruleCounts[entry.id]))
      for (dialect, count) in table.counts(of: entry.id) { attribute(dialect.rawValue, String(count)) }
      end()
    }
    end()
  }

  /// The attributes of a comparison.
  mutating func write(_ test: Test, canonical: String? = nil) {
    optionalAttribute("field", test.field)
    optionalAttribute("canonical", canonical)
    attribute("kind", test.kind.rawValue)
    attribute("value", test.value)
    if !test.modifiers.isEmpty { attribute("modifiers", test.modifiers.names.joined(separator: " ")) }
  }

  /// What a correlation or a filter says of other rules.
  private mutating func writeRelations(ofRule number: RuleID, of index: CatalogIndex) {
    let rule = index.rules[number]
    if let correlation = rule.correlation {
      start("correlation")
      optionalAttribute("type", correlation.kind?.rawValue)
      optionalAttribute("timespan", correlation.timespan)
      optionalAttribute("condition", correlation.condition)
      attribute("generate", correlation.generate ? "true" : "false")
      let rules = index.references.correlated[number].compactMap { $0 }
      elements("ref", "key", values: rules.lazy.map { index.rules[$0].key.description })
      elements("groupBy", "field", values: correlation.groupBy)
      elements("field", "name", values: correlation.fields)
      for alias in correlation.aliases {
        start("alias")
        attribute("name", alias.name)
        for field in alias.fields {
          start("field")
          attribute("name", field.name)
          attribute("rule", index.key(ofAliased: field.rule, in: number))
          end()
        }
        end()
      }
      end()
    }
    if rule.filter != nil {
      let tuned = index.references.filtered[number]
      start("filter")
      if tuned.isCut { attribute("count", "\(tuned.count)") }
      elements("ref", "key", values: tuned.rules.lazy.map { index.rules[$0].key.description })
      end()
    }
  }
}
