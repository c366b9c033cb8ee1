package import Analysis
package import Attack
package import Diagnostics
package import RuleModel

/// The catalogue for programs, `catalog.json`: format 2, described by `catalog.schema.json`.
///
/// - Parameters:
///   - page: the path of a rule's page from the site's root.
///   - diagnostics: of files; those of rules are added.
package func catalogJSON(
  _ index: CatalogIndex, matrix: AttackMatrix, files: FileTally, diagnostics: [Diagnostic], generator: String,
  page: (RuleID) -> String
) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in
    json.number("format", 2)
    json.string("generator", generator)
    json.object("attack") { json in
      json.string("domain", matrix.domain)
      json.string("version", matrix.version)
    }
    json.newLine()
    json.array("rules") { json in
      for rule in index.rules.indices {
        json.newLine()
        json.object { json in writeRule(rule, of: index, page: page(rule), to: &json) }
      }
    }
    json.newLine()
    json.object("files") { json in
      json.number("rules", files.rules)
      json.number("correlations", files.correlations)
      json.number("filters", files.filters)
      json.number("companions", files.companions)
      json.number("notRules", files.notRules)
      json.number("broken", files.broken)
    }
    json.newLine()
    json.array("diagnostics") { json in
      for diagnostic in allDiagnostics(index, ofFiles: diagnostics) {
        json.newLine()
        json.object { json in json.members(of: diagnostic, spelled: .published) }
      }
    }
  }
  json.newLine()
  return json.bytes
}

/// One rule for programs: its object of `catalog.json`, on a line of its own.
///
/// - Parameters:
///   - page: the path of the rule's page from the site's root.
package func ruleJSON(_ number: RuleID, of index: CatalogIndex, page: String) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in writeRule(number, of: index, page: page, to: &json) }
  json.newLine()
  return json.bytes
}

/// The findings on files and rules in the order of places, each once, as published.
func allDiagnostics(_ index: CatalogIndex, ofFiles diagnostics: [Diagnostic]) -> [Diagnostic] {
  (diagnostics + index.findings.joined()).sortedOnce(spelled: .published)
}

private func writeRule(_ number: RuleID, of index: CatalogIndex, page: String, to json: inout JSONWriter) {
  let rule = index.rules[number]
  json.string("key", rule.key.description)
  json.string("dialect", rule.key.dialect.rawValue)
  json.string("slug", rule.key.slug)
  json.optionalString("id", rule.id)
  json.string("title", rule.title)
  json.optionalString("description", rule.description)
  json.optionalString("status", rule.status?.rawValue)
  json.optionalString("level", rule.level?.rawValue)
  json.string("class", rule.ruleClass.rawValue)
  json.strings("authors", rule.authors)
  json.optionalString("date", rule.date?.description)
  json.optionalString("modified", rule.modified?.description)
  json.strings("references", rule.references)
  json.strings("falsePositives", rule.falsePositives)
  json.strings("tags", rule.tags)
  json.string("source", rule.source.path)
  json.string("page", page)
  json.object("logsource") { write(rule.logSource, to: &$0) }
  if rule.logSources.count > 1 {
    json.array("logsources") { json in
      for logSource in rule.logSources { json.object { write(logSource, to: &$0) } }
    }
  }
  json.string("logic", rule.logic)
  if index.events[number].contradiction != nil { json.string("state", "blind") }
  write(index.attack[number], to: &json)
  json.array("events") { json in
    for event in index.events[number].events {
      json.object { json in
        json.string("provider", event.event.provider)
        json.string("event", event.event.name)
        json.bool("operation", event.isOperation)
      }
    }
  }
  write(index.indicators, "indicators", of: number, to: &json)
  write(index.exclusions, "exclusions", of: number, to: &json)
  let sameAction = index.sameAction[number]
  json.strings("sameAction", sameAction.rules.lazy.map { index.rules[$0].key.description })
  if sameAction.isCut { json.number("sameActionCount", sameAction.count) }
  json.array("neighbours") { json in
    for neighbour in index.neighbours[number] {
      json.object { json in
        json.string("rule", index.rules[neighbour.rule].key.description)
        json.string("relation", neighbour.relation.rawValue)
        json.hundredths("score", neighbour.score)
      }
    }
  }
  writeRelations(number, of: index, to: &json)
}

private func write(_ coverage: AttackCoverage, to json: inout JSONWriter) {
  json.object("attack") { json in
    json.strings("tactics", coverage.tactics.sorted().lazy.map(\.description))
    json.strings("techniques", coverage.techniques.lazy.map(\.description))
    json.strings("groups", coverage.groups.lazy.map(\.description))
    json.strings("software", coverage.software.lazy.map(\.description))
    json.object("revoked") { json in
      for replacement in coverage.revoked { json.string(replacement.written, replacement.active) }
    }
    json.strings("unknown", coverage.unknown)
  }
}

private func write(_ table: IndicatorTable, _ key: String, of rule: RuleID, to json: inout JSONWriter) {
  json.array(key) { json in
    for entry in table.entries[rule] {
      json.object { json in
        json.optionalString("field", entry.test.field)
        json.optionalString("canonical", entry.canonical)
        json.string("kind", entry.test.kind.rawValue)
        json.string("value", entry.test.value)
        json.strings("modifiers", entry.test.modifiers.names)
        json.number("corpus", table.ruleCounts[entry.id])
        json.object("corpusByDialect") { json in
          for (dialect, count) in table.counts(of: entry.id) { json.number(dialect.rawValue, count) }
        }
      }
    }
  }
}

/// What a correlation or a filter says of other rules.
private func writeRelations(_ number: RuleID, of index: CatalogIndex, to json: inout JSONWriter) {
  let rule = index.rules[number]
  func keys(_ rules: [RuleID]) -> [String] { rules.map { index.rules[$0].key.description } }
  if let correlation = rule.correlation {
    json.object("correlation") { json in
      json.optionalString("type", correlation.kind?.rawValue)
      json.strings("rules", keys(index.references.correlated[number].compactMap { $0 }))
      json.strings("groupBy", correlation.groupBy)
      json.optionalString("timespan", correlation.timespan)
      json.optionalString("condition", correlation.condition)
      json.strings("fields", correlation.fields)
      json.array("aliases") { json in
        for alias in correlation.aliases {
          json.object { json in
            json.string("name", alias.name)
            json.array("fields") { json in
              for field in alias.fields {
                json.object { json in
                  json.string("field", field.name)
                  json.string("rule", index.key(ofAliased: field.rule, in: number))
                }
              }
            }
          }
        }
      }
      json.bool("generate", correlation.generate)
    }
  }
  if rule.filter != nil {
    let tuned = index.references.filtered[number]
    json.object("filter") { json in
      json.strings("rules", keys(tuned.rules))
      if tuned.isCut { json.number("count", tuned.count) }
    }
  }
}

private func write(_ logSource: LogSource, to json: inout JSONWriter) {
  json.optionalString("category", logSource.category)
  json.optionalString("product", logSource.product)
  json.optionalString("service", logSource.service)
}
