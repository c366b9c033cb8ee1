import Documents
import Text

/// A Microsoft Sentinel or Defender rule as a document represents it.
struct SentinelRule {
  enum Form {
    /// An analytics rule or hunting query in YAML.
    case file
    /// A custom detection of Defender, whose query and alert are separate maps.
    case customDetection
    /// An analytics rule as the service represents it, alone or in a template.
    case resource
    /// A query saved in a workspace, for someone to run.
    case savedSearch
  }

  let form: Form
  let node: Node
  /// Maps whose keys are used if the rule itself lacks them.
  let parts: [Node]
  /// The template it is in, which holds the values that it refers to.
  private(set) var template: Template?

  /// All rules in a document; in a template, those of its resources at any depth.
  static func all(in document: Node, of template: Template? = nil) -> [SentinelRule] {
    if var rule = SentinelRule(document) {
      rule.template = template
      return [rule]
    }
    let template = document["resources"]?.kind == .sequence ? Template(document) : template
    switch document.kind {
    case .scalar: return []
    case .sequence: return document.items.flatMap { all(in: $0, of: template) }
    case .mapping:
      return document.entries.flatMap { key, value in
        // Parameters and variables hold their own values, not rules.
        value.kind == .scalar || ["parameters", "variables", "outputs"].contains(key.text)
          ? [] : all(in: value, of: template)
      }
    }
  }

  private init?(_ node: Node) {
    guard node.kind == .mapping else { return nil }
    func has(_ keys: [String], in node: Node) -> Bool { keys.contains { node[$0] != nil } }
    func isText(_ key: String, of node: Node) -> Bool { node[key]?.kind == .scalar }
    if let condition = node["queryCondition"], condition.kind == .mapping {
      form = .customDetection
      parts = [condition, node["detectionAction"]?["alertTemplate"], node["detectionAction"]].compactMap { $0 }
    } else if SentinelRule.isRule(node) {
      form = .file
      parts = []
    } else if let properties = node["properties"], properties.kind == .mapping {
      let type = (node["type"]?.text ?? "").lowercased()
      if type.hasSuffix("/savedsearches") || type == "savedsearches" {
        guard isText("query", of: properties),
          properties["category"]?.text?.lowercased().contains("hunting") ?? false
        else { return nil }
        form = .savedSearch
      } else if type.contains("/alertrule") || has(["displayName"], in: properties) && isKind(node["kind"]) {
        guard type.contains("/alertrule") ? node["kind"] != nil || properties["query"] != nil : true else { return nil }
        form = .resource
      } else {
        return nil
      }
      parts = [properties]
    } else {
      return nil
    }
    self.node = node
  }

  /// Whether it has a query and a key that accompanies one only in this dialect.
  private static func isRule(_ node: Node) -> Bool {
    var (hasQuery, hasKey) = (false, false)
    for (key, value) in node.entries {
      guard let name = key.text.map(spelling) else { continue }
      if name == "query" { hasQuery = value.kind == .scalar } else if keys.contains(name) { hasKey = true }
    }
    return hasQuery && hasKey
  }

  private static let keys: Set = [
    "tactics", "relevantTechniques", "entityMappings", "requiredDataConnectors", "queryFrequency", "queryPeriod",
    "triggerOperator", "triggerThreshold", "sentinelEntitiesMappings", "inputEntityType",
  ]

  /// A key as it is usually written; older queries write some with a capital: `DisplayName`.
  static func spelling(of key: String) -> String { spellings[lowercasedASCII(key)] ?? key }

  private static let spellings: [String: String] = {
    let others = [
      "id", "name", "displayName", "title", "description", "status", "severity", "enabled", "isEnabled", "kind",
      "lastModifiedDateTime", "lastModifiedUtc", "metadata", "author", "references", "falsePositives", "tags",
      "category",
      "techniques", "subTechniques", "mitreTechniques", "query", "queryText", "schedule", "version", "productFilter",
      "impactedAssets", "customDetails", "alertDetailsOverride", "eventGroupingSettings", "incidentConfiguration",
      "suppressionEnabled", "suppressionDuration", "responseActions", "recommendedActions",
    ]
    return Dictionary(uniqueKeysWithValues: (keys + others).map { (lowercasedASCII($0), $0) })
  }()
}

private func isKind(_ node: Node?) -> Bool { node?.text.flatMap(SentinelKind.init(named:)) != nil }

/// The kind of analytics rule (Microsoft.SecurityInsights, “AlertRuleKind”).
enum SentinelKind: String, CaseIterable {
  case scheduled = "Scheduled"
  /// Runs every minute.
  case nearRealTime = "NRT"
  case fusion = "Fusion"
  case behaviour = "MLBehaviorAnalytics"
  case threatIntelligence = "ThreatIntelligence"
  /// Creates incidents from another product's alerts.
  case incidentCreation = "MicrosoftSecurityIncidentCreation"

  init?(named name: String) {
    guard let kind = SentinelKind.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
      return nil
    }
    self = kind
  }

  var hasQuery: Bool { self == .scheduled || self == .nearRealTime }
}
