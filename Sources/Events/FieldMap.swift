import Diagnostics
package import RuleModel
import Text

/// Which field names mean the same, by class of events.
///
/// Its data are `catalog/knowledge/fields.yml`, followed by the user's own files.
package struct FieldMap: Sendable {
  let schemas: [FieldSchema]
  let classes: [FieldClass]

  /// The canonical name of a field of the events of a log source; nil if it is already the name written, or unknown.
  package func canonical(_ field: String, for logSource: LogSource, dialect: Dialect, events: [Event]) -> String? {
    Meanings(of: self, for: [logSource], dialect: dialect, events: events).canonical(field)
  }
}

extension FieldMap {
  /// What fields mean in a rule's log sources.
  ///
  /// A class of events applies if the log source says so, or else if all of the rule's events are in it. If the log
  /// source decides, canonical names take precedence over the same words in other schemas: `ProcessId` in the category
  /// process_creation is the new process. If the events decide, the provider's own names do: `ProcessId` of Security
  /// 4688 is the parent.
  package struct Meanings: Sendable {
    private struct AppliedClass {
      var index: Int
      /// Whether the log source says so.
      var byLogSource: Bool
    }

    private let map: FieldMap
    private let dialect: Dialect
    private let events: [Event]
    /// For each log source, the classes that apply, in the map's order.
    private let classes: [[AppliedClass]]

    /// - Parameter events: the events that the rule reaches.
    package init(of map: FieldMap, for logSources: [LogSource], dialect: Dialect, events: [Event]) {
      (self.map, self.dialect, self.events) = (map, dialect, events)
      let naming = LogNaming(dialect)
      classes = (logSources.isEmpty ? [LogSource()] : logSources).map { logSource in
        let key = LogSourceKey(logSource)
        return map.classes.indices.compactMap { index in
          let byLogSource = map.classes[index].isClass(of: logSource, key: key, naming: naming)
          guard byLogSource || map.classes[index].covers(events) else { return nil }
          return AppliedClass(index: index, byLogSource: byLogSource)
        }
      }
    }

    /// The canonical name of a field; nil if it is already the name written, if it is unknown, or if it means different
    /// things in different logs.
    ///
    /// - Parameter field: as written; case matters only between names that differ in nothing else.
    package func canonical(_ field: String) -> String? {
      let found = classes.map { meaning(of: field, $0) }
      // A query can also read tables that aren't related to this field: a table that doesn't know the field doesn't
      // contradict its meaning in the others.
      let names =
        LogNaming(dialect) == .logSource ? found.map { $0 ?? field } : found.compactMap(\.self)
      guard let name = names.first, name != field, names.allSatisfy({ $0 == name }) else { return nil }
      return name
    }

    /// The canonical name of a log source's field, even if it is already the name written; nil if none is known.
    private func meaning(of field: String, _ classes: [AppliedClass]) -> String? {
      for applied in classes {
        let found = map.classes[applied.index].canonical(field, prefersCanonical: applied.byLogSource) { index in
          let schema = map.schemas[index]
          return schema.dialects.contains(dialect)
            && (applied.byLogSource || schema.providers.isEmpty
              || events.contains { schema.providers.contains($0.provider) })
        }
        if let found { return found }
      }
      for schema in map.schemas where schema.dialects.contains(dialect) {
        guard let prefix = schema.prefix, field.hasPrefix(prefix), field.utf8.count > prefix.utf8.count else {
          continue
        }
        let rest = String(field.dropFirst(prefix.count))
        return meaning(of: rest, classes) ?? rest
      }
      return nil
    }
  }
}

