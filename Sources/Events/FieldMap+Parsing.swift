package import Diagnostics
import Documents
import RuleModel

extension FieldMap {
  /// Reads the files of a field map in order: a schema, or a class's log sources, events or field names, replace those
  /// of an earlier file; the rest is kept.
  ///
  /// - Parameter warnings: receives the problems that don't prevent the files from being used.
  /// - Throws: all problems in the files, if any of them is an error.
  package init(
    parsing files: [(path: String, bytes: [UInt8])], warnings: inout [Diagnostic]
  ) throws(KnowledgeError) {
    var (schemas, classes): ([FieldSchema], [FieldClass]) = ([], [])
    var diagnostics: [Diagnostic] = []
    for file in files {
      var reader = NodeReader(path: file.path, id: .eventMap)
      if let root = reader.root(file.bytes) { reader.readFieldMap(root, &schemas, &classes) }
      diagnostics += reader.diagnostics
    }
    try KnowledgeError.check(diagnostics, warnings: &warnings)
    self.init(schemas: schemas, classes: classes)
  }

  /// Reads files whose warnings nobody needs, such as our own.
  package init(parsing files: [(path: String, bytes: [UInt8])]) throws(KnowledgeError) {
    var warnings: [Diagnostic] = []
    try self.init(parsing: files, warnings: &warnings)
  }
}

extension NodeReader {
  fileprivate mutating func readFieldMap(_ root: Node, _ schemas: inout [FieldSchema], _ classes: inout [FieldClass]) {
    let parts = values(of: root, in: "a field map", keys: ["schemas", "classes"])
    if let node = parts["schemas"] {
      for (key, value) in pairs(of: node, in: "'schemas'") {
        let schema = schema(named: key.text, value)
        if let index = schemas.firstIndex(where: { $0.name == schema.name }) {
          schemas[index] = schema
        } else {
          schemas.append(schema)
        }
      }
    }
    if let node = parts["classes"] {
      for (key, value) in pairs(of: node, in: "'classes'") {
        let index = classes.firstIndex { $0.name == key.text } ?? classes.count
        if index == classes.count { classes.append(FieldClass(name: key.text)) }
        update(&classes[index], from: value, schemas: schemas.map(\.name))
      }
    }
  }

  private mutating func schema(named name: String, _ node: Node) -> FieldSchema {
    var schema = FieldSchema(name: name, title: name)
    let parts = values(of: node, in: "a schema", keys: ["title", "dialects", "providers", "prefix"])
    if let title = parts["title"].flatMap({ text($0, in: "'title'") }) { schema.title = title }
    if let dialects = parts["dialects"] {
      schema.dialects = Set(items(of: dialects, in: "'dialects'").compactMap { dialect($0) })
    }
    if let providers = parts["providers"] { schema.providers = Set(texts(providers, in: "'providers'")) }
    if let prefix = parts["prefix"] { schema.prefix = text(prefix, in: "'prefix'") }
    return schema
  }

  private mutating func dialect(_ node: Node) -> Dialect? {
    guard let name = text(node, in: "a dialect") else { return nil }
    if let dialect = Dialect.listed.first(where: { $0.rawValue == name }) { return dialect }
    let names = Dialect.listed.map(\.rawValue).joined(separator: ", ")
    error(at: node, "a dialect can't be '\(shortened(name))'; it is one of \(names)")
    return nil
  }

  private mutating func update(_ fieldClass: inout FieldClass, from node: Node, schemas: [String]) {
    let parts = values(of: node, in: "a class", keys: ["logsources", "events", "fields"])
    if let sources = parts["logsources"] {
      fieldClass.logSources = []
      fieldClass.dialectNames = DialectNameIndex()
      fieldClass.writtenNames = []
      for item in items(of: sources, in: "'logsources'") { add(item, to: &fieldClass) }
    }
    if let events = parts["events"] {
      fieldClass.events = items(of: events, in: "'events'").compactMap { classEvents($0) }
    }
    guard let fields = parts["fields"] else { return }
    for (key, value) in pairs(of: fields, in: "'fields'") {
      var names: [(schema: Int, name: String)] = []
      let written = values(of: value, in: "the names of '\(key.text)'", keys: schemas)
      for (index, schema) in schemas.enumerated() {
        guard let value = written[schema] else { continue }
        names += texts(value, in: "a name of '\(key.text)'").map { (index, $0) }
      }
      fieldClass.set(key.text, names: names)
    }
  }

  private mutating func add(_ node: Node, to fieldClass: inout FieldClass) {
    let parts = values(
      of: node, in: "a log source", keys: ["category", "product", "service", "eventCategory"] + LogNaming.keys)
    let logSource = LogSourceKey(
      LogSource(
        category: parts["category"].flatMap { text($0, in: "'category'") },
        product: parts["product"].flatMap { text($0, in: "'product'") },
        service: parts["service"].flatMap { text($0, in: "'service'") }))
    if !logSource.isEmpty { fieldClass.logSources.append(logSource) }
    let names = dialectNames(parts)
    if !names.isEmpty {
      fieldClass.dialectNames.add(names, source: 0)
      fieldClass.writtenNames += LogNaming.allCases.flatMap(names.names(as:)).map(\.text)
    }
    if logSource.isEmpty, names.isEmpty, node.kind == .mapping {
      error(at: node, "the log source has no category, product or service, and no names in other dialects")
    }
  }

  private mutating func classEvents(_ node: Node) -> FieldClass.Events? {
    let parts = values(of: node, in: "an entry of 'events'", keys: ["provider", "events"])
    guard let provider = parts["provider"], let events = parts["events"] else {
      if node.kind == .mapping { error(at: node, "an entry of 'events' needs a 'provider' and 'events'") }
      return nil
    }
    guard let provider = text(provider, in: "'provider'") else { return nil }
    return FieldClass.Events(provider: provider, names: PinnedNames(patterns(events, in: "'events'")))
  }
}
