import Diagnostics
import Documents
package import Events

/// What is known about collectors: which events they can collect, and their defaults.
///
/// Its data are the files in `catalog/knowledge/telemetry`; see the README there.
package struct CollectorFacts: Sendable {
  package private(set) var sysmon = SysmonFacts()
  package private(set) var auditPolicy = AuditPolicyFacts()
  package private(set) var auditd = AuditdFacts()
  package private(set) var policy = PolicyFacts()
  /// What is computed from a field, and so is missing with it, by the field's name.
  private(set) var fieldParts: [String: [String]] = [:]

  /// - Parameter files: identified by their names.
  /// - Throws: all errors in them.
  package init(parsing files: [(path: String, bytes: [UInt8])]) throws(KnowledgeError) {
    var diagnostics: [Diagnostic] = []
    for file in files {
      var reader = NodeReader(path: file.path, id: .telemetry)
      guard let root = reader.root(file.bytes) else {
        diagnostics += reader.diagnostics
        continue
      }
      if file.path.hasSuffix("sysmon.yml") { sysmon = reader.sysmonFacts(root) }
      if file.path.hasSuffix("audit-policy.yml") { auditPolicy = reader.auditPolicyFacts(root) }
      if file.path.hasSuffix("auditd.yml") { reader.readRecords(root, into: &auditd) }
      if file.path.hasSuffix("audit-numbers.yml") { reader.readNumbers(root, into: &auditd) }
      if file.path.hasSuffix("/policy.yml") { policy = reader.policyFacts(root) }
      if file.path.hasSuffix("field-parts.yml") { fieldParts = reader.fieldParts(root) }
      diagnostics += reader.diagnostics
    }
    if diagnostics.contains(where: { $0.severity == .error }) { throw KnowledgeError(diagnostics) }
  }
}

/// Sysmon's event types.
package struct SysmonFacts: Sendable {
  struct EventType: Sendable {
    /// The element's name.
    var name: String
    /// Event ids, in order.
    var events: [String]
    /// Whether events are logged if the configuration doesn't mention the type (`ruledefault` in the schema).
    var isLoggedByDefault: Bool
    /// The only kind of configuration that has the type; nil if all have it.
    var collector: TelemetrySource.Kind?
  }

  /// In the order of the file.
  var types: [EventType] = []
  /// The elements next to `EventFiltering`.
  var options: [String] = []
  /// The ids of events that no configuration can turn off.
  var unfiltered: [String] = []
  /// The provider of the events, by kind of configuration.
  var providers: [TelemetrySource.Kind: String] = [:]
}

/// The subcategories of Windows' audit policy.
package struct AuditPolicyFacts: Sendable {
  enum Outcome: String, Sendable, CaseIterable {
    case success, failure, both
  }

  enum Setting: String, Sendable, CaseIterable {
    case none, success, failure, both
  }

  var provider = ""
  /// English names by GUID, in capitals and without braces.
  var subcategories: [String: String] = [:]
  /// Which events report only successes, only failures, or either.
  var outcomes: [(outcome: Outcome, events: [NamePattern])] = []
  /// The words for settings, in the form returned by ``key(of:)``.
  var settings: [String: Setting] = [:]

  func outcome(of event: String) -> Outcome? {
    outcomes.first { $0.events.contains { $0.matches(event) } }?.outcome
  }
}

extension NodeReader {
  fileprivate mutating func sysmonFacts(_ root: Node) -> SysmonFacts {
    var facts = SysmonFacts()
    let parts = values(of: root, in: "the file", keys: ["providers", "unfiltered", "options", "types"])
    if let node = parts["unfiltered"] { facts.unfiltered = texts(node, in: "'unfiltered'") }
    if let node = parts["options"] { facts.options = texts(node, in: "'options'") }
    if let node = parts["providers"] {
      for (key, value) in pairs(of: node, in: "'providers'") {
        if let kind = collectorKind(key.node, key.text) { facts.providers[kind] = text(value, in: "a provider") }
      }
    }
    if let node = parts["types"] {
      for (key, value) in pairs(of: node, in: "'types'") {
        let parts = values(of: value, in: "an event type", keys: ["events", "default", "collector"])
        let events = parts["events"].map { texts($0, in: "'events'") } ?? []
        facts.types.append(
          SysmonFacts.EventType(
            name: key.text, events: events, isLoggedByDefault: parts["default"]?.text == "include",
            collector: parts["collector"].flatMap { collectorKind($0, $0.text ?? "") }))
      }
    }
    return facts
  }

  fileprivate mutating func fieldParts(_ root: Node) -> [String: [String]] {
    var parts: [String: [String]] = [:]
    for (key, value) in pairs(of: root, in: "the file") { parts[key.text] = texts(value, in: "the parts of a field") }
    return parts
  }

  private mutating func collectorKind(_ node: Node, _ text: String) -> TelemetrySource.Kind? {
    let kind = TelemetrySource.Kind(rawValue: text)
    if kind == nil { error(at: node, "'\(text)' isn't a kind of collector") }
    return kind
  }

  fileprivate mutating func auditPolicyFacts(_ root: Node) -> AuditPolicyFacts {
    var facts = AuditPolicyFacts()
    let parts = values(of: root, in: "the file", keys: ["provider", "subcategories", "outcomes", "settings"])
    if let node = parts["provider"] { facts.provider = text(node, in: "'provider'") ?? "" }
    if let node = parts["subcategories"] {
      for (key, value) in pairs(of: node, in: "'subcategories'") {
        facts.subcategories[key.text] = text(value, in: "a subcategory")
      }
    }
    if let node = parts["outcomes"] {
      let lists = values(of: node, in: "'outcomes'", keys: AuditPolicyFacts.Outcome.allCases.map(\.rawValue))
      for outcome in AuditPolicyFacts.Outcome.allCases {
        guard let list = lists[outcome.rawValue] else { continue }
        facts.outcomes.append((outcome, texts(list, in: "an outcome").compactMap { NamePattern($0) }))
      }
    }
    if let node = parts["settings"] {
      let lists = values(of: node, in: "'settings'", keys: AuditPolicyFacts.Setting.allCases.map(\.rawValue))
      for setting in AuditPolicyFacts.Setting.allCases {
        guard let list = lists[setting.rawValue] else { continue }
        for word in texts(list, in: "a setting") { facts.settings[AuditPolicyFacts.key(of: word)] = setting }
      }
    }
    return facts
  }
}