extension FieldMap {
  /// All names that the fields of some log sources can have in a dialect: canonical ones and those of its schemas, as
  /// written.
  package func names(for logSources: [LogSource], dialect: Dialect, events: [Event]) -> Set<String> {
    let naming = LogNaming(dialect)
    var names: Set<String> = []
    for fieldClass in classes {
      let applies =
        fieldClass.covers(events)
        || logSources.contains { fieldClass.isClass(of: $0, key: LogSourceKey($0), naming: naming) }
      guard applies else { continue }
      for (canonical, others) in fieldClass.namesOfCanonical {
        names.insert(canonical)
        for (schema, name) in others where schemas[schema].dialects.contains(dialect) { names.insert(name) }
      }
    }
    return names
  }
}

extension FieldMap {
  /// The names of a field in the schemas, and where they apply: a name in one log source means nothing in another.
  package struct PlacedNames: Hashable, Sendable {
    /// The log sources, or else the events, to which they apply: `aws · cloudtrail`.
    package var places: [String]
    /// In the map's order of schemas, at least one.
    package var schemas: [SchemaNames]
  }

  /// A schema's names for a field.
  package struct SchemaNames: Hashable, Sendable {
    /// The schema's display name: `Elastic Common Schema`.
    package var schema: String
    /// Unique, sorted by UTF-8 bytes.
    package var names: [String]
  }

  /// The names of a canonical field in the schemas, for each class of events that has other names for it, in the map's
  /// order; classes with the same names are combined. A name that equals the canonical one is left out.
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

/// A naming scheme for fields: ECS, the Windows event data.
struct FieldSchema: Sendable {
  var name: String
  /// The display name; the plain name if the map gives none.
  var title: String
  /// The dialects whose rules use it.
  var dialects: Set<Dialect> = []
  /// The providers whose events use it, where the events determine the class; empty for any.
  var providers: Set<String> = []
  /// The prefix for names that the schema doesn't define.
  var prefix: String?
}

/// Events with the same fields, whatever their names.
struct FieldClass: Sendable {
  struct Events: Sendable {
    var provider: String
    var names: PinnedNames
  }

  let name: String
  var logSources: [LogSourceKey] = []
  /// The names of its log sources in other dialects.
  var dialectNames = DialectNameIndex()
  /// The same as written, in file order.
  var writtenNames: [String] = []
  var events: [Events] = []
  /// Canonical names, as written and in lower case.
  private var canonicalNames: [String: String] = [:]
  /// The schemas' names for fields, as written and in lower case.
  private var names: [String: [(schema: Int, canonical: String)]] = [:]
  /// The schemas' names by canonical name, as written.
  private(set) var namesOfCanonical: [String: [(schema: Int, name: String)]] = [:]

  init(name: String) { self.name = name }

  /// Sets the schemas' names for a field, replacing any earlier ones.
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

  /// Its log sources in words; for a class without any, its events, or else what other dialects call its logs.
  var places: [String] {
    if !logSources.isEmpty { return logSources.map(\.words) }
    if !events.isEmpty {
      return events.map { "\($0.provider) \($0.names.patterns.map(\.text).joined(separator: ", "))" }
    }
    let names = writtenNames.filter { $0 != "*" }
    return names.isEmpty ? ["any log"] : names
  }

  func isClass(of logSource: LogSource, key: LogSourceKey, naming: LogNaming) -> Bool {
    // A class of any log is one of a log of which nothing is known, too.
    logSources.contains { $0.includes(key) } || dialectNames.source(of: logSource, naming: naming) != nil
      || logSource.isEmpty && dialectNames.matchesAny(naming: naming)
  }

  func covers(_ reached: [Event]) -> Bool {
    !reached.isEmpty
      && reached.allSatisfy { event in
        events.contains { $0.provider == event.provider && $0.names.contains(event.name) }
      }
  }

  /// - Parameter prefersCanonical: whether canonical names take precedence over those of the schemas.
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

  /// Whether another key has all names that this one has.
  func includes(_ other: LogSourceKey) -> Bool {
    (category == nil || category == other.category) && (product == nil || product == other.product)
      && (service == nil || service == other.service)
  }
}
