import Documents

/// What a file of Panther's holds, by its `AnalysisType`.
///
/// - SeeAlso: Panther's documentation, "Panther-managed detections" and the reference of each kind's YAML.
enum AnalysisType: String {
  case rule, policy
  case scheduledRule = "scheduled_rule"
  case correlationRule = "correlation_rule"
  case scheduledQuery = "scheduled_query"
  case savedQuery = "saved_query"
  case dataModel = "datamodel"
  case global, pack
  case lookupTable = "lookup_table"

  /// nil if the document isn't one of Panther's.
  init?(of document: Node) {
    guard let type = document["AnalysisType"]?.text?.lowercased(), let known = AnalysisType(rawValue: type) else {
      return nil
    }
    self = known
  }

  /// Whether it is a rule or a hunt. Others only help rules.
  var isRule: Bool {
    switch self {
    case .rule, .policy, .scheduledRule, .correlationRule, .scheduledQuery, .savedQuery: true
    case .dataModel, .global, .pack, .lookupTable: false
    }
  }

  var isQuery: Bool { self == .scheduledQuery || self == .savedQuery }

  /// The key of its id.
  var idKey: String { self == .policy ? "PolicyID" : isQuery ? "QueryName" : "RuleID" }

  /// As pages show it.
  var label: String {
    switch self {
    case .rule: "Rule"
    case .policy: "Policy"
    case .scheduledRule: "Scheduled rule"
    case .correlationRule: "Correlation rule"
    case .scheduledQuery: "Scheduled query"
    case .savedQuery: "Saved query"
    case .dataModel: "Data model"
    case .global: "Helper"
    case .pack: "Pack"
    case .lookupTable: "Lookup table"
    }
  }
}
