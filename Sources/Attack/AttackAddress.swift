package import RuleModel

extension TechniqueID {
  /// Its page at MITRE's: a sub-technique's lies below that of its technique.
  package var address: String {
    "https://attack.mitre.org/techniques/" + "\(self)".split(separator: ".").joined(separator: "/")
  }
}

extension AttackObjectID {
  /// Its page at MITRE's; nil for an analytic, which appears on the page of its detection strategy.
  package var address: String? { folder.map { "https://attack.mitre.org/\($0)/\(self)" } }

  private var folder: String? {
    switch kind {
    case .tactic: "tactics"
    case .group: "groups"
    case .software: "software"
    case .campaign: "campaigns"
    case .mitigation: "mitigations"
    case .asset: "assets"
    case .dataSource: "datasources"
    case .dataComponent: "datacomponents"
    case .detectionStrategy: "detectionstrategies"
    case .analytic: nil
    }
  }
}
