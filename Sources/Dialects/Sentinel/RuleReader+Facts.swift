import DialectReading
import Documents
import RuleModel

/// What is shown about a rule beyond what all dialects have.
extension RuleReader {
  mutating func readFacts(_ kind: SentinelKind?) {
    add("Rule type", [kind?.rawValue ?? standardKind])
    add("Query frequency", texts(of: ["queryFrequency"]) + texts(of: ["period"], in: values["schedule"]))
    add("Query period", texts(of: ["queryPeriod"]))
    add("Trigger", [texts(of: ["triggerOperator", "triggerThreshold"]).joined(separator: " ")])
    add("Version", texts(of: ["version"]))
    add("Product filter", texts(of: ["productFilter"]))
    add("Data connectors", (values["requiredDataConnectors"]?.items ?? []).map(connector))
    add("Entities", (values["entityMappings"]?.items ?? []).compactMap(entity))
    add("Impacted assets", (values["impactedAssets"]?.items ?? []).compactMap { $0["identifier"]?.text })
    add("Custom details", pairs(values["customDetails"]))
    add("Alert details", alertDetails)
    add("Event grouping", texts(of: ["aggregationKind"], in: values["eventGroupingSettings"]))
    add("Incident grouping", texts(of: ["matchingMethod", "lookbackDuration"], in: grouping))
    add("Incidents grouped by", groupingFields)
    add("Suppression", values["suppressionEnabled"]?.boolean == true ? texts(of: ["suppressionDuration"]) : [])
    add("Response actions", (values["responseActions"]?.items ?? []).compactMap(responseAction))
  }

  private var standardKind: String {
    switch written.form {
    case .customDetection: "Custom detection"
    case .savedSearch: "Hunting query"
    case .file, .resource: values["queryFrequency"] == nil ? "Hunting query" : SentinelKind.scheduled.rawValue
    }
  }

  /// The texts of keys in a map, or in the rule.
  private func texts(of keys: [String], in node: Node? = nil) -> [String] {
    keys.compactMap { key in
      let value = node.map { $0[key] } ?? values[key]
      return value.flatMap { $0.isNull ? nil : $0.text }
    }
  }

  /// `AzureActiveDirectory: SigninLogs`
  private func connector(_ node: Node) -> String {
    let name = node["connectorId"]?.text ?? node.text ?? ""
    let types = (node["dataTypes"]?.items ?? []).compactMap(\.text)
    return types.isEmpty ? name : "\(name): \(types.joined(separator: ", "))"
  }

  /// `Account: UserPrincipalName as FullName`
  private func entity(_ node: Node) -> String? {
    guard let type = node["entityType"]?.text else { return nil }
    let fields = (node["fieldMappings"]?.items ?? []).compactMap { field in
      field["columnName"]?.text.map { column in field["identifier"]?.text.map { "\(column) as \($0)" } ?? column }
    }
    return fields.isEmpty ? type : "\(type): \(fields.joined(separator: ", "))"
  }

  private func pairs(_ node: Node?) -> [String] {
    (node?.entries ?? []).compactMap { key, value in
      guard let name = key.text, let text = value.text else { return nil }
      return name == text ? name : "\(name): \(text)"
    }
  }

  private var alertDetails: [String] {
    let node = values["alertDetailsOverride"]
    let properties = (node?["alertDynamicProperties"]?.items ?? []).compactMap { item in
      item["alertProperty"]?.text.map { "\($0): \(item["value"]?.text ?? "")" }
    }
    return pairs(node) + properties
  }

  /// The entities, alert details and custom details that alerts of an incident have in common.
  private var groupingFields: [String] {
    ["groupByEntities", "groupByAlertDetails", "groupByCustomDetails"].flatMap { key in
      (grouping?[key]?.items ?? []).compactMap(\.text)
    }
  }

  /// Microsoft Graph's name of the action and its settings: `isolateDevice: deviceId, full`.
  private func responseAction(_ node: Node) -> String? {
    guard let type = node["@odata.type"]?.text else { return nil }
    let name = type.split(separator: ".").last.map(String.init) ?? type
    let suffix = "ResponseAction"
    let action = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    let settings = node.entries.compactMap { key, value in key.text == "@odata.type" ? nil : value.text }
    return settings.isEmpty ? action : "\(action): \(settings.joined(separator: ", "))"
  }

  private var grouping: Node? {
    let node = values["incidentConfiguration"]?["groupingConfiguration"]
    return node?["enabled"]?.boolean == true ? node : nil
  }
}
