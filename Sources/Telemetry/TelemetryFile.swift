package import Diagnostics
import Documents
package import Events
package import RuleModel

/// What `telemetry.yml` says: what is collected, and the collectors' own files by kind.
package struct TelemetryFile: Hashable, Sendable {
  /// One entry of `collected`.
  package struct Statement: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
      /// Events by name or range of numbers; nil for all of the provider's.
      case provider(String, events: [NamePattern]?)
      case logSource(LogSource)
    }

    package var subject: Subject
    package var location: SourceLocation
  }

  /// A file that it names.
  package struct Reference: Hashable, Sendable {
    package var kind: TelemetrySource.Kind
    /// As written: counts from the folder of the telemetry file.
    package var path: String
    /// Where its name stands.
    package var location: SourceLocation
    /// Whether it names a folder of audit rules, whose files are joined.
    package var isFolder = false

    package init(kind: TelemetrySource.Kind, path: String, location: SourceLocation) {
      self.kind = kind
      self.path = path
      self.location = location
    }
  }

  package var statements: [Statement] = []
  /// In the order of the file.
  package var references: [Reference] = []

  package init() {}
}

extension TelemetryFile {
  /// - Parameter bytes: YAML.
  /// - Returns: what could be read, and all that is wrong: each unknown key with the nearest known one.
  package static func parse(_ bytes: [UInt8], path: String) -> (file: TelemetryFile, diagnostics: [Diagnostic]) {
    var reader = NodeReader(path: path, id: .telemetry)
    var file = TelemetryFile()
    if let root = reader.root(bytes) { reader.read(root, into: &file) }
    return (file, reader.diagnostics.sorted())
  }
}

extension NodeReader {
  private static var fileKinds: [TelemetrySource.Kind] {
    TelemetrySource.Kind.allCases.filter { $0 != .statement }
  }

  fileprivate mutating func read(_ root: Node, into file: inout TelemetryFile) {
    let keys = TelemetrySource.Kind.allCases.map(\.rawValue)
    let parts = values(of: root, in: "the telemetry file", keys: keys)
    if let collected = parts[TelemetrySource.Kind.statement.rawValue] {
      file.statements = items(of: collected, in: "'collected'").compactMap { statement($0) }
    }
    for kind in NodeReader.fileKinds {
      guard let node = parts[kind.rawValue], !node.isNull else { continue }
      for item in node.kind == .sequence ? node.items : [node] {
        guard let text = text(item, in: "an item of '\(kind.rawValue)'") else { continue }
        file.references.append(TelemetryFile.Reference(kind: kind, path: text, location: location(of: item)))
      }
    }
  }

  private func location(of node: Node) -> SourceLocation { SourceLocation(path: path, position: node.position) }

  private mutating func statement(_ node: Node) -> TelemetryFile.Statement? {
    let parts = values(of: node, in: "an entry of 'collected'", keys: ["provider", "events", "logsource"])
    switch (parts["provider"], parts["logsource"]) {
    case (let provider?, nil):
      guard let name = text(provider, in: "'provider'") else { return nil }
      let events = parts["events"].map { names($0) }
      return TelemetryFile.Statement(
        subject: .provider(name, events: events), location: location(of: provider))
    case (nil, let source?):
      if let events = parts["events"] { error(at: events, "'events' belongs to a 'provider'; remove it") }
      guard let logSource = logSource(source) else { return nil }
      return TelemetryFile.Statement(subject: .logSource(logSource), location: location(of: source))
    case (.some, .some):
      error(at: node, "an entry of 'collected' has a 'provider' or a 'logsource', not both; make two entries")
    case (nil, nil):
      if node.kind == .mapping { error(at: node, "an entry of 'collected' needs a 'provider' or a 'logsource'") }
    }
    return nil
  }

  /// Numbers, names and ranges, one or a list.
  private mutating func names(_ node: Node) -> [NamePattern] {
    let items = node.kind == .sequence ? node.items : [node]
    if node.isNull || items.isEmpty {
      error(at: node, "'events' names none; write them, or leave it out for all of the provider's")
      return []
    }
    return items.compactMap { item in
      guard let text = text(item, in: "an item of 'events'") else { return nil }
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      if ends.count == 2, let low = ends[0], let high = ends[1], low > high {
        error(at: item, "the range '\(text)' runs backwards; write '\(high)-\(low)'")
        return nil
      }
      guard let pattern = NamePattern(text) else {
        error(at: item, "'\(text)' names no event; write a number, a name or a range such as 7-11")
        return nil
      }
      return pattern
    }
  }

  private mutating func logSource(_ node: Node) -> LogSource? {
    let parts = values(of: node, in: "'logsource'", keys: ["category", "product", "service"])
    var result = LogSource()
    result.category = parts["category"].flatMap { text($0, in: "'category'") }
    result.product = parts["product"].flatMap { text($0, in: "'product'") }
    result.service = parts["service"].flatMap { text($0, in: "'service'") }
    guard !result.isEmpty else {
      if node.kind == .mapping { error(at: node, "'logsource' needs a category, product or service") }
      return nil
    }
    return result
  }
}
