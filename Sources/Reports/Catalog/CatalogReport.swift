import Analysis
import Diagnostics
import RuleModel

/// The catalog for programs, format 2: `catalog.json`, described by `catalog.schema.json`, and `catalog.xml`, described by `catalog.rng`.
///
/// XML's names are in no namespace: a namespace would need an address that we own for ever, and queries like
/// `//indicator[@corpus > 9]` are easier without one. The attribute `format` says which schema applies.
struct CatalogReport: RecordReport {
  static let element = "catalog"

  let content: ReportContent

  func write<Record: RecordWriter & ~Copyable>(to record: inout Record) {
    record.number("format", 2)
    record.text("generator", content.generator)
    record.write(content.matrix)
    record.list(.around("rules", "rule"), content.index.rules.indices) { rule, record in
      record.write(rule, of: content.index, content.visibility, page: content.page(rule))
    }
    if let visibility = content.visibility {
      record.newLine()
      record.record("telemetry") { record in
        record.records(.plain("events", "event"), visibility.keptCollections) { collection, record in
          record.write(collection.event)
          record.text("collected", collection.share.rawValue)
          record.records(.plain("sources", "source"), collection.places) { place, record in record.write(place) }
        }
      }
    }
    record.newLine()
    record.record("files") { record in
      record.number("rules", content.files.rules)
      record.number("correlations", content.files.correlations)
      record.number("filters", content.files.filters)
      record.number("companions", content.files.companions)
      record.number("notRules", content.files.notRules)
      record.number("broken", content.files.broken)
    }
    record.list(.around("diagnostics", "diagnostic"), content.diagnostics.sortedOnce(spelled: .published)) {
      diagnostic, record in
      record.write(diagnostic, spelled: .published)
    }
  }
}
