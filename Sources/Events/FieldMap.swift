import Diagnostics
package import RuleModel
import Text

/// Which names of fields mean the same, by class of event.
///
/// Its data are `catalog/knowledge/fields.yml`, followed by the user's own files.
package struct FieldMap: Sendable {
  let schemas: [FieldSchema]
  let classes: [FieldClass]

  /// The canonical name of a rule's field; nil where it is the one written, or none is known.
  ///
  /// A class of events counts where the log source says so, or else where all of the rule's events are of it. By the
  /// log source, the canonical names go before the same words of other schemas: `ProcessId` of the category
  /// process_creation is the new process. By the events, the provider's own names do: `ProcessId` of Security 4688 is
  /// the parent.
  ///
  /// - Parameter field: as written; its case counts only where names differ by nothing else.
  /// - Parameter events: those that the rule reaches.
  package func canonical(_ field: String, for logSources: [LogSource], dialect: Dialect, events: [Event]) -> String? {
    guard let first = logSources.first else {
      return canonical(field, for: LogSource(), dialect: dialect, events: events)
    }
    if logSources.count > 1, LogNaming(dialect) != .logSource {
      return canonical(field, ofAny: logSources, dialect: dialect, events: events)
    }
    let name = canonical(field, for: first, dialect: dialect, events: events)
    // Where it means one thing in one log and another in the other, it has no other name.
    for other in logSources.dropFirst()
    where canonical(field, for: other, dialect: dialect, events: events) != name { return nil }
    return name
  }

  package func canonical(_ field: String, for logSource: LogSource, dialect: Dialect, events: [Event]) -> String? {
    meaning(of: field, in: logSource, dialect: dialect, events: events).flatMap { $0 == field ? nil : $0 }
  }

  /// A query reads tables for other reasons than this field: those that don't know it say nothing against what it is in the others.
  private func canonical(
    _ field: String, ofAny logSources: [LogSource], dialect: Dialect, events: [Event]
  ) -> String? {
    var name: String?
    for logSource in logSources {
      guard let found = meaning(of: field, in: logSource, dialect: dialect, events: events) else { continue }
      if let name, name != found { return nil }
      name = found
    }
    return name == field ? nil : name
  }

  /// The canonical name of a log source's field, even where it is the one written; nil where none is known.
  private func meaning(of field: String, in logSource: LogSource, dialect: Dialect, events: [Event]) -> String? {
    let key = LogSourceKey(logSource)
    let naming = LogNaming(dialect)
    for fieldClass in classes {
      let byLogSource = fieldClass.isClass(of: key, naming: naming)
      guard byLogSource || fieldClass.covers(events) else { continue }
      let found = fieldClass.canonical(field, prefersCanonical: byLogSource) { index in
        let schema = schemas[index]
        return schema.dialects.contains(dialect)
          && (byLogSource || schema.providers.isEmpty || events.contains { schema.providers.contains($0.provider) })
      }
      if let found { return found }
    }
    for schema in schemas where schema.dialects.contains(dialect) {
      guard let prefix = schema.prefix, field.hasPrefix(prefix), field.utf8.count > prefix.utf8.count else { continue }
      let rest = String(field.dropFirst(prefix.count))
      return meaning(of: rest, in: logSource, dialect: dialect, events: events) ?? rest
    }
    return nil
  }
}

extension FieldMap {
  /// What schemas call a field, and where: a name of one log source means nothing in another.
  package struct PlacedNames: Hashable, Sendable {
    /// The log sources, or else the events, in which they hold: `aws · cloudtrail`.
    package var places: [String]
    /// In the map's order of schemas, at least one.
    package var schemas: [SchemaNames]
  }

  /// What a schema calls a field.
  package struct SchemaNames: Hashable, Sendable {
    /// The schema in a reader's words: `Elastic Common Schema`.
    package var schema: String
    /// Each once, sorted by UTF-8 bytes.
    package var names: [String]
  }

