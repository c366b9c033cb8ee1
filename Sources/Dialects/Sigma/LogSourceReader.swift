import Diagnostics
import Documents
import RuleModel
import Text

/// Reads the `logsource` section (Sigma Specification 2.1.0, “LogSource”).
///
/// The specification allows one name each for category, product and service. Lists of names are read as all log sources
/// that they combine to. A log source with a malformed name is left out: without that name it would be a different,
/// wider one.
struct LogSourceReader {
  /// The most that are read of a rule.
  private static let maximalSources = 100

  private static let nameKeys = ["category", "product", "service"]

  private let file: SourceFile
  private(set) var findings: [Diagnostic] = []

  init(file: SourceFile) { self.file = file }

  /// The unique log sources that the section names; if there are none, findings say why.
  mutating func logSources(in node: Node) -> [LogSource] {
    switch node.kind {
    case .mapping: return combined(node)
    case .sequence:
      report(
        at: node, severity: .warning,
        "the specification wants one log source, not a list; write one rule for each")
      if node.items.isEmpty { report(at: node, "the list of log sources is empty; add a category, product or service") }
      var sources: [LogSource] = []
      for item in node.items {
        guard item.kind == .mapping else {
          report(at: item, "a log source is a map; write a category, product or service")
          continue
        }
        for source in combined(item) where !sources.contains(source) {
          guard sources.count < LogSourceReader.maximalSources else {
            reportTooMany(at: node)
            return sources
          }
          sources.append(source)
        }
      }
      return sources
    case .scalar:
      report(at: node, "the log source must be a map; write a category, product or service in it")
      return []
    }
  }

  /// The log sources that one map names: every combination of the names in its lists.
  private mutating func combined(_ node: Node) -> [LogSource] {
    var names: [String: [String]] = [:]
    var definition: String?
    var isSound = true
    for (key, value) in node.entries {
      switch key.text ?? "" {
      case let name where LogSourceReader.nameKeys.contains(name):
        names[name] = self.names(in: value, of: name)
        if names[name] == nil { isSound = false }
      case "definition": definition = readDefinition(value)
      default: if reportUnknown(key) { isSound = false }
      }
    }
    guard isSound else { return [] }
    guard !names.isEmpty else {
      report(at: node, "the log source names nothing; add a category, product or service")
      return []
    }
    var sources: [LogSource] = []
    func choices(_ key: String) -> [String?] { names[key] ?? [nil] }
    for category in choices("category") {
      for product in choices("product") {
        for service in choices("service") {
          guard sources.count < LogSourceReader.maximalSources else {
            reportTooMany(at: node)
            return sources
          }
          sources.append(LogSource(category: category, product: product, service: service, definition: definition))
        }
      }
    }
    return sources
  }

  /// The unique names under a key; nil if none is well formed.
  private mutating func names(in node: Node, of key: String) -> [String]? {
    guard node.kind == .sequence else { return name(in: node, of: key).map { [$0] } }
    if node.items.isEmpty {
      report(at: node, "'\(key)' is an empty list; write a name, or remove the key")
      return nil
    }
    report(
      at: node, severity: .warning,
      "'\(key)' is a list; the specification wants one name: write one rule for each log source")
    let names = node.items.compactMap { name(in: $0, of: key) }.distinct()
    return names.isEmpty ? nil : names
  }

  private mutating func name(in node: Node, of key: String) -> String? {
    let message: String
    switch node.scalarKind {
    case .text:
      if let text = node.text, text.contains(where: { !$0.isWhitespace }) { return text }
      message = "is empty; write a name, or remove the key"
    case .null: message = "is empty; write a name, or remove the key"
    case .number: message = "is a number, not a name; put it in quotes if it is one"
    case .boolean: message = "is a boolean, not a name; put it in quotes if it is one"
    case nil: message = "is a \(node.kind == .mapping ? "map" : "list in a list"), not a name; write one name"
    }
    report(at: node, "'\(key)' \(message)")
    return nil
  }

  private mutating func readDefinition(_ node: Node) -> String? {
    if node.kind != .scalar {
      findings.append(
        Diagnostic(
          .ruleField, at: SourceLocation(file, at: node.span),
          "'definition' must be a text; it is left out"))
    }
    return node.isNull || node.bytes.isEmpty ? nil : node.text
  }

  /// - Returns: whether the key is clearly meant to be one of the three names.
  private mutating func reportUnknown(_ key: Node) -> Bool {
    let written = shortened(key.text ?? "")
    guard let near = nearestName(to: key.text ?? "", in: LogSourceReader.nameKeys + ["definition"]) else {
      report(
        at: key, severity: .warning,
        "a log source has no '\(written)'; write category, product, service or definition, or remove it")
      return false
    }
    report(at: key, "a log source has no '\(written)'; did you mean '\(near)'?")
    return LogSourceReader.nameKeys.contains(near)
  }

  private mutating func reportTooMany(at node: Node) {
    report(
      at: node,
      "the lists combine to more than \(LogSourceReader.maximalSources) log sources, of which the others are left out; split the rule"
    )
  }

  private mutating func report(at node: Node, severity: Diagnostic.Severity? = nil, _ message: String) {
    findings.append(
      Diagnostic(.sigmaLogSource, at: SourceLocation(file, at: node.span), severity: severity, message))
  }
}
