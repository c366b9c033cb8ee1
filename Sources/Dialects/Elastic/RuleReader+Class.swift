import RuleModel

/// The purpose of the rule.
extension RuleReader {
  /// Whether it passes on alerts of another product: it reads alerts that were already raised, or asks for events that
  /// are alerts and tests only what these say about themselves.
  var isForwarder: Bool {
    if (indices + queries.flatMap(\.indices.all)).contains(where: readsAlerts) { return true }
    var (isOfAlerts, others, own) = (false, [String](), Set<String>())
    rule.stages.forEachTest { test, isNegated in
      guard let field = test.field?.lowercased() else { return others.append("") }
      let isEqual = test.kind == .eq && !isNegated
      if field == "event.kind", isEqual, test.value.lowercased() == "alert" { isOfAlerts = true }
      if isEqual, RuleReader.productFields.contains(field) { own.insert(firstLabel(of: test.value.lowercased())) }
      if !field.hasPrefix("event."), !field.hasPrefix("data_stream.") { others.append(field) }
    }
    return isOfAlerts && others.allSatisfy { own.contains(firstLabel(of: $0)) || isOfAlert($0) }
  }

  /// Fields that name the product an event comes from.
  private static let productFields: Set = ["event.module", "event.dataset", "data_stream.dataset", "event.provider"]

  /// The indices of alerts, of risk scores, and of signals, as the engine called alerts before.
  private func readsAlerts(_ index: String) -> Bool {
    let name = index.lastIndex(of: ":").map { index[index.index(after: $0)...] } ?? index[...]
    return [".alerts-", ".internal.alerts", ".siem-signals", "risk-score"].contains { name.lowercased().hasPrefix($0) }
  }

  /// Whether only alerts have this field: `kibana.alert.rule.name`, `signal.rule.name`.
  private func isOfAlert(_ field: String) -> Bool {
    field.split { $0 == "." || $0 == "_" }.contains {
      ["alert", "alerts", "detection", "threat", "signal"].contains($0)
    }
  }

  private func firstLabel(of name: String) -> String { String(name.prefix { $0 != "." }) }
}