  /// What schemas call a canonical field in each class of events that has other names for it, in the map's order; classes in
  /// which it has the same ones are told together. Names that differ from the canonical one by nothing are left out.
  package func names(ofCanonical canonical: String) -> [PlacedNames] {
    var placed: [PlacedNames] = []
    for fieldClass in classes {
      let names = fieldClass.names(ofCanonical: canonical)
        .reduce(into: [Int: Set<String>]()) { if $1.name != canonical { $0[$1.schema, default: []].insert($1.name) } }
      let found = names.sorted { $0.key < $1.key }.map {
        SchemaNames(schema: schemas[$0].title, names: $1.sorted(by: inByteOrder))
      }
      guard !found.isEmpty else { continue }
      if let index = placed.firstIndex(where: { $0.schemas == found }) {
        placed[index].places += fieldClass.places
      } else {
        placed.append(PlacedNames(places: fieldClass.places, schemas: found))
      }
    }
    return placed
  }
}

/// A naming of fields: ECS, the Windows event data.
struct FieldSchema: Sendable {
  var name: String
  /// In a reader's words; the name where the map gives none.
  var title: String
  /// Whose rules use it.
  var dialects: Set<Dialect> = []
  /// Whose events have it, where a class is told by events; empty for any.
  var providers: Set<String> = []
  /// What comes before a name that the schema has no word of its own for.
  var prefix: String?
}

/// Events that have the same fields, whatever their names.
struct FieldClass: Sendable {
  struct Events: Sendable {
    var provider: String
    var names: PinnedNames
  }

  let name: String
  var logSources: [LogSourceKey] = []
  /// What other dialects call its log sources.
  var dialectNames = DialectNameIndex()
  var events: [Events] = []
  /// Canonical names, by themselves and in lower case.
  private var canonicalNames: [String: String] = [:]
  /// What schemas call a field, as it is and in lower case.
  private var names: [String: [(schema: Int, canonical: String)]] = [:]
  /// The same by canonical names, as written.
  private var namesOfCanonical: [String: [(schema: Int, name: String)]] = [:]

  init(name: String) { self.name = name }

  /// Sets what schemas call a field; what was set before is forgotten.
  mutating func set(_ canonical: String, names added: [(schema: Int, name: String)]) {
    for key in names.keys { names[key]?.removeAll { $0.canonical == canonical } }
    namesOfCanonical[canonical] = added
    canonicalNames[canonical] = canonical
    if canonicalNames[lowercasedASCII(canonical)] == nil { canonicalNames[lowercasedASCII(canonical)] = canonical }
    for (schema, name) in added {
      names[name, default: []].append((schema, canonical))
      let folded = lowercasedASCII(name)
      if folded != name { names[folded, default: []].append((schema, canonical)) }
    }
  }

  func names(ofCanonical canonical: String) -> [(schema: Int, name: String)] { namesOfCanonical[canonical] ?? [] }

  /// Its log sources in words; those of a class that has none are its events.
  var places: [String] {
    if !logSources.isEmpty { return logSources.map(\.words) }
    return events.map { "\($0.provider) \($0.names.patterns.map(\.text).joined(separator: ", "))" }
  }

  func isClass(of logSource: LogSourceKey, naming: LogNaming) -> Bool {
    logSources.contains { $0.includes(logSource) } || dialectNames.source(of: logSource, naming: naming) != nil
  }

  func covers(_ reached: [Event]) -> Bool {
    !reached.isEmpty
      && reached.allSatisfy { event in
        events.contains { $0.provider == event.provider && $0.names.contains(event.name) }
      }
  }

  /// - Parameter prefersCanonical: whether the canonical names go before those of the schemas.
  func canonical(_ field: String, prefersCanonical: Bool, where applies: (Int) -> Bool) -> String? {
    for name in [field, lowercasedASCII(field)] {
      let named = names[name]?.first { applies($0.schema) }?.canonical
      let own = canonicalNames[name]
      if let found = prefersCanonical ? own ?? named : named ?? own { return found }
    }
    return nil
  }
}

extension LogSourceKey {
  /// The most general name first: `aws · cloudtrail`.
  fileprivate var words: String { [product, category, service].compactMap(\.self).joined(separator: " · ") }

  /// Whether another has all the names that this one has.
  func includes(_ other: LogSourceKey) -> Bool {
    (category == nil || category == other.category) && (product == nil || product == other.product)
      && (service == nil || service == other.service)
  }
}
