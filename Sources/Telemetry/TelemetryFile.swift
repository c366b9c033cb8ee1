package import Diagnostics
import Documents
package import Events
package import RuleModel

/// The contents of `telemetry.yml`: what is collected, and the collectors' own files by kind.
package struct TelemetryFile: Hashable, Sendable {
  /// One entry of `collected`.
  package struct Statement: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
      /// Events by name or number range; nil for all of the provider's.
      case provider(String, events: [NamePattern]?)
      case logSource(LogSource)
    }

    package var subject: Subject
    package var location: SourceLocation
    /// The part that isn't understood, as written, so that its events count as partly collected; nil if everything is.
    package var doubt: String?
  }

  /// A file that the telemetry file names.
  package struct Reference: Hashable, Sendable {
    package var kind: TelemetrySource.Kind
    /// As written, relative to the telemetry file's folder.
    package var path: String
    /// The location of its name.
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
  /// Fields that collected events come without.
  package var missingFields: [MissingFields] = []
  /// In file order.
  package var references: [Reference] = []
  /// Parts that can't be read, so that everything they may be about counts as partly collected.
  var unread: [TelemetrySource] = []

  package init() {}

  /// Whether it names no collected events, nor any file that may.
  package var isEmpty: Bool { statements.isEmpty && references.isEmpty && missingFields.isEmpty }
}

extension TelemetryFile {
  /// - Parameter bytes: YAML.
  /// - Returns: what could be read, and all problems: for each unknown key, the nearest known one.
  package static func parse(_ bytes: [UInt8], of source: SourceFile) -> (file: TelemetryFile, diagnostics: [Diagnostic])
  {
    var reader = NodeReader(source, id: .telemetry)
    var file = TelemetryFile()
    if let root = reader.root(bytes) {
      // An error in the text as a whole may affect anything.
      let isWhole = !reader.diagnostics.contains { $0.severity == .error }
      reader.read(root, into: &file)
      if !isWhole {
        file.unread.append(TelemetrySource(.statement, at: SourceLocation(source, at: root.position)))
      }
    }
    return (file, reader.diagnostics.sorted())
  }
}

/// The range that was meant if its ends are swapped; nil for anything else.
func turnedRange(_ text: String) -> String? {
  let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
  guard ends.count == 2, let low = ends[0], let high = ends[1], low > high else { return nil }
  return "\(high)-\(low)"
}

extension NodeReader {
  private static var fileKinds: [TelemetrySource.Kind] {
    TelemetrySource.Kind.allCases.filter(\.isFile)
  }

  fileprivate mutating func read(_ root: Node, into file: inout TelemetryFile) {
    let keys = TelemetrySource.Kind.allCases.map(\.rawValue)
    let parts = values(of: root, in: "the telemetry file", keys: keys)
    for (key, _) in root.kind == .mapping ? root.entries : [] {
      guard let name = key.text, !keys.contains(name), let near = nearestName(to: name, in: keys),
        let kind = TelemetrySource.Kind(rawValue: near)
      else { continue }
      file.unread.append(TelemetrySource(kind, at: location(of: key)))
    }
    if let collected = parts[TelemetrySource.Kind.statement.rawValue] {
      let faults = diagnostics.count
      let items = items(of: collected, in: "'collected'")
      if diagnostics.count > faults { file.unread.append(TelemetrySource(.statement, at: location(of: collected))) }
      for item in items { add(item, to: &file) }
    }
    if let missing = parts[TelemetrySource.Kind.missingFields.rawValue] {
      for item in items(of: missing, in: "'missing-fields'") {
        if let entry = missingFields(item) { file.missingFields.append(entry) }
      }
    }
    for kind in NodeReader.fileKinds {
      guard let node = parts[kind.rawValue], !node.isNull else { continue }
      for item in node.kind == .sequence ? node.items : [node] {
        if let text = text(item, in: "an item of '\(kind.rawValue)'") {
          file.references.append(TelemetryFile.Reference(kind: kind, path: text, location: location(of: item)))
        } else {
          file.unread.append(TelemetrySource(kind, at: location(of: item)))
        }
      }
    }
  }

  private mutating func add(_ item: Node, to file: inout TelemetryFile) {
    let faults = diagnostics.count
    var statement = statement(item)
    if diagnostics.count > faults {
      // Any of the events may have been meant.
      if case .provider(let name, _)? = statement?.subject { statement?.subject = .provider(name, events: nil) }
      statement?.doubt = "an entry that can't be read completely"
      if statement == nil { file.unread.append(TelemetrySource(.statement, at: location(of: item))) }
    }
    if let statement { file.statements.append(statement) }
  }

  func location(of node: Node) -> SourceLocation { SourceLocation(source, at: node.span) }

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

  /// Numbers, names and ranges: one, or a list.
  mutating func names(_ node: Node) -> [NamePattern] {
    let items = node.kind == .sequence ? node.items : [node]
    if node.isNull || items.isEmpty {
      error(at: node, "'events' names none; write them, or leave it out for all of the provider's")
      return []
    }
    return items.compactMap { item in
      guard let text = text(item, in: "an item of 'events'") else { return nil }
      if let range = turnedRange(text) {
        error(at: item, "the range '\(text)' runs backwards; write '\(range)'")
        return nil
      }
      guard let pattern = NamePattern(text) else {
        error(at: item, "'\(shortened(text))' isn't a valid event; write a number, a name or a range such as 7-11")
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
