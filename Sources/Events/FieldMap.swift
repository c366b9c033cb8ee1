import Diagnostics
package import RuleModel

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
  package func canonical(_ field: String, for logSource: LogSource, dialect: Dialect, events: [Event]) -> String? {
    let key = LogSourceKey(logSource)
    for fieldClass in classes {
      let byLogSource = fieldClass.logSources.contains { $0.includes(key) }
      guard byLogSource || fieldClass.covers(events) else { continue }
      let found = fieldClass.canonical(field, prefersCanonical: byLogSource) { index in
        let schema = schemas[index]
        return schema.dialects.contains(dialect)
          && (byLogSource || schema.providers.isEmpty || events.contains { schema.providers.contains($0.provider) })
      }
      if let found { return found == field ? nil : found }
    }
    for schema in schemas where schema.dialects.contains(dialect) {
      guard let prefix = schema.prefix, field.hasPrefix(prefix), field.utf8.count > prefix.utf8.count else { continue }
      let rest = String(field.dropFirst(prefix.count))
      return canonical(rest, for: logSource, dialect: dialect, events: events) ?? rest
    }
    return nil
  }
}

extension FieldMap {
  /// What a schema calls a field.
  package struct SchemaNames: Hashable, Sendable {
    /// The schema in a reader's words: `Elastic Common Schema`.
    package var schema: String
    /// Each once, sorted by UTF-8 bytes.
    package var names: [String]
  }

  /// What schemas call a canonical field, in any class of events, in the map's order of schemas. Names that differ from the
  /// canonical one by nothing are left out.
  package func names(ofCanonical canonical: String) -> [SchemaNames] {
    var names = [Set<String>](repeating: [], count: schemas.count)
    for fieldClass in classes {
      for (schema, name) in fieldClass.names(ofCanonical: canonical) where name != canonical {
        names[schema].insert(name)
      }
    }
    return schemas.indices.compactMap { index in
      names[index].isEmpty
        ? nil
        : SchemaNames(
          schema: schemas[index].title,
          names: names[index].sorted(by: inByteOrder))
    }
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
  /// What stands before a name that the schema has no word of its own for.
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
  /// Whether another has all the names that this one has.
  func includes(_ other: LogSourceKey) -> Bool {
    (category == nil || category == other.category) && (product == nil || product == other.product)
      && (service == nil || service == other.service)
  }
}

extension PinnedNames {
  fileprivate func contains(_ name: String) -> Bool { lists(name) || match(name) != nil }
}
