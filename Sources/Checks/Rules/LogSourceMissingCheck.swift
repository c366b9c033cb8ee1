package import Diagnostics
import Events
import RuleModel

extension CheckID {
  package static let logSourceMissing = CheckID(
    "logsource-missing", .note,
    "The rule doesn't say which logs it reads, so it has no events. Name them, unless it is meant for all.")
}

extension RuleCheck {
  /// A rule without a log source. Those of Sigma must have one, which their reader checks, and those that only switch on what their
  /// vendor has, without a query of their own, name none.
  static let logSourceMissing = RuleCheck { rule, catalog in
    let subject = catalog.index.rules[rule]
    guard subject.ruleClass != .correlation, subject.ruleClass != .filter, !subject.stages.isEmpty,
      subject.logSources.allSatisfy(\.isEmpty), catalog.index.events[rule].events.isEmpty,
      let advice = LogNaming(subject.key.dialect).advice
    else { return [] }
    return [
      Diagnostic(
        .logSourceMissing, at: subject.logSourceLocation,
        "the rule doesn't say which logs it reads, so it has no events; \(advice)")
    ]
  }
}

extension LogNaming {
  /// How a rule names what it reads; nil for the taxonomy's log sources.
  fileprivate var advice: String? {
    switch self {
    case .logSource: nil
    case .dataset: "name the indices of a product, or test 'event.dataset'"
    case .table: "read a table"
    case .logType: "name its log types, or read a table"
    case .source: "name its data sources, or search a source type or a data model"
    case .product: "test 'metadata.event_type', 'metadata.product_name' or 'metadata.log_type'"
    }
  }
}
