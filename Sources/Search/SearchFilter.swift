/// What a term of a query may be asked of, by the name that comes before the colon.
package enum SearchFilter: String, CaseIterable, Sendable {
  case title, id, technique, tactic, group, campaign, software, event, provider, field, value, excludes, author
  case level, status, state, product, category, service, dialect

  /// What it finds, for those who ask for help.
  package var help: String {
    switch self {
    case .title: "words of the title"
    case .id: "the rule's id or key, or part of it"
    case .technique: "an ATT&CK technique by id or name, including its sub-techniques"
    case .tactic: "a tactic by id or name"
    case .group: "a group of ATT&CK that the rule's tags name, by id, name or alias"
    case .campaign: "a campaign that they name, likewise"
    case .software: "software that they name, likewise"
    case .event: "an event by number, name or title"
    case .provider: "what writes the event"
    case .field: "a field that the rule tests, by any of its names"
    case .value: "part of a value that the rule looks for"
    case .excludes: "part of a value that the rule excludes"
    case .author: "an author"
    case .level: "the level: informational, low, medium, high, critical"
    case .status: "the status: stable, test, experimental, deprecated, unsupported"
    case .state: "whether the rule sees what is collected: runs, partly, blind, unknown"
    case .product: "the log source's product"
    case .category: "the log source's category"
    case .service: "the log source's service"
    case .dialect: "the language that the rule is written in"
    }
  }
}
