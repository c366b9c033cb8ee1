import Documents

/// What an Elastic document holds, recognised by keys that no other dialect has.
enum ElasticDocument {
  /// A detection engine rule, with what its repository says about it.
  case rule(Node, metadata: Node?)
  /// A rule as Kibana saves it: its parameters, with the attributes that all of Kibana's rules have.
  case alert(parameters: Node, attributes: Node)
  /// Queries for someone to run manually.
  case hunt(Node)
  /// A behaviour rule of Elastic Defend, whose techniques are listed beside it.
  case endpoint(Node, document: Node)

  init?(_ document: Node) {
    if let hunt = document["hunt"], hunt["query"] != nil {
      self = .hunt(hunt)
    } else if let rule = document["rule"], rule.kind == .mapping {
      if rule["type"] != nil || rule["rule_id"] != nil {
        self = .rule(rule, metadata: document["metadata"])
      } else if rule["id"] != nil, rule["query"] != nil {
        self = .endpoint(rule, document: document)
      } else {
        return nil
      }
    } else if let rule = [document, document["attributes"]].compactMap({ $0 }).first(where: ElasticDocument.isExported)
    {
      self = .rule(rule, metadata: nil)
    } else if let attributes = document["attributes"], let parameters = attributes["params"],
      parameters["ruleId"] != nil, parameters["type"] != nil
    {
      self = .alert(parameters: parameters, attributes: attributes)
    } else {
      return nil
    }
  }

  /// Whether it is a rule as Kibana exports it: alone, or as the content of a saved object.
  private static func isExported(_ node: Node) -> Bool {
    node["rule_id"] != nil && node["type"] != nil && (node["severity"] != nil || node["risk_score"] != nil)
  }
}
